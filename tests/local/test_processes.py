"""No child of a local run outlives it, and nobody else's process is ever touched."""

import json
import os
import subprocess
import sys

import pytest

from opd_hub.local import processes
from opd_hub.local.folders import ROOT
from opd_hub.local.trouble import Trouble

SLEEP = [sys.executable, "-c", "import time; print('bangun', flush=True); time.sleep(60)"]
PARENT = """
import sys, time
from pathlib import Path
from opd_hub.local import processes
child = processes.start("anak", sys.argv[2:], folder=Path(sys.argv[1]))
print(child.process.pid, flush=True)
time.sleep(60)
"""
STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("siap", flush=True)
time.sleep(60)
"""


@pytest.fixture
def start(tmp_path):
    started = []

    def begin(*command):
        child = processes.start("anak", command, folder=tmp_path)
        started.append(child)
        return child

    yield begin
    for child in started:
        processes.stop(child, seconds=0)


def test_a_child_that_dies_is_told_of_with_the_end_of_its_log(start):
    child = start(sys.executable, "-c", "print('disk penuh'); raise SystemExit(3)")
    child.process.wait()
    with pytest.raises(Trouble, match=r"anak berhenti sendiri \(kode 3\)[^$]*disk penuh"):
        child.watch()


def test_a_command_that_fails_says_what_it_said(tmp_path):
    command = [sys.executable, "-c", "raise SystemExit('tabel hilang')"]
    with pytest.raises(Trouble, match=r"migrate gagal[^$]*tabel hilang"):
        processes.finish("migrate", command, folder=tmp_path)


def test_a_child_that_will_not_stop_is_killed_with_its_own_children(start):
    child = start(sys.executable, "-c", STUBBORN)
    processes.wait_gone(lambda: "siap" not in child.log.read_text(), seconds=20)
    assert len(processes.members(child.process.pid)) == 2
    processes.stop(child, seconds=0.1)
    processes.wait_gone(lambda: processes.members(child.process.pid), seconds=5)
    assert processes.members(child.process.pid) == []


def test_when_the_run_is_killed_its_children_end(tmp_path):
    command = [sys.executable, "-c", PARENT, str(tmp_path), *SLEEP]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert processes.members(child)
        parent.kill()
    processes.wait_gone(lambda: processes.members(child), seconds=10)
    assert processes.members(child) == []


def test_the_next_start_ends_what_a_killed_run_left(start, tmp_path):
    child = start(*SLEEP)
    processes.end_leftovers(tmp_path)
    child.process.wait(5)
    assert list((tmp_path / "run").iterdir()) == []


def test_a_process_that_only_got_an_old_pid_is_left_alone(start, tmp_path):
    child = start(*SLEEP)
    record = json.loads(child.record.read_text())
    child.record.write_text(json.dumps(record | {"started": record["started"] - 1}))
    processes.end_leftovers(tmp_path)
    assert child.process.poll() is None


def test_a_record_from_before_a_reboot_ends_nobody(start, tmp_path):
    child = start(*SLEEP)
    record = json.loads(child.record.read_text())
    child.record.write_text(json.dumps(record | {"boot": "kemarin"}))
    processes.end_leftovers(tmp_path)
    assert child.process.poll() is None
    assert os.getpgid(child.process.pid) == child.process.pid
