"""What the annotations of models say about places in their data."""

from __future__ import annotations

from aicareers_site.configuration import Author, SiteSettings
from aicareers_site.content_parts import Image, Question
from aicareers_site.content_types import HiringTrend, MarketStatistics
from aicareers_site.model_fields import (
    description_at,
    field_at,
    holds,
    holds_slugs,
    keys_at,
    model_at,
    required_at,
)
from aicareers_site.models import Markdown
from aicareers_site.table_schema import PartEntry, TableEntry


def test_a_place_leads_through_lists_and_ids_to_its_model() -> None:
    assert model_at(MarketStatistics, ()) is MarketStatistics
    assert model_at(MarketStatistics, ("image",)) is Image
    assert model_at(MarketStatistics, ("faq", 3)) is Question
    assert model_at(MarketStatistics, ("faq",)) is Question
    assert model_at(TableEntry, ("breakdowns", "place", "parts", "remote")) is PartEntry
    assert model_at(SiteSettings, ("authors", "desk")) is Author
    assert model_at(SiteSettings, ("authors",)) is Author
    assert model_at(MarketStatistics, ("nothing",)) is None
    assert model_at(MarketStatistics, ("title",)) is None


def test_keys_of_a_place() -> None:
    assert keys_at(MarketStatistics, ("image",)) == ("src", "alt", "caption")
    assert required_at(MarketStatistics, ("image",)) == ["src", "alt"]
    assert keys_at(MarketStatistics, ("title",)) == ()


def test_a_description_is_that_of_the_nearest_field() -> None:
    assert description_at(MarketStatistics, ("tips", 0, "title")) == "The advice in a few words."
    assert description_at(MarketStatistics, ("tips", 0, "x")) == description_at(
        MarketStatistics, ("tips",)
    )
    assert description_at(MarketStatistics, ("nothing",)) == ""


def test_lists_of_slugs_are_told_from_others() -> None:
    fields = {name: field_at(HiringTrend, (name,)) for name in ("tags", "authors", "regions")}
    found = {name: field is not None and holds_slugs(field) for name, field in fields.items()}

    assert found == {"tags": True, "authors": True, "regions": False}


def test_markdown_is_told_from_plain_text() -> None:
    places = (("key_points", 0), ("faq", 0, "answer"), ("faq", 0, "question"), ("title",))
    fields = [field_at(HiringTrend, place) for place in places]
    assert [field is not None and holds(field, Markdown) for field in fields] == [
        True,
        True,
        False,
        False,
    ]
