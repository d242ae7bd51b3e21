"""Folders of local runs: one run each, secrets kept, throw-away ones emptied."""

import pytest

from opd_hub.local import environment, folders
from opd_hub.local.folders import Taken
from opd_hub.local.ports import Ports


@pytest.fixture(autouse=True)
def local(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "LOCAL", tmp_path)
    return tmp_path


def test_two_journeys_at_once_get_a_folder_each_and_leave_them_empty():
    with folders.throw_away("journey") as one, folders.throw_away("journey") as other:
        assert one != other
        (one / "media").mkdir()
    assert [path.name for path in one.iterdir()] == ["lock"]


def test_what_a_killed_test_run_left_is_gone_when_the_next_begins(local):
    (local / "test-1" / "postgres").mkdir(parents=True)
    with folders.throw_away("test") as folder:
        assert folder == local / "test-1"
        assert [path.name for path in folder.iterdir()] == ["lock"]


def test_a_fresh_start_leaves_a_running_journey_alone(local):
    (local / "media").mkdir()
    with folders.throw_away("journey") as journey, folders.held(local):
        (journey / "media").mkdir()
        folders.empty(local)
        assert (journey / "media").exists()
    assert not (local / "media").exists()


def test_a_demo_in_use_is_not_started_twice(local):
    with folders.held(local), pytest.raises(Taken, match="sudah berjalan"), folders.held(local):
        pass


def test_the_demo_keeps_its_secrets_for_our_eyes_only(local):
    first = environment.kept_secrets(local)
    assert environment.kept_secrets(local) == first
    assert first["OPD_HUB_KEYS"].startswith("k1:")
    assert (local / "env").stat().st_mode & 0o777 == 0o600


def test_a_demo_speaks_to_the_sandbox_whatever_the_shell_says(local, monkeypatch):
    monkeypatch.setenv("X_API_BASE_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("META_APP_SECRET", "punya-humas")
    env = environment.of_demo(local, Ports(8000, 8001), "postgres:///opd_hub")
    bases = ("X_API_BASE_URL", "GRAPH_API_BASE_URL", "INSTAGRAM_PRIVATE_BASE_URL")
    assert {env[name] for name in bases} == {"http://127.0.0.1:8001"}
    assert env["META_APP_SECRET"] == "rahasia-aplikasi-demo"
