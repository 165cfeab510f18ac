from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from aicareers_site import texts
from aicareers_site.beginnings import begun, holder, name_for, problem, questions, written
from aicareers_site.content_types import MODELS
from aicareers_site.fingerprints import Keyed
from aicareers_site.kinds import FOLDERS, Kind
from aicareers_site.manuscripts import Manuscript, Rules
from aicareers_site.records import Record
from aicareers_site.schemas import Known
from aicareers_site.slugs import SLUG_PATTERN
from aicareers_site.yaml_tree import FORBIDDEN_CHARACTERS
from tests.samples import OPENINGS, article, built, post, sources
from tests.strategies import any_text, words
from tests.yaml_core import front_matter, loaded

TODAY = date(2026, 11, 21)
KNOWN = Known({"desk": "The Desk"}, {"advice": "What to do."}, {"guide": "A guide."})
RULES = Keyed(Rules("en", UTC, ("desk",), ("advice",), drafts=True, series=("guide",)))
GIVEN: dict[str, str | tuple[str, ...]] = {
    "title": "A title",
    "description": "What it is about.",
    "category": "advice",
    "authors": ("desk",),
    "country": "NO",
    "tables": ("openings",),
}

every_kind = pytest.mark.parametrize(("folder", "kind"), FOLDERS.items(), ids=str)


def read(folder: str, text: str) -> Record:
    """What a published article of this text would be: it must have no fault."""
    outcome = texts.read(Manuscript(f"content/{folder}/a.md", text.encode(), RULES)).head
    assert outcome.diagnostics == ()
    assert isinstance(outcome.value, Record)
    return outcome.value


@every_kind
def test_a_new_file_builds_at_once(folder: str, kind: Kind) -> None:
    text = begun(kind, GIVEN, KNOWN, TODAY)
    files = sources({f"{folder}/a.md": text.encode(), "data/openings.yaml": OPENINGS.encode()})
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert built(files, now).diagnostics == ()
    shown = built(files, now, drafts=True)
    assert shown.diagnostics == ()
    assert shown.value.skipped == {}


@every_kind
def test_it_is_a_draft_of_today(folder: str, kind: Kind) -> None:
    record = read(folder, begun(kind, GIVEN, KNOWN, TODAY))
    assert record.draft
    assert record.modified == datetime(2026, 11, 21, tzinfo=UTC)


@every_kind
def test_every_key_is_there_below_its_meaning(folder: str, kind: Kind) -> None:
    lines = begun(kind, GIVEN, KNOWN, TODAY).split("\n")
    for key, field in MODELS[kind].model_fields.items():
        (at,) = [index for index, line in enumerate(lines) if re.match(f"#?{key}:", line)]
        above = next(index for index in range(at, 0, -1) if not lines[index - 1])
        meaning = " ".join(line.removeprefix("# ") for line in lines[above:at])
        assert meaning == field.description
        is_used = field.is_required() or key == "draft"
        is_used |= key == "sources" and kind is Kind.COUNTRY_PROFILE
        assert lines[at].startswith("#") is not is_used


@every_kind
def test_every_key_can_be_used_by_removing_the_sign_before_it(folder: str, kind: Kind) -> None:
    text = begun(kind, GIVEN, KNOWN, TODAY)
    used = re.sub(r"(?m)^#(?=[a-z_]+:|  )", "", text)
    assert set(front_matter(used)) == set(MODELS[kind].model_fields)
    found = texts.read(Manuscript(f"content/{folder}/a.md", used.encode(), RULES)).head
    # The samples refer to what is not there.
    assert {item.code for item in found.diagnostics} <= {"unknown-figure", "unknown-source"}


titles = (any_text | words | st.text(st.sampled_from("aB1 :#'\"\\[]{}é漢😀\ufeff-&*!|>%@`,?"))).map(
    lambda text: " ".join(FORBIDDEN_CHARACTERS.sub("", text).split())
)


