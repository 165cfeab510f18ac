"""Incremental equals clean: after any edits, a build with a cache gives what one without gives."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from click.testing import CliRunner
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from aicareers_site.cache import FILE
from aicareers_site.cli import main
from tests.samples import post, sources

NAMES = st.sampled_from(["a", "b", "c", "d"])
TITLES = st.sampled_from(["One", "Two", "Three"])
DATES = st.sampled_from(["2026-01-01", "2026-05-05", "2030-01-01"])
EXTRAS = st.sampled_from(
    ["", "draft: true\n", "tags: [x, y]\n", "tags: [x]\n", "aliases: [/blog/old/]\n", "hue: red\n"]
)
BODIES = st.sampled_from(["Text.", "## A heading\n\nText.", "See [a](a.md).", "![P](p.png)"])
EDITS = st.sampled_from(
    [
        ("site.yaml", b"title: Sample", b"title: Example"),
        ("site.yaml", b"page_size: 2", b"page_size: 3"),
        ("site.yaml", b"The Desk", b"A Desk"),
        ("site.yaml", b"  advice:", b"  advise:"),
        ("templates/article.html", b"Back to Blog", b"Back to the blog"),
        ("static/site.css", b"margin", b"padding"),
    ]
)
NOWS = st.sampled_from(["2026-06-01", "2026-02-01", "2031-01-01"])


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class Editing(RuleBasedStateMachine):
    """A site that is edited at random and built now and then."""

    @initialize()
    def lay_out(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "project"
        for path, content in sources({"articles/a.md": post("A")}).items():
            self.write(path, content)
        self.write("content/articles/p.png", b"picture")

    def write(self, path: str, content: bytes) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(content)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(name=NAMES, title=TITLES, date=DATES, more=EXTRAS, body=BODIES)
    def save(self, name: str, title: str, date: str, more: str, body: str) -> None:
        content = post(f"{title} {name}", date=date, more=more, body=body)
        self.write(f"content/articles/{name}.md", content)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.root / f"content/articles/{name}.md").unlink(missing_ok=True)

    @rule(old=NAMES, new=NAMES)
    def rename(self, old: str, new: str) -> None:
        article = self.root / f"content/articles/{old}.md"
        if article.exists():
            article.rename(article.with_stem(new))

    @rule(edit=EDITS)
    def change_a_setting_or_the_theme(self, edit: tuple[str, bytes, bytes]) -> None:
        path, one, other = edit
        content = (self.root / path).read_bytes()
        changed = content.replace(one, other) if one in content else content.replace(other, one)
        self.write(path, changed)

    @precondition(lambda self: (self.root / ".aicareers-cache" / FILE).exists())
    @rule(place=st.integers(0, 10**6), gone=st.booleans())
    def damage_the_cache(self, place: int, gone: bool) -> None:
        file = self.root / ".aicareers-cache" / FILE
        content = bytearray(file.read_bytes())
        if content:
            content[place % len(content)] ^= 0xFF
        file.write_bytes(b"" if gone else content)

    @precondition(lambda self: (self.root / "public/index.html").exists())
    @rule(gone=st.booleans())
    def tamper_with_the_output(self, gone: bool) -> None:
        page = self.root / "public/index.html"
        page.unlink() if gone else page.write_text("tampered with")

    @rule(now=NOWS, drafts=st.booleans())
    def build(self, now: str, drafts: bool) -> None:
        options = ["--now", now, *(["--drafts"] if drafts else []), "--jobs", "1"]
        public, clean = self.root / "public", self.folder / "clean"
        before = contents(public)
        command = ["build", "--root", str(self.root), "--format", "json", *options]
        cached = CliRunner().invoke(main, command)
        anew = CliRunner().invoke(main, [*command, "--no-cache", "--output", str(clean)])
        reports = [json.loads(result.stdout) for result in (cached, anew)]
        assert cached.exit_code == anew.exit_code
        assert reports[0]["diagnostics"] == reports[1]["diagnostics"]
        assert reports[0]["skipped"] == reports[1]["skipped"]
        assert contents(public) == (contents(clean) if anew.exit_code == 0 else before)
        shutil.rmtree(clean, ignore_errors=True)


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
