"""What docs/writing.md says about HTML and frames is so."""

from __future__ import annotations

import re

import pytest

from aicareers_site import configuration
from aicareers_site.html_allowed import ALLOWED, EVERYWHERE, HtmlPolicy
from aicareers_site.prose import render
from tests.samples import PROJECT, SETTINGS

MANUAL = (PROJECT / "docs/writing.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## )", MANUAL, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def examples(title: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", section(title), re.DOTALL)


HTML, FRAMES = "HTML", "Videos, maps and charts of other sites"


def test_the_elements_are_those_that_are_allowed() -> None:
    listed = re.search(r"can stand in a text:\n\n(.*?)\n\n", section(HTML), re.DOTALL)
    assert listed is not None
    assert sorted(ALLOWED) == re.findall(r"`(\w+)`", listed[1])


def test_so_are_the_attributes_of_each() -> None:
    said = section(HTML).partition("may have the attributes")[2].partition("; and those")[0]
    assert set(re.findall(r"`([\w-]+)`", said)) == EVERYWHERE


def test_the_example_in_html_is_right() -> None:
    (example,) = examples(HTML, "markdown")
    assert render("a.md", example).diagnostics == ()


def test_so_is_the_example_of_a_frame() -> None:
    (example,), (setting,) = examples(FRAMES, "markdown"), examples(FRAMES, "yaml")
    configured = configuration.read((SETTINGS + setting).encode()).value
    assert configured is not None
    policy = HtmlPolicy(configured.settings.embeds)
    assert render("a.md", example, policy=policy).diagnostics == ()
    assert [one.code for one in render("a.md", example).diagnostics] == ["unknown-embed"]


@pytest.mark.parametrize("refused", ["<svg></svg>", "<form></form>", '<p style="x">y</p>'])
def test_the_setting_of_trust_is_what_it_says(refused: str) -> None:
    (setting,) = examples(HTML, "yaml")
    configured = configuration.read((SETTINGS + setting).encode()).value
    assert configured is not None
    assert configured.settings.raw_html == "trusted"
    assert [one.code for one in render("a.md", refused).diagnostics] == ["unsupported-html"]
    trusted = render("a.md", refused, policy=HtmlPolicy(trusted=True)).diagnostics
    assert len(trusted) == ("style" in refused)
