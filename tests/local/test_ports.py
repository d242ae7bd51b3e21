"""The ports of a local run, and the sentence when one is taken."""

import os
import socket
import subprocess
import sys

import pytest

from opd_hub.local import ports
from opd_hub.local.folders import ROOT
from opd_hub.local.trouble import Trouble


@pytest.fixture
def taken():
    """A port that somebody listens on."""
    with socket.socket() as other:
        other.bind((ports.HOST, 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture(autouse=True)
def no_ports_given(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.delenv("SANDBOX_PORT", raising=False)


def test_a_demo_on_a_taken_port_ends_with_that_one_sentence(taken):
    ended = subprocess.run(
        [sys.executable, "-m", "opd_hub.local.demo"],
        cwd=ROOT,
        env=os.environ | {"PORT": str(taken)},
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"Porta {taken} tidak dapat dipakai")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["PORT", "SANDBOX_PORT"])
def test_a_taken_port_is_named_with_a_way_out(monkeypatch, taken, name):
    monkeypatch.setenv(name, str(taken))
    with pytest.raises(Trouble, match=f"Porta {taken} tidak dapat dipakai.*{name}=8100 bin/demo"):
        ports.choose(anywhere=True)


def test_the_journey_takes_free_ports_beside_a_running_demo(taken):
    chosen = ports.choose(anywhere=True)
    assert len({chosen.web, chosen.sandbox, taken}) == 3


def test_the_sandbox_listens_next_to_the_pages_unless_told_otherwise(monkeypatch):
    free = next(port for port in range(20_000, 30_000) if is_free(port) and is_free(port + 1))
    monkeypatch.setenv("PORT", str(free))
    assert ports.choose() == ports.Ports(free, free + 1)


def is_free(port: int) -> bool:
    """Below those that the kernel hands out, so that nobody beside us is given it meanwhile."""
    with socket.socket() as probe:
        return probe.connect_ex((ports.HOST, port)) != 0


@pytest.mark.parametrize("text", ["delapan", "0", "70000", "-1"])
def test_a_port_that_is_no_port_is_refused(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Trouble, match="bukan nomor porta"):
        ports.choose()


def test_one_port_cannot_serve_both(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("SANDBOX_PORT", "8123")
    with pytest.raises(Trouble, match="dua porta yang berbeda"):
        ports.choose()
