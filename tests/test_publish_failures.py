"""What tools say, in words that help."""

from __future__ import annotations

import pytest

from aicareers_site.publish_address import BUCKET_RULES
from aicareers_site.publish_failures import failure, storage_failure

AGAIN = (
    "publish again: it goes on from there; if that fails in the same way, do what the message says"
)
REGION = (
    "check the bucket's region, which is that of AWS_DEFAULT_REGION, or of ~/.aws/config; for "
    "storage that is not Amazon's, check AWS_ENDPOINT_URL, too"
)
CREDENTIALS = "check the credentials, as AWS's own tools read them, and what they allow"
LATER = (
    "wait a little and publish again: it goes on from there; if that does not help, check whether "
    "AWS_ENDPOINT_URL is the address of a storage of the S3 kind"
)


@pytest.mark.parametrize(
    ("said", "code", "message", "hint"),
    [
        (
            "me@example.com: Permission denied (publickey).\r\n"
            "rsync: connection unexpectedly closed (0 bytes received so far) [sender]\n"
            "rsync error: unexplained error (code 255) at io.c(226) [sender=3.2.7]\n",
            "target-refused",
            "me@example.com: Permission denied (publickey).",
            "user, key or token",
        ),
        (
            'rsync: [receiver] mkstemp "/srv/.x" failed: Permission denied (13)\n'
            "rsync error: some files could not be transferred (code 23)\n",
            "target-refused",
            'rsync: [receiver] mkstemp "/srv/.x" failed: Permission denied (13)',
            "may write there",
        ),
        (
            'rsync: [receiver] write failed on "/srv/a": No space left on device (28)',
            "target-refused",
            'rsync: [receiver] write failed on "/srv/a": No space left on device (28)',
            "free some space",
        ),
        (
            "ssh: Could not resolve hostname exmaple.com: Name or service not known",
            "target-unreachable",
            "ssh: Could not resolve hostname exmaple.com: Name or service not known",
            "host's name",
        ),
        (
            "fatal: Authentication failed for 'https://example.com/site.git/'",
            "target-refused",
            "fatal: Authentication failed for 'https://example.com/site.git/'",
            "user, key or token",
        ),
        (
            "bash: line 1: rsync: command not found\n"
            "rsync: connection unexpectedly closed (0 bytes received so far) [sender]\n"
            "rsync error: error in rsync protocol data stream (code 12) at io.c(231)\n",
            "target-refused",
            "bash: line 1: rsync: command not found",
            "install rsync on the host, too",
        ),
        (
            'rsync: [Receiver] mkdir "/srv/a/site" failed: No such file or directory (2)\n'
            "rsync error: error in file IO (code 11) at main.c(793)\n",
            "target-unreachable",
            'rsync: [Receiver] mkdir "/srv/a/site" failed: No such file or directory (2)',
            "make the folder above it on the host first",
        ),
        (
            "! [remote rejected] (failed to update ref)\n"
            "remote: error: cannot lock ref 'refs/heads/live/new': 'refs/heads/live' exists; "
            "cannot create 'refs/heads/live/new'\n",
            "target-refused",
            "! [remote rejected] (failed to update ref); remote: error: cannot lock ref "
            "'refs/heads/live/new': 'refs/heads/live' exists; cannot create 'refs/heads/live/new'",
            "name another branch",
        ),
        (
            "fatal: unable to access 'https://example.com/': server certificate verification "
            "failed. CAfile: none CRLfile: none",
            "target-unreachable",
            "fatal: unable to access 'https://example.com/': server certificate verification "
            "failed. CAfile: none CRLfile: none",
            "which certificates this machine trusts",
        ),
        ("something new", "target-failed", "something new", AGAIN),
        ("", "target-failed", "failed without a word", AGAIN),
        ("rsync error: alone (code 1)", "target-failed", "rsync error: alone (code 1)", AGAIN),
    ],
)
def test_what_a_tool_says_becomes_a_problem(said: str, code: str, message: str, hint: str) -> None:
    problem = failure("tool", "the target", said)
    assert problem.code == code
    assert problem.message == f"tool: {message}"
    assert hint in problem.hint
    assert problem.span.path == "the target"


@pytest.mark.parametrize(
    ("sign", "code", "hint"),
    [
        ("PermanentRedirect", "target-unreachable", REGION),
        ("TemporaryRedirect", "target-unreachable", REGION),
        ("301", "target-unreachable", REGION),
        ("AuthorizationHeaderMalformed", "target-unreachable", REGION),
        ("IllegalLocationConstraintException", "target-unreachable", REGION),
        ("InvalidRegionError", "target-unreachable", REGION),
        ("InvalidBucketName", "target-unreachable", BUCKET_RULES),
        (
            "NoSuchBucket",
            "target-unreachable",
            "check the bucket's name, or make the bucket first: publishing makes none",
        ),
        ("AccessDenied", "target-refused", CREDENTIALS),
        ("ExpiredToken", "target-refused", CREDENTIALS),
        ("SignatureDoesNotMatch", "target-refused", CREDENTIALS),
        ("NoCredentialsError", "target-refused", CREDENTIALS),
        (
            "RequestTimeTooSkewed",
            "target-refused",
            "set the clock of this machine: storage refuses what is signed more than a quarter of "
            "an hour too early or too late",
        ),
        (
            "QuotaExceeded",
            "target-refused",
            "free some space at the target, then publish again",
        ),
        (
            "ConnectTimeoutError",
            "target-unreachable",
            "check the network, the region and AWS_ENDPOINT_URL, then publish again",
        ),
        ("SlowDown", "target-failed", LATER),
        ("500", "target-failed", LATER),
        ("SomethingNew", "target-failed", AGAIN),
    ],
)
def test_what_storage_says_becomes_a_problem(sign: str, code: str, hint: str) -> None:
    problem = storage_failure("s3://a-bucket/", sign, f"No ({sign})")
    assert (problem.code, problem.message, problem.hint) == (code, f"S3: No ({sign})", hint)
    assert problem.span.path == "s3://a-bucket/"
