"""The comparison of countries: what shares an axis and what does not, the map, and the table."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from aicareers_site.comparison import CountryPay, PayGroup, comparable, countries_page
from aicareers_site.data_book import Pay
from aicareers_site.data_tables import Amount
from aicareers_site.serving import unfingerprinted
from tests.samples import COUNTRY, SETTINGS, outputs, post, sources
from tests.sites import data, published, site

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PAY = """\
title: What engineers are paid
description: Pay of engineers, by country.
as_of: 2026-04-22
review_by: 2027-04-22
source: {name: A book of facts, retrieved: 2026-04-22}
columns:
  country: {type: country}
  role: {type: text}
  place: {type: text}
  basis: {type: text}
  currency: {type: currency}
  pay: {type: money, currency: currency}
  note: {type: text}
records:
"""
OLDER = PAY.replace("as_of: 2026-04-22", "as_of: 2025-04-22")
HUBS = """\
title: Hubs
description: Where hubs are.
as_of: 2026-04-20
source: {name: A gazetteer, retrieved: 2026-04-22}
columns:
  country: {type: country}
  latitude: {type: latitude}
  longitude: {type: longitude}
records:
  berlin: {country: DE, latitude: 52.52, longitude: 13.41}
  oslo: {country: NO, latitude: 59.91, longitude: 10.75}
"""
LANGUAGE = f"{SETTINGS}language: en-GB\n"


def paid(name: str, country: str, more: str, *, basis: str = "a year", place: str = "") -> str:
    """A record of a table on pay."""
    return (
        f"  {name}: {{country: {country}, role: Engineer, place: {place or name.capitalize()}, "
        f"basis: {basis}, {more}}}\n"
    )


BERLIN = paid("berlin", "DE", "currency: EUR, pay: {low: 65000, high: 95000}, note: gross")
PARIS = paid("paris", "FR", "currency: EUR, pay: {low: 50000, median: 60000, high: 80000}")
OSLO = paid("oslo", "NO", "note: above Germany", place="Norway")
LONDON = paid("london", "GB", "currency: GBP, pay: {low: 70000}")


def profile(code: str, *more: str) -> bytes:
    """A country profile that names the table ``pay``, and ``more`` tables on pay."""
    tables = ", ".join(["pay", *more])
    facts = COUNTRY.format(code=code, hub="Hub")
    return post(f"Work in {code}", more=f"{facts}salaries: [{tables}]\n")


def files(*records: str, codes: str = "DE FR NO", **tables: str) -> dict[str, bytes]:
    """The sources of a site with these profiles, these records of pay, and further tables; one
    of them may be ``older`` pay.
    """
    more = ["older"] if "older" in tables else []
    contents = {f"countries/{code.lower()}.md": profile(code, *more) for code in codes.split()}
    pay = PAY + "".join(records)
    contents |= {f"data/{name}.yaml": text.encode() for name, text in tables.items()}
    return sources({**contents, "data/pay.yaml": pay.encode()}, LANGUAGE)


def compared(*records: str, codes: str = "DE FR NO", **tables: str) -> HtmlElement:
    """The comparison on that site."""
    built = outputs(files(*records, codes=codes, **tables))
    return html.fromstring(built["countries/index.html"])


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def panels(page: HtmlElement) -> dict[str, list[str]]:
    """The rows of each panel, by its heading."""
    return {
        words(panel.find("h4")): [words(row) for row in panel.iter("li")]
        for panel in page.find_class("pay-panel")
    }


def cells(page: HtmlElement, fact: str) -> list[str]:
    """What the table says of a fact, country by country, without the countries' names."""
    (body,) = page.xpath("//tbody[tr/th//text()=$fact]", fact=fact)
    for name in body.find_class("cell-country"):
        name.drop_tree()
    return [words(cell) for cell in body.iter("td")]


# What can be compared

pays = st.builds(
    Pay,
    role=st.sampled_from(["Engineer", "Manager"]),
    place=st.sampled_from(["Here", "There"]),
    basis=st.sampled_from(["an hour", "a year"]),
    note=st.just(""),
    amount=st.sampled_from([None, Amount(Decimal(1), Decimal(2)), Amount(Decimal(3), None)]),
    currency=st.sampled_from(["EUR", "GBP"]),
    as_of=st.sampled_from([date(2025, 1, 1), date(2026, 1, 1), date(2026, 12, 31)]),
    table=st.just("pay"),
    source=st.just(""),
)
rows = st.lists(
    st.builds(CountryPay, st.sampled_from(["DE", "FR"]), st.just("A country"), pays), max_size=12
)


