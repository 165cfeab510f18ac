"""Whether something of a draft, a future or an expired article is in a file of the site.

Nothing should be, since nothing behind :func:`.site.assemble` knows of them. This looks at the
bytes themselves, once all of them are made, as somebody would who doubts that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from aicareers_site import documents, needles, serving, stages
from aicareers_site.bare_words import text_words, undressed, words
from aicareers_site.diagnostics import Diagnostic, Span
from aicareers_site.fingerprints import Keyed
from aicareers_site.haystacks import Haystack, Needle, arranged
from aicareers_site.models import country_names
from aicareers_site.outputs import digest
from aicareers_site.paths import PUBLISHED
from aicareers_site.records import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from aicareers_site.executor import Executor
    from aicareers_site.needles import Withholding
    from aicareers_site.outputs import Output

_UNREADABLE = ("audio/", "font/", "image/", "video/", "application/wasm", "application/zip")
_SHOWN = 60
_FAULT = "if not, it is a fault of the program, or of a template, that its makers should know of"
_OF_WORDS = f"if the words stand there by chance, say it differently here; {_FAULT}"
_OF_PICTURE = f"if another file there has this name by chance, rename the picture; {_FAULT}"


def check(
    withholding: Withholding,
    outputs: Sequence[Output],
    files: Mapping[str, bytes],
    without: Callable[[], Collection[tuple[str, bytes]]],
    executor: Executor,
) -> Iterator[Diagnostic]:
    """An error, ``leak``, for each article of which there is something in a file of the site.

    ``outputs`` are all files of the site, ``files`` all sources (bytes by path). What published
    sources say, too, is no secret. ``without`` makes the site of what is not withheld
    (:mod:`.stand_ins`), and gives the paths and digests of its files: one that is the same there
    holds no more than chance has put there. It is asked only if something was found.
    """
    if not withholding.reasons:
        return
    secrets = {one.sought: one for one in needles.collect(withholding, files)}
    rank = {sought: number for number, sought in enumerate(secrets)}
    base = withholding.site.settings.base_url
    sought = Keyed(arranged(secrets.values(), base))
    stacks = [
        Haystack(output.path, Keyed(_content(output), output.digest), sought) for output in outputs
    ]
    results = executor.map(stages.leaks, stacks)
    hits = {stack.path: result.head for stack, result in zip(stacks, results, strict=True)}
    public = _said_in_public({hit for found in hits.values() for hit in found}, withholding, files)
    originals = _originals(withholding, files)
    suspects = [
        output
        for output in outputs
        if output.digest in originals or not public.issuperset(hits[output.path])
    ]
    innocent = without() if suspects else ()
    for output in suspects:
        if (output.path, output.digest) in innocent:
            continue
        held = hits[output.path]
        leaked = [secrets[hit] for hit in sorted(held, key=rank.__getitem__) if hit not in public]
        if output.digest in originals:
            path = originals[output.digest]
            leaked += (
                Needle(path.encode(), "picture", article.record.source)
                for article in withholding.articles
                if path in article.files
            )
        yield from _told(output.path, leaked, withholding, files)


def _content(output: Output) -> bytes:
    """The bytes that can be read; of others the name alone is looked at."""
    is_text = not serving.content_type(output.path).startswith(_UNREADABLE)
    return output.content() if is_text or output.path.endswith(".svg") else b""


def _said_in_public(
    hits: set[bytes], withholding: Withholding, files: Mapping[str, bytes]
) -> set[bytes]:
    """Those of the hits that published sources say in so many words."""
    public: set[bytes] = set()
    for text in _public_texts(withholding, files) if hits else ():
        public |= {hit for hit in hits - public if b" %b " % hit in text or b"/%b" % hit in text}
        if len(public) == len(hits):
            break
    return public


def _public_texts(withholding: Withholding, files: Mapping[str, bytes]) -> Iterator[bytes]:
    """The words of all that is published, the shortest way to say them first."""
    names = country_names(withholding.site.settings.language)
    yield text_words("\n".join(names.values()).encode())
    secret = withholding.sources | {PUBLISHED}
    public = [path for path in files if path not in secret]
    for path in sorted(public, key=lambda path: path.endswith(".md")):
        content = files[path]
        if b"\0" not in content[:1000]:
            plain = undressed(content)
            yield b"%b\n%b" % (words(plain), plain)
    site = withholding.site
    for body in (*(post.text for post in site.posts), *(page.text for page in site.pages)):
        prose = Text.of(body).prose
        yield words("\n".join([prose.html, *prose.fragments.values()]).encode())


def _originals(withholding: Withholding, files: Mapping[str, bytes]) -> dict[bytes, str]:
    """The digests of files that only withheld articles show, and are in no other file."""
    public = {digest(content) for path, content in files.items() if path not in withholding.hidden}
    secret = {digest(files[path]): path for path in sorted(withholding.hidden) if path in files}
    return {key: path for key, path in secret.items() if key not in public}


def _told(
    output: str, leaked: Iterable[Needle], withholding: Withholding, files: Mapping[str, bytes]
) -> Iterator[Diagnostic]:
    """One error for each article of which there is something in an output."""
    by_source: defaultdict[str, list[Needle]] = defaultdict(list)
    for one in leaked:
        by_source[one.source].append(one)
    for source, several in by_source.items():
        first, *_ = several
        words = first.sought.decode("utf-8", "replace")[:_SHOWN]
        kinds = ", ".join(dict.fromkeys(one.what for one in several))
        reason = withholding.reasons.get(source, "shown by no published article")
        yield Diagnostic(
            "leak",
            f"this is {reason}, and yet the site's file {output} holds something of it "
            f"({kinds}: “{words}”)",
            place(source, files[source], first),
            _OF_PICTURE if first.what == "picture" else _OF_WORDS,
        )


def place(source: str, content: bytes, needle: Needle) -> Span:
    """Where an article's file says what was found; the whole file, where it is its name."""
    text = documents.decode(source, content).value
    spans = [(found.start(), found.end()) for found in re.finditer(r"[^\W_]+", text)]
    row = [text[start:end].lower().encode() for start, end in spans]
    sought = needle.sought.replace(b"/", b" ").replace(b"-", b" ").split()
    for length in range(len(sought), 0, -1):  # marks may stand between words of the text
        for start in range(len(row) - length + 1):
            if row[start : start + length] == sought[:length]:
                end = spans[start + length - 1][1]
                return documents.span_at(source, text, spans[start][0], end)
    return Span(source)
