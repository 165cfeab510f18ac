"""Where a text names figures and charts, and which of the tables' values that takes.

    {{ ml-jobs-2026.seniority.senior | share }}
    {{ chart ml-jobs-2026.place kind=shares title="Where the work is done" }}

An article gets the figures and charts that it names, and no others: so it is read anew when one of
them changes, and not otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import figure_expressions
from aicareers_site.diagnostics import closest, did_you_mean
from aicareers_site.figure_expressions import REFERENCE, UNTOLD, FigureError
from aicareers_site.table_selection import chart_data

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from aicareers_site.chart_data import ChartData
    from aicareers_site.data_tables import Table
    from aicareers_site.figures import Figure

MARK = re.compile(r"(?<!\\)\{\{([^{}]*)\}\}")
"""A figure or chart in a text; the group is what stands between the brackets."""

OPENING = re.compile(r"(?<!\\)\{\{")
"""Where one begins, or was meant to."""

_CHART = re.compile(rf"\s*chart\b\s*({REFERENCE})?(?P<options>.*)", re.DOTALL)
_OPTION = re.compile(r"""\s+([a-z]+)=(?:"([^"]*)"|([^\s"'“”„‘’]+))""")
_OPTIONS = ("kind", "title", "note", "rows")
_FOR_READERS = re.compile(r'(?<=\stitle=)"[^"]*"|(?<=\snote=)"[^"]*"')
_SINGLE_MARKS = re.compile(r"([a-z]+)='")


class Directive(NamedTuple):
    """A chart as it is asked for. ``rows`` are the ids of the records to show, all if empty."""

    reference: str
    kind: str = ""
    title: str = ""
    note: str = ""
    rows: tuple[str, ...] = ()

    @property
    def data(self) -> tuple[str, tuple[str, ...]]:
        """What it takes of the tables."""
        return (self.reference, self.rows)


class Refusal(NamedTuple):
    """Why something that a text asks for is not there: what :class:`FigureError` says."""

    code: str
    message: str
    hint: str
    word: str

    def error(self) -> FigureError:
        return FigureError(*self)


class NamedFigures(NamedTuple):
    """What a text names. ``hints`` are for references to figures that there are not; None for those
    of a table that cannot be read, of which nothing need be said.
    """

    figures: tuple[Figure, ...] = ()
    hints: tuple[tuple[str, str | None], ...] = ()
    charts: tuple[tuple[tuple[str, tuple[str, ...]], ChartData | Refusal], ...] = ()


NOTHING = NamedFigures()

_UNTOLD = Refusal(UNTOLD, "the table cannot be read", "", "")


def is_chart(inside: str) -> bool:
    """Whether what stands between the brackets asks for a chart."""
    return inside.split(None, 1)[:1] == ["chart"]


def directive(inside: str) -> Directive:
    """Read what asks for a chart; FigureError (``chart-syntax``) if it cannot be read."""
    found = _CHART.fullmatch(inside)
    if found is None or found[1] is None:
        (*_, word) = inside.split(None, 2)[:2]
        raise FigureError(
            "chart-syntax",
            "a chart needs the reference of what it shows",
            "such as {{ chart table.breakdown kind=bars }}",
            word,
        )
    options: dict[str, str] = {}
    end = 0
    text = found["options"].rstrip()
    for option in _OPTION.finditer(text):
        name = option[1]
        if option.start() != end:
            break
        if name not in _OPTIONS or name in options:
            known = did_you_mean(name, _OPTIONS)
            message = f"'{name}' is given twice" if name in options else f"there is no '{name}'"
            raise FigureError("chart-syntax", message, known, name)
        options[name] = option[2] if option[2] is not None else option[3]
        end = option.end()
    if end != len(text):
        rest = text[end:].strip()
        hint = 'write kind=bars, title="…" or note="…", with straight quotation marks'
        if single := _SINGLE_MARKS.match(rest):
            hint = f'write double quotation marks: {single[1]}="…"'
        raise FigureError("chart-syntax", f"'{rest}' cannot be read", hint, rest)
    rows = tuple(one.strip() for one in options.pop("rows", "").split(",") if one.strip())
    return Directive(found[1], **options, rows=rows)


def place_in_chart(inside: str, word: str) -> int:
    """Where the ``word`` that an error is about stands in what asks for a chart; -1 if nowhere.

    It is not looked for in the title and the note, which may say anything.
    """
    found = _CHART.fullmatch(inside)
    if found is not None and word == found[1]:
        return found.start(1)
    if word == "chart":
        return inside.find(word)
    options = _FOR_READERS.sub(lambda text: "\0" * len(text[0]), inside)
    at = options.rfind(word)
    return at if at >= 0 else inside.rfind(word)


def named(
    text: str,
    book: Mapping[str, Figure],
    tables: Mapping[str, Table],
    faulty: Collection[str] = (),
) -> NamedFigures:
    """What ``text`` names of the ``book`` of all figures, and of the ``tables`` by id.

    ``faulty`` are the ids of tables that cannot be read.
    """
    if "{{" not in text:
        return NOTHING
    references = dict.fromkeys(_references(text, book))
    charts = {asked.data: _chart(asked, tables) for asked in _directives(text)}
    charts |= {key: _UNTOLD for key in charts if key[0].partition(".")[0] in faulty}
    return NamedFigures(
        tuple(book[name] for name in references if name in book),
        tuple((name, hint(name, book, faulty)) for name in references if name not in book),
        tuple(charts.items()),
    )


def _references(text: str, book: Collection[str]) -> Iterator[str]:
    for mark in MARK.finditer(text):
        if not is_chart(mark[1]):
            try:
                yield from figure_expressions.parse(mark[1]).references
            except FigureError:  # reported where the text is read
                first = mark[1].partition("|")[0].strip()
                if first not in book and first.lower() in book:
                    yield first  # written in capitals, it is no reference


def _directives(text: str) -> Iterator[Directive]:
    for mark in MARK.finditer(text):
        if is_chart(mark[1]):
            try:
                yield directive(mark[1])
            except FigureError:
                continue  # likewise


def _chart(asked: Directive, tables: Mapping[str, Table]) -> ChartData | Refusal:
    try:
        return chart_data(tables, asked.reference, asked.rows)
    except FigureError as error:
        return Refusal(error.code, error.message, error.hint, error.word)


def hint(name: str, book: Mapping[str, Figure], faulty: Collection[str]) -> str | None:
    """What may have been meant by a reference that is not in the ``book``; None if its table is
    ``faulty``.

    It is looked for name by name, so that a misspelt table is told from a misspelt part, and the
    choice is among a table's own names. Where no more than the table, or capitals, are wrong, the
    whole figure is named.
    """
    table, _, within = name.partition(".")
    if table in faulty:
        return None
    if name.lower() in book:
        return f"did you mean '{name.lower()}'?"
    known = [reference.split(".") for reference in book]
    above: list[str] = []
    for part in name.split("."):
        names = dict.fromkeys(
            one[len(above)] for one in known if one[: len(above)] == above and len(one) > len(above)
        )
        if part not in names:
            columns = [one[2] for one in known if one[:1] == above[:1] and len(one) > 2]
            if len(above) == 2 and part in columns:
                return "its row has no value there; add one, or leave the figure out of the text"
            whole = f"{closest(part, names)}.{within}"
            is_whole = not above and whole in book
            return f"did you mean '{whole}'?" if is_whole else did_you_mean(part, names)
        above.append(part)
    below = [one for one in known if one[:-1] == above]
    return "go on with one of: " + ", ".join(one[-1] for one in below)
