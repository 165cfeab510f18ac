"""Build the site: ``python build.py [OPTION]...`` is ``aicareers build [OPTION]...``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
ENVIRONMENT = PROJECT / ".venv"


def main() -> None:
    """Run the command; it ends the process with its exit code."""
    # Always this folder's code, whatever else may be installed.
    sys.path.insert(0, str(PROJECT / "src"))
    try:
        from aicareers_site.cli import main as aicareers
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("aicareers_site"):
            raise
        _use_environment(missing.name or "")
    else:
        aicareers(["build", *sys.argv[1:]], prog_name="aicareers")


def _use_environment(missing: str) -> None:
    """Start again with the Python that ``make site`` has set up, if there is one."""
    python = ENVIRONMENT / "bin/python"
    if python.exists() and Path(sys.prefix) != ENVIRONMENT:
        os.execv(python, [str(python), str(PROJECT / "build.py"), *sys.argv[1:]])
    print(
        f"build.py: {sys.executable} has no module '{missing}'. Run 'make site' once, "
        "or install requirements/runtime.txt.",
        file=sys.stderr,
    )
    sys.exit(2)


if __name__ == "__main__":
    main()
