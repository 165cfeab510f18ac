"""Notes that open in place: the marks of sources and footnotes in an article's text.

On the article's own page a mark is a button that opens a popover (HTML Standard, "The popover
attribute"), which needs no script; the lists of sources and footnotes stay below the text. Where
text is shown elsewhere, as in feeds, marks are links.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from aicareers_site.view_parts import FootnoteEntry

_CITATION = re.compile(r'<a class="citation" id="(cite:([^":]*):\d+)" href="[^"]*">(.*?)</a>')
_FOOTNOTE = re.compile(
    r'(<sup id="fnref\d*:\d+">)<a class="footnote-ref" href="[^"]*">(\d+)</a></sup>'
)
_LIST_ITEM = re.compile(
    r'<li id="fn:(\d+)">(.*?)</li>(?=\s*(?:<li id="fn:|</ol>\s*</div>\s*\Z))', re.DOTALL
)
_BACK_LINK = re.compile(r'(?:&#160;|\s)*<a class="footnote-backref"[^>]*>.*?</a>')
_ID = re.compile(r'(<[a-z][^>]*?) id="[^"]*"')


def anchor(identifier: str) -> str:
    """The id of the popover for ``source:<id>`` or ``fn:<number>``."""
    return f"note:{identifier}"


def with_buttons(html: str) -> str:
    """The HTML with a button in place of each link to a source or footnote."""
    html = _CITATION.sub(
        lambda mark: (
            f'<button type="button" class="citation" id="{mark[1]}"'
            f' popovertarget="{anchor(f"source:{mark[2]}")}">{mark[3]}</button>'
        ),
        html,
    )
    return _FOOTNOTE.sub(
        lambda mark: (
            # Word joiners, since a line may break on either side of a button.
            f'{mark[1]}\u2060<button type="button" class="footnote-ref"'
            f' popovertarget="{anchor(f"fn:{mark[2]}")}">'
            f'<span class="visually-hidden">Footnote </span>{mark[2]}</button>\u2060</sup>'
        ),
        html,
    )


def footnotes(html: str) -> tuple[FootnoteEntry, ...]:
    """The footnotes at the end of an article's ``html``, without ids and links back to the text."""
    return tuple(
        FootnoteEntry(
            item[1],
            anchor(f"fn:{item[1]}"),
            Markup(_ID.sub(r"\1", _BACK_LINK.sub("", item[2])).strip()),
        )
        for item in _LIST_ITEM.finditer(html)
    )
