from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import Markup, escape

from aicareers_site.diagnostics import Span
from aicareers_site.render import Templates
from aicareers_site.views import ManifestView, SiteHeader

if TYPE_CHECKING:
    from aicareers_site.diagnostics import Diagnostic

HEADER = SiteHeader(
    "Sample <&>",
    "A tagline",
    "en",
    "en_US",
    "/",
    "https://sample.example/",
    (),
    (),
    (),
    {"site.css": "/site.0123456789.css"},
)
VIEW = ManifestView("/start/")


def templates(**texts: str) -> Templates:
    """Templates by name; ``.html`` is added."""
    found = Templates({f"{name}.html": text for name, text in texts.items()})
    found.show(HEADER)
    return found


def html(**texts: str) -> str:
    """The page that the template ``page`` makes."""
    made = templates(**texts)
    assert made.check() == ()
    outcome = made.render("page.html", VIEW, "/x/")
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value.decode()


def failure(**texts: str) -> Diagnostic:
    """The problem in making a page from the template ``page``, which passes the check."""
    made = templates(**texts)
    assert made.check() == ()
    outcome = made.render("page.html", VIEW, "/x/")
    assert outcome.value is None
    (found,) = outcome.diagnostics
    return found


def checked(**texts: str) -> list[tuple[str, str]]:
    """Place and code of what shows without rendering."""
    return [(str(found.span), found.code) for found in templates(**texts).check()]


def test_a_page_is_made_from_its_view_and_the_header() -> None:
    page = "{{ page.start }} {{ site.assets['site.css'] }} é\n"
    assert html(page=page) == "/start/ /site.0123456789.css é\n"


def test_text_is_escaped_and_markup_is_not() -> None:
    assert html(page="{{ site.title }}") == "Sample &lt;&amp;&gt;"
    made = templates(page="{{ page.start }}")
    outcome = made.render("page.html", ManifestView(Markup("<b>")), "/")
    assert outcome.value is not None
    assert outcome.value == b"<b>"


class _Drawing:
    def __html__(self) -> str:
        return "<svg>"

    def __str__(self) -> str:
        raise AssertionError


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a & <b> \"c\" 'd'", "a &amp; &lt;b&gt; &#34;c&#34; &#39;d&#39;"),
        ("é 漢 😀", "é 漢 😀"),
        (Markup("<b>&</b>"), "<b>&</b>"),
        (_Drawing(), "<svg>"),
        (None, "None"),
        (7, "7"),
        (["<"], "[&#39;&lt;&#39;]"),
    ],
)
def test_values_of_every_type_are_printed_as_markupsafe_escapes_them(
    value: Any, expected: str
) -> None:
    made = templates(page="{{ page.start }}{% macro a() %}{{ page.start }}{% endmacro %}{{ a() }}")
    outcome = made.render("page.html", ManifestView(value), "/")
    assert outcome.value is not None
    assert outcome.value.decode() == expected * 2 == str(escape(value)) * 2


def test_a_template_may_print_without_escaping() -> None:
    assert html(page="{% autoescape false %}{{ site.title }}{% endautoescape %}") == "Sample <&>"


def test_tags_leave_no_blank_lines() -> None:
    assert html(page="  {% if page %}\na\n  {% endif %}\nb\n") == "a\nb\n"


def test_templates_extend_include_and_import() -> None:
    found = html(
        page='{% extends "base.html" %}{% block main %}{% include "part.html" %}{% endblock %}',
        base="<main>{% block main %}{% endblock %}</main>",
        part='{% from "macros.html" import bold %}{{ bold(page.start) }}',
        macros="{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}",
    )
    assert found == "<main><b>/start/</b></main>"


def test_the_same_view_gives_the_same_bytes() -> None:
    page = "{% for name in site.assets %}{{ name }}{% endfor %}{{ page.start }}"
    assert html(page=page) == html(page=page)
    made = templates(page=page)
    assert made.render("page.html", VIEW, "/") == made.render("page.html", VIEW, "/")


def test_an_undefined_variable_is_told_with_its_place() -> None:
    found = failure(page="<h1>titel</h1>\n<p>{{ titel }}\n")
    assert (found.code, found.span) == ("template-undefined", Span("templates/page.html", 2, 7, 12))
    assert found.message == "there is no variable 'titel'"
    assert found.hint == "did you mean site.title?"


