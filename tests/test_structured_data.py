"""JSON-LD: what search engines are told, and that no text can leave the script element."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import partial

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from aicareers_site.structured_data import (
    Byline,
    Part,
    article,
    breadcrumbs,
    collection_page,
    dataset,
    faq_page,
    organization,
    script,
    website,
)

HOME = "https://example.com/"


def test_the_site_names_its_publisher() -> None:
    site = website(HOME, "Where AI Works", "Careers by country.", "en-GB")
    publisher = organization(HOME, "Where AI Works", "Careers by country.", HOME + "logo.png")

    assert site == {
        "@type": "WebSite",
        "@id": "https://example.com/#website",
        "name": "Where AI Works",
        "url": "https://example.com/",
        "description": "Careers by country.",
        "inLanguage": "en-GB",
        "publisher": {"@id": "https://example.com/#organization"},
    }
    assert publisher == {
        "@type": "Organization",
        "@id": "https://example.com/#organization",
        "name": "Where AI Works",
        "url": "https://example.com/",
        "description": "Careers by country.",
        "logo": "https://example.com/logo.png",
    }


def test_an_article_tells_who_wrote_it_when_and_from_which_sources() -> None:
    actual = article(
        "BlogPosting",
        home_url=HOME,
        url="https://example.com/blog/germany/",
        headline="Germany",
        description="Pay and visas.",
        published=datetime(2026, 4, 22, 12, tzinfo=UTC),
        modified=datetime(2026, 5, 1, tzinfo=UTC),
        authors=[
            Byline("Markets desk", "https://example.com/authors/markets/", is_person=False),
            Byline("Ada Meyer", "https://example.com/authors/ada/", is_person=True),
        ],
        section="Countries",
        keywords=["visas", "pay"],
        words=812,
        language="en-GB",
        image_url="https://example.com/images/berlin.png",
        citations=[("Statistics office", "https://example.org/pay"), ("A talk", None)],
    )

    assert actual == {
        "@type": "BlogPosting",
        "@id": "https://example.com/blog/germany/#article",
        "mainEntityOfPage": "https://example.com/blog/germany/",
        "headline": "Germany",
        "description": "Pay and visas.",
        "datePublished": "2026-04-22T12:00:00+00:00",
        "dateModified": "2026-05-01T00:00:00+00:00",
        "author": [
            {
                "@type": "Organization",
                "name": "Markets desk",
                "url": "https://example.com/authors/markets/",
            },
            {
                "@type": "Person",
                "name": "Ada Meyer",
                "url": "https://example.com/authors/ada/",
            },
        ],
        "publisher": {"@id": "https://example.com/#organization"},
        "image": "https://example.com/images/berlin.png",
        "articleSection": "Countries",
        "keywords": ["visas", "pay"],
        "wordCount": 812,
        "inLanguage": "en-GB",
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Statistics office",
                "url": "https://example.org/pay",
            },
            {"@type": "CreativeWork", "name": "A talk"},
        ],
        "isPartOf": {"@id": "https://example.com/#website"},
    }


def test_a_publisher_is_the_same_as_its_profiles_elsewhere() -> None:
    profiles = ["https://code.example/sample", "https://notes.example/@sample"]
    publisher = organization(HOME, "Sample", "A site.", profiles=profiles)

    assert publisher["sameAs"] == profiles


def test_an_article_tells_of_which_series_it_is_a_part() -> None:
    actual = article(
        "BlogPosting",
        home_url=HOME,
        url="https://example.com/blog/second/",
        headline="Second",
        description="The second part.",
        published=datetime(2026, 4, 22, tzinfo=UTC),
        modified=datetime(2026, 4, 22, tzinfo=UTC),
        authors=[],
        section="Guides",
        keywords=[],
        words=0,
        language="en",
        part=Part(2, "A guide", "https://example.com/series/guide/"),
    )

    assert actual["position"] == 2
    assert actual["isPartOf"] == [
        {"@id": "https://example.com/#website"},
        {
            "@type": "CreativeWorkSeries",
            "@id": "https://example.com/series/guide/#series",
            "name": "A guide",
            "url": "https://example.com/series/guide/",
        },
    ]


def test_what_an_article_does_not_have_is_left_out() -> None:
    actual = article(
        "Article",
        home_url=HOME,
        url="https://example.com/blog/short/",
        headline="Short",
        description="Short.",
        published=datetime(2026, 4, 22, tzinfo=UTC),
        modified=datetime(2026, 4, 22, tzinfo=UTC),
        authors=[],
        section="Guides",
        keywords=[],
        words=0,
        language="en",
    )

    assert {"author", "keywords", "image", "citation", "position"}.isdisjoint(actual)
    assert actual["wordCount"] == 0


def test_breadcrumbs_count_from_one() -> None:
    actual = breadcrumbs([("Home", HOME), ("Blog", "https://example.com/blog/")])

    assert actual == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://example.com/"},
            {
                "@type": "ListItem",
                "position": 2,
                "name": "Blog",
                "item": "https://example.com/blog/",
            },
        ],
    }


def test_answers_keep_their_html() -> None:
    actual = faq_page("https://example.com/blog/germany/", [("A visa?", "<p>Yes.</p>")])

    assert actual == {
        "@type": "FAQPage",
        "@id": "https://example.com/blog/germany/#faq-page",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "A visa?",
                "acceptedAnswer": {"@type": "Answer", "text": "<p>Yes.</p>"},
            }
        ],
    }


def test_a_listing_names_its_articles_in_order() -> None:
    actual = collection_page(
        home_url=HOME,
        url="https://example.com/blog/",
        name="Blog",
        description="All articles.",
        language="en",
        items=[("Germany", "https://example.com/blog/germany/")],
    )

    assert actual == {
        "@type": "CollectionPage",
        "@id": "https://example.com/blog/",
        "url": "https://example.com/blog/",
        "name": "Blog",
        "description": "All articles.",
        "inLanguage": "en",
        "isPartOf": {"@id": "https://example.com/#website"},
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": 1,
                    "name": "Germany",
                    "url": "https://example.com/blog/germany/",
                }
            ],
        },
    }


def test_an_empty_listing_has_no_list() -> None:
    actual = collection_page(
        home_url=HOME, url=HOME + "blog/", name="Blog", description="None yet.", language="en"
    )

    assert "mainEntity" not in actual


POSITIONS = partial(
    dataset,
    home_url=HOME,
    url="https://example.com/data/jobs/",
    name="Open positions",
    description="Positions that were open in April.",
    as_of=date(2026, 4, 22),
)


def test_a_dataset_names_its_source_its_variables_and_its_files() -> None:
    actual = POSITIONS(
        source=("The exchange", "https://example.org/jobs", date(2026, 4, 1)),
        variables=[("Level", "openings"), ("Growth", "")],
        files=[("https://example.com/data/jobs.csv", "text/csv")],
        modified=date(2026, 5, 3),
    )

    assert actual == {
        "@type": "Dataset",
        "@id": "https://example.com/data/jobs/#dataset",
        "url": "https://example.com/data/jobs/",
        "name": "Open positions",
        "description": "Positions that were open in April.",
        "temporalCoverage": "2026-04-22",
        "dateModified": "2026-05-03",
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": "The exchange",
            "url": "https://example.org/jobs",
            "datePublished": "2026-04-01",
        },
        "publisher": {"@id": "https://example.com/#organization"},
        "variableMeasured": [
            {"@type": "PropertyValue", "name": "Level", "unitText": "openings"},
            {"@type": "PropertyValue", "name": "Growth"},
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": "https://example.com/data/jobs.csv",
                "encodingFormat": "text/csv",
            }
        ],
        "isPartOf": {"@id": "https://example.com/#website"},
    }


def test_what_a_dataset_does_not_have_is_left_out() -> None:
    actual = POSITIONS(source=("The exchange", None, None), variables=[], files=[])

    assert {"dateModified", "variableMeasured", "distribution"}.isdisjoint(actual)
    assert actual["isBasedOn"] == {"@type": "CreativeWork", "name": "The exchange"}


def test_a_script_is_one_compact_document_in_order() -> None:
    actual = script(
        {"@type": "Thing", "name": "Müller & <Sohn>"}, {"@type": "Thing", "b": 1, "a": 2}
    )

    expected = (
        '{"@context":"https://schema.org","@graph":['
        r'{"@type":"Thing","name":"Müller \u0026 \u003cSohn\u003e"},'
        '{"@type":"Thing","b":1,"a":2}]}'
    )
    assert actual == Markup(expected)
    assert isinstance(actual, Markup)


@given(st.lists(st.dictionaries(st.text(), st.text() | st.lists(st.text()))))
@example([{"name": "</script><!--\u2028\u2029&"}])
@settings(deadline=None)
def test_no_text_can_leave_the_script_element(nodes: list[dict[str, object]]) -> None:
    actual = str(script(*nodes))

    assert set("<>&\u2028\u2029").isdisjoint(actual)
    assert json.loads(actual) == {"@context": "https://schema.org", "@graph": nodes}
