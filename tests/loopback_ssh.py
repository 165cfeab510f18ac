"""An ssh server on this machine's loopback, with keys of its own, for tests to log in to."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "loopback-for-tests"

# With a home of its own, shells read nothing that the user has them do at their start.
_SERVER = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
SetEnv HOME={folder}
"""

# One connection serves all runs of a test, which so takes less time.
_CLIENT = """\
Host {host}
  HostName 127.0.0.1
  Port {port}
  User {user}
  IdentityFile {folder}/{key}
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {folder}/{known}
  GlobalKnownHostsFile none
  StrictHostKeyChecking yes
  BatchMode yes
  ControlMaster auto
  ControlPath {folder}/control-{key}-{known}
  ControlPersist 20
"""


class Server(NamedTuple):
    """A server at the ``port``, and the ``folder`` with all that is known of it."""

    port: int
    folder: Path

    def client(self, key: str = "user", known: str = "known") -> str:
        """The command of a client that knows the server as ``HOST``.

        ``key`` is the file of its own key, ``known`` that of the hosts that it knows.
        """
        config = self.folder / f"client-{key}-{known}"
        config.write_text(
            _CLIENT.format(
                host=HOST,
                port=self.port,
                user=getpass.getuser(),
                folder=self.folder,
                key=key,
                known=known,
            )
        )
        return f"ssh -F {config}"


@contextmanager
def server(sshd: str) -> Iterator[Server]:
    """The server, until the context ends."""
    with tempfile.TemporaryDirectory(prefix="ssh-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd insists on it.
        for key in ("host", "user"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{folder}/{key}"]
            subprocess.run(command, check=True)
        port = _free_port()
        key = (folder / "host.pub").read_text()
        (folder / "known").write_text(f"[127.0.0.1]:{port} {key}")
        (folder / "sshd").write_text(_SERVER.format(port=port, folder=folder))
        command = [sshd, "-D", "-e", "-f", f"{folder}/sshd"]
        with (folder / "said").open("w") as said:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.PIPE, text=True
            )
        assert process.stderr is not None
        found = Server(port, folder)
        try:
            line = process.stderr.readline()
            assert line.startswith("Server listening on 127.0.0.1"), line
            yield found
        finally:
            for client in folder.glob("client-*"):
                command = ["ssh", "-F", str(client), "-O", "exit", HOST]
                subprocess.run(command, capture_output=True, check=False)
            process.terminate()
            process.wait()
            process.stderr.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
