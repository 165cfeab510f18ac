"""What each code means: nothing is left out, and the form is kept."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from aicareers_site import explanations
from aicareers_site.cli import main
from aicareers_site.explanations import Explanation
from aicareers_site.fingerprints import Keyed
from aicareers_site.html_allowed import HtmlPolicy
from aicareers_site.manuscripts import Manuscript
from aicareers_site.texts import read
from tests.emitted_codes import emitted
from tests.samples import post
from tests.sites import RULES
from tools import document_diagnostics

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

PASSED_ON = {
    *("data_checks: error.code", "figure_filling: error.code", "indexer: error.code"),
    *("figure_marks: error.code", "figure_marks: *self", "picture_use: fault.code"),
    "findings: kind",
}
"""Arguments that are the codes of problems made elsewhere."""

UNTOLD = {"figure_marks: UNTOLD", "figure_values: UNTOLD"}
"""A code that nobody sees: the table's own fault is told instead."""

ENTRY = """\
## a-code

It means `this`.

Why it matters: so.

How to mend it: write
that.

Wrong:

```markdown
## Heading
```

Right:

````markdown
```python
```
````
"""


def test_every_code_is_explained_and_nothing_else() -> None:
    assert sorted(explanations.shipped()) == sorted(emitted().codes)


def test_no_code_is_explained_twice() -> None:
    codes = [
        one.code
        for name in explanations.TOPICS
        for one in explanations.parse(explanations.source(name))
    ]
    assert sorted(codes) == sorted(explanations.shipped())


def test_no_code_escapes_the_count() -> None:
    assert emitted().unread == PASSED_ON | UNTOLD


def test_a_function_that_passes_its_code_on_is_followed(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        "def warn(message, code='by-default'):\n    return Diagnostic(code, message)\n"
        "class Failed(Exception):\n    code = 'of-a-class'\n"
        "def choose(bad):\n    code = 'if-bad' if bad else 'if-good'\n    warn('x', code)\n"
        "warn('y', code='by-name')\nwarn('z', other())\n",
        encoding="utf-8",
    )
    found = emitted(tmp_path)
    assert set(found.codes) == {"by-default", "of-a-class", "if-bad", "if-good", "by-name"}
    assert found.unread == {"one: other()"}


def test_an_explanation_has_five_parts() -> None:
    assert explanations.parse(f"# Texts\n\n{ENTRY}") == (
        Explanation(
            "a-code", "Texts", "It means `this`.", "so.", "write that.",
            "## Heading", "```python\n```",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (ENTRY, "not in the form"),
        (f"# Texts\n\n{ENTRY.replace('Why it matters', 'Why')}", "## a-code"),
        (f"# Texts\n\n{ENTRY}\n## b-code\n\nIt means that.\n", "## b-code"),
    ],
)
def test_another_form_is_refused(text: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        explanations.parse(text)


@pytest.mark.parametrize("one", explanations.shipped().values(), ids=lambda one: one.code)
def test_an_explanation_is_made_of_sentences_and_its_examples_differ(one: Explanation) -> None:
    texts = (one.meaning, one.why, one.mend)
    assert [text for text in texts if not text.endswith(".") and "`" not in text[-3:]] == []
    assert one.wrong != one.right


IN_THE_TEXT = [
    one
    for one in explanations.shipped().values()
    if one.topic == "Text in Markdown"
    and one.code not in {"heading-in-field", "footnote-in-field", "markdown"}
] + [explanations.shipped()[code] for code in ("link-syntax", "link-scheme", "missing-alt")]


SHOWING = Keyed(replace(RULES.value, html=HtmlPolicy(("https://www.youtube-nocookie.com",))))


@pytest.mark.parametrize("one", IN_THE_TEXT, ids=lambda one: one.code)
def test_examples_of_text_are_wrong_and_right_as_they_say(one: Explanation) -> None:
    def codes(body: str) -> list[str]:
        made = read(Manuscript("content/articles/a.md", post(body=body), SHOWING))
        return [found.code for found in made.head.diagnostics]

    assert set(codes(one.wrong)) == {one.code}
    assert [code for code in codes(one.right) if code != "missing-image"] == []


def test_the_document_is_made_of_the_same_texts() -> None:
    made = document_diagnostics.DOCUMENT.read_text(encoding="utf-8")
    assert made == document_diagnostics.document(), "run tools/document_diagnostics.py"


def explain(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "80"}).invoke(main, ["explain", *arguments])


def test_explain_says_what_a_code_means() -> None:
    assert explain("unknown-series").stdout.splitlines() == [
        "unknown-series (Front matter and other YAML)",
        "",
        "series names a series that site.yaml does not describe.",
        "",
        "Why it matters: the part would not stand among the others, and readers would not",
        "be led to the next one.",
        "",
        "How to mend it: use one of the ids below series in site.yaml, or describe the",
        "new series there.",
        "",
        "Wrong:",
        "",
        "    series: first-years",
        "",
        "Right:",
        "",
        "    series: first-year",
    ]


@pytest.mark.parametrize("shown", ["error[{}]", "warning[{}]", "note[{}]", "[{}]", "error[{}]:"])
def test_explain_takes_a_code_as_messages_show_it(shown: str) -> None:
    assert explain(shown.format("unknown-series")).stdout == explain("unknown-series").stdout


def test_explain_lists_the_codes_by_topic() -> None:
    lines = explain().stdout.splitlines()
    assert lines[0] == "Front matter and other YAML"
    assert lines[1].startswith("  front-matter-delimiter    The front matter, the keys and ")
    assert {line.split()[0] for line in lines if line.startswith("  ")} == {*explanations.shipped()}


@pytest.mark.parametrize(
    ("code", "hint"),
    [("unkown-key", "did you mean 'unknown-key'?"), ("xyz", "'aicareers explain' lists them all")],
)
def test_an_unknown_code_is_refused_with_a_hint(
    code: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["aicareers", "explain"])
    result = explain(code)
    assert result.exit_code == 2
    assert f"there is no code '{code}'; {hint}" in result.stderr
