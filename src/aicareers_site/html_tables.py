"""The regions in which tables scroll sideways, and their names."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from aicareers_site.html_tokens import attributes

if TYPE_CHECKING:
    from aicareers_site.references import References

_CAPTION = re.compile(r"\s*(?:<table[^>]*>)?\s*<caption([^>]*)>", re.IGNORECASE)


class Tables:
    """The tables of an article: those of Markdown stand in a region, those of HTML get one."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._depth = 0
        self._wrapped = False
        self._caption_id = ""

    def region(self, text: str, position: int) -> str:
        """The start tag of a region for the table that begins at ``position`` of the HTML."""
        number = self._references.table()
        label = f'aria-label="Table {number}"'
        if caption := _CAPTION.match(text, position):
            name = attributes(caption[1]).get("id", "")
            if not name:
                name = self._caption_id = f"table:{number}"
                self._references.ids.add(name)
            label = f'aria-labelledby="{html.escape(name)}"'
        return f'<div class="table-scroll" role="region" tabindex="0" {label}>'

    def start(self, text: str, position: int, *, in_region: bool) -> str:
        """What precedes the start tag of a table at ``position``."""
        self._depth += 1
        if in_region or self._depth > 1:
            return ""
        self._wrapped = True
        return self.region(text, position)

    def caption(self, tag: str) -> str:
        """The start tag of a caption, with the id that its region names."""
        name, self._caption_id = self._caption_id, ""
        return f'{tag[:-1]} id="{name}">' if name else tag

    def end(self) -> str:
        """What follows the end tag of a table."""
        self._depth = max(self._depth - 1, 0)
        if self._depth or not self._wrapped:
            return ""
        self._wrapped = False
        return "</div>"
