"""One at a time for each account: whoever comes while it is taken is told so, and does not wait."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import TypeAlias

# Called with a name; lends whether the turn is ours for the length of the block.
Turns: TypeAlias = Callable[[str], AbstractContextManager[bool]]

_locks: dict[str, Lock] = {}


@contextmanager
def in_this_process(name: str) -> Iterator[bool]:
    """Turns among the threads of one process; several processes need `platforms.account_lock`."""
    lock = _locks.setdefault(name, Lock())
    ours = lock.acquire(blocking=False)
    try:
        yield ours
    finally:
        if ours:
            lock.release()
