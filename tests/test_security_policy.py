"""What browsers are told to allow."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from aicareers_site import build, security_policy
from aicareers_site.executor import InMemory, Serial
from tests.samples import SETTINGS

if TYPE_CHECKING:
    from aicareers_site.configuration import SiteSettings


def settings(more: str = "", base_url: str | None = None) -> SiteSettings:
    files = {"site.yaml": (SETTINGS + more).encode()}
    configured = build.configure(files, InMemory(Serial()), base_url)
    assert configured.value is not None, configured.diagnostics
    return configured.value.settings


def directives(policy: str) -> dict[str, list[str]]:
    """A policy as CSP, section 2.2.1, reads it: the sources of each directive."""
    parts = [part.split() for part in policy.split(";")]
    assert len({name for name, *_ in parts}) == len(parts)
    return {name: sources for name, *sources in parts}


def in_page(chosen: SiteSettings) -> dict[str, list[str]]:
    return directives(security_policy.in_pages(chosen).policy)


def in_header(chosen: SiteSettings) -> dict[str, list[str]]:
    return directives(dict(security_policy.headers(chosen))["Content-Security-Policy"])


def test_nothing_is_allowed_but_what_comes_from_the_sites_own_host() -> None:
    found = in_page(settings())
    assert found.pop("default-src") == found.pop("base-uri") == ["'none'"]
    assert found["script-src"].pop().startswith("'sha256-")
    assert set(map(tuple, found.values())) == {("'self'",)}


def test_the_rules_on_fetching_ahead_are_the_only_thing_inline() -> None:
    for base_url, home in (
        ("https://sample.example/", "/"),
        ("https://sample.example/a/blog/", "/a/blog/"),
    ):
        chosen = settings(base_url=base_url)
        rules = security_policy.in_pages(chosen).speculation_rules
        (rule,) = json.loads(rules)["prefetch"]
        assert rule["where"] == {"href_matches": [home, f"{home}*/"]}
        digest = base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in in_page(chosen)["script-src"]
        assert f"'sha256-{digest}'" in in_header(chosen)["script-src"]


def test_the_header_says_what_a_page_cannot_and_denies_nothing_that_one_needs() -> None:
    chosen = settings()
    page, header = in_page(chosen), in_header(chosen)
    assert header.pop("frame-ancestors") == ["'none'"]
    assert header == page


def test_webassembly_is_for_the_search_page_alone() -> None:
    chosen = settings().model_copy(update={"search": True})
    pages = security_policy.in_pages(chosen)
    assert "'wasm-unsafe-eval'" not in pages.policy
    assert directives(pages.search_policy) == in_page(chosen) | {
        "script-src": [*in_page(chosen)["script-src"], "'wasm-unsafe-eval'"]
    }
    assert "'wasm-unsafe-eval'" in in_header(chosen)["script-src"]
    assert "'wasm-unsafe-eval'" not in in_header(settings())["script-src"]


def test_forms_may_go_to_the_newsletters_provider() -> None:
    newsletter = "newsletter: {provider: custom, promise: News., action: %s}\n"
    for action, origin in (
        ("https://Lists.example.com/subscribe?u=1", "https://lists.example.com"),
        ("http://localhost:9000/subscribe", "http://localhost:9000"),
        ("https://bücher.example/subscribe", "https://xn--bcher-kva.example"),
        ("https://a..b/subscribe", "https://a..b"),
    ):
        chosen = settings(newsletter % action)
        assert in_page(chosen)["form-action"] == ["'self'", origin]
    netlify = settings("newsletter: {provider: netlify, promise: News.}\n")
    assert in_page(netlify)["form-action"] == ["'self'"]


def test_frames_may_show_the_embeds_and_no_page_may_be_in_one() -> None:
    players = ["https://www.youtube-nocookie.com", "https://player.example"]
    chosen = settings(f"embeds: [{', '.join(players)}]\n")
    assert in_page(chosen)["frame-src"] == in_header(chosen)["frame-src"] == players
    assert "frame-src" not in in_page(settings()), "so that default-src holds: none"


def test_other_headers_hold_back_what_the_site_does_not_use() -> None:
    found = dict(security_policy.headers(settings()))
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert found["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in found["Permissions-Policy"].split(", ")
