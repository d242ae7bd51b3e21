"""Owns the append-only file: one line a change, on disk before anyone is told."""

from __future__ import annotations

import fcntl
import json
import os
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
        self._file.write(json.dumps(change, ensure_ascii=False).encode() + b"\n")
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()