@given(rows)
def test_a_group_has_one_role_basis_year_and_currency(found: list[CountryPay]) -> None:
    for group in comparable(found):
        assert {(row.pay.role, row.pay.basis, row.pay.as_of.year) for row in group.rows} == {
            (group.role, group.basis, group.year)
        }
        assert {row.pay.currency if row.pay.amount else "" for row in group.rows} == {
            group.currency
        }


@given(rows)
def test_every_row_is_in_exactly_one_group(found: list[CountryPay]) -> None:
    grouped = [row for group in comparable(found) for row in group.rows]
    assert Counter(map(repr, grouped)) == Counter(map(repr, found))


@given(rows)
def test_what_can_be_compared_is_in_one_group(found: list[CountryPay]) -> None:
    keys = [group[:4] for group in comparable(found)]
    assert len(keys) == len(set(keys))


def row(code: str, currency: str = "EUR", year: int = 2026, *, reported: bool = True) -> CountryPay:
    amount = Amount(Decimal(1), Decimal(2)) if reported else None
    day = date(year, 4, 22)
    pay = Pay("Engineer", code, "a year", "", amount, currency, day, "pay", "")
    return CountryPay(code, code, pay)


def test_groups_are_ordered_by_what_they_are_and_not_by_how_much_is_paid() -> None:
    silent = row("NO", "NOK", reported=False)
    found = [silent, row("GB", "GBP"), row("FR"), row("DE"), row("IE", year=2025)]
    assert comparable(found) == (
        PayGroup("Engineer", "a year", 2026, "EUR", (found[2], found[3])),
        PayGroup("Engineer", "a year", 2026, "GBP", (found[1],)),
        PayGroup("Engineer", "a year", 2026, "", (silent,)),
        PayGroup("Engineer", "a year", 2025, "EUR", (found[4],)),
    )


# Pay on the page


def test_pay_in_one_currency_shares_an_axis_and_names_the_places() -> None:
    page = compared(BERLIN, PARIS, OSLO)
    assert panels(page) == {
        "In euros": [
            "France, Paris €50,000 to €80,000, median €60,000",
            "Germany, Berlin €65,000 to €95,000 gross",
        ],
        "Not reported": ["Norway above Germany"],
    }
    (panel, _) = page.find_class("pay-panel")
    drawings = [drawing.getparent().tag for drawing in panel.iter("{*}svg", "svg")]
    assert drawings == ["li", "li", "section"]
    assert "stand by themselves" not in words(page)


def test_currencies_stand_by_themselves_and_the_page_says_why() -> None:
    page = compared(BERLIN, LONDON, codes="DE GB")
    assert panels(page) == {
        "In euros": ["Germany, Berlin €65,000 to €95,000 gross"],
        "In British pounds": ["United Kingdom, London above £70,000"],
    }
    assert (
        "Pay in euros and pay in British pounds stand by themselves: different currencies share "
        "no axis." in words(page)
    )


def test_other_bases_and_years_stand_by_themselves_under_headings_of_their_own() -> None:
    hourly = paid("munich", "DE", "currency: EUR, pay: {low: 30, high: 50}", basis="an hour")
    york = paid("york", "GB", "currency: EUR, pay: {low: 60000, high: 61000}")
    page = compared(BERLIN, hourly, codes="DE GB", older=OLDER + york)
    assert [words(basis) for basis in page.xpath("//h3/following-sibling::p[1]")][:3] == [
        "A year; as of 2026.",
        "A year; as of 2025.",
        "An hour; as of 2026.",
    ]
    assert len(page.find_class("pay-panel")) == 3


def test_each_subject_says_where_its_figures_come_from_and_whether_they_are_old() -> None:
    old = f"note: Read it with care.\n{PAY}{BERLIN}".replace("review_by: 2027", "review_by: 2026")
    built = outputs(sources({"countries/de.md": profile("DE"), "data/pay.yaml": old.encode()}))
    (section,) = html.fromstring(built["countries/index.html"]).find_class("pays")
    assert words(section).endswith(
        "What engineers are paid, as of April 22, 2026. Source: A book of facts. "
        "May be out of date. Read it with care."
    )
    assert section.xpath(".//a/@href") == ["/data/pay/"]


