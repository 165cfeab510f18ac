"""What the benchmark's articles are made of. Places and figures are invented."""

from __future__ import annotations

PLACES = (
    "Northhaven", "Eastmere", "Port Alder", "Kingsmoor", "Saltbridge", "Old Farrow", "Lindwick",
    "Westering", "Hallam Bay", "Greystone", "Marlow Heath", "Tarn Valley", "Ashcombe", "Redwater",
    "Silverton", "Wyke Harbour", "Dunmere", "Fallow Hill", "Oakhurst", "Penrith Cross",
)  # fmt: skip

SUBJECTS = (
    "Hiring", "Pay", "Remote work", "Interviews", "First jobs", "Research posts", "Visas", "Teams",
    "Contracts", "Relocation", "Portfolios", "Apprenticeships", "Data work", "Leadership",
)  # fmt: skip

ANGLES = (
    "what changed this year", "a closer look", "five questions", "what employers say",
    "notes from the field", "the figures explained", "how to prepare", "what to ask first",
    "where it is heading", "lessons from three teams", "a guide for newcomers", "myths and facts",
)  # fmt: skip

TAGS = (
    "skills", "salaries", "visas", "remote-work", "research", "hiring", "relocation", "hubs",
    "entry-level", "interviews", "portfolios", "contracts", "start-ups", "universities", "tooling",
    "leadership", "part-time", "freelance", "mentoring", "certificates", "statistics", "ethics",
    "safety", "health", "finance", "climate", "education", "public-sector", "translation",
    "robotics", "hardware", "open-source", "writing", "design", "testing", "operations",
    "databases", "security", "networking", "benefits", "pensions", "parental-leave", "trade-unions",
    "internships", "apprenticeships", "conferences", "reading", "career-change", "returners",
    "management",
)  # fmt: skip

CATEGORIES = ("career-advice", "country-profiles", "hiring-trends", "market-statistics")

AUTHORS = ("careers-desk", "markets-desk", "mobility-desk", "research-desk")

HEADINGS = (
    "Where the work is", "What it pays", "Who is hired", "How teams are built",
    "What the figures leave out", "Questions before signing", "The first ninety days",
    "How interviews go", "Which tools are used", "What to learn next", "The cost of moving",
    "Working from elsewhere", "When a contract ends", "What recruiters read",
    "How promotion works", "Small employers", "Large employers", "Public employers",
    "A typical week", "What has changed", "What stays the same", "Signs of a good offer",
)  # fmt: skip

SUBHEADINGS = (
    "In numbers", "An example", "Exceptions", "By seniority", "By region", "The other side",
    "In practice", "A short history", "For newcomers", "For people with families",
)  # fmt: skip

