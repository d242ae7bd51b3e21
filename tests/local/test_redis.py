"""The Redis of a local run comes up empty, goes down, hangs when asked to, and leaves nothing."""

import shutil
import signal
import subprocess
import sys

import pytest
import redis as client_of

from opd_hub.local import processes, redis
from opd_hub.local.folders import ROOT
from opd_hub.local.trouble import Trouble

OWNER = """
import sys, time
from pathlib import Path
from opd_hub.local import redis
with redis.serving(Path(sys.argv[1])) as server:
    if sys.argv[2:]:
        server.freeze()
    print(server.child.process.pid, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def server(tmp_path):
    with redis.serving(tmp_path) as running:
        yield running


def ask(server, *words, seconds=2.0):
    with client_of.Redis.from_url(server.url, socket_timeout=seconds) as client:
        return client.execute_command(*words)


def test_it_answers_on_loopback_and_keeps_nothing_on_disk(server, tmp_path):
    ask(server, "SET", "note", "Imunisasi campak")
    assert ask(server, "GET", "note") == b"Imunisasi campak"
    assert set(ask(server, "CONFIG", "GET", "bind").values()) <= {"127.0.0.1", b"127.0.0.1"}
    server.kill()
    assert list(tmp_path.glob("*.rdb")) == []
    assert list(tmp_path.glob("appendonly*")) == []


def test_after_a_flush_and_after_a_restart_it_is_empty_at_the_same_address(server):
    was = server.url
    for forget in (server.flush, server.restart):
        ask(server, "SET", "note", "Imunisasi campak")
        forget()
        assert ask(server, "GET", "note") is None
    assert server.url == was


def test_a_frozen_one_takes_the_question_and_answers_once_it_thaws(server):
    server.freeze()
    with pytest.raises(client_of.TimeoutError):
        ask(server, "PING", seconds=0.2)
    server.thaw()
    assert ask(server, "PING") in (True, b"PONG")


def test_a_killed_one_refuses(server):
    server.kill()
    with pytest.raises(client_of.ConnectionError):
        ask(server, "PING")


@pytest.mark.parametrize("state", [[], ["frozen"]], ids=["awake", "frozen"])
def test_a_killed_owner_takes_its_redis_along(tmp_path, state):
    command = [sys.executable, "-c", OWNER, str(tmp_path), *state]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as owner:
        assert owner.stdout
        session = int(owner.stdout.readline())
        assert processes.members(session)
        owner.send_signal(signal.SIGKILL)
    processes.wait_gone(lambda: processes.members(session), seconds=10)
    assert processes.members(session) == []


def test_where_it_is_not_installed_a_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Trouble, match="apt install redis-server"), redis.serving(tmp_path):
        pass
