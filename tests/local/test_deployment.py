"""The deployment files say what the demo runs."""

import shlex

import pytest
import yaml

from opd_hub.local import commands
from opd_hub.local.folders import ROOT

PROGRAMS = {"migrate": commands.MIGRATE, "web": commands.WEB, **commands.WITH_BROKER}


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


@pytest.mark.parametrize("name", PROGRAMS)
def test_compose_runs_the_command_that_the_demo_runs(services, name):
    assert tuple(shlex.split(services[name]["command"])) == PROGRAMS[name]


def test_compose_runs_nothing_else_but_the_two_stores(services):
    assert set(services) == {*PROGRAMS, "postgres", "redis"}


def test_every_program_of_ours_has_a_minute_to_finish_its_call(services):
    assert {services[name]["stop_grace_period"] for name in PROGRAMS} == {"60s"}


def test_everything_that_stays_up_can_be_asked_for_its_health(services):
    assert [name for name in services if "healthcheck" not in services[name]] == ["migrate"]


def test_the_image_holds_no_secret_and_runs_as_nobody_special():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "USER opd_hub" in lines
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".local", ".git", ".venv"} <= set(ignored)


def test_lock_files_name_no_registry():
    for lock in ROOT.glob("requirements*.txt"):
        assert "://" not in lock.read_text()
