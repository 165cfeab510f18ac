"""Which files an index has, in what order things stand in them, and how they are kept as one."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicareers_site import cbor
from aicareers_site.outputs import digest
from aicareers_site.results import Held, Result
from aicareers_site.search_index import outputs, packed, settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIGNATURE = b"pagefind_dcd"
FILTERS: dict[str, dict[str, list[int]]] = {
    "country": {"Canada": [0, 1], "Germany": [1]},
    "year": {"2025": [0], "2026": [1]},
}


def file(item: cbor.Item) -> bytes:
    return gzip.compress(SIGNATURE + cbor.encoded(item))


def item(content: bytes) -> cbor.Item:
    assert content.startswith(SIGNATURE)
    return cbor.decoded(content.removeprefix(SIGNATURE))


def made(
    names: Sequence[str] = ("country", "year"), *, backwards: bool = False
) -> dict[str, bytes]:
    """Files as Pagefind makes them, with the filters in this order."""
    files = {
        "pagefind.js": b"script",
        "pagefind-ui.js": b"not ours",
        "pagefind-worker.js": b"not used",
        "wasm.en.pagefind": b"program",
        "wasm.unknown.pagefind": b"another program",
        "fragment/en_1.pf_fragment": b"page",
        "index/en_2.pf_index": b"words",
    }
    listed: list[cbor.Item] = []
    for place, name in enumerate(names):
        values: list[cbor.Item] = [[value, [*pages]] for value, pages in FILTERS[name].items()]
        files[f"filter/en_{place}.pf_filter"] = file([name, values[::-1] if backwards else values])
        listed.append([name, f"en_{place}"])
    files["pagefind.en_m.pf_meta"] = file(["1.5.2", [["en_1", 9]], [], listed, [], ["title"]])
    entry = {"version": "1.5.2", "languages": {"en": {"hash": "en_m", "wasm": "en"}}}
    files["pagefind-entry.json"] = json.dumps(entry).encode()
    return files


def overview(files: Mapping[str, bytes]) -> list[Any]:
    known = json.loads(files["pagefind-entry.json"])["languages"]["en"]
    found = item(files[f"pagefind.{known['hash']}.pf_meta"])
    assert isinstance(found, list)
    return found


def test_only_what_the_script_loads_is_kept() -> None:
    assert sorted(path.partition("_")[0] for path in settled(made())) == [
        "filter/en",
        "filter/en",
        "fragment/en",
        "index/en",
        "pagefind-entry.json",
        "pagefind.en",
        "pagefind.js",
        "wasm.en.pagefind",
    ]


def test_a_language_without_a_program_of_its_own_has_the_one_for_all() -> None:
    files = made()
    entry = files["pagefind-entry.json"].replace(b'"wasm": "en"', b'"wasm": null')
    kept = settled({**files, "pagefind-entry.json": entry})
    assert [path for path in kept if path.startswith("wasm")] == ["wasm.unknown.pagefind"]


def test_each_file_is_named_by_what_leads_to_it() -> None:
    files = settled(made())
    version, pages, _, listed, *_ = overview(files)
    assert (version, pages) == ("1.5.2", [["en_1", 9]])
    found = {name: item(files[f"filter/{known}.pf_filter"]) for name, known in listed}
    assert found == {
        name: [name, [[value, pages] for value, pages in values.items()]]
        for name, values in FILTERS.items()
    }


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("names", [("country", "year"), ("year", "country")])
def test_the_order_of_filters_and_values_does_not_show(
    names: tuple[str, str], backwards: bool
) -> None:
    assert settled(made(names, backwards=backwards)) == settled(made())


def test_another_filter_has_another_name_and_so_has_what_lists_it() -> None:
    one, other = settled(made()), settled(made(("country",)))
    gone, new = one.keys() - other.keys(), other.keys() - one.keys()
    assert sorted(path.partition("_")[0] for path in gone) == ["filter/en", "pagefind.en"]
    assert [path.partition("_")[0] for path in new] == ["pagefind.en"]


@pytest.mark.parametrize("path", ["pagefind-entry.json", "pagefind.en_m.pf_meta"])
def test_damaged_files_are_an_error(path: str) -> None:
    with pytest.raises((ValueError, OSError)):
        settled({**made(), path: b"damaged"})


@pytest.mark.parametrize(
    "path",
    [
        *("pagefind-entry.json", "pagefind.en_m.pf_meta", "pagefind.js"),
        *("filter/en_0.pf_filter", "wasm.en.pagefind"),
    ],
)
def test_what_the_script_would_miss_is_an_error(path: str) -> None:
    files = made()
    del files[path]
    with pytest.raises(KeyError):
        settled(files)


@given(st.dictionaries(st.text(min_size=1), st.binary()))
def test_files_are_packed_and_unpacked(files: dict[str, bytes]) -> None:
    head, body = packed(files)
    found = outputs(Result(head, Held(body)))
    assert {output.path: output.content() for output in found} == {
        f"pagefind/{path}": content for path, content in files.items()
    }
    assert all(output.digest == digest(output.content()) for output in found)


class Fetched(Held):
    """A body that counts how often it is asked for."""

    times = 0

    def content(self) -> bytes:
        type(self).times += 1
        return super().content()


def test_what_is_packed_is_fetched_once_and_only_if_somebody_asks() -> None:
    head, body = packed({"a": b"1", "b": b"22"})
    found = outputs(Result(head, Fetched(body)))
    assert Fetched.times == 0
    assert [output.content() for output in found] == [b"1", b"22"]
    assert Fetched.times == 1
