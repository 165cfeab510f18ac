"""Pages of other sites in a frame: which may be shown, and what the frame gets."""

from __future__ import annotations

import pytest

from aicareers_site.diagnostics import Span
from aicareers_site.html_allowed import HtmlPolicy
from aicareers_site.prose import Link, render
from tests.rendering import PATH

PLAYER = "https://player.example"
POLICY = HtmlPolicy((PLAYER, "https://maps.example:8443"))
FRAME = '<iframe src="https://player.example/a?b=1&amp;c=2" title="A \'talk\'"></iframe>\n'


def problems(body: str, policy: HtmlPolicy = POLICY) -> list[tuple[str, Span, str]]:
    found = render(PATH, body, policy=policy).diagnostics
    return [(one.code, one.span, one.hint) for one in found]


def html(body: str) -> str:
    outcome = render(PATH, body, policy=POLICY)
    assert outcome.diagnostics == ()
    return outcome.value.html


def test_a_frame_gets_what_protects_readers_and_a_caption_with_a_link() -> None:
    outcome = render(PATH, f"One.\n\n{FRAME}\nTwo.\n", policy=POLICY)

    assert outcome.diagnostics == ()
    assert outcome.value.links == (
        Link("https://player.example/a?b=1&c=2", Span(PATH, 3, 14, 50), embedded=True),
    )
    assert outcome.value.html == (
        "<p>One.</p>\n"
        '<figure class="embed"><iframe src="\ufdd00\ufdd1" title="A ‘talk’" loading="lazy"'
        ' allow="encrypted-media; fullscreen; picture-in-picture"'
        ' sandbox="allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation'
        ' allow-same-origin allow-scripts" referrerpolicy="strict-origin-when-cross-origin">'
        '</iframe>\n<figcaption><a href="\ufdd00\ufdd1">A ‘talk’</a>, at player.example'
        "</figcaption>\n</figure>\n\n<p>Two.</p>"
    )
    assert outcome.value.words == 4  # the caption's, too


@pytest.mark.parametrize(
    ("size", "classes"),
    [
        ("", "embed"),
        ('width="560" height="315"', "embed"),
        ("width=560px height=315px", "embed"),
        ('width="100%" height="315"', "embed"),
        ('width="640" height="480"', "embed embed-classic"),
        ('width="500" height="500"', "embed embed-square"),
        ('width="315" height="560"', "embed embed-tall"),
        ('width="640" height="480" class="first"', "embed embed-classic first"),
    ],
)
def test_its_size_chooses_its_shape(size: str, classes: str) -> None:
    made = html(f'<iframe {size} src="{PLAYER}/" title="A talk"></iframe>\n')

    assert made.startswith(f'<figure class="{classes}"><iframe src=')


def test_what_players_offer_for_pasting_is_taken() -> None:
    made = html(
        f'<iframe width="560" height="315" src="{PLAYER}/embed/x?si=y" title="A talk" '
        'frameborder="0" allow="accelerometer; autoplay; clipboard-write; encrypted-media" '
        'referrerpolicy="strict-origin-when-cross-origin" allowfullscreen></iframe>\n'
    )

    assert "autoplay" not in made
    assert "frameborder" not in made


def test_an_id_is_for_links_to_it() -> None:
    outcome = render(PATH, FRAME.replace("src", "id=talk src"), policy=POLICY)

    assert outcome.value.ids == {"talk"}
    assert '<figure class="embed" id="talk">' in outcome.value.html


