"""The preview's site in memory: after any edits it is what a clean build gives."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from aicareers_site.host_files import CNAME, HEADERS, NO_JEKYLL, REDIRECTS
from aicareers_site.preview_parts import Found
from aicareers_site.preview_session import Session
from aicareers_site.run import Options
from aicareers_site.serving import unfingerprinted
from aicareers_site.urls import SEARCH_INDEX
from tests.samples import NOW, article, contents, lay_out, post, sources
from tests.test_incremental import (
    CONTENTS,
    FILES,
    FILING,
    FIRST_SOURCES,
    LINKS,
    LIST,
    MISTAKES,
    PLACES,
    TIMES,
    WORDINGS,
    WORDS,
    clean,
    differences,
    save,
    toggle,
    usual,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicareers_site.preview_state import State

ORIGIN = "http://127.0.0.1:8000"
OPTIONS = ("--drafts", "--future", f"--now={NOW.isoformat()}", f"--base-url={ORIGIN}/")


@contextmanager
def opened(files: Mapping[str, bytes]) -> Iterator[tuple[Path, Session, list[State]]]:
    """A session over ``files`` on disk, not built yet, and the states that it shows."""
    shown: list[State] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lay_out(files, root)
        options = Options(root, None, NOW, True, True, 1, root / ".aicareers-cache", False)
        with Session(options, ORIGIN, shown.append) as session:
            yield root, session, shown


def served(session: Session, state: State) -> dict[str, bytes]:
    """All files that the preview answers with."""
    whole = {path: output.content() for path, output in state.files.items()}
    whole |= {path: output.content() for path, output in session.index(state).items()}
    return whole


def for_browsers(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What was built, without what hosts alone read: their own files, and compressed copies."""
    hosts = {LIST, HEADERS, REDIRECTS, CNAME, NO_JEKYLL}
    return {
        path: content
        for path, content in files.items()
        if path not in hosts and not path.endswith((".br", ".gz", ".zst"))
    }


def page(state: State, path: str) -> bytes:
    return state.content(f"{path}index.html"[1:])[0]


# Incremental equals clean


