from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.chart_text import Run, breadth, flowing, width, wrapped
from tests.chart_samples import labels


def test_wide_letters_take_more_room_than_narrow_ones() -> None:
    assert width("ill") < width("sea") < width("WWW") < width("漢漢漢漢")


def test_bold_words_are_wider() -> None:
    assert width("Senior", bold=True) > width("Senior")


def test_lines_break_between_words() -> None:
    assert wrapped("Mid-level to senior engineers", 100) == ["Mid-level to", "senior", "engineers"]


def test_what_fits_stays_on_its_line() -> None:
    assert wrapped("Senior", 100) == ["Senior"]


def test_a_word_that_is_too_long_is_broken() -> None:
    assert wrapped("a Donaudampfschifffahrt", 60) == ["a", "Donauda", "mpfschifff", "ahrt"]


@given(labels, st.floats(1, 400))
def test_no_word_is_lost_and_no_line_is_too_wide(words: str, room: float) -> None:
    lines = wrapped(words, room)
    assert "".join(lines).replace(" ", "") == "".join(words.split())
    assert [line for line in lines if width(line) > room and len(line) > 1] == []


def test_figures_stand_behind_their_label_where_there_is_room() -> None:
    figures = [Run("39%", bold=True), Run("(289)", colour="soft")]
    assert flowing("Remote", figures, 200) == [[Run("Remote"), *figures]]
    assert flowing("Remote", figures, 90) == [[Run("Remote")], figures]
    assert flowing("", figures, 90) == [figures]


@given(labels, labels, st.floats(20, 400))
def test_no_line_of_a_label_with_its_figures_is_too_wide(
    label: str, figure: str, room: float
) -> None:
    lines = flowing(label, [Run(figure, bold=True), Run("(1)", colour="soft")], room)
    assert [line for line in lines if breadth(line) > room and len(line[0].words) > 1] == []
