"""Numbers in prose that stand for a quantity."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.figure_lint_numerals import PER_CENT, Numeral, ends, numerals
from aicareers_site.wording import Wording


def found(text: str, language: str = "en-GB") -> list[Numeral]:
    return list(numerals(text, language))


def written(text: str) -> list[str]:
    return [text[one.start : one.end] for one in found(text)]


def values(text: str) -> list[tuple[int, int, str]]:
    return [(int(one.low), int(one.high), one.unit) for one in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("440 of 732", [(440, 440, ""), (732, 732, "")]),
        ("1,050 openings", [(1050, 1050, "")]),
        ("1\u202f050 openings", [(1050, 1050, "")]),
        ("5%, 6 %, 7 per cent, 8 percent", [(share, share, PER_CENT) for share in (5, 6, 7, 8)]),
        ("US$350,000, £120,000", [(350_000, 350_000, "US$"), (120_000, 120_000, "£")]),
        ("USD 35,000, 5 dollars", [(35_000, 35_000, "USD"), (5, 5, "dollars")]),
        ("3.5 million people", [(3_500_000, 3_500_000, "")]),
        ("350k and US$2bn", [(350_000, 350_000, ""), (2 * 10**9, 2 * 10**9, "US$")]),
        ("+25% or −5%", [(25, 25, PER_CENT), (-5, -5, PER_CENT)]),
        ("an 18-person team", [(18, 18, "")]),
        ("| 100,000 | 130,000 |", [(100_000, 100_000, ""), (130_000, 130_000, "")]),
    ],
)  # fmt: skip
def test_a_quantity_in_its_usual_forms(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 to 20% a year", (15, 20, PER_CENT)),
        ("15–20%", (15, 20, PER_CENT)),
        ("between 15 and 20%", (15, 20, PER_CENT)),
        ("15 to\n    20%", (15, 20, PER_CENT)),
        ("US$100,000 to US$130,000", (100_000, 130_000, "US$")),
        ("USD 100,000 to 130,000", (100_000, 130_000, "USD")),
        ("£120k–220k", (120_000, 220_000, "£")),
        ("3 to 5 million", (3_000_000, 5_000_000, "")),
    ],
)
def test_a_range_is_one_quantity_in_one_unit(text: str, expected: tuple[int, int, str]) -> None:
    assert values(text) == [expected]


def test_a_range_has_two_ends_each_in_its_place() -> None:
    text = "between US$100,000 and US$130,000 a year"
    (pay,) = found(text)

    low, high = ends(pay)

    assert (text[low.start : low.end], text[high.start : high.end]) == ("US$100,000", "US$130,000")
    assert [int(one) for one in (low.high, high.low)] == [100_000, 130_000]
    assert (low.unit, high.unit) == ("US$", "US$")


def test_falling_from_one_number_to_another_is_two_quantities() -> None:
    assert values("from 86 to 18 openings") == [(86, 86, ""), (18, 18, "")]


def test_the_last_digit_tells_how_exact_a_number_is() -> None:
    texts = ["440", "3.5%", "3.5 million", "350k"]

    steps = [found(text)[0].step for text in texts]

    assert steps == [Decimal(1), Decimal("0.1"), Decimal(100_000), Decimal(1000)]


@pytest.mark.parametrize(("text", "small"), [("12 tips", True), ("13 tips", False), ("5%", False)])
def test_small_numbers_may_as_well_be_words(text: str, small: bool) -> None:
    assert [one.is_small for one in found(text)] == [small]


NO_QUANTITIES = [
    *("in 2026", "2024–2026", "the 2010s", "22 April 2026", "22\nApril 2026", "April 22, 2026"),
    *("2026-04-22", "21–22 April", "22/04/2026", "at 12:30", "at 5 pm", "at 9 a.m."),
    *("the 1st and 22nd", "Table 4", "step 12", "#17", "24/7", "a 401(k)"),
    *("GPT-4o", "an H-1B or O-1", "A100", "B2B", "a 3D model", "COVID-19", "ISO 3166-1"),
    *("with Python 3.12 today", "and Llama 3.", "version 1.2.3", "a 70B model", "an iPhone 15"),
    *("RFC 9110", "section 3.2", "the S&P 500", "on +44 20 7946 0958", "on 0800 123 456"),
]


@pytest.mark.parametrize("text", NO_QUANTITIES)
def test_what_names_or_orders_something_is_no_quantity(text: str) -> None:
    assert written(f"We read it {text}, and that was all.") == []


@pytest.mark.parametrize("text", ["1. Read", "- x\n12. Read", "## 3. Read", "> 2) Read"])
def test_numbers_of_list_items_and_headings_are_none(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize("chain", ["nan.", "A&", "-k", "a&b-"])
def test_a_long_chain_of_words_is_read_once_and_not_from_each_word(chain: str) -> None:
    # It takes minutes otherwise.
    assert list(numerals(chain * 50_000, "en")) == []


def test_a_number_at_the_end_of_a_long_chain_of_words_is_a_name() -> None:
    assert list(numerals("nan." * 100 + "v5", "en")) == []


def test_a_year_is_a_year_only_when_alone() -> None:
    assert written("2026 was US$2,026, 2000 dollars and 2,026 jobs") == [
        "US$2,026",
        "2000 dollars",
        "2,026",
    ]


around = st.sampled_from(["", "about ", "of all, ", "(", "Then: ", "**", "“", "in May, "])
behind = st.sampled_from(["", " openings", ").", ", and so on", "; more", "** of all", "\nof it"])


@given(
    st.decimals(13, 10**9, places=2, allow_nan=False).map(lambda number: number.normalize()),
    st.sampled_from(["en-GB", "de", "fr"]),
    around,
    behind,
)
def test_a_number_is_read_where_it_stands_as_figures_print_it(
    number: Decimal, language: str, before: str, after: str
) -> None:
    number = Decimal(f"{number:f}")
    if number == number.to_integral() and 1900 <= number <= 2100:
        number += 1000
    for printed in (Wording(language, UTC).number(number), Wording(language, UTC).percent(number)):
        text = before + printed + after
        (one,) = found(text, language)
        assert (text[one.start : one.end], one.low) == (printed, number)


@given(st.lists(st.sampled_from([*NO_QUANTITIES, "and", "of", "…", "Then"]), max_size=6))
def test_what_is_none_stays_none_among_others(pieces: list[str]) -> None:
    assert written(" | ".join(pieces)) == []


@given(st.text(st.sampled_from("0123459.,%-–$£k UStoM\n and/:#"), max_size=60))
def test_any_text_gives_numbers_in_their_order(text: str) -> None:
    one_by_one = found(text)

    places = [(one.start, one.end) for one in one_by_one]
    assert places == sorted(places)
    assert all(first[1] <= second[0] for first, second in pairwise(places))
    assert all(one.low <= one.high and one.step > 0 for one in one_by_one)
    assert all(any(sign.isdigit() for sign in text[start:end]) for start, end in places)
