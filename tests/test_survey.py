"""Looking ahead at the output folder saves time, and changes nothing else."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicareers_site import files, output_folder, survey
from aicareers_site.outputs import Output, digest
from aicareers_site.publication import Counts
from tests.folders import contents, problems, published, write

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="surveys are made on Linux only"),
    # Of Python 3.12 and later, where another test's browser is still being talked to by a thread.
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),
]

ALWAYS = 0


@pytest.fixture(autouse=True)
def _two_cores_and_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def publish(folder: Path, texts: dict[str, str], found: survey.Survey) -> Counts:
    outputs = [Output.of(path, text.encode()) for path, text in texts.items()]
    outcome = files.publish(outputs, folder, found)
    assert problems(outcome) == []
    return outcome.value.counts


def test_a_survey_finds_the_digests_of_the_files_that_a_build_made(tmp_path: Path) -> None:
    published(tmp_path, {"index.html": "home", "blog/a/index.html": "a"})
    write(tmp_path, {"CNAME": "theirs", "index.html": "edited"})

    with survey.begun(tmp_path, ALWAYS) as found:
        assert found.digests() == {
            "index.html": digest(b"edited"),
            "blog/a/index.html": digest(b"a"),
        }


def overwrite(place: Path) -> None:
    place.write_text("other", encoding="utf-8")


def overwrite_in_one_size(place: Path) -> None:
    place.write_text("b", encoding="utf-8")


def exchange(place: Path) -> None:
    place.with_name("new").write_text("b", encoding="utf-8")
    place.with_name("new").replace(place)


def exchange_for_a_link(place: Path) -> None:
    place.rename(place.with_name("moved"))
    place.symlink_to("moved")


@pytest.mark.parametrize(
    "change", [overwrite, overwrite_in_one_size, exchange, exchange_for_a_link, Path.unlink]
)
def test_what_has_changed_since_is_left_out(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    published(tmp_path, {"changed": "a", "same": "a"})
    os.utime(tmp_path / "changed", ns=(1, 1))

    with survey.begun(tmp_path, ALWAYS) as found:
        survey_is_complete(found)
        change(tmp_path / "changed")

        assert found.digests() == {"same": digest(b"a")}


def survey_is_complete(found: survey.Survey) -> None:
    """Wait for the other process to have written something, which it does in the end."""
    assert found._findings is not None
    found._findings.peek(1)  # type: ignore[attr-defined]


def test_a_publication_does_not_read_again_what_a_survey_has_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(tmp_path, {"same": "1", "changed": "1", "gone": "1", "b/edited": "1"})
    read = []
    examine = output_folder.examine

    def recorded(place: str) -> object:
        read.append(Path(place).relative_to(tmp_path).as_posix())
        return examine(place)

    with survey.begun(tmp_path, ALWAYS) as found:
        survey_is_complete(found)
        write(tmp_path, {"b/edited": "edited"})
        monkeypatch.setattr(output_folder, "examine", recorded)
        new = {"same": "1", "changed": "2", "b/edited": "1", "new": "1"}

        assert publish(tmp_path, new, found) == Counts(3, 1, 1)
    assert read == ["b/edited"]


def test_files_behind_a_link_are_not_ours_whatever_a_survey_has_read(tmp_path: Path) -> None:
    published(tmp_path / "public", {"a/b": "1"})
    (tmp_path / "public/a").rename(tmp_path / "moved")
    (tmp_path / "public/a").symlink_to("../moved")

    with survey.begun(tmp_path / "public", ALWAYS) as found:
        outcome = files.publish([Output.of("a/b", b"1")], tmp_path / "public", found)

    assert problems(outcome) == [("output-not-ours", f"{tmp_path}/public/a")]


def test_without_a_list_there_is_nothing_to_find(tmp_path: Path) -> None:
    write(tmp_path, {"folder/file": "theirs"})

    for folder in ("no", "folder", "folder/file"):
        with survey.begun(tmp_path / folder, ALWAYS) as found:
            assert found.digests() == {}


def test_a_damaged_list_is_left_to_the_publication(tmp_path: Path) -> None:
    write(tmp_path, {"public/.aicareers-files": "../secret\n", "secret": "s"})

    with survey.begun(tmp_path / "public", ALWAYS) as found:
        assert found.digests() == {}


def test_few_files_are_not_worth_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(tmp_path, {f"{number}.html": "" for number in range(1000)})
    monkeypatch.delattr(os, "fork")

    with survey.begun(tmp_path) as found:
        assert found.digests() == {}


def test_one_core_has_no_time_for_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(tmp_path, {"a": "1"})
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})
    monkeypatch.delattr(os, "fork")

    with survey.begun(tmp_path, ALWAYS) as found:
        assert found.digests() == {}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("end", [die, lambda: 1 / 0], ids=["killed", "an exception"])
def test_a_survey_whose_process_dies_is_empty_and_silent(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    end: Callable[[], object],
) -> None:
    published(tmp_path, {"a": "1"})
    with monkeypatch.context() as only_there:
        only_there.setattr(output_folder, "examine", lambda _place: end())
        with survey.begun(tmp_path, ALWAYS) as found:
            digests = found.digests()

    assert digests == {}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("files_before", [1, 5000], ids=["that has ended", "that is at work"])
def test_no_process_outlives_a_build_that_does_not_publish(
    tmp_path: Path, files_before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(tmp_path, {f"{number}.html": "" for number in range(files_before)})
    children: list[int] = []
    fork = os.fork

    def noted_fork() -> int:
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(os, "fork", noted_fork)
    with survey.begun(tmp_path, ALWAYS):
        """Something was wrong with the sources."""

    (child,) = children
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


SITES = st.dictionaries(st.sampled_from(["a", "b", "c/d", "c/e"]), st.sampled_from(["", "1", "2"]))


@given(SITES, SITES, SITES)
@settings(deadline=None, max_examples=40)
def test_a_publication_with_a_survey_equals_one_without(
    before: dict[str, str], edited: dict[str, str], after: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, plain = Path(name, "public"), Path(name, "plain")
        edited = {path: text for path, text in edited.items() if path in before}
        published(plain, before)
        write(plain, edited)
        published(folder, before)
        with survey.begun(folder, ALWAYS) as found:
            write(folder, edited)
            counts = publish(folder, after, found)

        assert counts == published(plain, after)
        assert contents(folder) == contents(plain)
