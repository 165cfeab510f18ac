"""Publishing to a bucket of storage that speaks S3's language, by boto3."""

from __future__ import annotations

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from aicareers_site import bucket_list, publication
from aicareers_site.diagnostics import Outcome
from aicareers_site.publication import Changes
from aicareers_site.publish_failures import Failed, not_ours, storage_failure, strangers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aicareers_site.bucket_list import Entry
    from aicareers_site.diagnostics import Diagnostic
    from aicareers_site.outputs import Output
    from aicareers_site.publish_address import Bucket
    from aicareers_site.publish_target import Occasion

AT_ONCE = 16
"""How many requests wait for their answers at the same time."""

_ATTEMPTS = 5

_AT_MOST = 1000
"""Objects that one request may delete (S3's DeleteObjects)."""


class S3Target:
    """A bucket, or what is below a prefix in one; ``client`` makes what speaks to the storage."""

    def __init__(self, bucket: Bucket, client: Callable[[], Any] | None = None) -> None:
        self._name = f"s3://{bucket.name}/{bucket.prefix}"
        self._bucket = bucket
        self._client = client or _client

    def publish(self, outputs: Sequence[Output], occasion: Occasion) -> Outcome[Changes]:
        """As :class:`~.publish_target.Target` says.

        Codes: ``target-unreachable``, ``target-refused``, ``target-not-ours``, ``target-failed``.
        """
        new = {output.path: output for output in outputs}
        begun = Changes()
        try:
            with _told(self._name):
                objects = _Objects(self._client(), self._bucket)
                before = self._listed(objects)
                changes = _changes(self._name, objects.tags, before, new)
                if occasion.dry_run or (not changes and before.keys() == new.keys()):
                    return Outcome(changes)
                begun = changes
                _carry_out(objects, changes, before, new, occasion)
        except Failed as failed:
            return Outcome(begun, failed.problems)
        return Outcome(changes)

    def _listed(self, objects: _Objects) -> dict[str, Entry]:
        """What publications have listed."""
        if objects.tags.pop(bucket_list.NAME, None) is None:
            return {}
        listed = bucket_list.read(objects.content(bucket_list.NAME))
        if listed is None:
            message = (
                f"the list of what was published, {bucket_list.NAME}, is damaged, so that nobody "
                "can tell what there belongs to the site"
            )
            hint = (
                "put the list back as it was; or, if there is nothing but the site, delete all "
                "that is there and publish again"
            )
            raise Failed(not_ours(self._name, message, hint))
        return listed


def _changes(
    name: str, tags: Mapping[str, str], before: Mapping[str, Entry], new: Mapping[str, Output]
) -> Changes:
    # In a bucket, one name may be a file and the beginning of others.
    if others := sorted(tags.keys() & new.keys() - before.keys()):
        raise strangers(name, others, "move it within the bucket, or name another prefix")
    changed = {
        path
        for path, output in new.items()
        if not bucket_list.holds(before.get(path), tags.get(path), output)
    }
    return publication.changes(new, changed, before.keys() & tags.keys())


def _carry_out(
    objects: _Objects,
    changes: Changes,
    before: Mapping[str, Entry],
    new: Mapping[str, Output],
    occasion: Occasion,
) -> None:
    """Put and delete, and keep the list, which never names less than there is."""
    entries = dict(before)
    for output in changes.put:
        entries[output.path] = bucket_list.expected(output, before.get(output.path))
    objects.put_list(entries)
    try:
        for _ in occasion.progress(_sent(objects, changes, entries), len(changes)):
            pass
    except BaseException:
        # What has been sent is known without that, but not in every storage.
        with suppress(Exception):
            objects.put_list(entries)
        raise
    objects.put_list({path: entries[path] for path in new})


def _sent(objects: _Objects, changes: Changes, entries: dict[str, Entry]) -> Iterator[str]:
    """The paths that have been put or deleted; ``entries`` learn of the tags."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for step in changes.steps():
                for output, tag in zip(step.put, pool.map(objects.put, step.put), strict=True):
                    entries[output.path] = bucket_list.wanted(output)._replace(tag=tag)
                    yield output.path
                objects.delete(step.delete)
                yield from step.delete
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


class _Objects:
    """The objects below the prefix of a bucket, by path; ``tags`` are those that are there."""

    def __init__(self, client: Any, bucket: Bucket) -> None:
        self._client = client
        self._bucket = bucket
        pages = client.get_paginator("list_objects_v2").paginate(
            Bucket=bucket.name, Prefix=bucket.prefix
        )
        self.tags: dict[str, str] = {
            found["Key"].removeprefix(bucket.prefix): found["ETag"].strip('"')
            for page in pages
            for found in page.get("Contents", ())
        }

    def content(self, path: str) -> bytes:
        """The bytes of an object."""
        found = self._client.get_object(Bucket=self._bucket.name, Key=self._bucket.prefix + path)
        content: bytes = found["Body"].read()
        return content

    def put(self, output: Output) -> str:
        """Send the output with its headers; its tag."""
        return self._put(
            output.path,
            output.content(),
            # The storage takes no bytes but those that the build has made.
            ChecksumSHA256=b64encode(output.digest).decode(),
            **bucket_list.headers(output.path),
        )

    def put_list(self, entries: Mapping[str, Entry]) -> None:
        """Give the bucket its list."""
        self._put(bucket_list.NAME, bucket_list.written(entries), CacheControl="no-store")

    def _put(self, path: str, content: bytes, **options: str) -> str:
        answer = self._client.put_object(
            Bucket=self._bucket.name, Key=self._bucket.prefix + path, Body=content, **options
        )
        tag: str = answer["ETag"].strip('"')
        return tag

    def delete(self, paths: Sequence[str]) -> None:
        """Delete objects; it is no fault if one is gone already."""
        for start in range(0, len(paths), _AT_MOST):
            keys = [{"Key": self._bucket.prefix + path} for path in paths[start : start + _AT_MOST]]
            answer = self._client.delete_objects(
                Bucket=self._bucket.name, Delete={"Objects": keys, "Quiet": True}
            )
            for error in answer.get("Errors", ()):
                raise _NotDeletedError(error.get("Code", ""), error.get("Message", ""))


class _NotDeletedError(Exception):
    """The storage did not delete an object; it says a code and a message."""


class _NoEndpointError(Exception):
    """What should be the storage's address is none."""


def _client() -> Any:
    from boto3.session import Session
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError

    retries = {"mode": "standard", "total_max_attempts": _ATTEMPTS}
    session = Session()
    try:
        return session.client("s3", config=Config(max_pool_connections=AT_ONCE, retries=retries))
    except BotoCoreError:
        raise  # Some of them are ValueErrors.
    except ValueError as error:
        raise _NoEndpointError(str(error)) from error


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Tells what boto3 raises in words."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        said = error.response.get("Error", {})
        raise Failed(_refusal(name, said.get("Code", ""), said.get("Message", ""))) from error
    except _NotDeletedError as error:
        raise Failed(_refusal(name, *error.args)) from error
    except _NoEndpointError as error:
        raise Failed(storage_failure(name, "InvalidEndpoint", str(error))) from error
    except BotoCoreError as error:
        raise Failed(storage_failure(name, type(error).__name__, str(error))) from error


def _refusal(name: str, code: str, message: str) -> Diagnostic:
    """What the storage itself says: a code, and perhaps a message."""
    return storage_failure(name, code, f"{message} ({code})" if message else code)
