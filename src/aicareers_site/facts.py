"""The facts that a kind of article shows beside its prose: profile, key points, statistics."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from aicareers_site.data_tables import MEASURED, Amount, ColumnType
from aicareers_site.typography import smarten
from aicareers_site.urls import DATA
from aicareers_site.view_parts import (
    CorrectionEntry,
    CountryFacts,
    DataNote,
    LinkTo,
    MarketFacts,
    NamedEntry,
    QuestionEntry,
    RecordTableView,
    SalaryEntry,
    SourceEntry,
    StatisticsRow,
    StatisticsTableView,
    TipEntry,
    TrendFacts,
    VisaEntry,
)
from aicareers_site.wording import Wording, capitalised, share, uncapitalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    from aicareers_site.content_parts import Named
    from aicareers_site.content_types import (
        CountryProfile,
        FrontMatter,
        HiringTrend,
        MarketStatistics,
    )
    from aicareers_site.data_book import Corrected, Note, Pay, ShownData
    from aicareers_site.data_tables import Breakdown, Column, Table
    from aicareers_site.data_tables import Record as DataRecord
    from aicareers_site.links import LinkedProse
    from aicareers_site.urls import Urls
    from aicareers_site.yaml_tree import Location


def fragment_name(location: Location) -> str:
    """The name under which the Markdown at ``location`` in the front matter is rendered."""
    return ".".join(map(str, location))


def source_anchor(identifier: str) -> str:
    """The id on the page of the source with this id."""
    return f"source:{identifier}"


def table_anchor(identifier: str) -> str:
    """The id on the page of the note on the data table with this id."""
    return f"data:{identifier}"


@dataclass(frozen=True, slots=True)
class FactsReader:
    """Turns one article's front matter into what its page shows."""

    front: FrontMatter
    prose: LinkedProse
    urls: Urls
    wording: Wording

    def sources(self) -> tuple[SourceEntry, ...]:
        """The numbered sources, each with the places that cite it."""
        citations = self.prose.prose.citations
        return tuple(
            SourceEntry(
                number,
                source_anchor(source.id),
                smarten(source.name),
                source.url,
                self.wording.day(source.published) if source.published else None,
                self.wording.day(source.retrieved),
                citations.get(source.id, ()),
            )
            for number, source in enumerate(self.front.sources, start=1)
        )

    def questions(self) -> tuple[QuestionEntry, ...]:
        """Questions and answers."""
        return tuple(
            QuestionEntry(smarten(question.question), self._markup("faq", index, "answer"))
            for index, question in enumerate(self.front.faq)
        )

    def country(self, profile: CountryProfile, pays: Sequence[Pay]) -> CountryFacts:
        """The facts box of a profile, with what roles are paid there."""
        return CountryFacts(
            self.wording.country(profile.country),
            profile.country,
            self.wording.day(profile.as_of),
            self._source(profile.source),
            _named(profile.hubs),
            _named(profile.employers),
            tuple(map(self._salary, pays)),
            tuple(
                VisaEntry(
                    smarten(visa.name),
                    self._markup("visas", index, "how"),
                    self._source(visa.source),
                )
                for index, visa in enumerate(profile.visas)
            ),
            smarten(profile.working_language),
            self._markups("in_favour", len(profile.in_favour)),
            self._markups("against", len(profile.against)),
            self.wording.aliases(profile.country),
        )

    def trend(self, trend: HiringTrend, profiles: Mapping[str, str]) -> TrendFacts:
        """Key points; ``profiles`` maps country codes to the paths of their profiles."""
        return TrendFacts(
            self._markups("key_points", len(trend.key_points)),
            tuple(smarten(region) for region in trend.regions),
            tuple(
                LinkTo(
                    self.wording.country(code),
                    self.urls.href(profiles[code]) if code in profiles else "",
                )
                for code in trend.countries
            ),
            _smartened(trend.dateline),
        )

    def market(self, market: MarketStatistics, shown: ShownData) -> MarketFacts:
        """The tables that the article is about, and its tips."""
        return MarketFacts(
            self.notes(shown),
            tuple(
                statistics_table(table, breakdown, self.wording)
                for table in shown.tables
                for breakdown in table.breakdowns
            ),
            tuple(record_table(table, self.wording) for table in shown.tables if table.records),
            tuple(
                TipEntry(smarten(tip.title), self._markup("tips", index, "text"))
                for index, tip in enumerate(market.tips)
            ),
        )

    def notes(self, shown: ShownData) -> tuple[DataNote, ...]:
        """Where the article's figures come from."""
        return data_notes(shown.notes, self.urls, self.wording)

    def _salary(self, pay: Pay) -> SalaryEntry:
        amount = pay.amount
        words = self.wording.amount(amount, ColumnType.MONEY, pay.currency) if amount else ""
        anchor = self.urls.resolved(f"#{table_anchor(pay.table)}", self.prose.path)
        return SalaryEntry(
            pay.role,
            words,
            pay.place,
            pay.basis,
            self.wording.day(pay.as_of),
            pay.note or None,
            LinkTo(pay.source, anchor),
        )

    def _source(self, identifier: str) -> LinkTo:
        source = next(source for source in self.front.sources if source.id == identifier)
        anchor = f"#{source_anchor(identifier)}"
        return LinkTo(smarten(source.name), self.urls.resolved(anchor, self.prose.path))

    def _markup(self, *location: str | int) -> Markup:
        return self.prose.fragment(fragment_name(location), self.urls)

    def _markups(self, key: str, count: int) -> tuple[Markup, ...]:
        return tuple(self._markup(key, index) for index in range(count))


