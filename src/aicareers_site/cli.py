"""The command line: arguments, messages, exit codes.

Exit codes: 0 built, checked or published; 1 errors in content, templates or data, or at the place
to publish to; 2 wrong usage or configuration.
"""

from __future__ import annotations

import errno
from typing import Any

import click

from aicareers_site import __version__
from aicareers_site.build_command import build_command
from aicareers_site.check_command import check_command
from aicareers_site.diff_command import diff_command
from aicareers_site.explain_command import explain_command
from aicareers_site.init_command import init_command
from aicareers_site.new_command import new_command
from aicareers_site.publish_command import publish_command
from aicareers_site.schema_command import schema_command
from aicareers_site.serve_command import serve_command
from aicareers_site.server_config_command import server_config_command
from aicareers_site.upcoming_command import upcoming_command


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OSError as error:
            # What is printed may go into a file, too.
            if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
                raise
            message = f"{error.strerror}: free some space, then do the same again."
            raise click.ClickException(message) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aicareers")
def main() -> None:
    """Build a static site for a statistics-heavy blog from Markdown articles.

    Begin with 'aicareers init FOLDER'. In that folder, 'aicareers serve' shows the site while you
    write, 'aicareers check' tells what is wrong, and 'aicareers build' makes the site's files.
    """


main.add_command(build_command)
main.add_command(check_command)
main.add_command(diff_command)
main.add_command(explain_command)
main.add_command(init_command)
main.add_command(new_command)
main.add_command(publish_command)
main.add_command(schema_command)
main.add_command(serve_command)
main.add_command(server_config_command)
main.add_command(upcoming_command)
