"""What keeps a publication from its target, in words: from what rsync, ssh, git and storage say."""

from __future__ import annotations

import re
from typing import NamedTuple

from aicareers_site.diagnostics import Diagnostic, Span
from aicareers_site.publish_address import BUCKET_RULES


class Failed(Exception):  # noqa: N818
    """A publication cannot go on; ``problems`` say why."""

    def __init__(self, *problems: Diagnostic) -> None:
        super().__init__(*problems)
        self.problems = problems


class _Sign(NamedTuple):
    """What a tool says when it was refused, or (``reached`` false) found nobody to ask."""

    words: re.Pattern[str]
    reached: bool
    hint: str


def _sign(words: str, hint: str, *, reached: bool) -> _Sign:
    return _Sign(re.compile(words, re.IGNORECASE), reached, hint)


_SIGNS = (
    _sign(
        "remote host identification has changed",
        "ask the host's owner whether its key was changed; if so, forget the old one with "
        "ssh-keygen -R and the host's name, then connect once by hand",
        reached=True,
    ),
    _sign(
        "host key verification failed",
        "connect once by hand, compare the key's fingerprint with the host's, and accept it",
        reached=True,
    ),
    _sign(
        "permission denied \\((?!13)|authentication failed|could not read (?:user|pass)|"
        "terminal prompts disabled|invalid credentials|error: 403",
        "check that the user, key or token of this machine may write there",
        reached=True,
    ),
    _sign(
        "no space left|disk quota|file too large",
        "free some space at the target, then publish again",
        reached=True,
    ),
    _sign(
        "exists; cannot create",
        "git has no room for two branches of which one is called like the other with a slash and "
        "more behind it: name another branch",
        reached=True,
    ),
    _sign(
        "rsync: (?:command )?not found|rsync: no such file or directory",
        "install rsync on the host, too",
        reached=True,
    ),
    _sign(
        "mkdir .* failed: no such file or directory",
        "make the folder above it on the host first: publishing makes one folder, not two",
        reached=False,
    ),
    _sign(
        "certificate",
        "check the host's name, and which certificates this machine trusts",
        reached=False,
    ),
    _sign(
        "could not resolve host|name or service not known|temporary failure in name|"
        "nodename nor servname|no address associated",
        "check how the host's name is written",
        reached=False,
    ),
    _sign(
        "connection (?:refused|timed out|reset|closed)|network is unreachable|no route to|"
        "operation timed out|failed to connect|could(?: not|n't) connect",
        "check the network, the host and the port, then publish again",
        reached=False,
    ),
    _sign(
        "repository (?:'.*' )?not found|does not appear to be a git repository|"
        "no such file or directory|does not exist",
        "check how the target is written, and that it is there",
        reached=False,
    ),
    _sign(
        "permission denied|read-only file system|operation not permitted|declined|"
        "protected branch|remote rejected",
        "check that you may write there",
        reached=True,
    ),
)
_AGAIN = (
    "publish again: it goes on from there; if that fails in the same way, do what the message says"
)
_NOISE = re.compile(
    r"rsync error: .*|rsync: connection unexpectedly closed.*|warning: .*|To .*|hint: .*|Done|"
    r"fatal: the remote end hung up.*|error: failed to push some refs.*|"
    r"and the repository exists.*|"
    r"please make sure you have the correct access rights|fatal: could not read from remote.*|",
    re.IGNORECASE,
)


def failure(tool: str, target: str, said: str) -> Diagnostic:
    """The error that ``tool`` has failed at the ``target`` and ``said`` this about it.

    Codes: ``target-unreachable``, ``target-refused``, ``target-failed``.
    """
    lines = [line.strip() for line in said.splitlines()]
    told = [line for line in lines if not _NOISE.fullmatch(line)] or [*filter(None, lines)]
    message = f"{tool}: {'; '.join(dict.fromkeys(told)) or 'failed without a word'}"
    for sign in _SIGNS:
        if sign.words.search(said):
            code = "target-refused" if sign.reached else "target-unreachable"
            return Diagnostic(code, message, Span(target), sign.hint)
    return Diagnostic("target-failed", message, Span(target), _AGAIN)


# What storage of the S3 kind, or boto3, calls what has happened. The first that fits counts.
_STORAGE = (
    (
        "RequestTimeTooSkewed",
        "target-refused",
        "set the clock of this machine: storage refuses what is signed more than a quarter of an "
        "hour too early or too late",
    ),
    (
        "ProfileNotFound",
        "target-refused",
        "let AWS_PROFILE name a profile that is in ~/.aws/config or ~/.aws/credentials, or unset "
        "it",
    ),
    ("Config(?:Parse|NotFound)", "target-refused", "mend this file of AWS's own tools"),
    (
        "Quota|StorageFull|InsufficientStorage",
        "target-refused",
        "free some space at the target, then publish again",
    ),
    (
        "403|AccessDenied|AllAccessDisabled|AccountProblem|InvalidAccessKeyId|"
        "SignatureDoesNotMatch|Credential|Token",
        "target-refused",
        "check the credentials, as AWS's own tools read them, and what they allow",
    ),
    (
        "30[1278]|Redirect|AuthorizationHeaderMalformed|Region|IllegalLocation",
        "target-unreachable",
        "check the bucket's region, which is that of AWS_DEFAULT_REGION, or of ~/.aws/config; for "
        "storage that is not Amazon's, check AWS_ENDPOINT_URL, too",
    ),
    ("InvalidBucketName", "target-unreachable", BUCKET_RULES),
    (
        "404|NoSuchBucket",
        "target-unreachable",
        "check the bucket's name, or make the bucket first: publishing makes none",
    ),
    (
        "InvalidEndpoint",
        "target-unreachable",
        "let AWS_ENDPOINT_URL be a whole address, such as https://storage.example.com",
    ),
    (
        "SSL",
        "target-unreachable",
        "check whether AWS_ENDPOINT_URL begins with https or http, and which certificates this "
        "machine trusts (AWS_CA_BUNDLE)",
    ),
    (
        "Connect|Timeout|Endpoint",
        "target-unreachable",
        "check the network, the region and AWS_ENDPOINT_URL, then publish again",
    ),
    (
        "5[0-9][0-9]|InternalError|ServiceUnavailable|SlowDown|ResponseParser",
        "target-failed",
        "wait a little and publish again: it goes on from there; if that does not help, check "
        "whether AWS_ENDPOINT_URL is the address of a storage of the S3 kind",
    ),
    ("", "target-failed", _AGAIN),
)


def storage_failure(target: str, sign: str, words: str) -> Diagnostic:
    """The error that storage, or what asks it, has failed: ``sign`` is its code for that.

    Codes: ``target-unreachable``, ``target-refused``, ``target-failed``.
    """
    code, hint = next((code, hint) for signs, code, hint in _STORAGE if re.search(signs, sign))
    return Diagnostic(code, f"S3: {words}", Span(target), hint)


def not_ours(target: str, message: str, hint: str) -> Diagnostic:
    """The error that something at the ``target`` was not published by this program."""
    return Diagnostic("target-not-ours", message, Span(target), hint)


def strangers(target: str, paths: list[str], hint: str) -> Failed:
    """The failure that these ``paths`` at the ``target`` are not ours, and needed."""
    message = "'{}' was not put there by a publication, and the site needs its place"
    return Failed(*(not_ours(target, message.format(path), hint) for path in paths))
