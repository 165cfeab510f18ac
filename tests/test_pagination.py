from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.pagination import page_number, paginate

SIZES = st.integers(2, 7)
TOTALS = st.integers(0, 60)


def pages_of(total: int, size: int) -> dict[str, tuple[int, ...]]:
    """Paths with the items on them; items are numbered from the oldest, 0."""
    newest_first = list(range(total))[::-1]
    return {part.path: part.items for part in paginate("/blog/", newest_first, size)}


def test_the_archive_counts_from_the_oldest() -> None:
    assert pages_of(7, 2) == {
        "/blog/": (6, 5, 4),
        "/blog/page/2/": (3, 2),
        "/blog/page/1/": (1, 0),
    }


def test_a_short_list_has_one_page() -> None:
    assert pages_of(3, 2) == {"/blog/": (2, 1, 0)}
    assert pages_of(0, 2) == {"/blog/": ()}


def test_neighbouring_pages_lead_to_each_other() -> None:
    parts = list(paginate("/blog/", list(range(7)), 2))
    assert [(part.newer, part.number, part.older) for part in parts] == [
        (None, None, "/blog/page/2/"),
        ("/blog/", 2, "/blog/page/1/"),
        ("/blog/page/2/", 1, None),
    ]


@given(TOTALS, SIZES)
def test_every_item_stands_on_exactly_one_page_in_order(total: int, size: int) -> None:
    items = [item for page in pages_of(total, size).values() for item in page]
    assert items == list(range(total))[::-1]


@given(TOTALS, SIZES)
def test_archive_pages_stay_put_when_an_item_is_added(total: int, size: int) -> None:
    before, after = pages_of(total, size), pages_of(total + 1, size)
    del before["/blog/"]
    assert before == {path: after[path] for path in before}


@given(TOTALS, SIZES)
def test_the_newest_page_is_at_least_full_and_less_than_two_pages(total: int, size: int) -> None:
    newest = pages_of(total, size)["/blog/"]
    assert min(total, size) <= len(newest) < 2 * size


@given(TOTALS, SIZES)
def test_an_item_knows_its_page(total: int, size: int) -> None:
    parts = list(paginate("/blog/", list(range(total)), size))
    for part in parts:
        assert {page_number(index, total, size) for index in part.items} <= {part.number}
