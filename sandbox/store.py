"""Owns the state of the played platforms: rows in memory, every change journaled first."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.journal import Journal
from sandbox.public_posts import PublicPosts
from sandbox.records import (
    Account,
    Container,
    Photo,
    Post,
    Row,
    Upload,
    now,
    revive,
    table_of,
)


class Store:
    """The rows by table. Hold `lock` over a check and the `put` that depends on it."""

    def __init__(self, folder: Path) -> None:
        self.lock = threading.RLock()
        self.accounts: dict[str, Account] = {}
        self._blobs = folder / "blobs"
        self._blobs.mkdir(parents=True, exist_ok=True)
        self._last_serial = 0
        self._forget_all_but_accounts()
        self._journal = Journal(folder / "journal.jsonl")
        for change in self._journal.replay():
            self._apply(change)

    def close(self) -> None:
        with self.lock:
            self._journal.close()

    def put(self, *rows: Row) -> None:
        """Insert or replace rows, all or none, journaled when this returns."""
        self._change({"put": [[table_of(row), asdict(row)] for row in rows]})

    def reset(self) -> None:
        self._change({"reset": now().isoformat()})

    def publish(self, post: Post, *rows: Row) -> Post:
        """Give the post its place among the accepted ones; with it, change what it used up."""
        with self.lock:
            placed = replace(post, sequence=self.public.count + 1)
            self.put(placed, *rows)
        return placed

    def fresh_id(self, spell: Callable[[int], str], at: datetime | None = None) -> str:
        """An id nobody has. `spell` writes a serial (microseconds since 1970) as an id."""
        with self.lock:
            serial = round((at or now()).timestamp() * 1_000_000)
            if at is None:
                serial = self._last_serial = max(serial, self._last_serial + 1)
            while (wanted := spell(serial)) in self._taken:
                serial += 1
            self._taken.add(wanted)
            return wanted

    def account(self, platform: str, id: str) -> Account | None:
        return self.accounts.get(f"{platform}:{id}")

    def save_blob(self, content: bytes) -> str:
        name = hashlib.sha256(content).hexdigest()
        target = self._blobs / name
        with self.lock:
            if not target.exists():
                _write_whole(target, content)
        return name

    def blob(self, name: str) -> bytes | None:
        target = self._blobs / name
        return target.read_bytes() if name.isalnum() and target.is_file() else None

    def _change(self, change: dict[str, Any]) -> None:
        with self.lock:
            self._journal.append(change)
            self._apply(change)

    def _apply(self, change: dict[str, Any]) -> None:
        if "reset" in change:
            self._forget_all_but_accounts()
        for table, values in change.get("put", []):
            row = revive(table, values)
            getattr(self, table)[row.key] = row
            self._taken.add(row.key)
            if isinstance(row, Post):
                self.public.note(row)

    def _forget_all_but_accounts(self) -> None:
        self.posts: dict[str, Post] = {}
        self.public = PublicPosts(self.posts)
        self.uploads: dict[str, Upload] = {}
        self.photos: dict[str, Photo] = {}
        self.containers: dict[str, Container] = {}
        self._taken: set[str] = set()


def _write_whole(target: Path, content: bytes) -> None:
    """All or nothing, so that a killed sandbox leaves no half of a picture under its hash."""
    partial = target.with_suffix(".partial")
    partial.write_bytes(content)
    partial.replace(target)
