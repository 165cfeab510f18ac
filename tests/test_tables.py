"""All data tables of a site, read."""

from __future__ import annotations

from aicareers_site.diagnostics import Span
from aicareers_site.executor import InMemory, Serial
from aicareers_site.tables import read
from tests.samples import post
from tests.tables import JOBS_TEXT, PAY_TEXT

FILES = {
    "content/articles/a.md": post(),
    "content/data/jobs.yaml": JOBS_TEXT.encode(),
    "content/data/pay.yaml": PAY_TEXT.encode(),
}


def test_tables_come_in_the_order_of_their_files() -> None:
    outcome = read(FILES, InMemory(Serial()))
    readable, faulty = outcome.value

    assert [table.id for table in readable] == ["jobs", "pay"]
    assert faulty == ()
    assert outcome.diagnostics == ()


def test_of_a_table_that_cannot_be_read_the_ids_are_known_that_it_may_have() -> None:
    files = FILES | {"content/data/jobs.yaml": b"id: openings\ntitle: [\n"}

    outcome = read(files, InMemory(Serial()))
    readable, faulty = outcome.value

    assert [table.id for table in readable] == ["pay"]
    assert faulty == ("jobs", "openings")
    assert {found.span.path for found in outcome.diagnostics} == {"content/data/jobs.yaml"}


def test_a_file_that_would_be_left_out_is_told_of() -> None:
    files = {"content/data/jobs.yml": JOBS_TEXT.encode()}

    outcome = read(files, InMemory(Serial()))
    readable, faulty = outcome.value

    assert (readable, faulty) == ((), ())
    assert [(found.code, found.span) for found in outcome.diagnostics] == [
        ("file-extension", Span("content/data/jobs.yml"))
    ]