def test_a_variable_that_is_an_attribute_is_told_whose() -> None:
    assert failure(page="{{ start }}").hint == "write page.start"
    assert failure(page="{{ title }}").hint == "write site.title"
    found = failure(page="{{ articles }}")
    assert found.hint == "templates see 'page' and 'site'; page has: start"


def test_an_undefined_attribute_is_told_with_the_one_that_was_meant() -> None:
    found = failure(page="start {{ page.start }} {{ page.strat }}\n")
    assert (found.code, found.span) == (
        "template-undefined",
        Span("templates/page.html", 1, 32, 37),
    )
    assert found.message == "ManifestView has no attribute 'strat'"
    assert found.hint == "did you mean 'start'?"


def test_a_variable_is_not_taken_for_an_attribute_of_that_name() -> None:
    found = failure(page="start {{ page.start ~ start }}")
    assert found.span == Span("templates/page.html", 1, 23, 28)


def test_an_entry_that_a_mapping_lacks_is_told() -> None:
    found = failure(page="{{ site.assets['site.js'] }}")
    assert (found.code, found.span) == (
        "template-undefined",
        Span("templates/page.html", 1, 17, 24),
    )
    assert found.hint == "did you mean 'site.css'?"


def test_an_undefined_value_in_json_is_told() -> None:
    assert failure(page='{"icon": {{ site.assets["icon.svg"] | tojson }}}').code == (
        "template-undefined"
    )


def test_a_failing_template_names_the_page_that_it_was_making() -> None:
    assert failure(page="{{ page.strat }}").related == (Span("/x/"),)


def test_an_attribute_of_none_is_told() -> None:
    found = failure(page="{{ site.newsletter.action }}")
    assert found.span == Span("templates/page.html", 1, 20, 26)
    assert found.message == "an empty value has no attribute 'action'"
    assert found.hint == "test the value first, with {% if … %}"


@pytest.mark.parametrize(
    ("page", "message", "hint"),
    [
        (
            "{{ site.navigation.label }}",
            "a list has no attribute 'label'",
            "go through it: {% for one in … %}, and then write one.label",
        ),
        (
            "{{ page.start.label }}",
            "a text has no attribute 'label'",
            "print it as it is, or look for the value that has more in it",
        ),
        ("{{ page.title }}", "ManifestView has no attribute 'title'", "known here: start"),
        (
            "{% macro a(b) %}{{ b }}{% endmacro %}{{ a() }}",
            "parameter 'b' was not provided",
            "name it as the {% macro %} does, and with all that this wants in its brackets",
        ),
    ],
)
def test_what_a_value_lacks_is_told_with_what_it_has(page: str, message: str, hint: str) -> None:
    found = failure(page=page)
    assert (found.code, found.message, found.hint) == ("template-undefined", message, hint)


def test_a_value_with_many_attributes_names_them_all() -> None:
    hint = failure(page="{{ site.wholly_else }}").hint
    assert hint.startswith("it has: assets, card, feeds, feeds_href, ")
    assert "count" not in hint


def test_a_computed_name_is_told_with_its_line() -> None:
    found = failure(page="a\n  {{ site.assets['site' ~ '.js'] }}\n")
    assert found.span == Span("templates/page.html", 2, 3, 36)


def test_a_name_on_a_later_line_of_an_expression_is_found() -> None:
    found = failure(page="{{\n  page.start\n  ~ page.strat }}")
    assert found.span == Span("templates/page.html", 3, 10, 15)


@pytest.mark.parametrize(
    "page",
    [
        "\n{% for x in page.items %}{% endfor %}",
        "\n{% if page.items %}{% endif %}",
        "\n{% set x = page.items | length %}",
        "\n{{ page['items'] }}",
        "\n{% for x in [1] %}{{ page.items }}{% endfor %}",
    ],
)
def test_undefined_names_are_found_in_every_tag(page: str) -> None:
    found = failure(page=page)
    assert (found.code, found.span.line) == ("template-undefined", 2)
    column = page.split("\n")[1].index("items") + 1
    assert (found.span.column, found.span.end_column) == (column, column + 5)


