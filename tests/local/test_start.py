"""bin/start.py: what a bare machine is told before anything is installed."""

import hashlib
import importlib
import importlib.util
import shutil
import sys
from collections import namedtuple

import pytest

from opd_hub.local.folders import ROOT

Usage = namedtuple("Usage", "total used free")
Ended = namedtuple("Ended", "returncode")


@pytest.fixture
def starter(tmp_path, monkeypatch):
    """The starter in an empty checkout, with pip and exec recorded instead of done."""
    monkeypatch.syspath_prepend(ROOT / "bin")
    module = importlib.import_module("start")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    (tmp_path / "requirements.txt").write_text("kunci==1\n")
    return module


@pytest.fixture
def pip(starter, monkeypatch):
    """Commands that the starter ran; the virtual environment is there already."""
    ran = []
    starter.PYTHON.parent.mkdir(parents=True)
    starter.PYTHON.touch()

    def run(command, **_):
        ran.append([str(part) for part in command])
        return Ended(1 if "gagal" in (starter.ROOT / "requirements.txt").read_text() else 0)

    monkeypatch.setattr(starter.subprocess, "run", run)
    monkeypatch.setattr(starter, "has_pip", lambda: True)
    monkeypatch.setattr(starter.os, "execv", lambda path, words: ran.append(words[1:]))
    monkeypatch.setattr(starter.os, "chdir", lambda path: None)
    return ran


ASKED = ["requirements.txt", "--", "opd_hub.local.demo", "--fresh"]


def test_an_old_python_gets_one_sentence(starter, monkeypatch, capsys):
    monkeypatch.setattr(starter.sys, "version_info", (3, 9))
    assert starter.main(ASKED) == 1
    assert capsys.readouterr().err == "OPD Hub memerlukan Python 3.11 atau lebih baru.\n"


def test_a_full_disk_gets_one_sentence(starter, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10, 10, 0))
    assert starter.main(ASKED) == 1
    assert "Ruang disk hampir habis" in capsys.readouterr().err


def test_a_missing_python3_venv_gets_one_sentence(starter, monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert starter.main(ASKED) == 1
    assert "apt install python3-venv" in capsys.readouterr().err


def test_an_unchanged_lock_is_not_installed_again(starter, pip):
    starter.main(ASKED)
    starter.main(ASKED)
    installs = [command for command in pip if "install" in command]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]
    assert pip[-1] == ["-m", "opd_hub.local.demo", "--fresh"]


def test_a_changed_lock_is(starter, pip):
    starter.main(ASKED)
    (starter.ROOT / "requirements.txt").write_text("kunci==2\n")
    starter.main(ASKED)
    assert len([command for command in pip if "install" in command]) == 2


def test_an_install_that_failed_is_repeated(starter, pip, capsys):
    lock = starter.ROOT / "requirements.txt"
    lock.write_text("gagal==1\n")
    assert starter.main(ASKED) == 1
    assert "Pemasangan paket gagal" in capsys.readouterr().err
    assert not starter.up_to_date(lock)


def test_another_python_is_another_environment(starter, monkeypatch):
    lock = starter.ROOT / "requirements.txt"
    before = starter.fingerprint(lock)
    monkeypatch.setattr(sys, "version", "3.12.0 (lain)")
    assert starter.fingerprint(lock) != before
    assert len(before) == hashlib.sha256().digest_size * 2
