"""JSON-LD for search engines, in the vocabulary of schema.org.

Each builder gives one thing of a page as a plain dictionary; :func:`script` puts them together.
Things name each other by ``@id``: the site is ``<home>#website``, its publisher
``<home>#organization``. Properties without a value are left out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Node = dict[str, Any]
"""A thing with its properties, ready for JSON."""

_UNSAFE = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
# Things are made of values, so that none can contain itself and no search for that is needed.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


class Part(NamedTuple):
    """A part of a series: its position, counted from 1, and the series' name and address."""

    position: int
    name: str
    url: str


class Byline(NamedTuple):
    """Who signs an article, with the address of their page: a person, or else a desk."""

    name: str
    url: str
    is_person: bool


def organization(
    home_url: str,
    name: str,
    description: str,
    logo_url: str | None = None,
    profiles: Iterable[str] = (),
) -> Node:
    """Who publishes the site (schema.org/Organization); ``profiles`` are its pages elsewhere."""
    return _node(
        "Organization",
        f"{home_url}#organization",
        name=name,
        url=home_url,
        description=description,
        logo=logo_url,
        sameAs=list(profiles),
    )


def website(home_url: str, name: str, description: str, language: str) -> Node:
    """The site (schema.org/WebSite)."""
    return _node(
        "WebSite",
        f"{home_url}#website",
        name=name,
        url=home_url,
        description=description,
        inLanguage=language,
        publisher=_publisher(home_url),
    )


def article(
    type_: Literal["Article", "BlogPosting"],
    *,
    home_url: str,
    url: str,
    headline: str,
    description: str,
    published: date,
    modified: date,
    authors: Iterable[Byline],
    section: str,
    keywords: Iterable[str],
    words: int,
    language: str,
    image_url: str | None = None,
    citations: Iterable[tuple[str, str | None]] = (),
    part: Part | None = None,
) -> Node:
    """An article (schema.org/Article) on the page at ``url``.

    ``citations`` are names of sources with their addresses, if any; ``part`` says of which series
    it is one (schema.org/CreativeWorkSeries).
    """
    return _node(
        type_,
        f"{url}#article",
        mainEntityOfPage=url,
        headline=headline,
        description=description,
        datePublished=published.isoformat(),
        dateModified=modified.isoformat(),
        author=[
            _node("Person" if is_person else "Organization", name=name, url=page)
            for name, page, is_person in authors
        ],
        publisher=_publisher(home_url),
        image=image_url,
        articleSection=section,
        keywords=list(keywords),
        wordCount=words,
        inLanguage=language,
        citation=[_node("CreativeWork", name=name, url=source) for name, source in citations],
        isPartOf=[_site(home_url), _series(part)] if part else _site(home_url),
        position=part.position if part else None,
    )


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Node:
    """Names and addresses from the home page to this page (schema.org/BreadcrumbList)."""
    return _node(
        "BreadcrumbList",
        itemListElement=[
            _node("ListItem", position=position, name=name, item=url)
            for position, (name, url) in enumerate(trail, 1)
        ],
    )


def faq_page(url: str, questions: Iterable[tuple[str, str]]) -> Node:
    """Questions and their answers, as HTML, on the page at ``url`` (schema.org/FAQPage)."""
    return _node(
        "FAQPage",
        f"{url}#faq-page",
        mainEntity=[
            _node("Question", name=question, acceptedAnswer=_node("Answer", text=answer))
            for question, answer in questions
        ],
    )


def collection_page(
    *,
    home_url: str,
    url: str,
    name: str,
    description: str,
    language: str,
    items: Iterable[tuple[str, str]] = (),
) -> Node:
    """A page that lists others, by name and address in order (schema.org/CollectionPage)."""
    entries = [
        _node("ListItem", position=position, name=item, url=item_url)
        for position, (item, item_url) in enumerate(items, 1)
    ]
    return _node(
        "CollectionPage",
        url,
        url=url,
        name=name,
        description=description,
        inLanguage=language,
        isPartOf=_site(home_url),
        mainEntity=_node("ItemList", itemListElement=entries) if entries else None,
    )


def dataset(
    *,
    home_url: str,
    url: str,
    name: str,
    description: str,
    as_of: date,
    source: tuple[str, str | None, date | None],
    variables: Iterable[tuple[str, str]],
    files: Iterable[tuple[str, str]],
    modified: date | None = None,
) -> Node:
    """A data table (schema.org/Dataset) whose own page is at ``url``.

    ``as_of`` is the day for which it holds, ``source`` the name, address and date of what it was
    taken from. ``variables`` are what was measured with the units, which may be empty, ``files``
    addresses of the whole table with their media types.
    """
    title, address, published = source
    return _node(
        "Dataset",
        f"{url}#dataset",
        url=url,
        name=name,
        description=description,
        temporalCoverage=as_of.isoformat(),
        dateModified=modified.isoformat() if modified else None,
        isBasedOn=_node(
            "CreativeWork",
            name=title,
            url=address,
            datePublished=published.isoformat() if published else None,
        ),
        publisher=_publisher(home_url),
        variableMeasured=[
            _node("PropertyValue", name=what, unitText=unit or None) for what, unit in variables
        ],
        distribution=[
            _node("DataDownload", contentUrl=file, encodingFormat=type_) for file, type_ in files
        ],
        isPartOf=_site(home_url),
    )


def script(*nodes: Node) -> Markup:
    """The things as one JSON-LD document, safe as the content of a script element.

    What could end the element or begin a comment, and the two line separators that JSON allows
    but JavaScript once did not, are written as escapes that JSON reads back.
    """
    document = {"@context": "https://schema.org", "@graph": nodes}
    text = _ENCODER.encode(document)
    for character, escaped in _UNSAFE.items():  # str.translate takes a hundred times as long
        text = text.replace(character, escaped)
    return Markup(text)


def _node(type_: str, id_: str | None = None, **properties: Any) -> Node:
    values = {"@type": type_, "@id": id_, **properties}
    return {key: value for key, value in values.items() if value is not None and value != []}


def _publisher(home_url: str) -> Node:
    return {"@id": f"{home_url}#organization"}


def _site(home_url: str) -> Node:
    return {"@id": f"{home_url}#website"}


def _series(part: Part) -> Node:
    return _node("CreativeWorkSeries", f"{part.url}#series", name=part.name, url=part.url)
