"""A time in which nobody listens at the platforms' addresses."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from platforms import registry


@contextmanager
def outage(settings: Any) -> Iterator[None]:
    """Connections to every platform are refused until the block ends."""
    there = {key: options["BASE_URL"] for key, options in settings.PLATFORMS.items()}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    _move(settings, dict.fromkeys(there, nowhere))
    try:
        yield
    finally:
        _move(settings, there)


def _move(settings: Any, addresses: dict[str, str]) -> None:
    for key, url in addresses.items():
        settings.PLATFORMS[key] |= {"BASE_URL": url}
    registry.adapter.cache_clear()
