"""Bodies of results: bytes that are here, or can be fetched."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from aicareers_site.outputs import digest
from aicareers_site.results import Body, Held, Made


class Fetched(Body):
    """A body that counts how often it was fetched."""

    __slots__ = ("times",)

    def __init__(self, content: bytes) -> None:
        super().__init__(digest(content))
        self.times = 0

    def content(self) -> bytes:
        self.times += 1
        return b"from far away"


@given(st.binary())
def test_a_body_in_memory_knows_its_digest(content: bytes) -> None:
    assert Held(content).content() == content
    assert Held(content).digest == digest(content)


def test_a_digest_that_is_known_is_not_taken_again() -> None:
    assert Held(b"content", b"known").digest == b"known"


def test_a_body_that_is_sent_takes_its_bytes_along() -> None:
    body = Fetched(b"from far away")
    sent = pickle.loads(pickle.dumps(body))
    assert body.times == 1
    assert (sent.content(), sent.digest) == (b"from far away", body.digest)
    assert body.times == 1


def test_nobody_fetches_a_body_for_its_digest() -> None:
    body = Fetched(b"from far away")
    assert body.digest == digest(b"from far away")
    assert body.times == 0


def test_a_result_without_a_body_has_an_empty_one() -> None:
    assert Made("head") == Made("head", b"")
