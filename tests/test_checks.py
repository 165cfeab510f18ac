"""What a check looks at besides what a build does."""

from __future__ import annotations

from datetime import date

from aicareers_site import checks
from aicareers_site.executor import InMemory, Serial
from tests.samples import post
from tests.tables import JOBS_TEXT, PAY_TEXT

EXECUTOR = InMemory(Serial())
LATE = date(2030, 1, 1)


def test_articles_are_counted_and_pages_are_not() -> None:
    files = ["content/articles/a.md", "content/pages/about.md", "content/data/a.yaml", "site.yaml"]

    assert checks.articles(files) == ["content/articles/a.md"]


def test_an_article_names_a_table_by_a_figure_a_chart_or_a_field() -> None:
    files = {
        "content/articles/chart.md": post(body="{{ chart jobs.place }}"),
        "content/articles/figure.md": post(body="{{ jobs.total }} and {{ jobs.level.senior }}"),
        "content/articles/other.md": post(body="{{ pay.gb.pay }} and jobs.total"),
        "content/data/jobs.yaml": JOBS_TEXT.encode(),
        "content/data/pay.yaml": PAY_TEXT.encode(),
        "content/market/field.md": post(more="tables: [jobs.level]\n"),
    }

    (stale,) = checks.ages(files, checks.data_book(files, EXECUTOR), LATE)

    named = ("articles/chart.md", "articles/figure.md", "market/field.md")
    assert stale.message.endswith("named by " + ", ".join(f"content/{path}" for path in named))


def test_articles_and_tables_that_cannot_be_read_are_passed_over() -> None:
    files = {
        "content/articles/a.md": b"no front matter {{ jobs.total }}",
        "content/data/a.yaml": b"title: [",
        "content/data/jobs.yaml": JOBS_TEXT.encode(),
        "content/market/a.md": b"\xff",
    }

    data = checks.data_book(files, EXECUTOR)

    assert [one.code for one in checks.ages(files, data, LATE)] == ["figure-stale"]
    assert checks.hand_written(files, data, "en", drafts=False) == ()
