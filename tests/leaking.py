"""A site with a secret on every surface that it has, built with and without it."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from aicareers_site import indexer, stand_ins
from aicareers_site.executor import InMemory, Serial
from tests.originals import gradient, png, saved
from tests.samples import COUNTRY, NOW, SETTINGS, built, post, sources
from tests.sites import ABOUT
from tests.tables import JOBS_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aicareers_site.needles import Withholding
    from aicareers_site.outputs import Output

ZEBRA, FRANCE = "content/articles/crossing.md", "content/countries/quagga.md"
TABLE = "content/data/hoofbeats.yaml"

STATES = ("draft", "future", "expired")

_OWN = """\
  zoologist: {name: A Guest, role: Guest, bio: Somebody who writes for once.}
categories:
  stripes: {title: Lines, description: What is drawn.}
"""
_BESIDES = """\
start_here: [content/articles/crossing.md, content/articles/a.md]
newsletter: {provider: custom, promise: A letter., action: https://letters.example/}
series:
  savannah: {title: Grass, description: Where it is dry.}
  guide: {title: The guide, description: One step after the other.}
"""
_SETTINGS = (
    SETTINGS.replace("search: false\nshare_cards: false\n", "").replace("categories:\n", _OWN)
    + _BESIDES
)

_SECRET = """\
---
title: Okapis beside the dusty crossroads
description: Seven okapis wandered through the marketplace before anybody noticed their silence.
date: {date}
authors: [zoologist, desk]
category: {category}
slug: okapi-crossing
aliases: [/blog/former-okapi/]
tags: [ungulates, pay]
series: {series}
featured: true
image: {{src: stampede.png, alt: A stampede that raises ochre dust at noon}}
lead_figure: {{value: 41 %, label: of okapis hesitate at every kerbstone}}
faq:
  - question: Why do okapis hesitate so long?
    answer: Because kerbstones remind them of crocodiles.
{more}---

Whoever followed okapis through brambles knows that patience outweighs any telescope by far.

## Hesitation among kerbstones explained

{{{{ hoofbeats.total }}}} of them stood still.
![Muddy hoofprints under sodium lamps](hoofprints.png)
[All prints](plaster.pdf)

{{{{ chart hoofbeats.gait kind=bars }}}}

Of open positions, {{{{ jobs.level.senior }}}} are senior.
"""

_TABLE = """\
title: Hoofbeats counted by moonlight
description: What nine gamekeepers counted along the estuary in spring.
as_of: 2026-01-01
source: {name: Gamekeepers of the estuary and their dogs, retrieved: 2026-01-01}
unit: hoofbeats
total: 100
breakdowns:
  gait:
    title: Gait after nightfall
    complete: false
    rest: Other gaits
    acknowledged: Fog kept the gamekeepers from seeing anything further away.
    parts:
      canter: {label: Cantering, value: 60}
corrections:
  - date: 2026-01-03
    figure: gait.canter
    before: 59
    after: 60
    why: A gamekeeper had slept through it.
"""


class Shown(NamedTuple):
    """All files of the site as readers get it, and as they would with the secret."""

    hidden: tuple[Output, ...]
    leaking: tuple[Output, ...]
    withholding: Withholding
    sources: dict[str, bytes]

    def innocent(self) -> frozenset[tuple[str, bytes]]:
        """The files of the site whose sources say nothing of the secret, by paths and digests."""
        return without(self.withholding, self.sources)


def without(withholding: Withholding, sources: Mapping[str, bytes]) -> frozenset[tuple[str, bytes]]:
    """The files of the site that is made of what is not withheld."""
    made = built(stand_ins.innocent(withholding, sources))
    assert not made.failed, made.diagnostics
    return frozenset((output.path, output.digest) for output in made.value.outputs)


def _secret(state: str, *, category: str = "stripes", series: str = "savannah") -> bytes:
    more = {"draft": "draft: true\n", "future": "", "expired": "expires: 2026-11-21\n"}[state]
    date = "2026-11-22" if state == "future" else "2026-01-03"
    return _SECRET.format(date=date, more=more, category=category, series=series).encode()


def _profile(state: str) -> bytes:
    more = {"draft": "draft: true\n", "future": "", "expired": "expires: 2026-11-21\n"}[state]
    date = "2026-11-22" if state == "future" else "2026-01-05"
    facts = COUNTRY.format(code="MG", hub="Antsirabe harbour below the volcano")
    facts = facts.replace("[pay]", "[Vanilla ripens behind every second garden wall]")
    return post("Quaggas of the highlands", date=date, more=f"{facts}{more}slug: quagga-land\n")


def files(state: str) -> dict[str, bytes]:
    """The sources, with the secret in this state."""
    found = sources(
        {
            "articles/a.md": post("Alpha", date="2026-01-02", more="tags: [pay]\nseries: guide\n"),
            "articles/b.md": post("Beta", date="2026-01-04", more="tags: [pay]\nseries: guide\n"),
            "articles/c.md": post("Gamma", body="Of {{ jobs.total }}.", category="figures"),
            "articles/d.md": post("Delta", date="2025-12-01"),
            "articles/crossing.md": _secret(state),
            "articles/second.md": _secret(state, category="advice", series="guide")
            .replace(b"okapi-crossing", b"okapi-return")
            .replace(b"former-okapi", b"former-return")
            .replace(b"date: 2026-01-03", b"date: 2026-01-03 12:00"),
            "countries/de.md": post("Germany", more=COUNTRY.format(code="DE", hub="Berlin")),
            "countries/quagga.md": _profile(state),
            "pages/about.md": ABOUT,
            "data/jobs.yaml": JOBS_TEXT.encode(),
            "data/hoofbeats.yaml": _TABLE.encode(),
        },
        _SETTINGS,
    )
    found["content/articles/stampede.png"] = saved(gradient(64, 32))
    found["content/articles/hoofprints.png"] = png(9, 7)
    found["content/articles/plaster.pdf"] = b"%PDF-1.4 plaster"
    return found


@cache
def built_both(state: str) -> Shown:
    """The site of readers and the one with the secret, which this state keeps from them."""
    sources = files(state)
    hidden = built(sources)
    shown = built(
        sources,
        NOW - timedelta(days=2) if state == "expired" else NOW,
        drafts=state == "draft",
        future=state == "future",
    )
    assert not hidden.failed
    assert not shown.failed
    assert hidden.value.withheld is not None
    complete = []
    for one in (hidden.value, shown.value):
        assert one.searched is not None
        index = indexer.indexed(one.searched, InMemory(Serial()), lambda _, done, __: done)
        assert index.diagnostics == ()
        complete.append((*one.outputs, *index.value))
    return Shown(complete[0], complete[1], hidden.value.withheld, sources)


def paths(outputs: Iterable[Output]) -> list[str]:
    return [output.path for output in outputs]
