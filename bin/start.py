"""The way in on a bare machine: a virtual environment with the locked requirements, then a module.

Standard library only, and no syntax newer than Python 3.7: the person who starts it with an old
interpreter should read a sentence, not a SyntaxError.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
ROOM = 500 * 1024 * 1024  # the wheels unpacked, with some to spare for the data


class Trouble(Exception):
    """What stands in the way, as one sentence for the person at the terminal."""


def main(arguments: list[str]) -> int:
    """Install what the lock files in `arguments` name, then become `python -m module`."""
    at = arguments.index("--")
    locks = [ROOT / name for name in arguments[:at]]
    module, *rest = arguments[at + 1 :]
    try:
        check_machine()
        install(locks)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *rest])


def check_machine() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for those who run an older one
        raise Trouble("OPD Hub memerlukan Python 3.11 atau lebih baru.")
    if shutil.disk_usage(ROOT).free < ROOM:
        raise Trouble("Ruang disk hampir habis: sediakan sedikitnya 500 MB, lalu ulangi.")


def install(locks: list[Path]) -> None:
    """Bring `.venv` to what `locks` say; nothing to do when each lock's hash is as recorded."""
    if all(up_to_date(lock) for lock in locks):
        return
    local = ROOT / ".local"
    local.mkdir(mode=0o700, exist_ok=True)
    with open(local / "venv.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # bin/demo and bin/test may be started side by side
        if all(up_to_date(lock) for lock in locks):
            return
        make_venv()
        fill_venv(locks)


def up_to_date(lock: Path) -> bool:
    mark = mark_of(lock)
    return PYTHON.exists() and mark.exists() and mark.read_text() == fingerprint(lock)


def mark_of(lock: Path) -> Path:
    """Written only after pip has finished, so that an interrupted install is repeated."""
    return VENV / ("installed-" + lock.name)


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def make_venv() -> None:
    if has_pip():
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Trouble("Paket python3-venv belum terpasang; pasang dahulu: apt install python3-venv")
    print("Menyiapkan lingkungan Python di .venv …", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode:
        raise Trouble("Lingkungan Python di .venv tidak dapat dibuat; sebabnya tertulis di atas.")


def has_pip() -> bool:
    """Whether an earlier `venv` ran to its end: pip is the last thing that it installs."""
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0


def fill_venv(locks: list[Path]) -> None:
    print("Memasang paket yang terkunci; sekali ini saja, beberapa menit …", flush=True)
    for lock in locks:
        mark_of(lock).unlink(missing_ok=True)
    files = [f"--requirement={lock}" for lock in locks]
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*pip, "--require-hashes", *files]).returncode:
        raise Trouble("Pemasangan paket gagal; periksa jaringan, lalu jalankan lagi.")
    for lock in locks:
        mark_of(lock).write_text(fingerprint(lock))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
