"""bin/test: what Debian must supply, the checks, then pytest on a PostgreSQL of its own."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import IO

from opd_hub.local import checks, environment, folders, processes, static
from opd_hub.local.demo import end_on_signals
from opd_hub.local.trouble import Trouble

# Shares beside the rest: they wait for a browser, for workers and for clocks. The last one waits
# most and takes some of the others' work, so that all end at about the same time.
BESIDE = (("tests/browser",), ("tests/faults", "tests/local", "tests/routes"))
PACKAGES = ("chromium", "fonts-noto-core", "fonts-noto-color-emoji", "redis-server")


def main(arguments: Sequence[str]) -> int:
    """Pytest's exit code, or the checks' when they fail; `arguments` go to pytest."""
    end_on_signals()
    try:
        install_packages()
        with environment.for_tests("test") as (folder, env):
            if not arguments and checks.run(env):
                return 1
            static.build(folder, env)
            return run_pytest(arguments, env) if arguments else run_all(env)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run_all(env: Mapping[str, str]) -> int:
    """Every test, in shares at once, each on a PostgreSQL of its own; 0 when all passed.

    What the waiting ones said follows when the others have ended.
    """
    *waiting, others = shares()
    with ExitStack() as stack:
        beside = [stack.enter_context(_beside(share)) for share in waiting]
        failed = run_pytest(others, env)
        for process, log in beside:
            failed = process.wait() or failed
            log.seek(0)
            print(log.read(), flush=True)
    return failed


@contextmanager
def _beside(share: list[str]) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """Pytest at work on this share, and what it says."""
    with environment.for_tests("test") as (folder, own), (folder / "share.log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *share],
            cwd=folders.ROOT,
            env=own,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=processes.tied_to_us(signal.SIGINT),
        )
        yield process, log


def shares() -> list[list[str]]:
    """What to tell pytest: each of those that run beside, and last one for all the others."""
    left_out = [f"--ignore={folder}" for folders in BESIDE for folder in folders]
    return [*(list(folders) for folders in BESIDE), left_out]


def run_pytest(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    tie = processes.tied_to_us(signal.SIGINT)
    ended = subprocess.run(command, cwd=folders.ROOT, env=env, preexec_fn=tie, check=False)
    return ended.returncode


def install_packages() -> None:
    """Let apt bring what is missing when we may; else say what a person has to install."""
    missing = [package for package in PACKAGES if not _installed(package)]
    if not missing:
        return
    may = _as_root()
    if may is None:
        raise Trouble(f"Pasang dahulu: apt install {' '.join(missing)}")
    print(f"Memasang {', '.join(missing)} …", flush=True)
    # In runlevel 1 Debian does not start the services it installs; ours start their own.
    settings = ("env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1")
    apt = [*may, *settings, "apt-get", "-qq"]
    install = [*apt, "install", "-y", "--no-install-recommends", *missing]
    for command in ([*apt, "update"], install):
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
            raise Trouble(f"apt gagal memasang; pasang sendiri: apt install {' '.join(missing)}")


def _installed(package: str) -> bool:
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    if shutil.which(query[0]) is None:
        return False
    return subprocess.run(query, capture_output=True, check=False).stdout == b"installed"


def _as_root() -> list[str] | None:
    """What to put before a command that needs root; None when we cannot be."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], check=False).returncode:
        return ["sudo", "-n"]
    return None


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main(sys.argv[1:]))
