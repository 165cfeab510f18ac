"""The one description of how the site is served."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.hosting import Hosting, Redirect, immutable_patterns
from aicareers_site.serving import is_immutable
from tests.samples import built, post, sources

if TYPE_CHECKING:
    from aicareers_site.site import Site

FILES = [
    "index.html",
    "site.0123456789.css",
    "search.0123456789.js",
    "pagefind/pagefind.js",
    "media/a/map-0123456789-480.avif",
    "media/a/map-0123456789-480.webp",
    "media/b/moving.webp",
    "media/b/still-0123456789-480.webp",
    "media/b/deep/still-0123456789-768.webp",
    "pagefind/index/en_0123456.pf_index",
]


def site(base_url: str = "https://sample.example/") -> Site:
    found = built(
        sources(
            {
                "articles/new.md": post("New", more="aliases: [/old/, /blog/older/]\n"),
                "pages/about.md": b"---\ntitle: About\ndescription: Us.\nupdated: 2026-01-01\n"
                b"aliases: [/us/]\n---\n\nWords.\n",
            }
        ),
        base_url=base_url,
    )
    assert found.value.site is not None, found.diagnostics
    return found.value.site


def matches(pattern: str, path: str) -> bool:
    """As hosts read a pattern: ``*`` is any characters, slashes too."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), path) is not None


def test_patterns_are_as_wide_as_they_can_be() -> None:
    assert immutable_patterns(FILES) == (
        "*.avif",
        "*.css",
        "*.pf_index",
        "media/a/*.webp",
        "media/b/deep/*.webp",
        "media/b/still-0123456789-480.webp",
        "search.0123456789.js",
    )


NAMES = st.sampled_from(["a", "b", "a.0123456789", "b-0123456789-480", "A.0123456789"])
PATHS = st.builds(
    lambda folders, name, suffix: "".join(f"{folder}/" for folder in folders) + name + suffix,
    st.lists(st.sampled_from(["a", "b", "media", "a.css"]), max_size=3),
    NAMES,
    st.sampled_from([".css", ".CSS", ".js", ".html", ".avif", ""]),
)


@given(st.sets(PATHS, max_size=30))
def test_each_file_that_never_changes_has_one_pattern_and_no_other_file_has_any(
    paths: set[str],
) -> None:
    patterns = immutable_patterns(paths)
    for path in paths:
        found = [pattern for pattern in patterns if matches(pattern, path)]
        assert len(found) == int(is_immutable(path)), (path, found)


def test_earlier_addresses_lead_to_present_ones_below_the_sites_path() -> None:
    assert Hosting.of(site("https://sample.example/a/"), ()).redirects == (
        Redirect("/blog/older/", "/a/blog/new/"),
        Redirect("/old/", "/a/blog/new/"),
        Redirect("/us/", "/a/about/"),
    )
