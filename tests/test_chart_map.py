"""Maps of countries and places."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aicareers_site import chart_map, world
from aicareers_site.chart_data import Chart, ChartKind, ChartRow
from aicareers_site.chart_svg import FILE_ROOM
from aicareers_site.data_tables import ColumnType
from tests.chart_samples import BRITISH, amount, chart, data, pay

SVG = "{http://www.w3.org/2000/svg}"
CODES = sorted(world.shapes().countries)

FIVE = [
    ChartRow("United States", None, country="US"),
    ChartRow("United Kingdom", None, country="GB"),
    ChartRow("Canada", None, country="CA"),
    ChartRow("Germany", None, country="DE"),
    ChartRow("Singapore", None, country="SG"),
]
HUBS = [
    ChartRow(name, None, country=country, place=(longitude, latitude))
    for name, country, longitude, latitude in (
        ("San Francisco", "US", -122.42, 37.77),
        ("New York", "US", -74.01, 40.71),
        ("Seattle", "US", -122.33, 47.61),
        ("Austin", "US", -97.74, 30.27),
        ("Boston", "US", -71.06, 42.36),
        ("Los Angeles", "US", -118.24, 34.05),
        ("London", "GB", -0.13, 51.51),
        ("Cambridge", "GB", 0.12, 52.2),
        ("Edinburgh", "GB", -3.2, 55.95),
        ("Toronto", "CA", -79.4, 43.71),
        ("Montreal", "CA", -73.59, 45.51),
        ("Berlin", "DE", 13.41, 52.52),
        ("Munich", "DE", 11.58, 48.14),
        ("Singapore", "SG", 103.85, 1.29),
    )
]


def a_map(*rows: ChartRow, sort: ColumnType = ColumnType.NUMBER) -> Chart:
    return chart(ChartKind.MAP, data(rows, sort, "EUR"), "Where the hubs are")


def parsed(drawing: str) -> etree._Element:
    return etree.fromstring(drawing.encode())


def layer(drawing: str, name: str = "narrow") -> etree._Element:
    return parsed(drawing).find(f".//{SVG}g[@class='map-{name}']")


def words(drawing: str, name: str = "narrow") -> list[str]:
    return ["".join(line.itertext()) for line in layer(drawing, name).iter(f"{SVG}text")]


def count(drawing: str, group: str) -> int:
    return len(layer(drawing).findall(f"{SVG}g[@class='map-{group}']/*"))


def test_a_map_has_a_title_and_says_what_it_shows() -> None:
    svg = parsed(chart_map.drawn(a_map(*FIVE[3:], *HUBS[-3:]), BRITISH))
    assert (svg[0].tag, svg[0].text) == (f"{SVG}title", "Where the hubs are")
    assert svg[1].text == "Countries: Germany, Singapore. Places: Berlin, Munich, Singapore."
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{svg[0].get('id')} {svg[1].get('id')}"


def test_every_hub_of_the_five_countries_is_named_once_in_both_widths() -> None:
    drawing = chart_map.drawn(a_map(*FIVE, *HUBS), BRITISH)
    assert words(drawing) == [row.label for row in HUBS]
    assert words(drawing, "wide") == [row.label for row in HUBS]
    assert count(drawing, "dots") == len(HUBS)


def test_a_map_stays_small() -> None:
    for rows in (FIVE + HUBS, HUBS, FIVE, [ChartRow(code, None, country=code) for code in CODES]):
        drawing = chart_map.drawn(a_map(*rows[:30]), BRITISH).encode()
        assert len(drawing) < 45_000
        assert len(gzip.compress(drawing, mtime=0)) < 15_000


def test_a_country_without_a_place_in_it_is_named() -> None:
    assert words(chart_map.drawn(a_map(FIVE[3], FIVE[1], HUBS[11]), BRITISH)) == [
        "United Kingdom",
        "Berlin",
    ]


def test_single_numbers_are_written_on_the_map() -> None:
    rows = [
        ChartRow("Germany", amount(95_000), country="DE"),
        ChartRow("Berlin", amount(97_000), country="DE", place=(13.41, 52.52)),
        ChartRow("France", None, country="FR"),
    ]
    drawing = chart_map.drawn(a_map(*rows, sort=ColumnType.MONEY), BRITISH)
    assert words(drawing) == ["Germany", "€95,000", "Berlin €97,000", "France"]
    assert parsed(drawing)[1].text == (
        "Countries: Germany (€95,000), France. Places: Berlin (€97,000)."
    )


def test_ranges_are_said_in_the_description_alone() -> None:
    rows = [
        ChartRow("Germany", pay(60_000, 95_000), country="DE"),
        ChartRow("France", amount(70_000), country="FR"),
    ]
    drawing = chart_map.drawn(a_map(*rows, sort=ColumnType.MONEY), BRITISH)
    assert words(drawing) == ["Germany", "France"]
    assert parsed(drawing)[1].text == ("Countries: Germany (€60,000 to €95,000), France (€70,000).")


def test_a_country_that_is_too_small_to_be_seen_gets_a_ring() -> None:
    assert count(chart_map.drawn(a_map(*FIVE), BRITISH), "rings") == 1
    assert count(chart_map.drawn(a_map(*FIVE[:4]), BRITISH), "rings") == 0


def test_a_territory_without_a_shape_is_said_not_to_be_on_the_map() -> None:
    drawing = chart_map.drawn(
        a_map(ChartRow("Gibraltar", None, country="GI"), ChartRow("Spain", None, country="ES")),
        BRITISH,
    )
    assert parsed(drawing)[1].text == "Countries: Spain. Not on the map: Gibraltar."
    assert words(drawing) == ["Spain"]


def test_a_map_of_nothing_shows_the_world() -> None:
    drawing = chart_map.drawn(a_map(ChartRow("Gibraltar", None, country="GI")), BRITISH)
    assert parsed(drawing).get("viewBox") == "0 0 340 154"
    assert words(drawing) == []


def test_places_on_both_sides_of_the_antimeridian_are_near_each_other() -> None:
    drawing = chart_map.drawn(
        a_map(
            ChartRow("Suva", None, place=(178.44, -18.14)),
            ChartRow("Apia", None, place=(-171.76, -13.83)),
        ),
        BRITISH,
    )
    dots = layer(drawing).findall(f"{SVG}g[@class='map-dots']/{SVG}circle")
    suva, apia = (float(dot.get("cx", "")) for dot in dots)
    assert 50 < apia - suva < 200


def test_what_is_written_cannot_become_markup() -> None:
    drawing = chart_map.drawn(a_map(ChartRow("<b> & co", None, country="DE")), BRITISH)
    assert words(drawing) == ["<b> & co"]


def test_a_map_needs_no_style() -> None:
    svg = parsed(chart_map.drawn(a_map(*FIVE, *HUBS), BRITISH))
    assert [*svg.iter(f"{SVG}style", f"{SVG}script")] == []
    assert svg.xpath("//@style") == []


def test_a_file_has_the_labels_of_a_narrow_column_alone() -> None:
    drawing = chart_map.drawing(a_map(*FIVE, *HUBS), BRITISH)
    svg = parsed(drawing.marks)
    assert svg.find("g[@class='map-narrow']") is not None
    assert svg.find("g[@class='map-wide']") is None
    assert svg.get("viewBox") == "0 0 340 170"
    assert drawing.height == pytest.approx(170 * FILE_ROOM / 340)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.builds(
            ChartRow,
            st.text(st.sampled_from("abcdemWA é漢"), min_size=1, max_size=20),
            st.none() | st.integers(0, 2_000_000).map(amount),
            country=st.sampled_from(CODES),
            place=st.none() | st.tuples(st.floats(-180, 180), st.floats(-85, 85)),
        ),
        max_size=8,
    )
)
def test_any_countries_and_places_make_a_map(rows: list[ChartRow]) -> None:
    drawing = chart_map.drawn(a_map(*rows), BRITISH)
    parsed(drawing)
    assert len(drawing.encode()) < 45_000
    assert drawing == chart_map.drawn(a_map(*rows), BRITISH)
