"""Tables in HTML scroll like those of Markdown."""

from __future__ import annotations

from aicareers_site.prose import Prose, render

PATH = "content/articles/a.md"


def prose(body: str) -> Prose:
    """The prose of a body without problems."""
    outcome = render(PATH, body)
    assert outcome.diagnostics == ()
    return outcome.value


def test_a_table_in_html_scrolls_like_ours() -> None:
    region = '<div class="table-scroll" role="region" tabindex="0" '

    assert prose('<table class="x">\n<tr><td>a</td></tr>\n</table>\n').html == (
        f'{region}aria-label="Table 1"><table class="x">\n<tr><td>a</td></tr>\n</table></div>'
    )
    captioned = "<table><caption>Pay</caption><tr><td>{}</td></tr></table>"
    assert prose(captioned.format("a")).html.startswith(
        f'{region}aria-labelledby="table:1"><table><caption id="table:1">Pay'
    )
    named = prose('<table>\n<caption id="pay">Pay</caption><tr><td>a</td></tr></table>').html
    assert named.startswith(f'{region}aria-labelledby="pay"><table>\n<caption id="pay">')
    assert prose(captioned.format(captioned.format("a"))).html.count("table-scroll") == 1
