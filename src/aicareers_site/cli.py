"""The command line: arguments, messages, exit codes.

Exit codes: 0 built, checked or published; 1 errors in content, templates or data, or at the place
to publish to; 2 wrong usage or configuration.
"""

from __future__ import annotations

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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aicareers")
def main() -> None:
    """Build a static site for a statistics-heavy blog from Markdown articles."""


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
