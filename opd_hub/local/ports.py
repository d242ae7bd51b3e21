"""The two ports of a local run: chosen, checked, waited for."""

import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from opd_hub.local.trouble import Trouble

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """Where the pages and where the played platforms listen."""

    web: int
    sandbox: int

    @property
    def web_url(self) -> str:
        return f"http://{HOST}:{self.web}"

    @property
    def sandbox_url(self) -> str:
        return f"http://{HOST}:{self.sandbox}"


def choose(*, anywhere: bool = False) -> Ports:
    """PORT (8000) and SANDBOX_PORT (PORT + 1); `anywhere` takes free ones where none is given."""
    web = _given("PORT") or (free() if anywhere else 8000)
    sandbox = _given("SANDBOX_PORT") or (free() if anywhere else web + 1)
    if web == sandbox:
        raise Trouble(f"PORT dan SANDBOX_PORT sama-sama {web}; beri dua porta yang berbeda.")
    _check(web, "PORT")
    _check(sandbox, "SANDBOX_PORT")
    return Ports(web, sandbox)


def wait_until_open(port: int, watch: Callable[[], None], seconds: float = 40) -> None:
    """Return once somebody listens on `port`; `watch` raises when nobody ever will."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        watch()
        with socket.socket() as knock:
            if knock.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise Trouble(f"Porta {port} tidak menjawab dalam {seconds:.0f} detik; lihat .local/log.")


def free() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _given(name: str) -> int | None:
    text = os.environ.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Trouble(f"{name}={text} bukan nomor porta; beri angka 1 sampai 65535.")
    return int(text)


def _check(port: int, name: str) -> None:
    with socket.socket() as probe:
        # As gunicorn does: a port still in TIME_WAIT after the last run is not taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sentence = f"Porta {port} tidak dapat dipakai ({error.strerror}); pilih yang lain"
            raise Trouble(f"{sentence}, misalnya: {name}=8100 bin/demo") from error
