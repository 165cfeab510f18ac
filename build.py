"""Build the site: ``python build.py [OPTION]...`` is ``aicareers build [OPTION]...``.

It runs the code in this folder, whether or not the package is installed.
"""

from __future__ import annotations

import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "src"


def main() -> None:
    """Run the command, which ends the process with its exit code."""
    sys.path.insert(0, str(SOURCES))
    try:
        from aicareers_site.cli import main as aicareers
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("aicareers_site"):
            raise
        print(
            f"build.py: {sys.executable} has no module '{missing.name}'. Run 'make site' once, "
            "then '.venv/bin/python build.py', or install requirements/runtime.txt.",
            file=sys.stderr,
        )
        sys.exit(2)
    aicareers(["build", *sys.argv[1:]], prog_name="aicareers")


if __name__ == "__main__":
    main()
