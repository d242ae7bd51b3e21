"""Owns the command line: `python -m sandbox --port 8001 --state DIR`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from sandbox.journal import StateInUse
from sandbox.server import NotLoopback, running


def main() -> int:
    wishes = _parser().parse_args()
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    try:
        with running(wishes.state, wishes.port, wishes.host) as box:
            print(f"Sandbox: {box.url}", flush=True)
            ended.wait()
    except StateInUse as error:
        return _refuse(f"Folder {error} sedang dipakai sandbox lain.")
    except NotLoopback as error:
        return _refuse(f"Sandbox hanya boleh mendengarkan di loopback, bukan {error}.")
    except OSError as error:
        return _refuse(f"Sandbox tidak dapat dimulai di port {wishes.port}: {error.strerror}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--state", type=Path, required=True, metavar="DIR")
    parser.add_argument("--host", default="127.0.0.1")
    return parser


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