def test_the_template_at_fault_is_named_and_not_the_one_rendered() -> None:
    base = "<title>\n{% block main %}{% endblock %}"
    page = '{% extends "base.html" %}\n{% block main %}{% include "part.html" %}{% endblock %}'
    macros = "\n\n{% macro a() %}\n{{ wrong }}{% endmacro %}"
    part = '{% from "macros.html" import a %}\n{{ a() }}'
    texts = {"page": page, "base": base, "part": part, "macros": macros}
    assert str(failure(**texts).span) == "templates/macros.html:4:4"
    assert str(failure(**{**texts, "part": "{{ wrong }}"}).span) == "templates/part.html:1:4"
    assert (
        str(failure(**{**texts, "part": "", "base": base + "{{ wrong }}"}).span)
        == "templates/base.html:2:34"
    )


def test_templates_of_one_line_each_are_told_apart() -> None:
    found = failure(
        page='{% extends "base.html" %}{% block a %}{{ site.title }}{% endblock %}',
        base="{% block a %}{% endblock %}{{ page.titel }}",
    )
    assert str(found.span) == "templates/base.html:1:36"


def test_a_name_that_a_template_does_not_export_is_told() -> None:
    found = failure(page='{% from "m.html" import a %}{{ a() }}', m="")
    assert (found.code, str(found.span)) == ("template-undefined", "templates/page.html:1:25")
    assert "'a'" in found.message


def test_a_missing_argument_is_told_where_it_is_wanted() -> None:
    found = failure(page="\n{% macro a(b) %}{{ b }}{% endmacro %}{{ a() }}")
    assert (found.code, found.span.line) == ("template-undefined", 2)
    assert found.message.startswith("parameter 'b' was not provided")


def test_an_exception_in_a_filter_is_told_with_its_line() -> None:
    found = failure(page="a\n <b>{{ page.start | round }}</b>\n")
    assert (found.code, found.span) == ("template-error", Span("templates/page.html", 2, 2, 33))
    assert found.message.startswith("TypeError: ")


def test_a_template_that_includes_itself_is_an_error() -> None:
    found = failure(page='{% include "page.html" %}')
    assert (found.code, found.span.path) == ("template-error", "templates/page.html")
    assert found.span == Span("templates/page.html", 1, 1, 26)
    assert found.message == "page.html leads back to itself without end"
    assert found.hint == (
        "take out the {% include %}, {% extends %} or macro that leads back to where it began"
    )


@pytest.mark.parametrize(
    ("texts", "place", "message"),
    [
        (
            {"page": "a\n{% include 'b.html' %}", "b": '{% extends "c.html" %}',
             "c": "\n {% include 'b.html' %}"},
            "templates/b.html:1:1",
            "b.html leads back to itself without end, through c.html",
        ),
        (
            {"page": "{% import 'b.html' as ui %}{{ ui.a() }}",
             "b": "{% macro a() %}\n  {{ a() }}\n{% endmacro %}"},
            "templates/b.html:2:3",
            "b.html leads back to itself without end",
        ),
        (
            {"page": "{% block a %}{{ self.a() }}{% endblock %}"},
            "templates/page.html:1:1",
            "page.html leads back to itself without end",
        ),
    ],
)  # fmt: skip
def test_a_circle_of_templates_is_told_where_it_begins(
    texts: dict[str, str], place: str, message: str
) -> None:
    found = failure(**texts)
    assert (found.code, str(found.span)) == ("template-error", place)
    assert found.message == message


def test_a_template_that_wants_more_memory_than_there_is_is_told() -> None:
    found = failure(page="\n {{ page.start * 1000000000000000 }}")
    assert (found.code, found.span) == ("template-error", Span("templates/page.html", 2, 2, 37))
    assert found.message == "this makes more than the computer has memory for"
    assert found.hint == ("look for what is repeated without end, such as a text times a number")


def test_a_block_that_stands_twice_is_told_with_how_to_show_it_again() -> None:
    block = "{% block main %}{% endblock %}"
    (found,) = templates(page=f"{block}\n<p>{block}").check()
    assert found.message == "block 'main' defined twice"
    assert found.hint == (
        "write {{ self.main() }} where it is to be shown again, or call this block something else"
    )


