"""An article as each generator wants its file: the same body below other front matter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.corpus import Article


def aicareers(article: Article) -> str:
    """For ours: YAML."""
    return _yaml(
        article,
        authors=[article.author],
        category=article.category,
        tags=article.tags,
    )


def hugo(article: Article) -> str:
    """For Hugo: YAML, with a list for each taxonomy."""
    return _yaml(
        article,
        authors=[article.author],
        categories=[article.category],
        topics=article.tags,
    )


def eleventy(article: Article) -> str:
    """For Eleventy: YAML; what is called a topic here would make collections if called a tag."""
    return _yaml(
        article,
        author=article.author,
        category=article.category,
        topics=article.tags,
    )


def pelican(article: Article) -> str:
    """For Pelican: lines of metadata."""
    fields = {
        "Title": article.title,
        "Summary": article.description,
        "Date": article.date.strftime("%Y-%m-%d %H:%M"),
        "Slug": article.slug,
        "Author": article.author,
        "Category": article.category,
        "Tags": ", ".join(article.tags),
    }
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + "\n" + article.body


def _yaml(article: Article, **taxonomies: object) -> str:
    fields = {
        "title": article.title,
        "description": article.description,
        **taxonomies,
    }
    lines = [f"{key}: {json.dumps(value)}" for key, value in fields.items()]
    # Not quoted: a date is a type of its own to Hugo and Eleventy.
    lines.append(f"date: {article.date:%Y-%m-%dT%H:%M:%SZ}")
    return "\n".join(["---", *lines, "---", article.body])
