from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import pytest

from aicareers_site import configuration
from tests.samples import PROJECT, SETTINGS

if TYPE_CHECKING:
    from aicareers_site.configuration import SiteSettings


def settings(text: str) -> SiteSettings:
    outcome = configuration.read(text.encode())
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value.settings


def changed(key: str, value: str) -> str:
    """The sample's settings with another value for ``key`` on its line 4 or as a further line."""
    if f"\n{key}: " in SETTINGS:
        return re.sub(rf"(?<=\n){key}: .*", lambda _: f"{key}: {value}", SETTINGS, count=1)
    return f"{SETTINGS}{key}: {value}\n"


def problem(text: str) -> tuple[str, str, str, str]:
    """Place, code, message and hint of the one problem."""
    outcome = configuration.read(text.encode())
    assert outcome.value is None
    (found,) = outcome.diagnostics
    return str(found.span), found.code, found.message, found.hint


def test_the_shipped_settings_are_read() -> None:
    outcome = configuration.read((PROJECT / configuration.PATH).read_bytes())
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.settings.title == "Where AI Works"
    assert outcome.value.settings.zone == ZoneInfo("Europe/London")
    assert str(outcome.value.tree.key_span(("title",))) == "site.yaml:3:1"


def test_what_is_left_out_has_a_default() -> None:
    left_out = r"(?:time_zone|page_size|related|search|share_cards): .*\n"
    found = settings(re.sub(left_out, "", SETTINGS))
    assert (found.language, found.time_zone) == ("en", "UTC")
    assert (found.feed_size, found.page_size, found.related) == (20, 12, 3)
    assert (found.search, found.share_cards) == (True, True)
    assert (found.navigation, found.footer, found.topics, found.newsletter) == ((), (), {}, None)
    assert (found.series, found.start_here, found.profiles) == ({}, (), ())
    assert (found.raw_html, found.embeds) == ("checked", ())


def test_an_author_is_a_person_unless_a_desk() -> None:
    assert settings(SETTINGS).authors["desk"].kind == "person"
    desk = SETTINGS.replace("  desk:\n", "  desk:\n    kind: desk\n")
    assert settings(desk).authors["desk"].kind == "desk"


def test_text_that_would_be_lost_as_a_comment_is_an_error() -> None:
    assert problem(SETTINGS.replace("title: Sample", "title: Sample #1"))[:2] == (
        "site.yaml:1:15",
        "yaml-comment",
    )


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://example.com", "https://example.com/"),
        ("https://example.com/", "https://example.com/"),
        ("https://example.com/blog", "https://example.com/blog/"),
        ("https://example.com/a/b/", "https://example.com/a/b/"),
        ("http://localhost:8000", "http://localhost:8000/"),
        ("HTTPS://Example.COM/Blog", "https://example.com/Blog/"),
    ],
)
def test_a_base_url_ends_with_a_slash(address: str, base: str) -> None:
    assert settings(changed("base_url", address)).base_url == base
    assert configuration.base_url(address) == base


@pytest.mark.parametrize(
    "address",
    [
        "example.com",
        "/blog/",
        "ftp://example.com/",
        "https://",
        "https://example.com/?a=b",
        "https://example.com/?",
        "https://example.com/#",
        "https://user@example.com/",
        "https://example.com//blog/",
        "https://example.com/a/../b/",
        "https://example.com:http/",
    ],
)
def test_other_base_urls_are_refused(address: str) -> None:
    place, code, message, hint = problem(changed("base_url", f"'{address}'"))
    assert (place, code) == ("site.yaml:4:11", "invalid-url")
    assert hint
    with pytest.raises(ValueError, match=re.escape(message)):
        configuration.base_url(address)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Europe/Londn", "did you mean 'Europe/London'?"),
        ("europe/berlin", "did you mean 'Europe/Berlin'?"),
        ("localtime", "such as Europe/Berlin or UTC"),
        ("../../etc/passwd", "such as Europe/Berlin or UTC"),
        ("/etc/localtime", "such as Europe/Berlin or UTC"),
        ("+02:00", "such as Europe/Berlin or UTC"),
    ],
)
def test_a_time_zone_has_its_iana_name(name: str, hint: str) -> None:
    place, code, message, found = problem(changed("time_zone", name))
    assert (place, code, found) == ("site.yaml:6:12", "unknown-time-zone", hint)
    assert message == f"'{name}' is not a time zone"


def test_every_time_zone_of_the_machine_is_known() -> None:
    for name in sorted(available_timezones() - {"localtime"}):
        assert settings(changed("time_zone", name)).zone == ZoneInfo(name)


@pytest.mark.parametrize("tag", ["en", "en-GB", "de", "zh-Hans", "pt-BR"])
def test_a_language_is_a_bcp_47_tag(tag: str) -> None:
    assert settings(changed("language", tag)).language == tag


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("en_GB", "write en-GB"),
        ("English", "such as en, en-GB or de"),
        ("xx", "such as en, en-GB or de"),
        ("''", "such as en, en-GB or de"),
    ],
)
def test_another_language_is_refused(tag: str, hint: str) -> None:
    place, code, _, found = problem(changed("language", tag))
    assert place.endswith(":11")
    assert (code, found) == ("unknown-language", hint)


