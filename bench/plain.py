"""The limit: the same calls by the same libraries in plain threads, with no engine around them."""

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from bench import accounts
from platforms.adapters.base import Account, Job, Payload, Picture, Published
from platforms.adapters.x import X


class Bare:
    """A shelf without pictures."""

    def read(self, picture: Picture) -> bytes:
        raise AssertionError(picture)

    def url(self, picture: Picture) -> str:
        raise AssertionError(picture)


def main(threads: int, count: int, channels: int, said: str) -> float:
    """Seconds that `threads` threads need for `count` texts, spread over the channels."""
    adapter = X(
        consumer_key=os.environ["X_CONSUMER_KEY"],
        consumer_secret=os.environ["X_CONSUMER_SECRET"],
        base_url=os.environ["X_API_BASE_URL"],
    )

    def send(n: int) -> None:
        k = n % channels + 1
        account = Account(accounts.remote_id(k), accounts.handle(k), accounts.secrets(k))
        outcome = adapter.publish(Job(account, Payload(f"{said} {n}"), Bare()))
        assert isinstance(outcome, Published), outcome

    began = time.monotonic()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(send, range(1, count + 1)))
    return time.monotonic() - began


if __name__ == "__main__":
    threads, count, channels = map(int, sys.argv[1:4])
    print(json.dumps(main(threads, count, channels, sys.argv[4])))
