"""``aicareers new``."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

import click

from aicareers_site.command_options import asks, now_option, root_option, show_problems, write_new

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import NoReturn

    from aicareers_site.beginnings import Question
    from aicareers_site.configuration import SiteSettings
    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.kinds import Kind

_Value: TypeAlias = str | tuple[str, ...]

_NAMES = ("country-profile", "trend", "market", "post", "page")
_OPTIONS = {"authors": "author", "tables": "table"}


@click.command("new", short_help="Begin an article.")
@click.argument("name", metavar="KIND", type=click.Choice(_NAMES))
@click.argument("title", required=False)
@root_option
@now_option
@click.option("--description", help="The standfirst: one or two sentences.")
@click.option("--category", help="The category's id, from site.yaml.")
@click.option("--author", "authors", multiple=True, help="An author's id; may be repeated.")
@click.option("--country", help="For a country-profile: the country's code, such as DE.")
@click.option(
    "--table", "tables", multiple=True, help="For market: a data table's id; may be repeated."
)
@click.option("--slug", help="The file's name and the address, if not made of the title.")
@click.option("--open", "opens", is_flag=True, help="Open the file in your editor.")
def new_command(
    name: str, title: str | None, root: Path, now: datetime | None, *, opens: bool, **given: _Value
) -> None:
    """Begin an article: KIND is country-profile, trend, market, post or page.

    Writes a file with all keys that the kind knows, explained, as a draft, and prints its path.
    What is required and not given by an option is asked for, or named where nobody can answer. No
    file is ever overwritten.
    """
    from aicareers_site import beginnings, kinds, schemas

    files, settings = _read(root)
    kind = kinds.CALLED[name]
    moment = now or datetime.now(UTC)
    today = moment.astimezone(settings.zone).date() if moment.tzinfo else moment.date()
    known = schemas.known(settings)
    stated = {key: value for key, value in given.items() if value and key != "slug"}
    wanted = beginnings.questions(kind, known, [*_tables(files)])
    _refuse_others(name, stated, wanted)
    answers = {"title": _title(kind, title), **_answers(kind, stated, wanted)}
    slug = str(given["slug"] or beginnings.name_for(str(answers["title"]), kind, today))
    path = _free_path(kind, slug, files)
    text = beginnings.begun(kind, answers, known, today)
    write_new(root / path, text.encode())
    click.echo(str(root / path))
    click.echo("It is a draft: write 'draft: false' to publish it.", err=True)
    if opens:
        _open(root / path)


def _read(root: Path) -> tuple[Mapping[str, bytes], SiteSettings]:
    """The sources and settings of the site; what is wrong with them ends the command."""
    from aicareers_site import configuration, files
    from aicareers_site.paths import SETTINGS

    tree = files.read(root)
    sources = tree.value.files
    if SETTINGS not in sources:
        _end(tree.diagnostics, sources)
    read = configuration.read(sources[SETTINGS])
    if read.value is None:
        _end(read.diagnostics, sources)
    return sources, read.value.settings


def _end(diagnostics: Sequence[Diagnostic], sources: Mapping[str, bytes]) -> NoReturn:
    show_problems(diagnostics, sources)
    raise click.exceptions.Exit(2)


def _tables(files: Mapping[str, bytes]) -> Iterator[str]:
    """The ids that the site's data tables have."""
    from aicareers_site import table_files

    for path, content in files.items():
        if table_files.is_table(path):
            yield table_files.ids(path, content)[-1]


def _refuse_others(name: str, stated: Mapping[str, _Value], wanted: Sequence[Question]) -> None:
    """An option for what this kind does not have would be lost without a word."""
    asked = {question.key for question in wanted}
    for key in stated:
        if key not in asked:
            raise click.UsageError(f"a {name} has no --{_OPTIONS.get(key, key)}")


def _title(kind: Kind, title: str | None) -> str:
    from aicareers_site import beginnings

    if title is None and asks():
        return str(_asked(kind, beginnings.Question("title", "The headline.", {})))
    plain = " ".join((title or "").split())
    if problem := beginnings.problem(kind, "title", plain, ()):
        raise click.UsageError(problem if title else "say the title, in quotation marks")
    return plain


def _answers(
    kind: Kind, stated: Mapping[str, _Value], wanted: Sequence[Question]
) -> dict[str, _Value]:
    """What is required, from options, from the one choice that there is, or by asking."""
    from aicareers_site import beginnings

    answers: dict[str, _Value] = {}
    missing = []
    problems = []
    for question in wanted:
        value = stated.get(question.key)
        if value is None and len(question.choices) == 1:
            value = (*question.choices,) if question.several else next(iter(question.choices))
        if value is not None:
            answers[question.key] = value
            problems.append(beginnings.problem(kind, question.key, value, question.choices))
        elif not asks():
            missing.append(question)
    if found := [*filter(None, problems), *map(_missing, missing)]:
        raise click.UsageError("\n".join(found))
    for question in wanted:
        if question.key not in answers:
            answers[question.key] = _asked(kind, question)
    return answers


def _missing(question: Question) -> str:
    choices = f" One of: {', '.join(question.choices)}." if question.choices else ""
    return f"--{_OPTIONS.get(question.key, question.key)} is missing. {question.meaning}{choices}"


def _asked(kind: Kind, question: Question) -> _Value:
    """An answer that is right, after as many questions as it takes."""
    from aicareers_site import beginnings

    click.echo(f"\n{question.meaning}", err=True)
    for name, meaning in question.choices.items():
        click.echo(f"  {name}{': ' if meaning else ''}{meaning}", err=True)
    while True:
        label = _OPTIONS.get(question.key, question.key).capitalize()
        more = ", or several with commas" if question.several else ""
        answer = " ".join(click.prompt(f"{label}{more}", err=True).split())
        value = tuple(map(str.strip, answer.split(","))) if question.several else answer
        problem = beginnings.problem(kind, question.key, value, question.choices)
        if not problem:
            return value
        click.echo(problem, err=True)


def _free_path(kind: Kind, slug: str, files: Mapping[str, bytes]) -> str:
    """The path of the new file, whose address nothing else may have."""
    from aicareers_site import beginnings, kinds
    from aicareers_site.texts import path_for

    if problem := beginnings.problem(kind, "slug", slug, ()):
        raise click.UsageError(problem)
    folder = next(name for name, one in kinds.FOLDERS.items() if one is kind)
    path, address = f"content/{folder}/{slug}.md", path_for(kind, slug)
    holder = path if path in files else beginnings.holder(address, files)
    if holder is not None:
        raise click.ClickException(
            f"{holder} has the address {address}; nothing was written. "
            "Choose another title, or another --slug."
        )
    return path


def _open(file: Path) -> None:
    """Show the file in the editor of the environment, or in the system's program for it."""
    if os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        click.edit(filename=str(file))
    else:
        click.launch(str(file))
