"""What tools say, in words that help."""

from __future__ import annotations

import pytest

from aicareers_site.publish_failures import failure


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
        ("something new", "target-failed", "something new", "publish again"),
        ("", "target-failed", "failed without a word", "publish again"),
        (
            "rsync error: alone (code 1)",
            "target-failed",
            "rsync error: alone (code 1)",
            "publish again",
        ),
    ],
)
def test_what_a_tool_says_becomes_a_problem(said: str, code: str, message: str, hint: str) -> None:
    problem = failure("tool", "the target", said)
    assert problem.code == code
    assert problem.message == f"tool: {message}"
    assert hint in problem.hint
    assert problem.span.path == "the target"