def data_notes(notes: Iterable[Note], urls: Urls, wording: Wording) -> tuple[DataNote, ...]:
    """Where figures come from, for the page that shows them."""
    return tuple(
        DataNote(
            table_anchor(note.id),
            LinkTo(note.title, urls.href(f"{DATA}{note.id}/")),
            wording.day(note.as_of),
            note.source.name,
            note.source.url,
            note.is_due,
        )
        for note in notes
    )


def correction_entries(
    corrections: Iterable[Corrected], urls: Urls, wording: Wording
) -> tuple[CorrectionEntry, ...]:
    """Corrections in words, with links to the tables' own pages."""
    entries = []
    for one in corrections:
        kind, unit = one.figure.type or ColumnType.NUMBER, one.figure.unit
        before, after = (
            wording.amount(Amount(value, value), kind, unit)
            for value in (one.correction.before, one.correction.after)
        )
        entries.append(
            CorrectionEntry(
                wording.day(one.correction.date),
                one.label,
                LinkTo(one.title, urls.href(f"{DATA}{one.table}/")),
                before,
                after,
                one.correction.why,
            )
        )
    return tuple(entries)


def statistics_table(table: Table, breakdown: Breakdown, wording: Wording) -> StatisticsTableView:
    """A breakdown with computed shares, and a row for what its parts leave of the total."""
    total = table.total or Decimal(1)

    def row(label: str, value: Decimal, stated: Decimal | None = None) -> StatisticsRow:
        return StatisticsRow(
            label,
            wording.number(value),
            wording.percent(share(value, total)),
            None if stated is None else wording.percent(stated),
            f"{min(share(value, total, 1), Decimal(100)):.1f}",
        )

    return StatisticsTableView(
        f"{table.id}-{breakdown.id}",
        f"{table.title}: {uncapitalised(breakdown.title)}",
        breakdown.title,
        capitalised(table.unit),
        wording.number(total),
        tuple(row(part.label, part.value, part.stated) for part in breakdown.parts),
        row(breakdown.rest_label, breakdown.rest) if breakdown.rest else None,
        (*table.remarks, *breakdown.remarks),
    )


def record_table(table: Table, wording: Wording) -> RecordTableView:
    """The records of a table in words."""

    def words(record: DataRecord, column: Column) -> str:
        cell = record.cells.get(column.id)
        if cell is None:
            return ""
        if isinstance(cell, Amount):
            return wording.amount(cell, column.type, table.currency(record, column))
        if column.type is ColumnType.COUNTRY:
            return wording.country(str(cell))
        return wording.iso_day(str(cell)).words if column.type is ColumnType.DATE else str(cell)

    return RecordTableView(
        table.id,
        table.title,
        tuple(column.label for column in table.columns),
        tuple(column.type in MEASURED for column in table.columns),
        tuple(
            (record.label, tuple(words(record, column) for column in table.columns))
            for record in table.records
        ),
        remarks=table.remarks,
    )


def _named(items: tuple[Named, ...]) -> tuple[NamedEntry, ...]:
    return tuple(NamedEntry(smarten(item.name), _smartened(item.note)) for item in items)


def _smartened(text: str | None) -> str | None:
    return None if text is None else smarten(text)
