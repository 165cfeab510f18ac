"""The stages that workers do, each of which loads what it needs when it is first used.

So a build that finds everything in the cache loads no Markdown, no Jinja and no feedgen. What goes
in and comes out is said where the work is done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicareers_site.results import Made, slow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aicareers_site import asset_links, data_files, pictures, printing, syndication, text_checks
    from aicareers_site.chart_data import Chart
    from aicareers_site.configuration import Configuration, Encoding
    from aicareers_site.data_tables import Table
    from aicareers_site.diagnostics import Diagnostic, Outcome
    from aicareers_site.fingerprints import Keyed
    from aicareers_site.haystacks import Haystack
    from aicareers_site.manuscripts import Manuscript
    from aicareers_site.pictures import Facts, Fault
    from aicareers_site.promises import Promise
    from aicareers_site.records import Faulty, Record
    from aicareers_site.results import Body
    from aicareers_site.share_cards import ShareCard
    from aicareers_site.wording import Wording


def settings(content: bytes) -> Made[Outcome[Configuration | None]]:
    """:func:`aicareers_site.configuration.read`."""
    from aicareers_site import configuration

    return Made(configuration.read(content))


def promises(content: bytes) -> Made[Outcome[tuple[Promise, ...]]]:
    """:func:`aicareers_site.promises.read`."""
    from aicareers_site import promises

    return Made(promises.read(content))


def table(item: tuple[str, bytes]) -> Made[Outcome[Table | None]]:
    """:func:`aicareers_site.table_reader.read` of the path and the content in ``item``."""
    from aicareers_site import table_reader

    return Made(table_reader.read(*item))


def chart(item: tuple[Chart, Wording]) -> Made[None]:
    """:func:`aicareers_site.charts.file` of the chart and the wording in ``item``."""
    from aicareers_site import charts

    return Made(None, f"{charts.file(*item)}\n".encode())


def data_file(job: data_files.Job) -> Made[None]:
    """:func:`aicareers_site.data_files.written`."""
    from aicareers_site import data_files

    return data_files.written(job)


def article(manuscript: Manuscript) -> Made[Outcome[Record | Faulty | None]]:
    """:func:`aicareers_site.texts.read`."""
    from aicareers_site import texts

    return texts.read(manuscript)


def related(item: tuple[tuple[tuple[str, ...], ...], int]) -> Made[list[tuple[int, ...]]]:
    """:func:`aicareers_site.related.related` of the traits and the count in ``item``."""
    from aicareers_site.related import related

    return Made(related(*item))


def theme(texts: Mapping[str, str]) -> Made[tuple[Diagnostic, ...]]:
    """:func:`aicareers_site.printing.checked`."""
    from aicareers_site import printing

    return printing.checked(texts)


def page(job: printing.Job) -> Made[tuple[Diagnostic, ...]]:
    """:func:`aicareers_site.printing.printed`."""
    from aicareers_site import printing

    return printing.printed(job)


def picture(original: Keyed[bytes]) -> Made[Facts | Fault]:
    """:func:`aicareers_site.picture_files.read` of the original's bytes."""
    from aicareers_site import picture_files

    return Made(picture_files.read(original.value))


def asset(job: asset_links.Job) -> asset_links.Read:
    """:func:`aicareers_site.style_links.read` of a style, and that of ``script_links``."""
    from aicareers_site import asset_links, script_links, style_links

    is_style = job.path.endswith(asset_links.STYLES)
    return style_links.read(job) if is_style else script_links.read(job)


@slow
def picture_file(job: pictures.Job) -> Made[None]:
    """:func:`aicareers_site.picture_files.encoded`."""
    from aicareers_site import picture_files

    return Made(None, picture_files.encoded(job))


@slow
def share_card(card: ShareCard) -> Made[str]:
    """:func:`aicareers_site.share_card_drawing.drawn`."""
    from aicareers_site import share_card_drawing

    return share_card_drawing.drawn(card)


def cut_title(card: ShareCard) -> Made[str]:
    """:func:`aicareers_site.share_card_drawing.cut_title`."""
    from aicareers_site import share_card_drawing

    return share_card_drawing.cut_title(card)


def proof(item: text_checks.Proof) -> Made[tuple[Diagnostic, ...]]:
    """:func:`aicareers_site.text_checks.proofread`."""
    from aicareers_site import text_checks

    return text_checks.proofread(item)


def feed(job: syndication.Job) -> Made[None]:
    """:func:`aicareers_site.syndication.written`."""
    from aicareers_site import syndication

    return syndication.written(job)


def leaks(stack: Haystack) -> Made[tuple[bytes, ...]]:
    """:func:`aicareers_site.haystacks.found`."""
    from aicareers_site import haystacks

    return haystacks.found(stack)


def search_text(page: Body) -> Made[bool]:
    """:func:`aicareers_site.search_texts.searched`."""
    from aicareers_site import search_texts

    return search_texts.searched(page)


@slow
def compressed(item: tuple[Encoding, Body]) -> Made[bool]:
    """:func:`aicareers_site.compression.compressed`."""
    from aicareers_site import compression

    return compression.compressed(item)
