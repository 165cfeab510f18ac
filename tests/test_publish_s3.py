"""Publishing to a server on this machine that speaks S3's language over HTTP."""

from __future__ import annotations

import json
import threading
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from click.testing import CliRunner
from moto.server import ThreadedMotoServer

from aicareers_site import bucket_list, publish_s3, serving
from aicareers_site.cli import main
from aicareers_site.publish_address import Bucket
from aicareers_site.publish_s3 import S3Target
from tests.samples import lay_out, post, sources
from tests.site_states import EDGES, NEW, OLD, check_whole, files, occasion, outputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from aicareers_site.diagnostics import Outcome
    from aicareers_site.publication import Changes

LIST = ".aicareers-files.json"
NAME = "a-bucket"


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """The address of the server."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


class Storage:
    """A client of the server with an empty bucket. Of the requests that change anything, the one
    ``at`` fails: it is not sent, or (``after``) its answer is lost.
    """

    def __init__(self, address: str) -> None:
        self.client = boto3.client(
            "s3", endpoint_url=address, config=Config(retries={"total_max_attempts": 1})
        )
        self.client.create_bucket(Bucket=NAME)
        self.at = 0
        self.after = False
        self.requests: list[str] = []
        self._lock = threading.Lock()
        for call in ("PutObject", "DeleteObjects"):
            self.client.meta.events.register(f"before-call.s3.{call}", self._before)
            self.client.meta.events.register(f"after-call.s3.{call}", self._after)

    def _before(self, model: Any, **_: Any) -> None:
        with self._lock:
            self.requests.append(model.name)
            if len(self.requests) == self.at and not self.after:
                raise KeyboardInterrupt

    def _after(self, **_: Any) -> None:
        with self._lock:
            if len(self.requests) >= self.at > 0 and self.after:
                self.at = 0
                raise KeyboardInterrupt

    def publish(
        self, site: Mapping[str, str], prefix: str = "", *, dry_run: bool = False
    ) -> Outcome[Changes]:
        target = S3Target(Bucket(NAME, prefix), lambda: self.client)
        return target.publish(outputs(site), occasion(dry_run=dry_run))

    def published(self, site: Mapping[str, str], prefix: str = "") -> tuple[int, int, int]:
        outcome = self.publish(site, prefix)
        assert outcome.diagnostics == ()
        return outcome.value.counts

    def objects(self) -> dict[str, bytes]:
        found = self.client.list_objects_v2(Bucket=NAME).get("Contents", ())
        return {one["Key"]: self.get(one["Key"])["Body"].read() for one in found}

    def held(self) -> dict[str, bytes]:
        return {key: text for key, text in self.objects().items() if not key.endswith(LIST)}

    def get(self, key: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.client.get_object(Bucket=NAME, Key=key)
        return answer

    def clear(self) -> None:
        found = self.client.list_objects_v2(Bucket=NAME).get("Contents", ())
        if keys := [{"Key": one["Key"]} for one in found]:
            self.client.delete_objects(Bucket=NAME, Delete={"Objects": keys})


@pytest.fixture
def bucket(storage: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", storage)
    for variable in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(variable, "/dev/null")
    found = Storage(storage)
    yield found
    found.at = 0
    found.clear()
    found.client.delete_bucket(Bucket=NAME)


def codes(outcome: Outcome[Changes]) -> list[str]:
    return [problem.code for problem in outcome.diagnostics]


def test_a_bucket_gets_the_site_and_then_what_changes(bucket: Storage) -> None:
    assert bucket.published(OLD) == (len(OLD), 0, 0)
    assert bucket.held() == files(OLD)
    bucket.published(EDGES)
    assert bucket.held() == files(EDGES)
    bucket.requests.clear()
    assert bucket.published(EDGES) == (0, len(EDGES), 0)
    assert bucket.requests == []


def test_objects_are_served_with_their_headers(bucket: Storage) -> None:
    bucket.published(NEW)
    for path in NEW:
        assert bucket.get(path)["ContentType"] == serving.content_type(path)
        assert bucket.get(path)["CacheControl"] == serving.cache_control(path)
    assert bucket.get("index.html")["ContentType"] == "text/html; charset=utf-8"
    assert bucket.get("feed.xml")["ContentType"] == "application/rss+xml"


def test_changed_headers_are_sent_with_the_same_bytes(
    bucket: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.published(NEW)
    original = bucket_list.headers
    monkeypatch.setattr(
        bucket_list,
        "headers",
        lambda path: original(path) | ({"CacheControl": "no-cache"} if path == "feed.xml" else {}),
    )
    assert bucket.published(NEW) == (1, len(NEW) - 1, 0)
    assert bucket.get("feed.xml")["CacheControl"] == "no-cache"
    assert bucket.published(NEW) == (0, len(NEW), 0)


def test_a_prefix_is_a_site_of_its_own(bucket: Storage) -> None:
    bucket.published(OLD, "old/")
    bucket.published(NEW, "new/")
    bucket.published({"index.html": "root"})
    bucket.published({}, "old/")
    assert bucket.held() == {f"new/{path}": text for path, text in files(NEW).items()} | {
        "index.html": b"root"
    }


def test_damaged_and_missing_objects_are_sent_again(bucket: Storage) -> None:
    bucket.published(NEW)
    bucket.client.put_object(Bucket=NAME, Key="index.html", Body=b"damaged")
    bucket.client.delete_object(Bucket=NAME, Key="feed.xml")
    assert bucket.published(NEW) == (2, len(NEW) - 2, 0)
    assert bucket.held() == files(NEW)


def test_a_dry_run_changes_nothing(bucket: Storage) -> None:
    bucket.published(OLD)
    before = bucket.objects()
    planned = bucket.publish(NEW, dry_run=True)
    assert bucket.objects() == before
    assert bucket.publish(NEW) == planned


def test_what_others_put_there_is_left_alone(bucket: Storage) -> None:
    bucket.client.put_object(Bucket=NAME, Key="logs/1.txt", Body=b"theirs")
    bucket.published(OLD)
    bucket.client.put_object(Bucket=NAME, Key="extra.html", Body=b"theirs")
    before = bucket.objects()
    (problem,) = bucket.publish({**NEW, "extra.html": "ours"}).diagnostics
    assert (problem.code, problem.message, problem.hint) == (
        "target-not-ours",
        "'extra.html' was not put there by a publication, and the site needs its place",
        "move it within the bucket, or name another prefix",
    )
    assert bucket.objects() == before
    bucket.published(NEW)
    assert bucket.held() == {**files(NEW), "extra.html": b"theirs", "logs/1.txt": b"theirs"}
    bucket.client.put_object(Bucket=NAME, Key=LIST, Body=b"{}")
    assert codes(bucket.publish(OLD)) == ["target-not-ours"]


@pytest.mark.parametrize(("after", "step"), [(False, 1), (True, 3)])
def test_a_failure_at_any_step_leaves_a_whole_site(
    bucket: Storage, *, after: bool, step: int
) -> None:
    at, failed = 1, True
    while failed:
        bucket.clear()
        bucket.published(OLD)
        bucket.requests.clear()
        bucket.at, bucket.after = at, after

        failed = interrupted(bucket)

        bucket.at, sent = 0, len(bucket.requests)
        found = bucket.held()
        check_whole(found, OLD, NEW)
        # What has arrived is not sent again.
        assert bucket.published(NEW)[0] == len(files(NEW).items() - found.items())
        assert bucket.held() == files(NEW)
        assert bucket.published(NEW) == (0, len(NEW), 0)
        at += step
    assert at > sent > len(NEW) - 2


def interrupted(bucket: Storage) -> bool:
    try:
        bucket.published(NEW)
    except KeyboardInterrupt:
        return True
    return False


def test_a_storage_with_other_tags_gets_nothing_twice(
    bucket: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where objects are encrypted by keys of one's own, no tag is the MD5 of what was sent."""
    monkeypatch.setattr(bucket_list, "md5", lambda *_, **__: sha256(b"another"))
    bucket.published(NEW)
    assert bucket.published(NEW) == (0, len(NEW), 0)


