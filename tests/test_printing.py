"""What the bytes of a page depend on, and that they depend on nothing else."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

from aicareers_site.fingerprints import Keyed, fingerprint
from aicareers_site.page_parts import Parts
from aicareers_site.printing import Context, Job, checked, printed, template_of, theme_of
from aicareers_site.results import Held
from aicareers_site.views import ManifestView, SiteHeader
from tests.sites import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER = SiteHeader(
    "Sample", "A tagline", "en", "en_US", "/", "https://sample.example/", (), (), (), {}
)
PARTS = Parts.of(settings())
THEME = {
    "page.html": '{% extends "base.html" %}{% block main %}{{ page.start }}{% endblock %}',
    "base.html": "<h1>{{ site.title }}</h1>{% block main %}{% endblock %}",
    "other.html": "{{ page.start | upper }}",
}


def start_view(parts: Parts, path: str) -> ManifestView:
    """A view that holds one address."""
    return ManifestView(parts.urls.href(path))


def failing_view(parts: Parts) -> ManifestView:
    raise LookupError(parts.site_title)


def job(
    *arguments: Any,
    theme: Mapping[str, str] = THEME,
    template: str = "page.html",
    header: SiteHeader = HEADER,
    parts: Parts = PARTS,
    path: str = "/a/",
    make: Any = start_view,
    codes: bytes = b"",
) -> Job:
    context = Context(
        template_of(theme_of(theme, Held(codes)), template), Keyed(header), Keyed(parts), make
    )
    return Job(path, Keyed(context), arguments)


# The bytes


def test_a_page_is_its_view_through_its_template() -> None:
    assert printed(job("/blog/")) == ((), b"<h1>Sample</h1>/blog/")


def test_addresses_are_printed_as_the_parts_print_them() -> None:
    assert printed(job("/blog/", parts=PARTS.complete)).body == (
        b"<h1>Sample</h1>https://sample.example/blog/"
    )


def test_pages_of_several_sites_do_not_mix() -> None:
    other = HEADER._replace(title="Other")
    changed = THEME | {"base.html": "{{ site.title }} {% block main %}{% endblock %}"}
    jobs = [job("/x"), job("/x", header=other), job("/x", header=other, theme=changed), job("/x")]
    assert [printed(item).body for item in jobs] == [
        b"<h1>Sample</h1>/x",
        b"<h1>Other</h1>/x",
        b"Other /x",
        b"<h1>Sample</h1>/x",
    ]


def test_a_fault_of_the_template_is_told_with_the_page_and_gives_no_bytes() -> None:
    made = printed(job("/x", theme=THEME | {"page.html": "{{ page.begin }}"}))
    (found,) = made.head
    assert (found.code, str(found.span)) == ("template-undefined", "templates/page.html:1:9")
    assert [str(page) for page in found.related] == ["/a/"]
    assert made.body == b""


def test_a_fault_of_ours_is_raised() -> None:
    with pytest.raises(LookupError, match="Sample"):
        printed(job(make=failing_view))


def test_another_process_prints_the_same() -> None:
    sent = pickle.loads(pickle.dumps(job("/blog/")))
    assert printed(sent) == printed(job("/blog/"))
    assert fingerprint(sent) == fingerprint(job("/blog/"))


# The theme


def test_templates_are_checked_and_compiled_before_any_page_is_made() -> None:
    made = checked(THEME)
    assert made.head == ()
    assert printed(job("/x", codes=made.body)) == printed(job("/x"))


def test_problems_of_the_theme_are_told() -> None:
    made = checked(THEME | {"other.html": "{{ 1 | uper }}", "page.html": "{% if %}"})
    assert [(found.code, str(found.span)) for found in made.head] == [
        ("template-syntax", "templates/other.html:1:8"),
        ("template-syntax", "templates/page.html:1:1"),
    ]
    assert made.body == b""


# What it depends on

DIFFERENT = {
    "arguments": job("/y"),
    "path, for it is told in diagnostics": job("/x", path="/b/"),
    "template": job("/x", template="other.html"),
    "text of the template": job("/x", theme=THEME | {"page.html": "{{ page.start }}"}),
    "text of a template that it extends": job("/x", theme=THEME | {"base.html": ""}),
    "header": job("/x", header=HEADER._replace(tagline="Another tagline")),
    "parts": job("/x", parts=PARTS.complete),
    "view": job("/x", make=failing_view),
}
EQUAL = {
    "made again": job("/x"),
    "text of another template": job("/x", theme=THEME | {"other.html": "{{ page }}"}),
    "another template": job("/x", theme=THEME | {"new.html": "{{ page }}"}),
    "what the theme was compiled to": job("/x", codes=checked(THEME).body),
}


@pytest.mark.parametrize("difference", DIFFERENT)
def test_what_a_page_depends_on_makes_another_job(difference: str) -> None:
    assert fingerprint(DIFFERENT[difference]) != fingerprint(job("/x"))


@pytest.mark.parametrize("difference", EQUAL)
def test_what_a_page_does_not_depend_on_makes_none(difference: str) -> None:
    assert fingerprint(EQUAL[difference]) == fingerprint(job("/x"))


def test_a_template_that_stops_to_exist_makes_another_job() -> None:
    gone = {name: text for name, text in THEME.items() if name != "base.html"}
    assert fingerprint(job("/x", theme=gone)) != fingerprint(job("/x"))
