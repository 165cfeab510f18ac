"""Hypothesis strategies that several tests share."""

from __future__ import annotations

from hypothesis import strategies as st

# Letters of one, two, three and four bytes in UTF-8, wide ones, a combining mark, and what YAML,
# Markdown and HTML give a meaning.
LETTERS = "abzAZ019éß漢😀\u0301 -_:#'\"[]{},&*!|>%@`<~.\\"

line_ends = st.sampled_from(["\n", "\r\n", "\r"])

any_text = st.text(st.characters(codec="utf-8"), max_size=200)
"""Any text at all."""

yaml_like_text = st.text(st.sampled_from(LETTERS + "\n\n\n  \t"), max_size=120)
"""Text in which much of YAML's punctuation comes up."""

words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=20).map(str.strip).filter(bool)
"""Text of one line that neither starts nor ends with a space."""

slugs = st.from_regex(r"[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}", fullmatch=True)

keys = st.from_regex(r"[a-z][a-z_]{0,10}", fullmatch=True)

trees = st.dictionaries(
    keys,
    st.recursive(
        words,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.dictionaries(keys, inner, min_size=1, max_size=3)
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)
"""Data such as YAML holds: keys with texts, lists and further keys."""
