"""What is put and deleted, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.outputs import Output
from aicareers_site.publication import Changes, Step, changes, list_of, listed, strangers

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = st.sampled_from([
    *("a", "a/b", "a/b.gz", "index.html", "index.html.br", "blog/index.html", "blog/a/index.html"),
    *("feed.xml", "sitemap.xml", "site.css", "site.css.gz", "blog/feed.json", "_redirects"),
])  # fmt: skip


def planned(new: Iterable[str], changed: Iterable[str], ours: Iterable[str]) -> Changes:
    return changes({path: Output.of(path, b"") for path in new}, {*changed}, {*ours})


def told(step: Step) -> list[str]:
    return [*(f"+{output.path}" for output in step.put), *(f"-{path}" for path in step.delete)]


def test_what_is_referred_to_comes_first_and_goes_last() -> None:
    old = ["index.html", "gone.css", "gone/index.html", "gone/deep/index.html", "gone/feed.xml"]
    new = ["index.html", "site.css", "a/index.html", "a/b/index.html", "feed.xml", "404.html"]
    plan = planned(new, new, old)
    assert [told(step) for step in plan.steps()] == [
        ["+site.css"],
        ["+a/b/index.html", "+a/index.html", "+404.html"],
        ["+index.html"],
        ["+feed.xml"],
        ["-gone/feed.xml", "-gone/index.html", "-gone/deep/index.html"],
        ["-gone.css"],
    ]
    assert plan.counts == (6, 0, 4)


def test_what_names_others_comes_after_them() -> None:
    new = ["pagefind/pagefind-entry.json", "pagefind/index/en_0123456.pf_index"]
    assert [told(step) for step in planned(new, new, []).steps()] == [
        ["+pagefind/index/en_0123456.pf_index"],
        ["+pagefind/pagefind-entry.json"],
    ]


def test_what_stands_in_the_way_goes_first() -> None:
    plan = planned(["a/b", "c"], ["a/b", "c"], ["a", "c/d", "e"])
    assert [told(step) for step in plan.steps()] == [["-a", "-c/d"], ["+a/b", "+c"], ["-e"]]


def test_a_compressed_copy_that_is_not_made_any_more_goes_before_its_original_changes() -> None:
    plan = planned(["index.html"], ["index.html"], ["index.html", "index.html.gz", "old.gz"])
    assert [told(step) for step in plan.steps()] == [
        ["-index.html.gz"],
        ["+index.html"],
        ["-old.gz"],
    ]


def test_a_compressed_copy_comes_in_one_step_with_its_original() -> None:
    new = ["index.html", "index.html.br", "site.css", "site.css.gz"]
    steps = [told(step) for step in planned(new, new, []).steps()]
    assert steps == [["+site.css", "+site.css.gz"], ["+index.html", "+index.html.br"]]


@given(new=st.sets(NAMES), ours=st.sets(NAMES), changed=st.sets(NAMES))
def test_the_steps_lead_from_what_was_there_to_what_is_new(
    new: set[str], ours: set[str], changed: set[str]
) -> None:
    plan = planned(new, (changed | (new - ours)) & new, ours)
    there = set(ours)
    for step in plan.steps():
        assert there.issuperset(step.delete)
        there -= {*step.delete}
        there |= {output.path for output in step.put}
    assert there == new
    assert plan.counts.unchanged == len(new - changed - (new - ours))


def test_strangers_are_what_stands_where_new_files_go() -> None:
    there = {"index.html", "CNAME", "a", "b/c", "ours.html"}
    new = {"index.html", "a/b", "b", "ours.html"}
    assert strangers(new, there, {"ours.html"}) == ["a", "b/c", "index.html"]


def test_a_list_is_read_as_it_was_written() -> None:
    assert listed(list_of(["b", "a/ä"])) == frozenset(["a/ä", "b"])
    assert listed(b"") is None
    assert listed(list_of(["../a"])) is None
