"""Nothing of what is withheld gets out, on any surface; and on each it would be caught if it did.

The same sources are built as readers get them, and as if the filter were off: with drafts, with
what is still to come, or at a moment before an article expired.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from aicareers_site import leaks
from aicareers_site.executor import InMemory, Serial
from aicareers_site.outputs import Output
from tests.leaking import FRANCE, STATES, TABLE, ZEBRA, built_both, paths, without
from tests.samples import built as build_site
from tests.samples import outputs, post, sources
from tests.tables import JOBS_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.needles import Withholding

SURFACES = {
    "its own page": r"blog/okapi-crossing/index\.html",
    "the page at its earlier address": r"blog/former-okapi/index\.html",
    "its share card": r"blog/quagga-land/card\.png",
    "its chart": r"blog/okapi-crossing/hoofbeats-gait-bars\.svg",
    "the sizes of its lead picture, AVIF": r"media/articles/stampede-[0-9a-f]{10}-64\.avif",
    "the sizes of its lead picture, WebP": r"media/articles/stampede-[0-9a-f]{10}-64\.webp",
    "its picture for previews elsewhere": r"media/articles/stampede-[0-9a-f]{10}-64\.jpg",
    "a picture in its text": r"media/articles/hoofprints-[0-9a-f]{10}-9\.avif",
    "a file that it offers": r"media/articles/plaster\.pdf",
    "the home page": r"index\.html",
    "the blog": r"blog/index\.html",
    "an archive page": r"blog/page/3/index\.html",
    "the page for what does not exist": r"404\.html",
    "the page after signing up": r"newsletter/thanks/index\.html",
    "the page after confirming": r"newsletter/confirmed/index\.html",
    "RSS": r"feed\.xml",
    "Atom": r"atom\.xml",
    "JSON Feed": r"feed\.json",
    "the page of its topic": r"topics/pay/index\.html",
    "the feed of its topic": r"topics/pay/feed\.xml",
    "the page of a topic of its own": r"topics/ungulates/index\.html",
    "the feed of a topic of its own": r"topics/ungulates/feed\.xml",
    "all topics": r"topics/index\.html",
    "the page of its category": r"categories/advice/index\.html",
    "the feed of its category": r"categories/advice/feed\.xml",
    "the page of a category of its own": r"categories/stripes/index\.html",
    "the feed of a category of its own": r"categories/stripes/feed\.xml",
    "all categories": r"categories/index\.html",
    "the page of its author": r"authors/desk/index\.html",
    "the feed of its author": r"authors/desk/feed\.xml",
    "the page of an author of its own": r"authors/zoologist/index\.html",
    "the feed of an author of its own": r"authors/zoologist/feed\.xml",
    "all authors": r"authors/index\.html",
    "the page of its series": r"series/guide/index\.html",
    "the feed of its series": r"series/guide/feed\.xml",
    "the page of a series of its own": r"series/savannah/index\.html",
    "the feed of a series of its own": r"series/savannah/feed\.xml",
    "all series": r"series/index\.html",
    "the page on feeds": r"feeds/index\.html",
    "the sitemap": r"sitemap\.xml",
    "the comparison of countries": r"countries/index\.html",
    "all data tables": r"data/index\.html",
    "the page of a table of its own": r"data/hoofbeats/index\.html",
    "the CSV of a table of its own": r"data/hoofbeats\.csv",
    "the JSON of a table of its own": r"data/hoofbeats\.json",
    "where a table's numbers appear": r"data/jobs/index\.html",
    "corrections": r"corrections/index\.html",
    "an older article": r"blog/a/index\.html",
    "a newer article": r"blog/b/index\.html",
    "what is found": r"pagefind/fragment/\w+\.pf_fragment",
    "what is found, by topic": r"pagefind/filter/\w+\.pf_filter",
    "the page for searching": r"search/index\.html",
}
"""Files of the site that hold something of an article, as regular expressions."""

PARTS = {
    "data for search engines": (
        "series/savannah/index.html",
        r'<script type="application/ld\+json">.*?</script>',
    ),
    "the article's data for search engines": (
        "blog/okapi-crossing/index.html",
        r'<script type="application/ld\+json">.*?</script>',
    ),
    "its breadcrumbs": (
        "blog/okapi-crossing/index.html",
        r'<nav class="trail".*?</nav>',
    ),
    "its title in the head": ("blog/okapi-crossing/index.html", r"<title>.*?</title>"),
    "its description in the head": (
        "blog/okapi-crossing/index.html",
        r'<meta name="description"[^>]*>',
    ),
    "its title for previews": (
        "blog/okapi-crossing/index.html",
        r'<meta property="og:title"[^>]*>',
    ),
    "its picture for previews": (
        "blog/okapi-crossing/index.html",
        r'<meta property="og:image"[^>]*>',
    ),
    "alternative text": ("blog/okapi-crossing/index.html", r'alt="A stampede[^"]*"'),
    "the sizes of a picture": ("blog/okapi-crossing/index.html", r'srcset="[^"]*"'),
    "a question": ("blog/okapi-crossing/index.html", r"Why do okapis[^<]*"),
    "an answer": ("blog/okapi-crossing/index.html", r"Because kerbstones[^<]*"),
    "a heading": ("blog/okapi-crossing/index.html", r"<h2[^>]*>(?:(?!</h2>).)*kerbstones.*?</h2>"),
    "the anchor of a heading": ("blog/okapi-crossing/index.html", r'id="hesitation[^"]*"'),
    "the figure that leads it": ("index.html", r"of okapis hesitate at every kerbstone"),
    "the source of a figure": (
        "blog/okapi-crossing/index.html",
        r"Gamekeepers of the estuary[^<]*",
    ),
    "a link to it": ("index.html", r'href="/blog/okapi-crossing/"'),
    "the table's description": ("data/index.html", r"What nine gamekeepers[^<]*"),
    "the reason of a correction": ("corrections/index.html", r"A gamekeeper had[^<]*"),
    "a country's strong side": ("countries/index.html", r"[^>]*Antsirabe harbour[^<]*"),
    "an id in RSS": ("feed.xml", r"<guid[^>]*>[^<]*okapi[^<]*</guid>"),
    "a summary in RSS": ("feed.xml", r"<description>Seven okapis[^<]*</description>"),
    "text in RSS": ("feed.xml", r"Whoever followed okapis[^<]*"),
    "a picture in JSON Feed": ("feed.json", r'"image": "[^"]*"'),
    "a topic in RSS": ("feed.xml", r"<category>Ungulates</category>"),
    "text in Atom": ("atom.xml", r"Whoever followed okapis[^<]*"),
    "text in JSON Feed": ("feed.json", r"Whoever followed okapis[^<]*"),
    "an address in the sitemap": ("sitemap.xml", r"<loc>[^<]*okapi-crossing/</loc>"),
    "words in a chart": (
        "blog/okapi-crossing/hoofbeats-gait-bars.svg",
        r"Gait after nightfall[^<]*",
    ),
}
"""Parts of files, each with the file and a regular expression."""


class Planted(NamedTuple):
    """What is told of a whole site that leaks, by its files."""

    told: Mapping[str, list[Diagnostic]]
    same: frozenset[str]


def check(state: str, files: Iterable[Output]) -> list[Diagnostic]:
    """What is told of these files, while the secret is in this ``state``."""
    whole = built_both(state)
    return [
        *leaks.check(
            whole.withholding,
            tuple(files),
            whole.sources,
            lambda: innocent(state),
            InMemory(Serial()),
        )
    ]


@cache
def innocent(state: str) -> frozenset[tuple[str, bytes]]:
    return built_both(state).innocent()


def told_by_file(state: str, contents: Mapping[str, bytes]) -> Mapping[str, list[Diagnostic]]:
    """What is told of files with these contents, by path."""
    found: dict[str, list[Diagnostic]] = {}
    for one in check(state, (Output.of(path, content) for path, content in contents.items())):
        found.setdefault(file_of(one), []).append(one)
    return found


def file_of(one: Diagnostic) -> str:
    found = re.search(r"the site's file (.+) holds", one.message)
    assert found is not None
    return found[1]


@cache
def planted(state: str) -> Planted:
    whole = built_both(state)
    told: dict[str, list[Diagnostic]] = {}
    for one in check(state, whole.leaking):
        told.setdefault(file_of(one), []).append(one)
    hidden = {output.path: output.digest for output in whole.hidden}
    return Planted(
        told, frozenset(one.path for one in whole.leaking if hidden.get(one.path) == one.digest)
    )


@pytest.mark.parametrize("state", STATES)
def test_nothing_gets_out(state: str) -> None:
    assert check(state, built_both(state).hidden) == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_a_surface_that_leaks_is_told_of(state: str, surface: str) -> None:
    leaking = [path for path in planted(state).told if re.fullmatch(surface, path)]
    assert leaking != []
    kept = {path for path in paths(built_both(state).hidden) if path in planted(state).same}
    assert kept.isdisjoint(leaking)


@cache
def parts(state: str) -> Mapping[str, list[Diagnostic]]:
    whole = {one.path: one for one in built_both(state).leaking}
    found = {}
    for name, (path, pattern) in PARTS.items():
        part = re.search(pattern.encode(), whole[path].content(), re.DOTALL)
        found[f"{name}.html"] = part[0] if part else b""
    return told_by_file(state, found)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_a_page_that_leaks_is_told_of(state: str, part: str) -> None:
    told = parts(state)[f"{part}.html"][0]
    assert told.code == "leak"
    assert told.span.path.startswith("content/")


@pytest.mark.parametrize("state", STATES)
def test_of_files_that_are_as_they_should_be_nothing_is_told(state: str) -> None:
    assert planted(state).same.isdisjoint(planted(state).told)
    assert len(planted(state).same) > 10


@pytest.mark.parametrize("state", STATES)
def test_only_the_file_that_leaks_is_told_of(state: str) -> None:
    whole = built_both(state)
    (home,) = (one for one in whole.leaking if one.path == "sitemap.xml")
    others = [one for one in whole.hidden if one.path != home.path]
    assert {file_of(one) for one in check(state, [*others, home])} == {"sitemap.xml"}


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("draft", "a draft"),
        ("future", "dated 2026-11-22 00:00, which is still to come"),
        ("expired", "expired since 2026-11-21 00:00"),
    ],
)
def test_it_is_told_what_it_is_and_where_it_stands(state: str, reason: str) -> None:
    (told, *_) = planted(state).told["blog/okapi-crossing/index.html"]
    assert (told.code, str(told.span)) == ("leak", f"{ZEBRA}:2:8")
    assert told.message.startswith(
        f"this is {reason}, and yet the site's file blog/okapi-crossing/"
    )
    assert "title" in told.message
    assert told.hint.startswith("if the words stand there by chance, say it differently here; ")
    assert {FRANCE, TABLE} <= {
        one.span.path for some in planted(state).told.values() for one in some
    }


# In whatever dress

DRESSES = {
    "HTML": b"<p>Whoever <em>followed</em>\n okapis <b>through</b> brambles knows</p>",
    "capitals": b"WHOEVER FOLLOWED OKAPIS THROUGH BRAMBLES KNOWS THAT PATIENCE",
    "entities": b"Whoever&#32;followed&nbsp;okapis &amp;nbsp; through brambles knows that patience",
    "HTML in XML": b"&lt;p&gt;Whoever &lt;em&gt;followed&lt;/em&gt; okapis through brambles "
    b"knows that patience",
    "JSON": rb'{"text": "Whoever\nfollowed \"okapis\" through\u0020brambles knows that '
    b'patience"}',
    "an address": b"?q=Whoever%20followed%20okapis%20through%20brambles%20knows%20that%20patience",
    "CSV": b'1,"Whoever followed ""okapis"" through brambles",knows that patience\r\n',
    "SVG": b"<svg><text>Whoever followed okapis</text><text>through brambles knows that patience",
    "an attribute": b'<img alt="Whoever followed okapis through brambles knows that patience">',
    "typography": "Whoever—followed “okapis” through\u00a0brambles … knows that patience".encode(),
}
DRESSES["HTML"] += b" that patience"


@cache
def dressed() -> Mapping[str, list[Diagnostic]]:
    return told_by_file("draft", {f"{name}.html": text for name, text in DRESSES.items()})


@pytest.mark.parametrize("dress", DRESSES)
def test_a_run_of_words_is_found_in_any_dress(dress: str) -> None:
    told = dressed()[f"{dress}.html"][0]
    assert (told.span.path, told.span.line) == (ZEBRA, 20)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('<a href="/blog/okapi-crossing/">', True),
        ("https://sample.example/blog/okapi-crossing/card.png", True),
        ("https%3A%2F%2Fsample.example%2Fblog%2Fokapi-crossing%2F", True),
        (r"https:\/\/sample.example\/blog\/okapi-crossing\/", True),
        ("/data/hoofbeats.csv", True),
        ("/media/articles/plaster.pdf", True),
        ("/media/articles/plasters.pdf", False),
        ("https://elsewhere.example/data/hoofbeats", False),
        ("/blog/a/ and /topics/pay/", False),
    ],
)
def test_an_address_is_found(content: str, found: bool) -> None:
    assert bool(check("draft", [Output.of("about/index.html", content.encode())])) == found


def test_an_original_is_found_under_any_name() -> None:
    original = built_both("draft").sources["content/articles/stampede.png"]
    told, other = check("draft", [Output.of("media/x.png", original)])
    assert "picture: “content/articles/stampede.png”" in told.message
    assert told.hint == (
        "if another file there has this name by chance, rename the picture; if not, it is a fault "
        "of the program, or of a template, that its makers should know of"
    )
    assert (told.span.path, other.span.path) == (ZEBRA, "content/articles/second.md")


def test_what_is_packed_is_unpacked() -> None:
    packed = gzip.compress(b"Whoever saw an okapi crossing")
    assert len(check("draft", [Output.of("notes.gz", packed)])) == 1
    assert check("draft", [Output.of("notes.gz", packed[:-9])]) == []


# What is no secret


def withheld(files: Mapping[str, bytes]) -> Withholding:
    found = build_site(files).value.withheld
    assert found is not None
    return found


def told_of(files: Mapping[str, bytes], content: str) -> list[Diagnostic]:
    site = [Output.of("about/index.html", content.encode())]
    return [*leaks.check(withheld(files), site, files, tuple, InMemory(Serial()))]


SAID = "Nobody ever saw four hundred flamingos on stilts"


@pytest.mark.parametrize(
    "path", ["articles/a.md", "pages/about.md", "site.yaml", "templates/notes.html", "static/a.txt"]
)
def test_what_published_sources_say_is_no_secret(path: str) -> None:
    draft = post("Flamingos", body=SAID, more="draft: true\n")
    files = sources({"articles/b.md": draft, "articles/a.md": post("A")})
    assert len(told_of(files, SAID)) == 1
    if path == "site.yaml":
        files[path] += f"# {SAID}\n".encode()
    elif path.startswith("articles"):
        files[f"content/{path}"] = post("A", body=SAID)
    elif path.startswith("pages"):
        files[f"content/{path}"] = (
            f"---\ntitle: Us\ndescription: We.\nupdated: 2026-01-01\n---\n{SAID}\n".encode()
        )
    else:
        files[path] = SAID.encode()
    assert told_of(files, SAID) == []


def test_words_that_a_published_article_marks_are_no_secret() -> None:
    marked = SAID.replace("four hundred", "[four *hundred*](/blog/a/)")
    draft = post("Flamingos", body=SAID, more="draft: true\n")
    files = sources({"articles/b.md": draft, "articles/a.md": post("A", body=marked)})
    assert told_of(files, SAID) == []


def test_what_was_published_and_is_written_down_stays_a_secret() -> None:
    files = sources({"articles/b.md": post("Flamingos", more="expires: 2026-02-01\n")})
    files["content/published.yaml"] = b"""\
