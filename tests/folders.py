"""Folders of tests: filled, looked into, published to, and closed."""

from __future__ import annotations

import os
import resource
import signal
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aicareers_site import files
from aicareers_site.outputs import Output

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicareers_site.diagnostics import Outcome
    from aicareers_site.files import SourceTree
    from aicareers_site.publication import Changes, Counts

NOBODY = 65534


def write(folder: Path, contents: Mapping[str, str]) -> Path:
    for path, text in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Everything in ``folder``: files with their bytes, folders by a name that ends in a slash."""
    found = {}
    for place in folder.rglob("*"):
        name = place.relative_to(folder).as_posix()
        if place.is_dir() and not place.is_symlink():
            found[f"{name}/"] = b""
        else:
            found[name] = place.read_bytes()
    return found


def publish(folder: Path, texts: Mapping[str, str]) -> Outcome[Changes]:
    return files.publish([Output.of(path, text.encode()) for path, text in texts.items()], folder)


def published(folder: Path, texts: Mapping[str, str]) -> Counts:
    outcome = publish(folder, texts)
    assert outcome.diagnostics == ()
    return outcome.value.counts


def problems(outcome: Outcome[SourceTree] | Outcome[Changes]) -> list[tuple[str, str]]:
    return [(found.code, str(found.span)) for found in outcome.diagnostics]


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """A limit of ``size`` bytes a file stands for the full disk: writing fails half-way."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


@contextmanager
def powerless() -> Iterator[None]:
    """Without the rights of root, to whom no folder is closed."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that can be reached without the rights of root, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