def test_many_objects_are_deleted_in_parts(
    bucket: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish_s3, "_AT_MOST", 3)
    bucket.published(OLD)
    bucket.published({"index.html": "new"})
    assert bucket.held() == {"index.html": b"new"}


def test_a_bucket_that_is_not_there_is_told(bucket: Storage) -> None:
    outcome = S3Target(Bucket("another-bucket")).publish(outputs(NEW), occasion())
    assert codes(outcome) == ["target-unreachable"]
    assert "bucket's name" in outcome.diagnostics[0].hint


def test_a_storage_that_is_not_there_is_told(
    bucket: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setattr(publish_s3, "_ATTEMPTS", 1)
    outcome = S3Target(Bucket(NAME)).publish(outputs(NEW), occasion())
    assert codes(outcome) == ["target-unreachable"]


@pytest.mark.parametrize(
    ("variable", "value", "code", "message", "hint"),
    [
        (
            "AWS_PROFILE",
            "nobody",
            "target-refused",
            "The config profile (nobody) could not be found",
            "let AWS_PROFILE name a profile",
        ),
        (
            "AWS_ENDPOINT_URL",
            "storage.example",
            "target-unreachable",
            "Invalid endpoint: storage.example",
            "let AWS_ENDPOINT_URL be a whole address",
        ),
        (
            "AWS_DEFAULT_REGION",
            "not a region",
            "target-unreachable",
            "Provided region_name 'not a region' doesn't match a supported format.",
            "check the bucket's region, which is that of AWS_DEFAULT_REGION",
        ),
        (
            "AWS_CONFIG_FILE",
            __file__,
            "target-refused",
            f"Unable to parse config file: {__file__}",
            "mend this file of AWS's own tools",
        ),
    ],
)
def test_a_wrong_variable_is_named(
    bucket: Storage,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    code: str,
    message: str,
    hint: str,
) -> None:
    monkeypatch.setenv(variable, value)
    (problem,) = S3Target(Bucket(NAME)).publish(outputs(NEW), occasion()).diagnostics
    assert (problem.code, problem.message) == (code, f"S3: {message}")
    assert problem.hint.startswith(hint)


def test_an_address_without_encryption_is_told(
    bucket: Storage, storage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", storage.replace("http:", "https:"))
    monkeypatch.setattr(publish_s3, "_ATTEMPTS", 1)
    (problem,) = S3Target(Bucket(NAME)).publish(outputs(NEW), occasion()).diagnostics
    assert problem.code == "target-unreachable"
    assert problem.message.startswith("S3: SSL validation failed")
    assert problem.hint.startswith("check whether AWS_ENDPOINT_URL begins with https or http")


def test_a_damaged_list_is_told(bucket: Storage) -> None:
    bucket.published(OLD)
    bucket.client.put_object(Bucket=NAME, Key=LIST, Body=b"[]")
    (problem,) = bucket.publish(NEW).diagnostics
    assert (problem.code, problem.message, problem.hint) == (
        "target-not-ours",
        f"the list of what was published, {LIST}, is damaged, so that nobody can tell what there "
        "belongs to the site",
        "put the list back as it was; or, if there is nothing but the site, delete all that is "
        "there and publish again",
    )
    assert bucket.held() == files(OLD)


def test_missing_credentials_are_told(bucket: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(variable)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    outcome = S3Target(Bucket(NAME)).publish(outputs(NEW), occasion())
    assert codes(outcome) == ["target-refused"]
    assert "credentials" in outcome.diagnostics[0].message


def test_the_command_publishes_to_storage(bucket: Storage, tmp_path: Path) -> None:
    lay_out(sources({"articles/a.md": post()}), tmp_path)
    command = ["publish", f"s3://{NAME}/site", "--root", str(tmp_path), "--jobs", "1"]

    first = CliRunner().invoke(main, command)
    second = CliRunner().invoke(main, command)

    assert (first.exit_code, second.exit_code) == (0, 0), first.stderr
    assert second.stdout.startswith(f"s3://{NAME}/site: 0 files written, ")
    page = bucket.get("site/blog/a/index.html")
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    style = next(path for path in published_paths(tmp_path) if serving.is_immutable(path))
    assert "immutable" in bucket.get(f"site/{style}")["CacheControl"]


def published_paths(root: Path) -> list[str]:
    command = ["publish", str(root / "live"), "--root", str(root), "--jobs", "1", "--format=json"]
    report = json.loads(CliRunner().invoke(main, command).stdout)
    return [*report["put"]]


def test_what_is_denied_is_told(bucket: Storage) -> None:
    bucket.published(OLD)

    def deny(**_: Any) -> Any:
        class Answer:
            status_code = 403

        return Answer(), {
            "Error": {"Code": "AccessDenied", "Message": "No"},
            "ResponseMetadata": {},
        }

    bucket.client.meta.events.register("before-call.s3.PutObject", deny)
    outcome = bucket.publish(NEW)
    assert codes(outcome) == ["target-refused"]
    assert outcome.diagnostics[0].message == "S3: No (AccessDenied)"
    assert bucket.held() == files(OLD)
