"""bin/demo: all of OPD Hub on this machine until Ctrl-C, or for one walk through its main job."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from types import FrameType

from opd_hub.local import assembly, commands, folders, journey, ports, postgres, processes, walking
from opd_hub.local.trouble import Trouble

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when asked to stop or the journey went through, else 1."""
    options = _options(arguments)
    end_on_signals()
    try:
        if options.journey:
            return 0 if _journey() else 1
        _demo(fresh=options.fresh)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Selesai; tidak ada proses yang tertinggal.")
    return 0


def end_on_signals() -> None:
    """Turn the first of Ctrl-C, SIGTERM and a closed terminal into KeyboardInterrupt.

    The others are ignored from then on: stopping is bounded in time and must not be cut short.
    """

    def end(number: int, frame: FrameType | None) -> None:
        for each in STOPPING:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in STOPPING:
        signal.signal(each, end)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/demo", description="Menjalankan OPD Hub di komputer ini.")
    parser.add_argument("--fresh", action="store_true", help="hapus data lama dan mulai dari awal")
    parser.add_argument(
        "--journey", action="store_true", help="jalankan alur utama satu kali, lalu berhenti"
    )
    return parser.parse_args(arguments)


def _demo(*, fresh: bool) -> None:
    began = time.monotonic()
    chosen = ports.choose()
    with folders.held(folders.LOCAL) as folder:
        if fresh:
            processes.end_leftovers(folder)
            postgres.end_leftovers(folder / "postgres")
            folders.empty(folder)
        with assembly.running(folder, chosen) as whole:
            _welcome(whole, time.monotonic() - began)
            while True:
                whole.watch()
                time.sleep(0.3)


def _welcome(whole: assembly.Assembly, seconds: float) -> None:
    signins = whole.finish("demo-signins", commands.DEMO_SIGNINS)
    print(f"\nOPD Hub       {whole.ports.web_url}")
    print(f"Platform uji  {whole.ports.sandbox_url}")
    print(f"\n{signins}\nSiap dalam {seconds:.0f} detik. Ctrl-C untuk berhenti.", flush=True)


def _journey() -> bool:
    with folders.throw_away("journey") as folder:
        with assembly.running(folder, ports.choose(anywhere=True)) as whole:
            people = walking.people(whole.finish("demo-signins", commands.DEMO_SIGNINS))
            went_through = journey.walk(whole.ports.web_url, whole.ports.sandbox_url, people)
            journey.print_ledger(whole.ports.sandbox_url)
            whole.watch()
        return went_through


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