@pytest.mark.parametrize("authority", ["example.com,2026", "blog.example.com,2026-04-22"])
def test_the_feed_authority_is_a_domain_and_a_date(authority: str) -> None:
    assert settings(changed("feed_authority", authority)).feed_authority == authority


@pytest.mark.parametrize("authority", ["example.com", "2026", "example,26", "example.com, 2026"])
def test_another_feed_authority_is_refused(authority: str) -> None:
    assert problem(changed("feed_authority", authority)) == (
        "site.yaml:5:17",
        "invalid-value",
        f"'{authority}' is not a domain and a year",
        "such as example.com,2026",
    )


@pytest.mark.parametrize("url", ["/", "/about/", "/blog/#latest", "https://example.com/"])
def test_navigation_leads_to_pages_of_the_site_or_elsewhere(url: str) -> None:
    text = SETTINGS + f"navigation:\n  - label: A\n    url: {url}\n"
    assert settings(text).navigation[0].url == url


@pytest.mark.parametrize("url", ["about/", "//example.com/", "javascript:alert(1)", "example.com"])
def test_navigation_to_anything_else_is_refused(url: str) -> None:
    text = f"navigation:\n  - label: A\n    url: {url}\n{SETTINGS}"
    place, code, _, _ = problem(text)
    assert (place, code) == ("site.yaml:3:10", "invalid-url")


@pytest.mark.parametrize("url", ["/about/", "code.example/us", "mailto:us@sample.example"])
def test_a_profile_is_somewhere_else_on_the_web(url: str) -> None:
    place, code, _, _ = problem(f"profiles:\n  - label: Code\n    url: {url}\n{SETTINGS}")
    assert (place, code) == ("site.yaml:3:10", "invalid-url")


def test_authors_and_categories_are_read_by_id() -> None:
    found = settings(SETTINGS)
    assert found.authors["desk"].name == "The Desk"
    assert [section.title for section in found.categories.values()] == ["Advice", "Figures"]


def test_errors_are_told_with_their_place() -> None:
    assert problem(SETTINGS + "titel: A\n")[1:] == (
        "unknown-key",
        "'titel' is not a key of site.yaml",
        "did you mean 'title'?",
    )
    assert problem(changed("page_size", "1"))[1:3] == (
        "invalid-value",
        "'page_size': expected a number of at least 2, found '1'",
    )
    assert problem("title: [A")[:2] == ("site.yaml:1:8", "yaml-syntax")
    assert problem("\0")[:2] == ("site.yaml:1:1", "control-character")


def test_repeated_keys_and_other_problems_are_told_together() -> None:
    outcome = configuration.read((SETTINGS + "title: A\nlanguage: xx\n").encode())
    assert outcome.value is None
    assert {found.code for found in outcome.diagnostics} == {"duplicate-key", "unknown-language"}


def test_an_empty_file_lacks_what_is_required() -> None:
    outcome = configuration.read(b"")
    assert {found.code for found in outcome.diagnostics} == {"missing-key"}
    assert {found.span.line for found in outcome.diagnostics} == {1}


def test_settings_from_the_cache_load_no_library_that_reads_them() -> None:
    program = "import sys, aicareers_site.configuration; print(*sys.modules)"
    command, paths = [sys.executable, "-c", program], {"PYTHONPATH": "src"}
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, env=paths)
    assert not {"yaml", "frontmatter", "babel"} & set(done.stdout.decode().split())


def test_embeds_are_origins() -> None:
    written = "[https://player.example/, 'https://maps.example:8443']"
    assert settings(changed("embeds", written)).embeds == (
        "https://player.example",
        "https://maps.example:8443",
    )


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("http://player.example", "write https://player.example"),
        ("//player.example", "write https://player.example"),
        ("player.example", "write https://player.example"),
        ("https://Player.Example/embed/x", "write https://player.example"),
        ("https://player.example?x", "write https://player.example"),
        ("https://*.example", "such as https://www.youtube-nocookie.com"),
        ("https://me@player.example", "such as https://www.youtube-nocookie.com"),
        ("data:text/html,x", "such as https://www.youtube-nocookie.com"),
        ("'*'", "such as https://www.youtube-nocookie.com"),
        ("https://player.example; script-src *", "write https://player.example"),
    ],
)
def test_other_embeds_are_refused(address: str, hint: str) -> None:
    place, code, _, found = problem(changed("embeds", f'["{address}"]'))
    assert (code, found) == ("invalid-url", hint)
    assert place.endswith(":10")


def test_editors_are_checked_or_trusted() -> None:
    assert settings(changed("raw_html", "trusted")).raw_html == "trusted"
    _, code, _, hint = problem(changed("raw_html", "trust"))
    assert (code, hint) == ("invalid-value", "did you mean 'trusted'?")


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            "blog",
            "'blog' is neither a path of this site nor a complete web address",
            "write /blog/ for a page of this site",
        ),
        (
            "www.example.com",
            "'www.example.com' is not a complete web address",
            "write all of it, from https:// on, with %20 for a space",
        ),
    ],
)
def test_a_link_of_the_navigation_is_a_path_or_a_complete_address(
    written: str, message: str, hint: str
) -> None:
    text = SETTINGS + f"navigation: [{{label: Blog, url: {written}}}]\n"
    _, code, found, help_ = problem(text)
    assert (code, found, help_) == ("invalid-url", message, hint)
