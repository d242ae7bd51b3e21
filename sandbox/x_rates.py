"""Owns how many calls of a window each caller of X has used."""

from __future__ import annotations

import threading
import time

WINDOW = 900  # seconds


class RateCounters:
    """Counts calls for the rate headers; only a fault ever refuses, so soak tests can run."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._used: dict[tuple[str, str, int], int] = {}

    def headers(self, account: str, route: str, limit: int) -> dict[str, str]:
        window = int(time.time()) // WINDOW
        counted = (account, route, window)
        with self._lock:
            used = self._used[counted] = self._used.get(counted, 0) + 1
        return {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(max(limit - used, 1)),
            "x-rate-limit-reset": str((window + 1) * WINDOW),
        }
