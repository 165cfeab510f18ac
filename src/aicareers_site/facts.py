"""The facts that a kind of article shows beside its prose: profile, key points, statistics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aicareers_site.typography import smarten
from aicareers_site.view_parts import (
    CountryFacts,
    LinkTo,
    MarketFacts,
    NamedEntry,
    QuestionEntry,
    SalaryEntry,
    SourceEntry,
    StatisticsRow,
    StatisticsTableView,
    TipEntry,
    TrendFacts,
    VisaEntry,
)
from aicareers_site.wording import Wording, capitalised, share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from aicareers_site.content_parts import Named, Salary, StatisticsTable
    from aicareers_site.content_types import (
        CountryProfile,
        FrontMatter,
        HiringTrend,
        MarketStatistics,
    )
    from aicareers_site.links import LinkedProse
    from aicareers_site.urls import Urls
    from aicareers_site.yaml_tree import Location


def fragment_name(location: Location) -> str:
    """The name under which the Markdown at ``location`` in the front matter is rendered."""
    return ".".join(map(str, location))


def source_anchor(identifier: str) -> str:
    """The id on the page of the source with this id."""
    return f"source:{identifier}"


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

    def country(self, profile: CountryProfile) -> CountryFacts:
        """The facts box of a profile."""
        return CountryFacts(
            self.wording.country(profile.country),
            profile.country,
            self.wording.day(profile.as_of),
            self._source(profile.source),
            _named(profile.hubs),
            _named(profile.employers),
            tuple(self._salary(salary) for salary in profile.salaries),
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

    def market(self, market: MarketStatistics) -> MarketFacts:
        """Statistics and tips."""
        return MarketFacts(
            self.wording.day(market.as_of),
            self._source(market.source),
            tuple(statistics_table(table, self.wording) for table in market.tables),
            tuple(
                TipEntry(smarten(tip.title), self._markup("tips", index, "text"))
                for index, tip in enumerate(market.tips)
            ),
        )

    def _salary(self, salary: Salary) -> SalaryEntry:
        ends = dict.fromkeys((salary.low, salary.high))
        return SalaryEntry(
            smarten(salary.role),
            tuple(self.wording.money(end, salary.currency) for end in ends if end is not None),
            smarten(salary.place),
            smarten(salary.basis),
            self.wording.day(salary.as_of),
            _smartened(salary.note),
            self._source(salary.source),
        )

    def _source(self, identifier: str) -> LinkTo:
        source = next(source for source in self.front.sources if source.id == identifier)
        anchor = f"#{source_anchor(identifier)}"
        return LinkTo(smarten(source.name), self.urls.resolved(anchor, self.prose.path))

    def _markup(self, *location: str | int) -> Markup:
        return self.prose.fragment(fragment_name(location), self.urls)

    def _markups(self, key: str, count: int) -> tuple[Markup, ...]:
        return tuple(self._markup(key, index) for index in range(count))


def statistics_table(table: StatisticsTable, wording: Wording) -> StatisticsTableView:
    """A table with computed shares, and a row for what its parts leave of the total."""

    def row(label: str, value: int, stated: int | None = None) -> StatisticsRow:
        return StatisticsRow(
            smarten(label),
            wording.number(value),
            wording.percent(share(value, table.total, 100)),
            None if stated is None else wording.percent(stated),
            f"{min(share(value, table.total, 1000), 1000) / 10:.1f}",
        )

    rest = table.total - sum(part.value for part in table.rows)
    return StatisticsTableView(
        table.id,
        smarten(table.caption),
        smarten(table.property),
        capitalised(smarten(table.unit)),
        wording.number(table.total),
        tuple(row(part.label, part.value, part.share) for part in table.rows),
        row("Not stated", rest) if rest > 0 else None,
        _smartened(table.note),
    )


def _named(items: tuple[Named, ...]) -> tuple[NamedEntry, ...]:
    return tuple(NamedEntry(smarten(item.name), _smartened(item.note)) for item in items)


def _smartened(text: str | None) -> str | None:
    return None if text is None else smarten(text)
