"""What changes by itself, against what builds make of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aicareers_site import build, configuration, upcoming
from aicareers_site.articles import Request
from aicareers_site.cache import Cache
from aicareers_site.diagnostics import has_errors
from aicareers_site.executor import InMemory, Serial
from aicareers_site.remembering import Remembering
from tests.samples import KINDS, OPENINGS, PLAIN_THEME, SETTINGS, article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicareers_site.executor import Executor
    from aicareers_site.upcoming import Ahead

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def post(**fields: str) -> bytes:
    return article({**KINDS["articles"], **fields})


def table(review_by: str = "", corrected: str = "", retrieved: str = "2026-01-01") -> bytes:
    text = OPENINGS.replace("retrieved: 2026-01-01", f"retrieved: {retrieved}")
    if review_by:
        text += f"review_by: {review_by}\n"
    if corrected:
        correction = "figure: level.senior, before: 5, after: 6, why: It was miscounted."
        text += f"corrections: [{{date: {corrected}, {correction}}}]\n"
    return text.encode()


def site(articles: Mapping[str, bytes], zone: str = "UTC") -> dict[str, bytes]:
    return {
        "site.yaml": SETTINGS.replace("time_zone: UTC", f"time_zone: {zone}").encode(),
        **{path: text.encode() for path, text in PLAIN_THEME.items()},
        **{f"content/{path}": content for path, content in articles.items()},
    }


def configured(files: Mapping[str, bytes]) -> configuration.Configuration:
    found = configuration.read(files["site.yaml"]).value
    assert found is not None
    return found


def ahead(files: Mapping[str, bytes], now: datetime = NOW) -> Ahead:
    found = upcoming.ahead(files, configured(files).settings, now, InMemory(Serial()))
    assert found.diagnostics == ()
    return found.value


def told(articles: Mapping[str, bytes], zone: str = "UTC") -> list[tuple[str, str, str, bool]]:
    """Moment, event and file of all that happens after :data:`NOW`, and whether it changes much."""
    return [
        (event.moment.isoformat(" ", "minutes"), event.what.value, event.source, event.changes)
        for event in ahead(site(articles, zone)).events
    ]


def test_articles_appear_and_disappear() -> None:
    articles = {
        "articles/a.md": post(date="2026-04-01", expires="2026-05-01 12:30"),
        "articles/b.md": post(title="B", date="2026-01-01", expires="2026-03-20"),
        "articles/c.md": post(title="C", date="2026-01-01", expires="2026-02-01"),
        "articles/d.md": post(title="D", date="2026-04-01", expires="2026-04-01"),
        "articles/e.md": post(title="E"),
    }
    assert told(articles) == [
        ("2026-03-20 00:00+00:00", "disappears", "content/articles/b.md", True),
        ("2026-04-01 00:00+00:00", "appears", "content/articles/a.md", True),
        ("2026-05-01 12:30+00:00", "disappears", "content/articles/a.md", True),
    ]


def test_moments_are_those_of_the_site() -> None:
    articles = {"articles/a.md": post(date="2026-04-01 12:00 +02:00", expires="2026-04-02")}
    assert [moment for moment, *_ in told(articles, "America/New_York")] == [
        "2026-04-01 06:00-04:00",
        "2026-04-02 00:00-04:00",
    ]


def test_drafts_have_no_moment() -> None:
    found = ahead(site({"articles/a.md": post(date="2026-04-01", draft="true")}))
    assert (found.events, found.next_change) == ((), None)
    assert [draft.source for draft in found.drafts] == ["content/articles/a.md"]


def test_a_table_is_due_on_the_day_after_its_review() -> None:
    assert told({"data/openings.yaml": table("2026-03-31")}, "Europe/Berlin") == [
        ("2026-04-01 00:00+02:00", "due", "content/data/openings.yaml", True)
    ]


def test_what_no_reader_sees_changes_nothing_for_readers() -> None:
    articles = {
        "data/openings.yaml": table("2026-03-31"),
        "articles/a.md": post(date="2026-06-01", body="{{ openings.total }}"),
    }
    found = ahead(site(articles))
    assert [event.changes for event in found.events] == [False, True]
    assert found.next_change == datetime(2026, 6, 1, tzinfo=UTC)


def test_what_is_dated_ahead_keeps_the_site_from_being_built_until_then() -> None:
    articles = {
        "data/openings.yaml": table(corrected="2026-04-01", retrieved="2026-03-02"),
        "articles/a.md": post(date="2026-01-01", updated="2026-05-01"),
    }
    assert told(articles) == [
        ("2026-03-02 00:00+00:00", "dated-ahead", "content/data/openings.yaml", True),
        ("2026-04-01 00:00+00:00", "dated-ahead", "content/data/openings.yaml", True),
        ("2026-05-01 00:00+00:00", "dated-ahead", "content/articles/a.md", True),
    ]


def test_what_cannot_be_read_is_told_of() -> None:
    files = site({"articles/a.md": post(date="2026-04-01", hue="red"), "articles/b.md": post()})
    found = upcoming.ahead(files, configured(files).settings, NOW, InMemory(Serial()))
    assert found.value.events == ()
    assert [problem.code for problem in found.diagnostics] == ["unknown-key"]


@pytest.mark.parametrize("zone", ["Africa/Cairo", "Asia/Beirut", "America/Havana"])
def test_a_day_begins_later_where_clocks_skip_midnight(zone: str) -> None:
    """In 2026 they do: on 24 April, 29 March and 8 March."""
    day = {"Africa/Cairo": "04-23", "Asia/Beirut": "03-28", "America/Havana": "03-07"}[zone]
    ((moment, *_),) = told({"data/openings.yaml": table(f"2026-{day}")}, zone)
    assert moment[11:16] == "01:00"
    at = datetime.fromisoformat(moment)
    assert (at - TICK).astimezone(ZoneInfo(zone)).date().isoformat() == f"2026-{day}"


# The law: a build before and one after differ, and between two of them none does

days = st.integers(-3, 9).map(lambda day: (NOW + timedelta(days=day)).date().isoformat())
moments = days | st.builds("{} {:02}:30".format, days, st.integers(0, 23))


@st.composite
def posts(draw: st.DrawFn) -> bytes:
    """An article that comes and goes, may be a draft, and may show the data table."""
    date, *later = sorted(draw(st.lists(moments, min_size=3, max_size=3)))
    fields = {"date": date, "title": f"Title {draw(st.integers(0, 10**9))}"}
    said = zip(("updated", "expires"), draw(st.permutations(later)), strict=True)
    fields |= {key: moment for key, moment in said if draw(st.booleans())}
    if draw(st.integers(0, 3)) == 0:
        fields["draft"] = "true"
    fields["body"] = draw(st.sampled_from(["Text.", "{{ openings.total }}", "Of openings."]))
    return post(**fields)


def site_of(articles: dict[str, bytes], data: bytes, zone: str) -> dict[str, bytes]:
    files = {f"articles/{name}.md": text for name, text in articles.items()}
    return site({**files, "data/openings.yaml": data}, zone)


sites = st.builds(
    site_of,
    st.dictionaries(st.sampled_from("abc"), posts(), max_size=3),
    st.builds(
        table,
        st.just("") | days,
        st.just("") | days,
        st.just("2026-01-01") | days,
    ),
    st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Auckland"]),
)


def made(files: Mapping[str, bytes], now: datetime, executor: Executor) -> dict[str, bytes] | None:
    """Digests of the outputs by path; None where there is an error."""
    outcome = build.build(files, configured(files), Request(now), executor)
    if has_errors(outcome.diagnostics):
        return None
    return {output.path: output.digest for output in outcome.value.outputs}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cache]:
    """What many of the builds have in common is made once."""
    with Cache(tmp_path_factory.mktemp("cache")) as opened:
        yield opened


@settings(max_examples=40)
@given(sites)
@example(
    site(
        {
            "articles/a.md": post(
                date="2026-03-02", expires="2026-03-04", body="{{ openings.total }}"
            ),
            "data/openings.yaml": table("2026-03-02"),
        },
        "Europe/Berlin",
    )
)
def test_builds_differ_before_and_after_an_event_and_nowhere_else(
    cache: Cache, files: Mapping[str, bytes]
) -> None:
    executor = Remembering(Serial(), cache)

    def at(moment: datetime) -> dict[str, bytes] | None:
        return made(files, moment, executor)

    events = [event for event in ahead(files).events if event.changes]
    changes = sorted({event.moment.astimezone(UTC) for event in events})
    last = changes[-1] + timedelta(days=400) if changes else NOW + timedelta(days=400)
    before = at(NOW)
    for moment in changes:
        assert at(moment - TICK) == before
        after = at(moment)
        assert after != before or after is None
        before = after
    assert at(last) == before