@given(titles)
@example("true")
@example("2026")
@example("1e3")
@example("NO")
@example("~")
@example("'\"\\")
@example("- a: b # c")
@example("x" * 120)
@example("\ufeff")
def test_any_title_is_kept(title: str) -> None:
    assume(title and len(title) <= 120 and "{{" not in title)
    assert problem(Kind.POST, "title", title, ()) == ""
    text = begun(Kind.POST, {**GIVEN, "title": title}, KNOWN, TODAY)
    assert front_matter(text)["title"] == title
    found = texts.read(Manuscript("content/articles/a.md", text.encode(), RULES)).head
    assert found.diagnostics == ()
    assert yaml.load(written(title), Loader=yaml.BaseLoader) == title


@given(titles)
def test_every_title_gives_a_name(title: str) -> None:
    name = name_for(title, Kind.HIRING_TREND, TODAY)
    assert re.fullmatch(SLUG_PATTERN, name)
    assert len(name) <= 60


def test_a_name_ends_with_a_word() -> None:
    assert name_for("A word " * 20, Kind.POST, TODAY) == "-".join(["a-word"] * 8) + "-a"
    assert name_for("東京のAI", Kind.POST, TODAY) == "ai"
    assert name_for("東京", Kind.HIRING_TREND, TODAY) == "trend-2026-11-21"


@given(words)
def test_texts_are_texts_to_every_reader(text: str) -> None:
    assert loaded(written(text)) == text


def test_what_is_asked_depends_on_the_kind() -> None:
    asked = {kind: [one.key for one in questions(kind, KNOWN, ["jobs"])] for kind in Kind}
    common = ["description", "category", "authors"]
    assert asked == {
        Kind.POST: common,
        Kind.HIRING_TREND: common,
        Kind.COUNTRY_PROFILE: [*common, "country"],
        Kind.MARKET_STATISTICS: [*common, "tables"],
        Kind.PAGE: ["description"],
    }


@pytest.mark.parametrize(
    ("key", "value", "choices", "expected"),
    [
        ("category", "advise", ["advice"], "did you mean 'advice'?"),
        ("authors", ("desk", "dsek"), ["desk"], "there is no 'dsek' among the authors; did you"),
        ("tables", ("jobs.levl",), ["jobs"], ""),
        ("tables", ("job",), ["jobs"], "there is no 'job' among the data tables; did you mean"),
        ("country", "Germany", [], "not a country code of ISO 3166-1 alpha-2; write DE"),
        ("country", "NO", [], ""),
        ("title", "x" * 121, [], "shorten it by 1 character"),
        ("title", " ", [], "the text is empty"),
        ("slug", "A B", [], "write a-b"),
    ],
)
def test_what_is_wrong_is_told_in_the_words_of_the_build(
    key: str, value: str | tuple[str, ...], choices: list[str], expected: str
) -> None:
    kind = {"country": Kind.COUNTRY_PROFILE, "tables": Kind.MARKET_STATISTICS}.get(key, Kind.POST)
    found = problem(kind, key, value, choices)
    assert expected in found
    assert bool(found) is bool(expected)


@pytest.mark.parametrize(
    ("path", "content", "address"),
    [
        ("content/articles/a.md", post(), "/blog/a/"),
        ("content/trends/deep/a.md", post(), "/blog/a/"),
        ("content/articles/b.md", post(more="slug: a\n"), "/blog/a/"),
        ("content/articles/b.md", post(more="aliases: [/blog/a/]\n"), "/blog/a/"),
        ("content/pages/a.md", b"---\ntitle: A\n---\n", "/a/"),
        ("content/articles/a.md", b"no front matter", "/blog/a/"),
    ],
)
def test_who_has_an_address(path: str, content: bytes, address: str) -> None:
    assert holder(address, {path: content}) == path


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("content/articles/b.md", post("Of /blog/a/")),
        ("content/articles/a.md", post(more="slug: b\n")),
        ("content/pages/a.md", article({"title": "A", "body": "A."})),
        ("static/a.md", b""),
    ],
)
def test_who_does_not(path: str, content: bytes) -> None:
    assert holder("/blog/a/", {path: content}) is None
