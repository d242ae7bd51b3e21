"""Where local runs keep their files, and that one folder has one run at a time."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path

from opd_hub.local.trouble import Trouble

ROOT = Path(__file__).resolve().parent.parent.parent
LOCAL = ROOT / ".local"


class Taken(Trouble):
    """Another run works in this folder."""


@contextmanager
def held(folder: Path) -> Iterator[Path]:
    """Keep `folder` (made 0700) for this process; the kernel lets go of it even after a SIGKILL."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with open(folder / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Taken("OPD Hub sudah berjalan dari folder ini; hentikan dahulu.") from error
        yield folder


@contextmanager
def throw_away(kind: str) -> Iterator[Path]:
    """An empty folder of our own beside other runs; what a killed run left in it goes first."""
    with ExitStack() as stack:
        folder = next(_first_spare(kind, stack))
        empty(folder)
        stack.callback(empty, folder)
        yield folder


def _first_spare(kind: str, stack: ExitStack) -> Iterator[Path]:
    for number in count(1):
        with suppress(Taken):
            yield stack.enter_context(held(LOCAL / f"{kind}-{number}"))


def empty(folder: Path) -> None:
    """Wipe `folder` but for its lock, and for folders in it that other runs hold."""
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            with suppress(Taken), held(child):
                shutil.rmtree(child)
        elif not child.name.endswith("lock"):
            child.unlink()
