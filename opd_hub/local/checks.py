"""bin/check: format, lint, types, import contracts, migrations; each timed on a line."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from opd_hub.local import environment, folders
from opd_hub.local.trouble import Trouble

PYTHON = (
    "bin",
    "opd_hub",
    "accounts",
    "platforms",
    "guidelines",
    "publishing",
    "sandbox",
    "tests",
    "bench",
    "manage.py",
)
DJADE = ("djade", "--target-version", "5.2")
DJHTML = ("djhtml", "--tabwidth", "2")


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everything is in order."""
    parser = argparse.ArgumentParser("bin/check", description="Memeriksa kode OPD Hub.")
    parser.add_argument(
        "--fix", action="store_true", help="rapikan dahulu apa yang dapat dirapikan"
    )
    options = parser.parse_args(arguments)
    try:
        with environment.for_tests("check") as (_folder, env):
            return run(env, fix=options.fix)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1


def run(env: Mapping[str, str], *, fix: bool = False) -> int:
    """Run all checks, the later ones too when an earlier one fails; 0 when none did."""
    if fix:
        for command in _repairs():
            subprocess.run(command, cwd=folders.ROOT, env=env, capture_output=True, check=False)
    results = [_passes(name, command, env) for name, command in _checks().items()]
    return 0 if all(results) else 1


def _checks() -> dict[str, Sequence[str]]:
    templates = _templates()
    return {
        "ruff format": ("ruff", "format", "--check", "."),
        "ruff check": ("ruff", "check", "."),
        "djade": (*DJADE, "--check", *templates),
        "djhtml": (*DJHTML, "--check", *templates),
        "mypy": ("mypy", *PYTHON),
        "lint-imports": ("lint-imports", "--no-cache"),
        "makemigrations": ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    }


def _repairs() -> Sequence[Sequence[str]]:
    templates = _templates()
    return (
        ("ruff", "check", "--fix", "."),
        ("ruff", "format", "."),
        (*DJADE, *templates),
        (*DJHTML, *templates),
    )


def _templates() -> list[str]:
    return sorted(str(path) for path in (folders.ROOT / "templates").rglob("*.html"))


def _passes(name: str, command: Sequence[str], env: Mapping[str, str]) -> bool:
    began = time.monotonic()
    ended = subprocess.run(
        command,
        cwd=folders.ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    mark = "✗" if ended.returncode else "✓"
    print(f"{mark} {name:<15}{time.monotonic() - began:6.1f} s", flush=True)
    if ended.returncode:
        print(ended.stdout, flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
