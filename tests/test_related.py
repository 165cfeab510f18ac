from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.related import WINDOW, related

TRAITS = st.lists(st.frozensets(st.sampled_from("abcdef"), max_size=4), max_size=30)


def traits(*words: str) -> list[frozenset[str]]:
    return [frozenset(word) for word in words]


def test_articles_that_share_nothing_are_not_related() -> None:
    assert related(traits("a", "b"), 3) == [(), ()]


def test_a_rare_trait_counts_more_than_a_common_one() -> None:
    # The first shares "a" with all, "b" with the last alone.
    assert related(traits("ab", "a", "a", "a", "b"), 1)[0] == (4,)


def test_more_shared_traits_come_first() -> None:
    assert related(traits("abc", "a", "abc", "ab"), 3)[0] == (2, 3, 1)


def test_ties_go_to_the_newer_article() -> None:
    assert related(traits("a", "a", "a"), 1) == [(1,), (0,), (0,)]


def test_for_a_trait_of_very_many_only_neighbours_are_compared() -> None:
    many = related(traits(*(["a"] * (3 * WINDOW))), 3 * WINDOW)
    assert max(many[0]) == WINDOW


@given(TRAITS, st.integers(0, 5))
def test_results_are_few_distinct_and_share_something(
    found: list[frozenset[str]], count: int
) -> None:
    for index, others in enumerate(related(found, count)):
        assert len(others) == len(set(others)) <= count
        assert index not in others
        assert all(found[index] & found[other] for other in others)
