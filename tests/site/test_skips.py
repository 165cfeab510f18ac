"""Where all tests must run, a skipped one fails and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.site.built import PROJECT

if TYPE_CHECKING:
    import pytest

SKIPS = """
import pytest

def test_skipped() -> None:
    pytest.skip("no browser here")

@pytest.mark.xfail
def test_known_to_fail() -> None:
    assert False
"""
SKIPS_ALTOGETHER = 'import pytest\npytest.skip("no Java here", allow_module_level=True)'


def test_a_skipped_test_passes_where_tools_may_lack(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AICAREERS_REQUIRE_ALL", raising=False)
    run(pytester, SKIPS).assert_outcomes(skipped=1, xfailed=1)


def test_a_skipped_test_fails_where_all_must_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AICAREERS_REQUIRE_ALL", "1")
    result = run(pytester, SKIPS)
    result.assert_outcomes(failed=1, xfailed=1)
    result.stdout.fnmatch_lines(["AICAREERS_REQUIRE_ALL=1 allows no skipped test.*no browser here"])


def test_a_skipped_module_fails_where_all_must_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AICAREERS_REQUIRE_ALL", "1")
    result = run(pytester, SKIPS_ALTOGETHER)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["AICAREERS_REQUIRE_ALL=1 allows no skipped test.*no Java here"])


def run(pytester: pytest.Pytester, module: str) -> pytest.RunResult:
    """Run a test module under this project's conftest.py."""
    pytester.makeconftest((PROJECT / "tests/conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(module)
    return pytester.runpytest_inprocess("-p", "no:cacheprovider")
