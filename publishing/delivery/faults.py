"""Named points at which a test may kill this process. Without OPD_HUB_CRASH_AT they do nothing."""

import os
import random
import signal


def _chances(wish: str) -> dict[str, float]:
    """Points as in "after-intend" or "after-call=0.05,in-record=0.1", and how often they strike."""
    pairs = [one.partition("=") for one in wish.split(",") if one.strip()]
    return {name.strip(): float(chance or 1) for name, _, chance in pairs}


_CRASH_AT = _chances(os.environ.get("OPD_HUB_CRASH_AT", ""))


def point(name: str) -> None:
    """Die here, as a power cut would have it, if a test wants that of this point."""
    if _CRASH_AT and random.random() < _CRASH_AT.get(name, 0):  # noqa: S311 - a test's dice
        os.kill(os.getpid(), signal.SIGKILL)