def test_without_pay_there_is_no_section_on_it() -> None:
    built = outputs(sources({"countries/fr.md": post(more=COUNTRY.format(code="FR", hub="Paris"))}))
    page = html.fromstring(built["countries/index.html"])
    assert page.find_class("pays") == []
    assert cells(page, "Pay") == ["Not reported"]


# The map


def test_the_map_shows_the_countries_and_the_places_in_them_and_no_others() -> None:
    page = compared(BERLIN, codes="DE FR", hubs=HUBS)
    (figure,) = page.find_class("compare-map")
    assert figure.find(".//desc").text == "Countries: France, Germany. Places: Berlin."
    assert words(figure.find("figcaption")) == (
        "Places: Hubs, as of 20 April 2026. Source: A gazetteer."
    )


def test_without_places_the_map_shows_the_countries() -> None:
    (figure,) = compared(BERLIN).find_class("compare-map")
    assert figure.find(".//desc").text == "Countries: France, Germany, Norway."
    assert figure.find("figcaption") is None


def test_places_too_many_to_be_read_are_left_out_and_so_is_a_map_of_too_many_countries() -> None:
    many = HUBS + "".join(
        f"  n{n}: {{country: DE, latitude: {40 + n}, longitude: 1}}\n" for n in range(30)
    )
    (figure,) = compared(BERLIN, codes="DE FR", hubs=many).find_class("compare-map")
    assert figure.find(".//desc").text == "Countries: France, Germany."
    codes = (
        "AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA "
        "CD CF"
    )
    assert compared(BERLIN, codes=codes).find_class("compare-map") == []


# The table


def test_the_table_says_in_words_what_is_not_reported() -> None:
    page = compared(BERLIN, OSLO, codes="DE NO")
    assert cells(page, "Pay") == [
        "€65,000 to €95,000 Engineer, Berlin a year; gross",
        "Not reported Engineer, Norway a year; above Germany",
    ]
    assert cells(page, "Employers") == ["Not reported", "Not reported"]
    assert cells(page, "Where the work is") == ["Hub", "Hub"]


def test_every_column_row_and_panel_tells_its_country_to_the_script() -> None:
    page = compared(BERLIN, PARIS, OSLO)
    columns = page.xpath("//thead//@data-country")
    assert columns == ["fr", "de", "no"]
    assert page.xpath("//table//td/@data-country") == columns * 8
    assert page.xpath("//*[@data-compared]//li/@data-country") == columns
    assert page.xpath("//form//@value") == columns


# The script


def test_the_choice_is_offered_where_there_is_one_and_the_theme_has_the_script() -> None:
    for codes, without in (("DE FR", False), ("DE", False), ("DE FR", True)):
        found = files(BERLIN, codes=codes)
        if without:
            del found["static/compare.js"]
        site_ = outputs(found)
        page = html.fromstring(site_["countries/index.html"])
        scripts = page.xpath("//script[@type='module']/@src")
        offered = codes == "DE FR" and not without
        assert [unfingerprinted(path) for path in scripts] == ["/compare.js"] * offered
        assert len(page.xpath("//form[@id='choice']")) == offered
        assert b"/compare." not in site_["index.html"]


# What the page depends on


PROFILES = [published(code.lower(), profile(code), "countries") for code in ("DE", "FR")]


def test_a_site_without_profiles_has_no_comparison() -> None:
    assert list(countries_page(site(published()))) == []


def test_the_page_depends_on_the_pay_and_the_places_of_its_countries_alone() -> None:
    def arguments(pay: str, hubs: str = HUBS) -> tuple[Any, ...]:
        (page,) = countries_page(replace(site(*PROFILES), data=data(pay=pay, hubs=hubs)))
        return page.arguments

    before = arguments(PAY + BERLIN + OSLO)
    assert arguments(PAY + BERLIN + OSLO.replace("above", "below")) == before
    assert arguments(PAY + BERLIN + OSLO, HUBS.replace("59.91", "59.92")) == before
    assert arguments(PAY + BERLIN.replace("65000", "66000") + OSLO) != before
    assert arguments(PAY + BERLIN + OSLO, HUBS.replace("52.52", "52.53")) != before
