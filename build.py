"""Build the site: ``python build.py [OPTION]...`` is ``aicareers build [OPTION]...``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
PYTHON = PROJECT / ".venv/bin/python"


def main() -> None:
    """Run the command; it ends the process with its exit code.

    Outside a virtual environment, the one that ``make site`` has set up is used, if there is one.
    """
    if sys.prefix == sys.base_prefix and PYTHON.exists():
        os.execv(PYTHON, [str(PYTHON), str(PROJECT / "build.py"), *sys.argv[1:]])
    # Always this folder's code, whatever else may be installed.
    sys.path.insert(0, str(PROJECT / "src"))
    try:
        from aicareers_site.cli import main as aicareers

        aicareers(["build", *sys.argv[1:]], prog_name="aicareers")
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("aicareers_site"):
            raise
        print(
            f"build.py: {sys.executable} has no module '{missing.name}'. Run 'make site' once, "
            "or install requirements/runtime.txt.",
            file=sys.stderr,
        )
        sys.exit(2)


if __name__ == "__main__":
    main()
