"""Owns who is publishing at this moment: overlaps within an account, the peak of a platform."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.exchange import Request
from sandbox.records import PLATFORMS, Account, instant

OVERLAPS_KEPT = 10_000


class InFlight:
    """Publish calls between their arrival and the last byte of their answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of_account: defaultdict[str, list[Request]] = defaultdict(list)
        self._of_platform: Counter[str] = Counter()
        self._overlaps: deque[dict[str, str]] = deque(maxlen=OVERLAPS_KEPT)
        self.forget()

    def forget(self) -> None:
        """Forget what was seen; calls still in flight go on counting."""
        with self._lock:
            self._overlaps.clear()
        self.forget_peaks()

    def forget_peaks(self) -> None:
        with self._lock:
            self._peaks = {platform: self._of_platform[platform] for platform in PLATFORMS}

    def overlaps(self) -> list[dict[str, str]]:
        with self._lock:
            return list(self._overlaps)

    def peaks(self) -> dict[str, int]:
        with self._lock:
            return dict(self._peaks)

    @contextmanager
    def publishing(self, account: Account, request: Request) -> Iterator[None]:
        with self._lock:
            self._enter(account, request)
        try:
            yield
        finally:
            with self._lock:
                self._of_account[account.key].remove(request)
                self._of_platform[account.platform] -= 1

    def _enter(self, account: Account, request: Request) -> None:
        platform, calls = account.platform, self._of_account[account.key]
        # Whoever gave a call up may make the next one before we have noticed.
        if any(not call.is_given_up() for call in calls):
            seen = {"platform": platform, "account": account.id, "at": instant()}
            self._overlaps.append(seen)
        calls.append(request)
        self._of_platform[platform] += 1
        self._peaks[platform] = max(self._peaks[platform], self._of_platform[platform])
