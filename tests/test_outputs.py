"""Files of a site as values."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.outputs import Output, digest


@given(st.binary())
def test_an_output_has_its_bytes_and_their_digest(content: bytes) -> None:
    output = Output.of("blog/index.html", content)

    assert output.path == "blog/index.html"
    assert output.content() == content
    assert output.digest == digest(content)


def test_the_digest_is_sha_256() -> None:
    # The first example of FIPS 180-2, appendix B.1.
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    assert digest(b"abc").hex() == expected
    assert digest(b"abc") == hashlib.sha256(b"abc").digest()


def test_bytes_are_not_fetched_before_somebody_asks() -> None:
    fetched: list[str] = []

    def content() -> bytes:
        fetched.append("fetched")
        return b"x"

    output = Output("a", digest(b"x"), content)

    assert fetched == []
    assert output.content() == b"x"
    assert fetched == ["fetched"]