articles:
  /blog/b/:
    source: content/articles/b.md
    guid: tag:sample.example,2026:b
    date: 2026-01-01
    published: 2026-01-02T00:00:00Z
"""
    assert len(told_of(files, 'href="/blog/b/"')) == 1


def test_a_draft_that_cannot_be_read_is_a_secret_too() -> None:
    unread = post("Flamingos", body=SAID, more="draft: true\nhue: pink\n", date="soon")
    files = sources({"articles/b.md": unread, "articles/a.md": post("A")})
    (told,) = told_of(files, SAID)
    assert str(told.span) == "content/articles/b.md:11:1"


def test_where_nothing_is_withheld_nothing_is_read() -> None:
    def unread() -> bytes:
        raise AssertionError

    files = sources({"articles/a.md": post("A")})
    site = [Output("about/index.html", b"", unread)]
    assert [*leaks.check(withheld(files), site, files, tuple, InMemory(Serial()))] == []


def test_a_chart_of_a_published_table_is_no_secret() -> None:
    drawn = "{{ chart jobs.level kind=bars }}"
    draft = post("Flamingos", body=drawn, more="draft: true\n")
    shown = post("A", body=drawn.replace("level", "place"))
    table = {"data/jobs.yaml": JOBS_TEXT.encode()}
    files = sources({"articles/b.md": draft, "articles/a.md": shown, **table})
    chart = outputs(files)["blog/a/index.html"]
    assert b"Source: The exchange" in chart
    assert told_of(files, chart.decode()) == []


@pytest.mark.parametrize("state", STATES)
def test_a_site_of_stand_ins_is_the_one_that_readers_get(state: str) -> None:
    whole = built_both(state)
    hidden = {(one.path, one.digest) for one in whole.hidden if "pagefind/" not in one.path}
    assert hidden - innocent(state) == set()


@pytest.mark.parametrize("said", ["[all](cheese.txt)", "in cheese.txt"])
def test_stand_ins_do_without_the_texts_that_drafts_offer(said: str) -> None:
    draft = post("B", body=said, more="draft: true\n")
    files = sources({"articles/b.md": draft, "articles/cheese.txt": b"", "articles/a.md": post()})
    alone = {path: one for path, one in files.items() if path != "content/articles/cheese.txt"}
    assert without(withheld(files), files) == without(withheld(files), alone) != set()


def test_what_the_program_says_by_itself_is_no_secret() -> None:
    said = "All articles on silent owls of winter"
    draft = post("B", body=said, more="draft: true\n")
    shown = post("A", more="tags: [silent-owls-of-winter]\n")
    files = sources({"articles/b.md": draft, "articles/a.md": shown})
    site = build_site(files).value.outputs
    kept = withheld(files)
    executor = InMemory(Serial())
    told = [file_of(one) for one in leaks.check(kept, site, files, tuple, executor)]
    assert "topics/silent-owls-of-winter/index.html" in told
    assert [*leaks.check(kept, site, files, lambda: without(kept, files), executor)] == []


def test_short_words_that_stand_by_chance_are_no_leak() -> None:
    draft = post("Pay", body="- In it\n- 2026\n- To do so", more="draft: true\ntags: [law]\n")
    site = outputs(sources({"articles/b.md": post("B", body="In it. Law to do so by 2026.")}))
    files = sources({"articles/a.md": draft, "articles/b.md": post("B", body="No.")})
    for content in site.values():
        assert told_of(files, content.decode("utf-8", "ignore")[:20_000]) == []
