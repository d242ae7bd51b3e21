"""Runs a process of ours after bending it: a mutant of the engine, or a clock that is wrong.

`python -m tests.faults.worker [--mutant NAME] [--skew SECONDS] -- MODULE ARGUMENT…`
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime, timedelta

import django
import time_machine


def main(arguments: Sequence[str]) -> None:
    at = arguments.index("--")
    module, *rest = arguments[at + 1 :]
    wishes = _parser().parse_args(arguments[:at])
    sys.argv = [module, *rest]
    with ExitStack() as bent:
        if wishes.skew:
            wrong = datetime.now(UTC) + timedelta(seconds=wishes.skew)
            bent.enter_context(time_machine.travel(wrong))
        for name in wishes.mutant:
            bent.enter_context(_mutant(name))
        # Imported, not run anew as __main__: that would be another module than the bent one.
        importlib.import_module("celery.__main__" if module == "celery" else module).main()


def _mutant(name: str) -> AbstractContextManager[None]:
    django.setup()
    mutants = importlib.import_module("tests.faults.mutants")  # it needs the apps
    wanted: AbstractContextManager[None] = mutants.MUTANTS[name]()
    return wanted


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.faults.worker", description=__doc__)
    parser.add_argument("--skew", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--mutant", action="append", default=[], metavar="NAME")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
