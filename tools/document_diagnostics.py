#!/usr/bin/env python3
"""Rewrite docs/diagnostics.md from the explanations in src/aicareers_site/codes/.

``python tools/document_diagnostics.py`` from any folder, after ``make site``.
"""

from __future__ import annotations

import re
from pathlib import Path

from aicareers_site.explanations import TOPICS, source

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "diagnostics.md"

_HEAD = """\
# What the messages mean

Every problem that `aicareers build`, `check` and `publish` report has a code, which stands in
square brackets: `error[unknown-key]`. This is what each of them means, why it matters and how to
mend it; `aicareers explain unknown-key` says the same on the command line.

An *error* keeps the site from being published, a *warning* does so with `--strict`, a *note* never
does.

This page is made from the texts in `src/aicareers_site/codes/` by
`tools/document_diagnostics.py`.
"""


def document() -> str:
    """The text of the document."""
    texts = [source(name) for name in TOPICS]
    topics = "\n".join(f"- {_linked(text)}" for text in texts)
    return "\n".join([_HEAD, f"{topics}\n", *(_lowered(text) for text in texts)])


def _linked(text: str) -> str:
    """A link to the heading of a topic, with its codes behind it."""
    title, *_ = re.findall(r"^# (.+)$", text, re.MULTILINE)
    codes = re.findall(r"^## ([a-z0-9-]+)$", text, re.MULTILINE)
    anchor = re.sub(r"[^a-z -]", "", title.lower()).replace(" ", "-")
    return f"[{title}](#{anchor}): {', '.join(f'[{code}](#{code})' for code in codes)}"


def _lowered(text: str) -> str:
    """The text of a topic with its headings a level lower, but for those in examples."""
    return re.sub(r"^(?=## [a-z0-9-]+$)|\A", "#", text, flags=re.MULTILINE)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
