"""Owns the append-only file: one line a change, written before anyone is told."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class StateInUse(Exception):
    """Another sandbox is already using this state folder."""


class Journal:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            self._file.close()
            raise StateInUse(str(path.parent)) from taken

    def replay(self) -> Iterator[dict[str, Any]]:
        """Every change so far. A torn last line is cut off, or the next one would join it."""
        self._file.seek(0)
        whole, _, torn = self._file.read().rpartition(b"\n")
        if torn:
            self._file.truncate(len(whole) + bool(whole))
        for line in whole.splitlines():
            yield json.loads(line)

    def append(self, change: dict[str, Any]) -> None:
        """Hand a change to the kernel: that survives our own death by SIGKILL.

        Only a power cut could still lose it, and after one nobody looks for these posts; an
        fsync for each would make the sandbox, not the hub, what a benchmark measures.
        """
        self._file.write(json.dumps(change, ensure_ascii=False).encode() + b"\n")

    def close(self) -> None:
        self._file.close()
