"""bin/soak: a long time of bad luck in a short one, and whether every promise was kept."""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from opd_hub.local import commands, environment, ports, processes, redis, static
from opd_hub.local.demo import end_on_signals
from opd_hub.local.folders import ROOT
from opd_hub.local.trouble import Trouble


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every promise was kept."""
    wishes = _wishes(arguments)
    end_on_signals()
    try:
        with ExitStack() as stack:
            folder, env = stack.enter_context(environment.for_tests("soak"))
            env = {**env, **_addresses(wishes, folder, stack)}
            static.build(folder, env)
            processes.finish("migrate", commands.MIGRATE, folder=folder, env=env, cwd=ROOT)
            return _try(wishes, folder, env)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _wishes(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/soak", description="Menguji OPD Hub dalam kesialan.")
    parser.add_argument("--minutes", type=float, default=10, help="lamanya badai")
    parser.add_argument("--seed", type=int, default=1, help="angka awal undian")
    parser.add_argument("--broker", choices=["redis", "memory"], default="redis")
    parser.add_argument("--pace", type=float, default=10, help="semua tunggu dibagi angka ini")
    parser.add_argument("--mutant", default="", help="jalankan mesin tanpa satu perlindungan")
    parser.add_argument("--keep", type=Path, help="simpan catatan semua proses di folder ini")
    return parser.parse_args(arguments)


def _addresses(wishes: argparse.Namespace, folder: Path, stack: ExitStack) -> dict[str, str]:
    """Where everybody listens, and how fast time passes."""
    sandbox, web = (f"http://{ports.HOST}:{ports.free()}" for _ in range(2))
    broker = ""
    if wishes.broker == "redis":
        server = stack.enter_context(redis.serving(folder))
        broker = server.url
    return {
        "OPD_HUB_PACE": str(wishes.pace),
        "OPD_HUB_PUBLIC_URL": web,
        "GUNICORN_CMD_ARGS": f"--bind={web.removeprefix('http://')} --workers=1",
        "CELERY_BROKER_URL": broker,
        "X_API_BASE_URL": sandbox,
        "GRAPH_API_BASE_URL": sandbox,
        "X_CONSUMER_KEY": "app-key",
        "X_CONSUMER_SECRET": "app-secret",
        "X_READING": "1",
        "FB_TWO_PHASE": str(wishes.seed % 2),  # both ways are worth a storm
        "PGAPPNAME": "soak",
        "LOG_LEVEL": "WARNING",
    }


def _try(wishes: argparse.Namespace, folder: Path, env: Mapping[str, str]) -> int:
    words = [
        str(wishes.minutes),
        str(wishes.seed),
        str(wishes.keep or folder / "trial"),
        wishes.mutant,
    ]
    run = [sys.executable, "-m", "tests.faults.trial", *words]
    return subprocess.run(run, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
