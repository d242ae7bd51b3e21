"""Turns on an account across processes and machines: advisory locks of PostgreSQL."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)


@contextmanager
def advisory(name: str) -> Iterator[bool]:
    """Whether the turn on `name` is ours until the block ends; False without a database.

    It has a connection of its own: whatever becomes of the caller's transaction, and of this
    process, the end of that connection gives the turn back.
    """
    line = connection.copy()
    try:
        try:
            with line.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [_number(name)])
                ours = bool(cursor.fetchone()[0])
        except DatabaseError:
            logger.exception("no turn on an account without the database")
            ours = False
        yield ours
    finally:
        with suppress(DatabaseError):
            line.close()


def _number(name: str) -> int:
    """The name as PostgreSQL's bigint."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
