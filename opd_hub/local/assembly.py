"""All of OPD Hub up in one folder: what starts after what, and what ends before what."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from opd_hub.local import commands, environment, ports, postgres, processes, static
from opd_hub.local.folders import ROOT
from opd_hub.local.ports import Ports

STOPPING = {"worker": 8, "web": 3, "sandbox": 1}  # seconds of patience; PostgreSQL adds 4


@dataclass
class Assembly:
    """A running whole."""

    folder: Path
    ports: Ports
    env: Mapping[str, str]
    watched: Sequence[processes.Child]  # not ours to stop: the database, when it is embedded
    children: list[processes.Child] = field(default_factory=list)

    def watch(self) -> None:
        """Raise when any of its processes has died."""
        for child in (*self.watched, *self.children):
            child.watch()

    def start(self, name: str, command: tuple[str, ...]) -> None:
        child = processes.start(name, command, folder=self.folder, env=self.env, cwd=ROOT)
        self.children.append(child)

    def finish(self, name: str, command: tuple[str, ...]) -> str:
        """Run a command to its end and give what it printed."""
        return processes.finish(name, command, folder=self.folder, env=self.env, cwd=ROOT)

    def stop(self) -> None:
        """Workers first, for they finish the call in flight: it goes through web and sandbox."""
        for kind, seconds in STOPPING.items():
            chosen = [child for child in self.children if _kind(child) == kind]
            processes.stop_together(chosen, seconds)


def _kind(child: processes.Child) -> str:
    return child.name if child.name in STOPPING else "worker"


@contextmanager
def running(folder: Path, chosen: Ports) -> Iterator[Assembly]:
    """Bring everything up in `folder`, which the caller holds; take everything down after."""
    processes.end_leftovers(folder)
    with ExitStack() as stack:
        url, watched = os.environ.get("DATABASE_URL"), list[processes.Child]()
        if not url:
            _forget_unfinished(folder)
            url, database = stack.enter_context(postgres.serving(folder / "postgres"))
            watched.append(database)
        whole = Assembly(folder, chosen, environment.of_demo(folder, chosen, url), watched)
        stack.callback(whole.stop)
        _prepare(whole, url)
        _serve(whole)
        yield whole


def _forget_unfinished(folder: Path) -> None:
    """Drop demo data whose loading was interrupted; half a month of posts helps nobody."""
    if _loading(folder).exists():
        postgres.end_leftovers(folder / "postgres")
        for name in ("postgres", "sandbox", "media", "mail"):
            shutil.rmtree(folder / name, ignore_errors=True)
        _loading(folder).unlink()


def _loading(folder: Path) -> Path:
    return folder / "loading"


def _prepare(whole: Assembly, url: str) -> None:
    print("Menyiapkan basis data …", flush=True)
    whole.finish("migrate", commands.MIGRATE)
    if not _answers(url, "SELECT to_regclass('django_cache') IS NOT NULL"):
        whole.finish("cache-table", commands.CACHE_TABLE)
    static.build(whole.folder, whole.env)
    state = str(whole.folder / "sandbox")
    whole.start("sandbox", commands.sandbox(whole.ports.sandbox, state))
    ports.wait_until_open(whole.ports.sandbox, whole.watch)
    if not _answers(url, "SELECT EXISTS (SELECT 1 FROM accounts_user)"):
        _load_demo_data(whole)


def _load_demo_data(whole: Assembly) -> None:
    print("Memuat data demo …", flush=True)
    _loading(whole.folder).touch()
    print(whole.finish("demo-data", commands.DEMO_DATA), end="", flush=True)
    _loading(whole.folder).unlink()


def _serve(whole: Assembly) -> None:
    print("Menjalankan server dan pekerja …", flush=True)
    broker = bool(os.environ.get("CELERY_BROKER_URL"))
    whole.start("web", commands.WEB)
    for name, command in commands.workers(broker=broker).items():
        whole.start(name, command)
    ports.wait_until_open(whole.ports.web, whole.watch)


def _answers(url: str, question: str) -> bool:
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            row = cursor.fetchone()
            return bool(row and row[0])
    finally:
        connection.close()
