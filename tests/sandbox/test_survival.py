"""The sandbox as a process: it survives SIGKILL, ends when asked, never loses a post."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from sandbox.server import running
from tests.sandbox.callers import Controls

ROOT = Path(__file__).parents[2]


@contextmanager
def sandbox_process(state: Path) -> Iterator[tuple[subprocess.Popen[str], Controls]]:
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--state", str(state)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running_process:
        try:
            assert running_process.stdout
            url = running_process.stdout.readline().removeprefix("Sandbox: ").strip()
            yield running_process, Controls(url)
        finally:
            running_process.kill()


def post(url: str, text: str):
    headers = {"Authorization": "Bearer token-dinkes", "Host": "api.x.com"}
    answer = requests.post(f"{url}/2/tweets", json={"text": text}, headers=headers, timeout=5)
    return answer.json()["data"]["id"]


def test_an_answered_post_survives_the_killing_of_the_sandbox(tmp_path):
    with sandbox_process(tmp_path) as (killed, controls):
        controls.seed()
        id = post(controls.url, "Selamat")
        controls.post("faults", {"platform": "x", "step": "publish", "kind": "500"})
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    with sandbox_process(tmp_path) as (_, controls):
        assert [entry["id"] for entry in controls.ledger()] == [id]
        assert controls.get("faults") == {"faults": []}
        assert int(post(controls.url, "Sesudahnya")) > int(id)


def test_posts_that_were_answered_before_a_sudden_death_are_there_once(tmp_path):
    answered: list[tuple[str, str]] = []
    enough = threading.Event()

    def keep_posting(caller: int) -> None:
        for n in range(10_000):
            try:
                text = f"Imbauan {n} dari {caller}"
                answered.append((post(controls.url, text), text))
            except requests.RequestException:
                return
            if len(answered) >= 100:
                enough.set()

    with sandbox_process(tmp_path) as (killed, controls), ThreadPoolExecutor(8) as pool:
        controls.seed()
        callers = [pool.submit(keep_posting, caller) for caller in range(8)]
        assert enough.wait(60)
        killed.send_signal(signal.SIGKILL)
    assert all(caller.exception() is None for caller in callers)
    with sandbox_process(tmp_path) as (_, controls):
        kept = [(entry["id"], entry["text"]) for entry in controls.ledger()]
    assert len(set(kept)) == len(kept)
    assert set(answered) <= set(kept)
    # What was accepted but never answered is at most one call of each caller.
    assert len(kept) - len(answered) <= 8


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_within_a_second_even_while_a_call_hangs(tmp_path, name):
    with sandbox_process(tmp_path) as (ended, controls), ThreadPoolExecutor(1) as pool:
        controls.seed()
        controls.fault("x", "publish", "hang", when="after", seconds=60)
        hanging = pool.submit(post, controls.url, "Menggantung")
        while not controls.ledger():
            assert not hanging.done()
        started = time.monotonic()
        ended.send_signal(name)
        assert ended.wait(5) == 0
        assert time.monotonic() - started < 1
        assert isinstance(hanging.exception(5), requests.ConnectionError)


def test_a_torn_last_line_is_forgotten_and_the_next_one_is_whole(tmp_path):
    with running(tmp_path) as box:
        Controls(box.url).seed()
        post(box.url, "Utuh")
    with (tmp_path / "journal.jsonl").open("a") as journal:
        journal.write('{"put": [["posts", {"id": "1')
    with running(tmp_path) as box:
        post(box.url, "Berikutnya")
    with running(tmp_path) as box:
        assert Controls(box.url).texts() == ["Utuh", "Berikutnya"]


def test_many_callers_at_once_get_one_post_each(box, controls):
    texts = [f"Imbauan nomor {n}" for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda text: post(box.url, text), texts))
    assert len(set(ids)) == 40
    assert sorted(controls.texts()) == sorted(texts)
    assert [entry["n"] for entry in controls.ledger()] == list(range(1, 41))


def test_the_same_text_from_many_callers_is_accepted_once(box, controls):
    def attempt(_: int) -> int:
        headers = {"Authorization": "Bearer token-dinkes", "Host": "api.x.com"}
        body = {"text": "Sekali saja"}
        address = f"{box.url}/2/tweets"
        return requests.post(address, json=body, headers=headers, timeout=5).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, range(8))) == [201] + [403] * 7
    assert controls.texts() == ["Sekali saja"]


def test_two_sandboxes_do_not_share_a_folder(tmp_path):
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--state", str(tmp_path)]
    with running(tmp_path):
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=10)
    assert second.returncode == 1
    assert "sedang dipakai" in second.stderr