class Edited:
    """Sources on disk, edited as in the tests of builds: an edit made again is taken back."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sources = dict(FIRST_SOURCES)
        self.articles = {place: usual(place) for place in PLACES}

    def edit(self, what: tuple[str, str, str | bytes | None]) -> str:
        """Make one edit; return the path of the source."""
        sort, one, other = what
        match sort:
            case "file":
                path, content = one, other
                if self.sources.get(one) == other:
                    content = FILES.get(one)
            case "setting":
                text, path = self.sources["site.yaml"].decode(), "site.yaml"
                assert isinstance(other, str)
                changed = text.replace(other, one) if other in text else text.replace(one, other)
                content = changed.encode()
            case "rename":
                path, content = f"content/{one}.md", None
                if path not in self.sources:
                    self.articles[one] = usual(one)
                    content = article(usual(one))
            case field:
                fields = self.articles.setdefault(one, usual(one))
                assert isinstance(other, str)
                toggle(fields, usual(one), field, other)
                path, content = f"content/{one}.md", article(fields)
        assert not isinstance(content, str)
        save(self.root, self.sources, path, content)
        return path


FIELDS = [*WORDS, *LINKS, *TIMES, *FILING, *MISTAKES]
EDITS = st.one_of(
    st.builds(
        lambda place, change: (change[0], place, change[1]),
        st.sampled_from(sorted(PLACES)),
        st.sampled_from(FIELDS),
    ),
    st.builds(lambda change: ("file", *change), st.sampled_from(CONTENTS)),
    st.builds(lambda change: ("setting", *change), st.sampled_from(WORDINGS)),
    st.builds(lambda place: ("rename", place, None), st.sampled_from(sorted(PLACES))),
)


@settings(max_examples=max(30, settings().max_examples // 10))
@given(st.lists(st.tuples(EDITS, st.booleans()), min_size=1, max_size=6))
def test_after_any_edits_the_preview_is_a_clean_build_or_the_last_good_one(
    edits: list[tuple[tuple[str, str, str | bytes | None], bool]],
) -> None:
    with opened(FIRST_SOURCES) as (root, session, _):
        session.build()
        edited = Edited(root)
        for edit, is_built in [*edits[:-1], (edits[-1][0], True)]:
            session.save([edited.edit(edit)])
            if not is_built:
                continue
            shown = served(session, session.state)
            session.build()
            built = clean(frozenset(edited.sources.items()), OPTIONS)
            assert bool(session.state.errors) == (built.exit_code != 0)
            if built.exit_code == 0:
                shown = for_browsers(built.files)
            assert differences(served(session, session.state), shown) == []


@settings(max_examples=30)
@given(st.lists(EDITS, min_size=1, max_size=3))
def test_what_is_shown_in_haste_is_what_a_clean_build_gives(
    edits: list[tuple[str, str, str | bytes | None]],
) -> None:
    with opened(FIRST_SOURCES) as (root, session, shown):
        session.build()
        edited = Edited(root)
        for edit in edits:
            known = len(shown)
            path = edited.edit(edit)
            session.save([path])
            if len(shown) == known or session.state.errors:
                continue
            expected = clean(frozenset(edited.sources.items()), OPTIONS)
            assert expected.exit_code == 0
            names = {f"blog/{Path(path).stem}/index.html"}
            if not path.endswith(".md"):
                names = {name for name in expected.files if name.endswith(".css")}
            for name in names & expected.files.keys():
                assert session.state.files[name].content() == expected.files[name]


# What is shown at once, and what waits


SITE = sources({"articles/a.md": post("A"), "articles/b.md": post("B", body="[A](a.md)")})


def test_a_new_text_is_shown_at_once_and_pages_that_do_not_show_it_are_not_printed() -> None:
    with opened(SITE) as (root, session, shown):
        session.build()
        lay_out({"content/articles/a.md": post("A", body="Other words.")}, root)
        session.save(["content/articles/a.md"])
        first, hasty = shown
        assert b"Other words." not in page(first, "/blog/a/")
        assert b"Other words." in page(hasty, "/blog/a/")
        changed = [
            path for path, file in hasty.files.items() if file.content != first.files[path].content
        ]
        assert changed == ["blog/a/index.html"]


def test_a_link_that_moves_within_a_text_does_not_wait() -> None:
    with opened(SITE) as (root, session, shown):
        session.build()
        lay_out({"content/articles/b.md": post("B", body="Words.\n\nSee [A](a.md)")}, root)
        session.save(["content/articles/b.md"])
        assert b'See <a href="/blog/a/">A</a>' in page(shown[-1], "/blog/b/")


def test_a_new_title_waits_for_the_complete_build() -> None:
    with opened(SITE) as (root, session, shown):
        session.build()
        lay_out({"content/articles/a.md": post("Another")}, root)
        session.save(["content/articles/a.md"])
        assert len(shown) == 1
        session.build()
        assert b"Another" in page(shown[-1], "/blog/")


def test_styles_are_shown_at_once() -> None:
    with opened(SITE) as (root, session, shown):
        session.build()
        lay_out({"static/site.css": b"body { margin: 1px }\n"}, root)
        session.save(["static/site.css"])
        first, hasty = shown
        assert hasty.files["site.css"].content() == b"body { margin: 1px }\n"
        assert hasty.styles != first.styles
        session.build()
        # The complete build has nothing to add, so that nothing is loaded twice.
        assert session.state.styles == hasty.styles
        assert session.state.files.keys() == hasty.files.keys()
        (old,), (new,) = (
            [name for name in state.files if unfingerprinted(name) == "site.css"]
            for state in (first, hasty)
        )
        assert hasty.files[new].content() == b"body{margin:1px}"
        assert hasty.found(f"/{old}") == Found(location=f"/{new}", status=307)


def test_a_style_that_leads_nowhere_waits_for_the_complete_build() -> None:
    with opened(SITE) as (root, session, shown):
        session.build()
        lay_out({"static/site.css": b"body { background: url(no.png) }\n"}, root)
        session.save(["static/site.css"])
        assert len(shown) == 1
        session.build()
        assert [error.code for error in session.state.errors] == ["missing-asset"]


def test_a_mistake_is_told_at_once_and_goes_as_it_came() -> None:
    with opened(SITE) as (root, session, shown):
        session.build()
        lay_out({"content/articles/a.md": post("A", more="hue: red\n")}, root)
        session.save(["content/articles/a.md"])
        session.build()
        assert [[error.code for error in state.errors] for state in shown] == [
            [],
            ["unknown-key"],
            ["unknown-key"],
        ]
        assert b"Some text." in page(shown[-1], "/blog/a/")
        lay_out({"content/articles/a.md": post("A")}, root)
        session.save(["content/articles/a.md"])
        assert shown[-1].errors == ()


def test_a_change_in_the_middle_of_a_build_is_not_lost() -> None:
    with opened(SITE) as (root, session, shown):
        session.build()
        lay_out({"content/articles/a.md": post("Another")}, root)
        session.save(["content/articles/a.md"])
        plan = session._built

        def meanwhile(*arguments: object) -> object:
            lay_out({"content/articles/b.md": post("B", body="New. [A](a.md)")}, root)
            session.save(["content/articles/b.md"])
            return plan(*arguments)  # type: ignore[arg-type]

        session._built = meanwhile  # type: ignore[method-assign, assignment]
        session.build()
        assert b"Another" in page(shown[-1], "/blog/")
        assert b"New. " in page(shown[-1], "/blog/b/")


def test_a_site_that_cannot_be_built_yet_shows_what_is_wrong() -> None:
    with opened({**SITE, "site.yaml": b"title: [\n"}) as (root, session, shown):
        session.build()
        assert [error.span.path for error in shown[-1].errors] == ["site.yaml"]
        assert shown[-1].files == {}
        lay_out({"site.yaml": SITE["site.yaml"]}, root)
        session.save(["site.yaml"])
        session.build()
        assert shown[-1].errors == ()
        assert "index.html" in shown[-1].files


def test_without_a_page_that_is_searched_there_is_no_index() -> None:
    searched = FIRST_SOURCES["site.yaml"].replace(b"search: false", b"search: true")
    with opened({**FIRST_SOURCES, "site.yaml": searched}) as (_, session, shown):
        session.build()
        assert shown[-1].searched is not None
        assert session.index(shown[-1]) == {}


def test_what_editors_have_silenced_is_not_told() -> None:
    twin = post(date="2026-02-01")
    remark = b"# aicareers-ignore: duplicate-title: they are a pair\ntitle:"
    with opened(sources({"articles/a.md": post(), "articles/b.md": twin})) as (
        root,
        session,
        shown,
    ):
        session.build()
        assert [one.code for one in shown[-1].diagnostics] == ["duplicate-title"]
        lay_out({"content/articles/b.md": twin.replace(b"title:", remark, 1)}, root)
        session.save(["content/articles/b.md"])
        session.build()
        assert shown[-1].diagnostics == ()


def test_a_fault_of_a_template_keeps_the_last_good_pages() -> None:
    with opened(SITE) as (root, session, shown):
        session.build()
        list_page = root / "templates/list.html"
        list_page.write_text("{{ page.nothing }}")
        session.save(["templates/list.html"])
        session.build()
        assert [error.span.path for error in shown[-1].errors] == ["templates/list.html"]
        assert page(shown[-1], "/blog/") == page(shown[0], "/blog/")


def test_nothing_is_written_but_the_cache() -> None:
    with opened(SITE) as (root, session, _):
        session.build()
        served(session, session.state)
        written = {path.split("/")[0] for path in contents(root).keys() - SITE.keys()}
        assert written == {".aicareers-cache"}


def test_the_last_change_of_a_single_article_can_be_followed() -> None:
    with opened(SITE) as (root, session, shown):
        session.build()
        lay_out({"content/articles/a.md": post("A", body="Other words.")}, root)
        session.save(["content/articles/a.md"])
        session.build()
        assert [state.followed for state in shown] == [(0, ""), (2, "/blog/a/"), (2, "/blog/a/")]
        lay_out({f"content/articles/{name}.md": post(name) for name in "ab"}, root)
        session.save(["content/articles/a.md", "content/articles/b.md"])
        session.build()
        assert shown[-1].followed == (2, "/blog/a/")


def test_the_path_of_the_base_url_stays() -> None:
    text = SITE["site.yaml"].replace(b"https://sample.example/", b"https://sample.example/under/")
    with opened({**SITE, "site.yaml": text}) as (_, session, shown):
        session.build()
        assert shown[-1].below == "/under/"
        assert f'<link rel="canonical" href="{ORIGIN}/under/">'.encode() in page(shown[-1], "/")
        assert SEARCH_INDEX[1:] not in shown[-1].files
