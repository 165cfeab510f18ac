"""Ids and addresses counted across the parts of an article."""

from __future__ import annotations

import pytest

from aicareers_site.diagnostics import Span
from aicareers_site.markdown_source import MarkdownSource
from aicareers_site.references import TEMPLATE_IDS, Link, References


@pytest.mark.parametrize("name", sorted(TEMPLATE_IDS))
def test_headings_keep_clear_of_the_templates(name: str) -> None:
    assert References().heading_id(name, ()) == f"{name}-section"


def test_headings_keep_clear_of_each_other_and_of_given_ids() -> None:
    references = References()

    assert [references.heading_id("Pay", {"pay-2"}) for _ in range(3)] == ["pay", "pay-3", "pay-4"]


def test_tokens_count_the_links() -> None:
    references, source = References(), MarkdownSource("a.md", "[x](b.md)")

    assert references.address("b.md", source, embedded=False) == "\ufdd00\ufdd1"
    assert references.link("#x", Span("a.md")) == "\ufdd01\ufdd1"
    assert references.links == [Link("b.md", Span("a.md", 1, 5, 9)), Link("#x", Span("a.md"))]
