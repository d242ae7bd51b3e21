"""The embedded database comes up, goes down, and leaves nothing, however its owner ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from opd_hub.local import postgres, processes
from opd_hub.local.folders import ROOT, Taken

OWNER = """
import sys, time
from pathlib import Path
from opd_hub.local import postgres
with postgres.running(Path(sys.argv[1])) as url:
    print(url, flush=True)
    time.sleep(60)
"""


def ask(url, question):
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def servers(folder):
    return postgres.servers(folder / "data")


@pytest.fixture
def owner(tmp_path):
    """Another process that runs the database in `tmp_path`; its address on its first line."""
    command = [sys.executable, "-c", OWNER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        process.stdout.readline()
        yield process
        process.kill()


def test_what_sari_wrote_is_there_after_a_second_start(tmp_path):
    with postgres.running(tmp_path) as url:
        ask(url, "CREATE TABLE note AS SELECT 'Imunisasi campak' AS text")
    with postgres.running(tmp_path) as url:
        assert ask(url, "SELECT text FROM note") == [("Imunisasi campak",)]
    assert servers(tmp_path) == []


def test_a_folder_with_a_long_path_and_capitals_still_gets_a_socket(tmp_path):
    folder = tmp_path / ("Dinas" * 25)
    with postgres.running(folder, durable=False) as url:
        assert ask(url, "SELECT current_setting('fsync')") == [("off",)]


def test_nobody_reaches_it_over_the_network_and_only_its_owner_sees_its_files(tmp_path):
    with postgres.running(tmp_path) as url:
        assert ask(url, "SELECT current_setting('listen_addresses')") == [("",)]
        assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_a_second_run_in_the_same_folder_is_told_of_the_first(tmp_path):
    with postgres.running(tmp_path), pytest.raises(Taken), postgres.running(tmp_path):
        pass


def test_a_killed_owner_takes_its_database_along(tmp_path, owner):
    assert servers(tmp_path)
    owner.kill()
    processes.wait_gone(lambda: servers(tmp_path), seconds=10)
    assert servers(tmp_path) == []


def test_a_killed_database_starts_again_with_its_rows(tmp_path, owner):
    server = int((tmp_path / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(server, signal.SIGKILL)
    owner.kill()
    owner.wait()
    with postgres.running(tmp_path) as url:
        assert ask(url, "SELECT 1") == [(1,)]


def test_a_stale_pid_file_that_names_somebody_else_is_no_obstacle(tmp_path):
    with postgres.running(tmp_path):
        written = (tmp_path / "data" / "postmaster.pid").read_text()
    stale = written.replace(written.split()[0], str(os.getpid()), 1)
    Path(tmp_path / "data" / "postmaster.pid").write_text(stale)
    with postgres.running(tmp_path) as url:
        assert ask(url, "SELECT 1") == [(1,)]


def test_an_interrupted_first_start_is_begun_again(tmp_path):
    (tmp_path / "data.new").mkdir()
    (tmp_path / "data.new" / "PG_VERSION").write_text("18\n")
    with postgres.running(tmp_path) as url:
        assert ask(url, "SELECT 1") == [(1,)]


def test_as_root_where_user_namespaces_are_forbidden_the_second_way_is_taken(tmp_path, monkeypatch):
    with postgres.running(tmp_path) as url:
        ask(url, "CREATE TABLE note AS SELECT 'Imunisasi campak' AS text")
    works = postgres._works
    monkeypatch.setattr(postgres, "_works", lambda way: way[0] != "unshare" and works(way))
    with postgres.running(tmp_path) as url:
        assert ask(url, "SELECT text FROM note") == [("Imunisasi campak",)]
    assert servers(tmp_path) == []
