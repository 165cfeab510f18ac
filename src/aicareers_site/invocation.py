"""How this command is called, for words that people copy."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

_NAME = "aicareers"


def command() -> str:
    """What to write in a shell for this command, where it was called: its name, if the shell finds
    that, else its path or its module, as they were written.
    """
    if shutil.which(_NAME):
        return _NAME
    if Path(sys.argv[0]).stem == _NAME:
        return shlex.quote(sys.argv[0])
    return f"{shlex.quote(sys.orig_argv[0])} -m {__package__}"
