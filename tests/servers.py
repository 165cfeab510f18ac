"""Web servers that administrators run, on a free port of this machine, for the site as built."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
PATIENCE = 60
"""Seconds after which a server that does not answer counts as one that cannot."""

_NGINX = """\
daemon off;
master_process off;
load_module {brotli};
error_log stderr;
pid {folder}/pid;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder};
    proxy_temp_path {folder};
    fastcgi_temp_path {folder};
    uwsgi_temp_path {folder};
    scgi_temp_path {folder};
    server {{
        listen 127.0.0.1:{port};
        include {folder}/site.conf;
    }}
}}
"""

_CADDY = """\
{{
    admin off
    auto_https off
    storage file_system {folder}
}}
http://127.0.0.1:{port} {{
    bind 127.0.0.1
    import {folder}/site.conf
}}
"""


@dataclass(frozen=True)
class Nginx:
    """nginx, whose program is at ``path``."""

    path: str

    @contextlib.contextmanager
    def serve(self, configuration: str, folder: Path) -> Iterator[int]:
        """Serve with this inside a server block, on the port given; ``folder`` is for its files."""
        port, main = _free_port(), folder / "nginx.conf"
        main.write_text(_NGINX.format(brotli=BROTLI, folder=folder, port=port), "utf-8")
        (folder / "site.conf").write_text(configuration, "utf-8")
        command = [self.path, "-p", str(folder), "-c", str(main), "-e", "stderr"]
        with _running(command, port, folder):
            yield port


@dataclass(frozen=True)
class Caddy:
    """Caddy, whose program is at ``path``."""

    path: str

    @contextlib.contextmanager
    def serve(self, configuration: str, folder: Path) -> Iterator[int]:
        """Serve with this inside a site block, on the port given; ``folder`` is for its files."""
        port, main = _free_port(), folder / "Caddyfile"
        main.write_text(_CADDY.format(folder=folder, port=port), "utf-8")
        (folder / "site.conf").write_text(configuration, "utf-8")
        command = [self.path, "run", "--config", str(main), "--adapter", "caddyfile"]
        with _running(command, port, folder):
            yield port


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def _running(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    environment["XDG_CONFIG_HOME"] = str(folder)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(port):
            told = (folder / "log").read_text("utf-8", "replace")
            assert server.poll() is None, told
            assert time.monotonic() < deadline, told
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(0.05)
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _answers(port: int) -> bool:
    with socket.socket() as found:
        return found.connect_ex(("127.0.0.1", port)) == 0
