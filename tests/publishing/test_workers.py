"""The real worker process: Celery, its scheduler, its signals, against the sandbox."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from publishing.models import Delivery, Lane, Message, Topic
from publishing.notices.tell import Word, tell
from tests.factories import make_approved

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30  # seconds, an upper bound: what is waited for usually takes two


def environment(box) -> dict[str, str]:
    here = connection.settings_dict
    return os.environ | {
        "DATABASE_URL": f"postgres://{here['USER']}@{quote(here['HOST'], safe='')}/{here['NAME']}",
        "OPD_HUB_KEYS": ",".join(settings.VAULT_KEYS),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "X_API_BASE_URL": box.url,
        "GRAPH_API_BASE_URL": box.url,
        "X_CONSUMER_KEY": "app-key",
        "X_CONSUMER_SECRET": "app-secret",
        "X_READING": "1",
    }


@contextmanager
def worker(box, log, **more: str):
    """Worker and scheduler as the demo runs them."""
    with log.open("a") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "opd_hub.embedded"],
            env=environment(box) | more,
            stdout=output,
            stderr=output,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def wait_until(true: Callable[[], object], log: Path) -> None:
    """Ask again and again until it is so; the bound only ends a test that fails."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, log.read_text()[:3000]
        time.sleep(0.1)


def is_now(delivery: Delivery, status: str) -> Callable[[], bool]:
    return lambda: Delivery.objects.filter(pk=delivery.pk, status=status).exists()


@pytest.fixture
def due(sari, dewi, channels) -> Delivery:
    """Approved, and its hour is now."""
    delivery = make_approved(sari, dewi, channels["x"], publish_at=None).deliveries.get()
    now = timezone.now()
    Delivery.objects.update(not_before=now, next_at=now)
    return delivery


def test_a_worker_publishes_what_is_due_and_leaves_when_asked(due, box, tmp_path):
    with worker(box, tmp_path / "log") as process:
        wait_until(is_now(due, "published"), tmp_path / "log")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0
    assert len(box.ledger()) == 1


def test_sigterm_waits_for_the_call_in_flight_and_writes_down_what_came(due, box, tmp_path):
    box.fault("x", "publish", "hang", "after", seconds=4)
    with worker(box, tmp_path / "log") as process:
        wait_until(is_now(due, "sending"), tmp_path / "log")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0
    assert is_now(due, "uncertain")()  # the line was cut after acceptance


def test_a_worker_killed_between_acceptance_and_record_leaves_one_post(due, box, tmp_path):
    box.fault("x", "publish", "hang", "after", seconds=30)
    with worker(box, tmp_path / "log") as process:
        wait_until(box.ledger, tmp_path / "log")
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert is_now(due, "sending")()
    box.heal()
    Lane.objects.update(lease_until=timezone.now(), rung_at=None)  # three minutes later
    with worker(box, tmp_path / "log"):
        wait_until(is_now(due, "uncertain"), tmp_path / "log")
        Delivery.objects.update(next_at=timezone.now())  # half a minute later
        Lane.objects.update(rung_at=None)
        wait_until(is_now(due, "published"), tmp_path / "log")
    assert [sent["id"] for sent in box.ledger()] == [Delivery.objects.get().remote_id]


def test_a_mail_server_that_hangs_does_not_stop_the_clock(sari, due, box, tmp_path):
    """It greets without end, as long as the post is not out."""
    Delivery.objects.update(next_at=None)  # not yet
    tell(Word("bahaya", Topic.TROUBLE, "Kanal putus.", "/", urgent=True), {sari.pk})
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(server.getsockname()[1])}
        with worker(box, tmp_path / "log", **mail):
            line, _who = server.accept()
            Delivery.objects.update(next_at=timezone.now())

            def is_out() -> bool:
                line.sendall(b"220-tunggu\r\n")
                return is_now(due, "published")()

            with line:
                wait_until(is_out, tmp_path / "log")
                letter = Message.objects.get(notice__key="bahaya")
                assert letter.state == Message.State.SENDING
