"""Every contradiction and slip in figures that we could think of, each planted in one file.

``⟦…⟧`` in the new text marks where the error must point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from aicareers_site.diagnostics import Severity
from tests.samples import built, post, sources
from tests.tables import JOBS_TEXT, PAY_TEXT, SERIES_TEXT

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Diagnostic

JOBS, PAY, SERIES = (f"content/data/{name}.yaml" for name in ("jobs", "pay", "series"))
ARTICLE = "content/articles/a.md"

BODY = """\
Of {{ jobs.total }} positions, {{ jobs.level.senior }} are senior.

They are paid {{ pay.us.pay | range }}.
"""

FILES = {
    JOBS: JOBS_TEXT,
    PAY: PAY_TEXT,
    SERIES: SERIES_TEXT,
    ARTICLE: post("A title", body=BODY).decode(),
}


class Plant(NamedTuple):
    """``old`` in the file at ``path`` becomes ``new``; then a build must say ``code``."""

    path: str
    old: str
    new: str
    code: str
    severity: Severity = Severity.ERROR


WARNING = Severity.WARNING
CORRECTIONS = (
    "corrections:\n  - {{date: 2026-05-01, figure: {}, before: {}, after: {}, why: So.}}\n"
)


PLANTS = {
    # parts and totals
    "a total that may be meant in thousands": Plant(
        JOBS, "total: 100\n", "total: ⟦100.000⟧\n", "wrong-type",
    ),
    "a part that may be meant in thousands": Plant(
        JOBS, "remote: {value: 41", "remote: {value: ⟦41.000⟧", "wrong-type",
    ),
    "parts above the total": Plant(
        JOBS, "parts:\n      remote: {value: 41, share: 41}",
        "⟦parts⟧:\n      remote: {value: 51}", "figure-sum",
    ),
    "parts below the total, said to be complete": Plant(
        JOBS, "parts:\n      remote: {value: 41, share: 41}",
        "⟦parts⟧:\n      remote: {value: 31}", "figure-sum",
    ),
    "a part above the total": Plant(
        JOBS, "remote: {value: 41, share: 41}", "remote: {value: ⟦141⟧}", "figure-total"
    ),
    "no rest where one is said to be": Plant(
        JOBS, "title: Place\n", "title: Place\n    complete: ⟦false⟧\n", "figure-sum", WARNING
    ),
    "a stated share that contradicts the value": Plant(
        JOBS, "{value: 60, share: 60}", "{value: 60, share: ⟦61⟧}", "figure-share"
    ),
    "a stated share with decimals that contradicts it": Plant(
        JOBS, "{value: 60, share: 60}", "{value: 60, share: ⟦60.2⟧}", "figure-share"
    ),
    "an acknowledged contradiction that is none": Plant(
        JOBS, "title: Place\n", "title: Place\n    ⟦acknowledged⟧: They differ.\n",
        "nothing-acknowledged", WARNING,
    ),
    "an acknowledged share that is right": Plant(
        JOBS, "{value: 60, share: 60}", "{value: 60, share: 60, ⟦acknowledged⟧: Rounded.}",
        "nothing-acknowledged", WARNING,
    ),
    "a breakdown without a total": Plant(
        JOBS, "total: 100\nbreakdowns:", "⟦breakdowns⟧:", "table-incomplete"
    ),
    # numbers
    "no number": Plant(JOBS, "total: 100", "total: ⟦many⟧", "wrong-type"),
    "NaN": Plant(JOBS, "total: 100", "total: ⟦.nan⟧", "wrong-type"),
    "infinity": Plant(JOBS, "total: 100", "total: ⟦.inf⟧", "wrong-type"),
    "a number with a comma": Plant(JOBS, "total: 100", 'total: ⟦"1,000"⟧', "wrong-type"),
    "a number with its unit": Plant(JOBS, "share: 60}", "share: ⟦60%⟧}", "wrong-type"),
    "a total of nothing": Plant(JOBS, "total: 100", "total: ⟦0⟧", "invalid-value"),
    "a negative share": Plant(JOBS, "share: 60}", "share: ⟦-60⟧}", "invalid-value"),
    "a stated share above 100": Plant(JOBS, "share: 60}", "share: ⟦160⟧}", "invalid-value"),
    "a negative count": Plant(JOBS, "value: 25", "value: ⟦-25⟧", "invalid-value"),
    "a per cent above 100": Plant(SERIES, "remote: 35.5", "remote: ⟦135.5⟧", "invalid-value"),
    "pay below nothing": Plant(PAY, "pay: 120000", "pay: ⟦-120000⟧", "invalid-value"),
    # ranges
    "low above high": Plant(
        PAY, "{low: 350000, median: 500000, high: 700000}",
        "{low: 900000, high: ⟦700000⟧}", "figure-order",
    ),
    "low above the median": Plant(
        PAY, "{low: 350000, median: 500000, high: 700000}",
        "{low: 600000, median: 500000, high: ⟦700000⟧}", "figure-order",
    ),
    "the median above high": Plant(
        PAY, "{low: 350000, median: 500000, high: 700000}",
        "{low: 350000, median: 800000, high: ⟦700000⟧}", "figure-order",
    ),
    "a range without ends": Plant(
        PAY, "{low: 350000, median: 500000, high: 700000}", "⟦{⟧median: 500000}",
        "figure-incomplete",
    ),
    # currencies, units and countries
    "a currency that does not exist": Plant(
        PAY, "currency: GBP", "currency: ⟦GBX⟧", "unknown-currency"
    ),
    "a country that does not exist": Plant(PAY, "country: GB", "country: ⟦UK⟧", "unknown-country"),
    "money without a currency": Plant(PAY, "    currency: GBP\n    pay: 120000",
        "    pay: ⟦120000⟧", "figure-currency",
    ),
    "a column of money without a currency": Plant(
        PAY, "pay: {type: money, currency: currency,", "⟦pay⟧: {type: money,", "figure-currency"
    ),
    "a column's currency that is none": Plant(
        PAY, "currency: currency,", "currency: ⟦curency⟧,", "unknown-currency"
    ),
    "a currency for what is no money": Plant(
        SERIES, "{type: number, unit: openings}", "{type: number, currency: ⟦USD⟧}", "figure-unit"
    ),
    "a unit for what has none": Plant(
        SERIES, "{type: year}", "{type: year, unit: ⟦years⟧}", "figure-unit"
    ),
    "one role in two currencies": Plant(
        PAY, "    pay: 120000\n",
        "    pay: 120000\n  gb-2:\n    country: GB\n    role: Engineer\n    place: London\n"
        "    basis: a year\n    currency: ⟦USD⟧\n    pay: 150000\n", "figure-currency",
    ),
    "an unknown type of column": Plant(
        SERIES, "growth: {type: change}", "growth: {type: ⟦chnge⟧}", "invalid-value"
    ),
    "an unknown column in a row": Plant(
        SERIES, "remote: 41}", "⟦remoet⟧: 41}", "unknown-key"
    ),
    # dates
    "figures of a day after they were read": Plant(
        JOBS, "as_of: 2026-04-22", "as_of: ⟦2026-04-24⟧", "date-order"
    ),
    "a review before the figures": Plant(
        JOBS, "review_by: 2027-04-22", "review_by: ⟦2026-01-01⟧", "date-order"
    ),
    "two ways to say when they are due": Plant(
        JOBS, "review_by: 2027-04-22", "review_by: 2027-04-22\n⟦max_age⟧: 365", "table-incomplete"
    ),
    "a series that goes back": Plant(
        SERIES, "year: 2026, openings", "year: ⟦2023⟧, openings", "date-order"
    ),
    "a moment that comes twice": Plant(
        SERIES, "year: 2026, openings", "year: ⟦2025⟧, openings", "date-order"
    ),
    # names
    "two tables of one id": Plant(PAY, "title:", "id: ⟦jobs⟧\ntitle:", "duplicate-id"),
    "two rows of one id": Plant(SERIES, "  y2026:", "  ⟦y2025⟧:", "duplicate-key"),
    "two parts of one id": Plant(JOBS, "      mid-level:", "      ⟦senior⟧:", "duplicate-key"),
    "a name with a meaning of its own": Plant(
        JOBS, "  place:\n    title", "  ⟦total⟧:\n    title", "reserved-id"
    ),
    "a part called like what is left": Plant(
        JOBS, "      mid-level:", "      ⟦rest⟧:", "reserved-id"
    ),
    "a breakdown called like a row": Plant(
        JOBS, "breakdowns:\n  level:",
        "columns: {n: {type: number}}\nrecords: {level: {n: 1}}\nbreakdowns:\n  ⟦level⟧:",
        "duplicate-id",
    ),
    "figures that are good for ever": Plant(
        JOBS, "review_by: 2027-04-22", "max_age: ⟦20270422⟧", "invalid-value"
    ),
    "corrections that do not follow on each other": Plant(
        JOBS, "unit: openings",
        "corrections:\n"
        "  - {date: 2026-05-01, figure: level.senior, before: 1, after: 2, why: So.}\n"
        "  - {date: 2026-05-02, figure: level.senior, before: ⟦3⟧, after: 60, why: So.}\n"
        "unit: openings", "correction",
    ),
    "a part that is added twice": Plant(
        ARTICLE, "{{ jobs.level.senior }}", "{{ jobs.level.senior | sum(⟦senior⟧) }}",
        "figure-format",
    ),
    "a share of parts that overlap": Plant(
        ARTICLE, "{{ jobs.level.senior }}",
        "{{ jobs.level.senior | sum(jobs.place.on-site) | ⟦share⟧ }}", "figure-total",
    ),
    "a correction of days to come": Plant(
        JOBS, "unit: openings",
        "corrections:\n"
        "  - {date: ⟦2030-01-01⟧, figure: level.senior, before: 1, after: 60, why: So.}\n"
        "unit: openings", "future-update",
    ),
    "figures of days to come": Plant(
        JOBS, "retrieved: 2026-04-23", "retrieved: ⟦2030-04-23⟧", "future-update"
    ),
    "a figure in a table's own text": Plant(
        JOBS, "title: Open positions", "title: ⟦Open {{ jobs.total }}⟧", "figure-place"
    ),
    "a title that begins with a figure, without quotation marks": Plant(
        ARTICLE, "title: A title", "title: {⟦{⟧ jobs.total }} positions", "yaml-syntax"
    ),
    "an unknown key": Plant(JOBS, "unit: openings", "⟦units⟧: openings", "unknown-key"),
    "no source": Plant(
        PAY, "source: {name: A book of facts, retrieved: 2026-04-22}\n", "", "missing-key"
    ),
    "a table of nothing": Plant(PAY, PAY_TEXT[PAY_TEXT.index("columns:"):], "", "table-incomplete"),
    # agreements and corrections
    "figures of two tables that contradict each other": Plant(
        SERIES, "columns:",
        "agreements:\n  - {figure: ⟦y2026.remote⟧, equals: jobs.level.senior | share}\ncolumns:",
        "figure-contradiction",
    ),
    "an agreement with what there is not": Plant(
        SERIES, "columns:",
        "agreements:\n  - {figure: y2026.remote, equals: ⟦jobs.plce.remote | share⟧}\ncolumns:",
        "unknown-figure",
    ),
    "an agreement with itself, round about": Plant(
        SERIES, "columns:",
        "agreements:\n  - {figure: y2026.remote, equals: jobs.place.remote | share, "
        "acknowledged: ⟦They differ.⟧}\ncolumns:",
        "nothing-acknowledged", WARNING,
    ),
    "a correction of what there is not": Plant(
        JOBS, "unit: openings",
        CORRECTIONS.format("⟦level.senoir⟧", 61, 60) + "unit: openings", "unknown-figure",
    ),
    "a correction that the table does not have": Plant(
        JOBS, "unit: openings",
        CORRECTIONS.format("level.senior", 60, "⟦61⟧") + "unit: openings", "correction",
    ),
    "a correction that changes nothing": Plant(
        JOBS, "unit: openings",
        CORRECTIONS.format("level.senior", 60, "⟦60⟧") + "unit: openings", "correction",
    ),
    # where figures are used
    "an unknown table": Plant(
        ARTICLE, "{{ jobs.total }}", "{{ ⟦jbs.total⟧ }}", "unknown-figure"
    ),
    "an unknown part": Plant(
        ARTICLE, "{{ jobs.level.senior }}", "{{ ⟦jobs.level.senoir⟧ }}", "unknown-figure"
    ),
    "a table as if it were a figure": Plant(
        ARTICLE, "{{ jobs.total }}", "{{ ⟦jobs⟧ }}", "figure-format"
    ),
    "an unknown format": Plant(
        ARTICLE, "{{ jobs.total }}", "{{ jobs.total | ⟦shre⟧ }}", "unknown-format"
    ),
    "a share of what is no part": Plant(
        ARTICLE, "pay.us.pay | range", "pay.us.pay | ⟦share⟧", "figure-format"
    ),
    "a sum of unequal units": Plant(
        ARTICLE, "{{ jobs.total }}", "{{ jobs.total | sum(⟦pay.gb.pay⟧) }}", "figure-unit"
    ),
    "a difference of two currencies": Plant(
        ARTICLE, "pay.us.pay | range", "pay.us.pay | difference(⟦pay.gb.pay⟧)", "figure-unit"
    ),
    "a range of one number": Plant(
        ARTICLE, "pay.us.pay | range", "pay.gb.pay | ⟦range⟧", "figure-format"
    ),
    "pay that is not reported": Plant(
        ARTICLE, "pay.us.pay | range", "⟦pay.de.pay⟧", "unknown-figure"
    ),
    "single brackets, below the same in double ones": Plant(
        ARTICLE, "They are", "Of ⟦{ jobs.total }⟧, they are", "figure-syntax", WARNING
    ),
    "brackets that are never closed": Plant(
        ARTICLE, "{{ jobs.total }}", "⟦{{⟧ jobs.total", "figure-syntax"
    ),
    "a calculation after the format": Plant(
        ARTICLE, "jobs.level.senior }}", "jobs.level.senior | share | ⟦sum⟧(mid-level) }}",
        "figure-format",
    ),
    "an unknown figure in the title": Plant(
        ARTICLE, "title: A title", 'title: "{{ ⟦jobs.all⟧ }} positions"', "unknown-figure"
    ),
    # charts
    "a chart of nothing": Plant(
        ARTICLE, "They are", "{{ chart ⟦jobs.levl⟧ }}\n\nThey are", "unknown-figure"
    ),
    "a chart in two currencies": Plant(
        ARTICLE, "They are", "{{ chart ⟦pay.pay⟧ }}\n\nThey are", "figure-currency"
    ),
    "an unknown kind of chart": Plant(
        ARTICLE, "They are", "{{ chart jobs.level kind=⟦pie⟧ }}\n\nThey are", "chart-kind"
    ),
    "a kind of chart that does not fit": Plant(
        ARTICLE, "They are", "{{ chart jobs.level kind=⟦line⟧ }}\n\nThey are", "chart-kind"
    ),
    "a chart in a sentence": Plant(
        ARTICLE, "They are", "See {{ ⟦chart⟧ jobs.level }} here.\n\nThey are", "chart-place"
    ),
    "a chart in the description": Plant(
        ARTICLE, "description: About", "description: '{{ ⟦chart⟧ jobs.level }}' #", "chart-place"
    ),
    "a chart with curly quotation marks": Plant(
        ARTICLE, "They are", "{{ chart jobs.level ⟦title=“Level”⟧ }}\n\nThey are", "chart-syntax"
    ),
    "a chart drawn twice": Plant(
        ARTICLE, "They are",
        "{{ chart jobs.level }}\n\n⟦{{ chart jobs.level }}⟧\n\nThey are", "duplicate-chart",
    ),
    "a row that there is not": Plant(
        ARTICLE, "They are", "{{ chart pay.pay rows=us,⟦fr⟧ }}\n\nThey are", "unknown-figure"
    ),
}  # fmt: skip


def planted(plant: Plant) -> tuple[dict[str, bytes], tuple[str, int, int]]:
    """The site's files with the mistake, and the path, line and column that must be named."""
    text = FILES[plant.path]
    assert text.count(plant.old) == 1, "the text to replace must be there once"
    marked = text.replace(plant.old, plant.new)
    before, mark, _ = marked.partition("⟦")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    if not mark:
        line, column = 1, 1
    files = {**FILES, plant.path: marked.replace("⟦", "").replace("⟧", "")}
    encoded = {path.removeprefix("content/"): one.encode() for path, one in files.items()}
    return sources(encoded), (plant.path, line, column)


def found_in(files: dict[str, bytes]) -> list[Diagnostic]:
    """What a build says of figures: the links of charts are another test's."""
    return [one for one in built(files).diagnostics if one.code != "broken-link"]


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_a_planted_mistake_is_found_where_it_is(plant: Plant) -> None:
    files, place = planted(plant)
    found = found_in(files)
    assert (plant.code, plant.severity, *place) in [
        (one.code, one.severity, *one.span[:3]) for one in found
    ]


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_it_says_what_to_do(plant: Plant) -> None:
    files, place = planted(plant)
    assert all(one.message and one.hint for one in found_in(files) if one.span[:3] == place)


def test_without_a_mistake_nothing_is_said() -> None:
    files = sources({path.removeprefix("content/"): one.encode() for path, one in FILES.items()})
    assert built(files).diagnostics == ()


def test_what_follows_from_a_faulty_table_is_not_told() -> None:
    files, _ = planted(PLANTS["no number"])
    assert [(one.code, one.span.path) for one in found_in(files)] == [("wrong-type", JOBS)]