SLOTS: dict[str, tuple[str, ...]] = {
    "group": (
        "employers",
        "small teams",
        "recruiters",
        "research groups",
        "graduates",
        "newcomers",
        "hiring managers",
        "people with children",
        "career changers",
        "engineers",
        "analysts",
        "founders",
        "universities",
        "public bodies",
        "hospitals",
        "banks",
        "insurers",
        "manufacturers",
        "consultants",
        "team leads",
        "freelancers",
        "applicants from abroad",
    ),
    "role": (
        "machine-learning engineer",
        "data analyst",
        "research assistant",
        "product manager",
        "platform engineer",
        "annotation lead",
        "statistician",
        "applied scientist",
        "solutions architect",
        "technical writer",
        "evaluation engineer",
        "robotics technician",
    ),
    "thing": (
        "a written task",
        "a longer notice period",
        "a clear salary range",
        "a second interview",
        "a trial week",
        "proof of earlier work",
        "a relocation allowance",
        "training time",
        "a mentor",
        "a four-day week",
        "a signed reference",
        "an open calendar",
        "a list of the tools in use",
        "a budget for conferences",
        "a desk near the team",
        "an honest description of the work",
        "a date by which an answer comes",
    ),
    "verb": (
        "ask for",
        "offer",
        "expect",
        "rarely mention",
        "have begun to publish",
        "still refuse",
        "negotiate",
        "put in writing",
        "compare",
        "look for",
        "value",
        "underestimate",
        "prefer",
    ),
    "skill": (
        "reading other people's code",
        "explaining a result",
        "cleaning data",
        "writing tests",
        "planning experiments",
        "asking early",
        "estimating costs",
        "keeping notes",
        "presenting to non-specialists",
        "saying no",
        "reviewing models",
        "measuring before changing",
        "working with lawyers",
        "documenting decisions",
    ),
    "reason": (
        "the budget is settled in spring",
        "nobody owns the process",
        "offers are compared openly",
        "the work changes every quarter",
        "teams are spread over three time zones",
        "a vacancy costs more than a mistake",
        "the law asks for it",
        "references are hard to read",
        "earlier rounds went badly",
        "the office is half empty",
        "the market has cooled",
        "rents have risen faster than pay",
        "the best candidates have other offers",
    ),
    "time": (
        "since last spring",
        "in the past two years",
        "for the time being",
        "in most quarters",
        "before the summer break",
        "at the end of the financial year",
        "in the first month",
        "after the second round",
        "within ten working days",
        "towards the end of the year",
    ),
    "adjective": (
        "patient",
        "practical",
        "curious",
        "cautious",
        "experienced",
        "independent",
        "careful",
        "ambitious",
        "well-prepared",
        "sceptical",
        "reliable",
        "outspoken",
    ),
}
"""What a pattern's slots may be filled with; ``place``, ``number`` and ``percent`` come besides."""

PATTERNS = (
    "In {place}, {group} {verb} {thing} {time}.",
    "Of {number} {group} who were asked, {percent} % {verb} {thing}.",
    "A {role} in {place} is paid about {number} a month, and {reason}.",
    "Because {reason}, {group} in {place} {verb} {thing}.",
    "That is not the whole story: {group} also {verb} {thing}, since {reason}.",
    "It helps to be *{adjective}* here, and {skill} counts for more than a title.",
    '"We {verb} {thing}," says a team lead in {place}, "because {reason}."',
    "The share of {group} who {verb} {thing} rose from {percent} % to {percent} % {time}.",
    "Whoever applies as a {role} should practise **{skill}** and {skill}.",
    "{place} and {place} differ less than it seems -- in both, {group} {verb} {thing}.",
    "Some {group} {verb} {thing}; others {verb} {thing} and leave it at that.",
    "What matters is {skill}, even where {group} say that they {verb} {thing}.",
    "A {adjective} reader will ask why {group} {verb} {thing} at all.",
    "For every {role} there were {number} applications in {place} {time}.",
    "The usual advice is {skill}, {skill} and, if {reason}, patience.",
    "There is a simpler explanation: {reason}.",
    "If {reason}, then {group} will {verb} {thing} again {time}.",
    "Between {place} and {place} lie {number} kilometres, but {group} {verb} the same things.",
    "Nearly all of the {number} contracts name {thing}, and {percent} % name {thing}.",
    "Don't take {thing} for granted: {group} in {place} don't, and {reason}.",
    "The field `{field}` in the table shows where {group} {verb} {thing}.",
    "It took {group} {number} days on average to find a {adjective} {role}.",
    '"Nobody told me that {reason}," writes one {role}, who moved from {place} to {place}.',
    "A {adjective} {role} can expect {thing} {time}, whatever the advertisement says.",
)

FIELDS = ("pay_low", "pay_high", "openings", "seniority", "region", "as_of", "contract_type")

LINK_PATTERNS = (
    "We have written about this in [{title}]({address}).",
    "More on that is in [{title}]({address}), which looks at {place}.",
    "Compare [{title}]({address}): there, {group} {verb} {thing}.",
    "See also [{title}]({address}) and the [register of {place}](https://example.org/{field}/{number}).",
)