def test_a_port_is_part_of_the_site() -> None:
    assert 'at maps.example:8443"' not in html(
        '<iframe src="https://maps.example:8443/x" title="A map"></iframe>\n'
    )
    ((code, _, hint),) = problems('<iframe src="https://maps.example/" title="A map"></iframe>\n')
    assert (code, hint) == (
        "unknown-embed",
        "did you mean https://maps.example:8443? If not, add https://maps.example under 'embeds' "
        "in site.yaml, or link to it",
    )


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        (
            "https://plaxer.example/a",
            f"did you mean {PLAYER}? If not, add https://plaxer.example under 'embeds' in "
            "site.yaml, or link to it",
        ),
        ("http://player.example/a", f"write {PLAYER}"),
        (
            "https://player.example.org/a",
            f"did you mean {PLAYER}? If not, add https://player.example.org under 'embeds' in "
            "site.yaml, or link to it",
        ),
        (
            "https://evil.test/https://player.example/",
            "add https://evil.test under 'embeds' in site.yaml, or link to it",
        ),
        (
            "https://player.example@evil.test/",
            "add https://evil.test under 'embeds' in site.yaml, or link to it",
        ),
        (
            "https://player.example\\@evil.test/",
            "link to it, or write all of it, from https:// on",
        ),
        ("//player.example/a", "link to it, or write all of it, from https:// on"),
        ("/data/", "link to it, or write all of it, from https:// on"),
        ("germany.md", "link to it, or write all of it, from https:// on"),
    ],
)
def test_other_addresses_are_errors(address: str, hint: str) -> None:
    body = f'Text.\n\n<iframe title="A talk" src="{address}"></iframe>\n'

    ((code, span, found),) = problems(body)
    assert (code, span) == ("unknown-embed", Span(PATH, 3, 29, 29 + len(address)))
    assert found == hint


@pytest.mark.parametrize(
    ("known", "host"),
    [("www.videos.example", "www.charts.example"), ("youtube.com", "vimeo.com")],
)
def test_what_most_addresses_share_makes_none_look_like_another(known: str, host: str) -> None:
    body = f'<iframe title="A talk" src="https://{host}/a"></iframe>\n'

    ((_, _, hint),) = problems(body, HtmlPolicy((f"https://{known}",)))
    assert hint == f"add https://{host} under 'embeds' in site.yaml, or link to it"


def test_trust_in_editors_opens_no_frames() -> None:
    trusting = HtmlPolicy((), trusted=True)

    assert [code for code, *_ in problems(FRAME, trusting)] == ["unknown-embed"]


def test_a_frame_has_an_address_and_a_title() -> None:
    assert problems("<iframe title=x></iframe>\n") == [
        ("unknown-embed", Span(PATH, 1, 1, 8), 'give it one: src="https://…"')
    ]
    assert problems(f'<iframe src="{PLAYER}/" title=" "></iframe>\n') == [
        ("embed-title", Span(PATH, 1, 1, 49), 'say what it shows: title="…"')
    ]


@pytest.mark.parametrize(
    ("body", "column"),
    [("See {} there.\n", 5), ("## Talk {}\n", 9), ("- one\n- see {}\n", 0), ("<p>{}</p>\n", 4)],
)
def test_a_frame_stands_on_a_line_of_its_own(body: str, column: int) -> None:
    found = problems(body.format(FRAME.strip()))
    expected = [("embed-place", Span(PATH, 1, column, column + len(FRAME.strip()) - 9))]

    assert [one[:2] for one in found] == (expected if column else [])


def test_what_is_inside_a_frame_is_not_published() -> None:
    made = html(f'<iframe src="{PLAYER}/" title="Map">\n<b>old</b>\n</iframe>\n')

    assert "old" not in made


def test_a_frame_swallows_nothing_unnoticed() -> None:
    found = problems(f'<iframe src="{PLAYER}/" title="Map">\n\nText\n')

    assert [one[:2] for one in found] == [("html-syntax", Span(PATH, 1, 1, 8))]


@pytest.mark.parametrize(
    ("attribute", "code", "hint"),
    [
        ('srcdoc="<p>"', "unsupported-html", "give the address of the page, as src"),
        ("onload=x()", "unsupported-html", "take it out: scripts of articles do not run"),
        (
            "name=f",
            "unsupported-html",
            'write id="…" instead, if links lead here; else take it out',
        ),
        ("allowfulscreen", "unsupported-html", "did you mean 'allowfullscreen'?"),
    ],
)
def test_other_attributes_are_errors(attribute: str, code: str, hint: str) -> None:
    ((found, span, help_),) = problems(FRAME.replace("src", f"{attribute} src"))

    assert (found, span) == (code, Span(PATH, 1, 9, 9 + len(attribute)))
    assert help_ == hint


def test_a_script_is_no_address_of_a_frame() -> None:
    found = problems('<iframe src="java&#x73;cript:alert(1)" title=x></iframe>\n')

    assert [one[0] for one in found] == ["link-scheme"]
