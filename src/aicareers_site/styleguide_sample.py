"""What the style guide shows: every element of a text, every chart, made-up figures."""

from __future__ import annotations

TABLES = {
    "sample-openings": """\
title: Sample openings
description: Made-up openings, for the style guide only.
as_of: 2026-04-22
source: {name: The style guide, retrieved: 2026-04-22}
unit: openings
total: 1050
breakdowns:
  level:
    title: Level
    complete: false
    rest: Not stated
    note: A remark on what the rows leave out.
    parts:
      senior: {value: 412, share: 39}
      mid-level: {label: Mid-level, value: 310}
      junior: {value: 103}
  place:
    title: Place of work
    parts:
      remote: {value: 420, share: 40}
      hybrid: {value: 315, share: 30}
      on-site: {label: On site, value: 315, share: 30}
""",
    "sample-pay": """\
title: Sample pay
description: Made-up pay, for the style guide only.
as_of: 2026-04-22
source: {name: The style guide, retrieved: 2026-04-22}
columns:
  country: {type: country}
  currency: {type: currency}
  pay: {type: money, currency: currency, label: Pay a year}
records:
  west: {label: West coast, country: US, currency: USD, pay: {low: 350000, high: 700000}}
  east: {label: East coast, country: US, currency: USD, pay: {low: 300000, median: 400000}}
  north: {label: North, country: CA, currency: CAD, pay: {low: 100000, high: 150000}}
  south: {label: South, country: BR, currency: BRL}
""",
    "sample-years": """\
title: Sample years
description: A made-up series, for the style guide only.
as_of: 2026-04-22
source: {name: The style guide, retrieved: 2026-04-22}
columns:
  year: {type: year}
  openings: {type: number, unit: openings}
records:
  y2023: {label: "2023", year: 2023, openings: 640}
  y2024: {label: "2024", year: 2024, openings: 700}
  y2025: {label: "2025", year: 2025, openings: 840}
  y2026: {label: "2026", year: 2026, openings: 1050}
""",
    "sample-change": """\
title: Sample change
description: Two made-up moments, for the style guide only.
as_of: 2026-04-22
source: {name: The style guide, retrieved: 2026-04-22}
columns:
  place: {type: text}
  year: {type: year}
  share: {type: percent}
records:
  remote-before: {label: Remote, place: Remote, year: 2024, share: 28}
  remote-after: {label: Remote, place: Remote, year: 2026, share: 40}
  office-before: {label: On site, place: On site, year: 2024, share: 51}
  office-after: {label: On site, place: On site, year: 2026, share: 30}
""",
}
"""Data tables by id, as YAML."""

SOURCES = ("exchange", "handbook")
"""The ids of the sources that the text cites."""

TEXT = """\
## A heading of the second level

A paragraph is set for reading: about sixty-six characters to a line, with *emphasis*, **weight**,
`code`, a [link to another part](#tables) and a sum[^sum]. A claim has its source[@exchange], or two
of them [@exchange; @handbook]. Of {{ sample-openings.total }} openings,
{{ sample-openings.level.senior | share }} are for seniors, and pay on the west coast
is {{ sample-pay.west.pay | range }}.

### A heading of the third level

A second paragraph follows the first after a line's space; its figures, 1,234,567 and 890, hang
below the line as letters do. "Quotation marks" and dashes -- such as these -- are typographic.

#### A heading of the fourth level

- An entry of a list
- Another, which goes on for so long that it needs a second line wherever it stands in a column
    - An entry below it
    - And one more

1. A first step
2. A second step
3. A third step

> A quotation stands apart from the text around it, and says whose words it has.

Term
:   What the term means.

Another term
:   What that one means.

## Callouts

!!! note "A note"
    It adds something that not everybody needs.

!!! tip "A tip"
    It says what to do with all that.

!!! warning "A warning"
    It says what may go wrong.

## Tables

Table: Numbers align at their ends

| Place | Openings | Share |
| --- | ---: | ---: |
| Remote | 420 | 40% |
| Hybrid | 315 | 30% |
| On site | 1,315 | 30% |

## Code

```python
def share(part: int, total: int) -> float:
    \"\"\"The part of the total, in per cent.\"\"\"
    return 100 * part / total  # a comment
```

## Charts

{{ chart sample-openings.level kind=bars title="Ranked bars" note="A note says what to know." }}

{{ chart sample-openings.place kind=shares title="One bar of shares" }}

{{ chart sample-pay.pay kind=ranges rows=west,east title="Ranges of pay" }}

{{ chart sample-years.openings kind=line title="A series" }}

{{ chart sample-change.share kind=slope title="Before and after" }}

{{ chart sample-pay kind=map title="A map" }}

[^sum]: A footnote opens in place, and stands in the list at the end of the text.
"""
"""The text, as Markdown."""