def test_a_page_without_its_template_is_an_error() -> None:
    (found,) = templates(pages="").render("page.html", VIEW, "/").diagnostics
    assert (found.code, found.span) == ("template-missing", Span("templates/page.html"))
    assert (found.message, found.hint) == (
        "there is no template 'page.html'",
        "did you mean 'pages.html'?",
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\n  {% blok main %}", "2:3"),
        ("{% block a %}\n{% endif %}", "2:1"),
        ("{% if page %}\nx\n\n", "2:1"),
        ("{{ page.start", "1:1"),
        ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", "2:1"),
        ("{# never closed", "1:1"),
    ],
)
def test_a_syntax_error_is_told_with_its_line(text: str, place: str) -> None:
    assert checked(page=text) == [(f"templates/page.html:{place}", "template-syntax")]
    (found,) = templates(page=text).render("page.html", VIEW, "/").diagnostics
    assert (str(found.span), found.code) == (f"templates/page.html:{place}", "template-syntax")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{% extends “base.html” %}", "write straight quotation marks, \" or '"),
        ("{{ page.start }", "write }} where a value ends, and %} where a tag does"),
        ("{% blok main %}", "did you mean 'block'?"),
        (
            "{% url x %}",
            "use one of: autoescape, block, call, extends, filter, for, from, if, import, include, "
            "macro, print, raw, set, with",
        ),
        ("{% block a %}{% if page %}{% endblock %}", "write {% endif %} where the {% if %} ends"),
        ("{% block a %}", "write {% endblock %} where the {% block %} ends"),
        ("{% endif %}", "take it out, or write the tag that it belongs to above it"),
        (
            "{{ page.start",
            "look for a missing bracket, quotation mark or end tag, such as {% endif %}",
        ),
    ],
)
def test_a_syntax_error_is_told_with_what_mends_it(text: str, hint: str) -> None:
    (found,) = templates(page=text).check()
    assert (found.code, found.hint) == ("template-syntax", hint)


@pytest.mark.parametrize("step", [" % 12", "|trim", ".title"])
def test_an_expression_of_hundreds_of_steps_is_refused_before_python_reads_it(step: str) -> None:
    (found,) = templates(page=f"\n{{{{ page.start{step * 300} }}}}").check()
    assert (found.code, found.span.line, found.message, found.hint) == (
        "template-syntax",
        2,
        "this expression has more than 100 steps, one on what the other gives",
        "give what some of them make a name, with {% set name = … %}",
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 3000,
        "{% block a %}" * 1000,
        "{% for x in page %}" * 30 + "{% endfor %}" * 30,
    ],
)
def test_a_template_that_is_nested_too_deep_is_a_syntax_error(text: str) -> None:
    assert checked(page=text) == [("templates/page.html", "template-syntax")]


def test_filters_and_tests_must_exist_even_where_no_page_comes_by() -> None:
    text = "{% if false %}{{ page | titel }}{% if page is definde %}{% endif %}{% endif %}"
    found = templates(unused=text).check()
    assert [(str(item.span), item.code, item.message, item.hint) for item in found] == [
        (
            "templates/unused.html:1:25",
            "template-syntax",
            "there is no filter 'titel'",
            "did you mean 'title'?",
        ),
        (
            "templates/unused.html:1:47",
            "template-syntax",
            "there is no test 'definde'",
            "did you mean 'defined'?",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{% extends "bas.html" %}', "1:13"),
        ('\n{% include "bas.html" %}', "2:13"),
        ('{% include "bas.html" ignore missing %}', "1:13"),
        ('{% import "bas.html" as m %}', "1:12"),
        ('{% from "bas.html" import m %}', "1:10"),
        ('{% if false %}{% include "bas.html" %}{% endif %}', "1:27"),
    ],
)
def test_a_template_that_does_not_exist_is_told_where_it_is_named(text: str, place: str) -> None:
    (found,) = templates(page=text, base="").check()
    assert (str(found.span), found.code) == (f"templates/page.html:{place}", "template-missing")
    assert (found.message, found.hint) == (
        "there is no template 'bas.html'",
        "did you mean 'base.html'?",
    )


@pytest.mark.parametrize(
    "text",
    [
        "a\n{% include page.start %}",
        "a\n{% include ['a.html', 'b.html'] %}",
        "a\n{% extends page.start ~ '.html' %}",
        "a\n{% import page.start as m %}",
        "a\n{% from page.start import m %}",
        "a\n{% include 'a.html' if page else 'b.html' %}",
    ],
)
def test_a_template_must_be_named_outright(text: str) -> None:
    assert checked(page=text) == [("templates/page.html:2:1", "template-dynamic")]


def test_all_templates_are_checked_and_all_problems_told() -> None:
    assert checked(b="{% x %}", a="{{ 1 | x }}{% include y %}", c="fine") == [
        ("templates/a.html:1:8", "template-syntax"),
        ("templates/a.html:1:1", "template-dynamic"),
        ("templates/b.html:1:1", "template-syntax"),
    ]
