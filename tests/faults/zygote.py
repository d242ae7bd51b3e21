"""A process that has everything imported and forks a worker for each death that a test orders.

A fresh Python needs a second to import what a worker needs; a fork of this one needs none.
`python -m tests.faults.zygote` reads one order a line, and answers each with how it ended.
"""

import gc
import json
import os
import sys
import traceback
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import django
import time_machine
from django.conf import settings

if __name__ == "__main__":
    django.setup()

from django.db import connections
from django.utils import translation

from platforms import registry
from publishing.delivery import faults, lane, timekeeping
from publishing.models import Delivery


def serve() -> None:
    """Fork for each order; the fork alone keeps connections, so that none is shared."""
    translation.activate(settings.LANGUAGE_CODE)
    Delivery.objects.filter(pk=0).exists()
    connections.close_all()
    gc.freeze()  # so that a fork's collector does not touch, and copy, every page of ours
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _live(json.loads(line))
        _pid, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _live(order: Mapping[str, Any]) -> None:
    """Be the worker of one order, to its end or to its death."""
    code = 1
    try:
        work(order)
        code = 0
    except Exception:  # noqa: BLE001 - told, and answered by the exit code
        traceback.print_exc()
    finally:
        os._exit(code)


def work(order: Mapping[str, Any]) -> None:
    """Run one lane at the order's hour, dying at the order's point."""
    settings.MEDIA_ROOT, settings.VAULT_KEYS = order["media_root"], order["keys"]
    settings.PUBLIC_URL = order["public_url"]
    settings.PLATFORMS = {
        key: options | {"TIMEOUT": tuple(options["TIMEOUT"])}  # JSON knows lists only
        for key, options in order["platforms"].items()
    }
    registry.adapter.cache_clear()
    timekeeping.TOLERATED = timedelta(days=10_000)  # the order's hour is a story's
    faults._CRASH_AT.clear()
    faults._CRASH_AT[order["point"]] = 1.0
    with time_machine.travel(datetime.fromisoformat(order["now"]), tick=False):
        lane.run(order["channel"])


if __name__ == "__main__":
    serve()
