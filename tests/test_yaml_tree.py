from __future__ import annotations

from aicareers_site.diagnostics import Span
from aicareers_site.yaml_tree import FORBIDDEN_CHARACTERS, Tree


def test_a_tree_tells_spans_of_values_keys_and_what_encloses_them() -> None:
    tree = Tree("a.md", {"k": ["v"]}, {(): (1, 1, 2), ("k",): (1, 4, 5)}, {("k",): (1, 1, 2)})
    assert tree.span(("k",)) == Span("a.md", 1, 4, 5)
    assert tree.span(("k", 0)) == Span("a.md", 1, 4, 5)
    assert tree.key_span(("k",)) == Span("a.md", 1, 1, 2)
    assert tree.key_span(("k", 0)) == Span("a.md", 1, 4, 5)
    assert Tree("a.md").span(("k",)) == Span("a.md")


def test_controls_surrogates_and_noncharacters_of_every_plane_are_forbidden() -> None:
    allowed = {"\t", "\n", "\r"}
    expected = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} - allowed
    expected |= {chr(code) for code in (*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0))}
    expected |= {chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)}
    assert set(filter(FORBIDDEN_CHARACTERS.fullmatch, map(chr, range(0x110000)))) == expected
