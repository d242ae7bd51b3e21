"""What every benchmark stands on: PostgreSQL, Redis, the sandbox, and rows seeded by SQL."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import requests

from bench.accounts import APP, CHANNELS, handle, remote_id, secrets
from opd_hub.local import commands, environment, folders, ports, postgres, processes, redis

AGENCIES = 40


@dataclass
class Ground:
    """A running place to measure in."""

    folder: Path
    env: dict[str, str]
    database: str
    sandbox: str
    started: list[processes.Child] = field(default_factory=list)

    def start(self, name: str, command: tuple[str, ...]) -> processes.Child:
        child = processes.start(
            name,
            [sys.executable, *command[1:]],
            folder=self.folder,
            env=self.env,
            cwd=folders.ROOT,
        )
        self.started.append(child)
        return child

    def stop(self) -> None:
        processes.stop_together(self.started, seconds=60)
        self.started.clear()

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement on a connection of its own; its rows, if it has any."""
        connection = psycopg2.connect(self.database)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values or None)
                return list(cursor.fetchall()) if cursor.description else []
        finally:
            connection.close()

    def control(self, what: str, body: Any = None) -> Any:
        method = "GET" if body is None else "POST"
        url = f"{self.sandbox}/__sandbox__/{what}"
        answer = requests.request(method, url, json=body, timeout=60)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def ground(*, durable: bool = True) -> Iterator[Ground]:
    """PostgreSQL as in production (or hasty), Redis, the sandbox; migrated, channels seeded."""
    with ExitStack() as stack:
        folder = stack.enter_context(folders.throw_away("bench"))
        url = stack.enter_context(postgres.running(folder / "postgres", durable=durable))
        broker = stack.enter_context(redis.serving(folder / "redis")).url
        port = ports.choose(anywhere=True).sandbox
        sandbox = f"http://{ports.HOST}:{port}"
        env = {
            **os.environ,
            **environment.kept_secrets(folder),
            "DATABASE_URL": url,
            "CELERY_BROKER_URL": broker,
            "MEDIA_ROOT": str(folder / "media"),
            "X_API_BASE_URL": sandbox,
            "GRAPH_API_BASE_URL": sandbox,
            "X_CONSUMER_KEY": APP["consumer_key"],
            "X_CONSUMER_SECRET": APP["consumer_secret"],
            "DJANGO_SETTINGS_MODULE": "opd_hub.settings",
            "LOG_LEVEL": "WARNING",
        }
        place = Ground(folder, env, url, sandbox)
        stack.callback(place.stop)
        place.start("sandbox", commands.sandbox(port, str(folder / "sandbox")))
        ports.wait_until_open(port, place.started[0].watch)
        keeper, place.started = place.started, []
        stack.callback(processes.stop_together, keeper, 5)
        processes.finish("migrate", [sys.executable, *commands.MIGRATE[1:]], folder=folder, env=env)
        _seed_channels(place)
        yield place


def twin(place: Ground) -> Ground:
    """The same place on a second database in the same server, a copy of the first as it is now."""
    parts = urlsplit(place.database)
    beside, copy = (urlunsplit(parts._replace(path=f"/{name}")) for name in ("postgres", "twin"))
    template = parts.path.removeprefix("/")
    replace(place, database=beside).sql(f'CREATE DATABASE twin TEMPLATE "{template}"')
    return replace(place, database=copy, env=place.env | {"DATABASE_URL": copy}, started=[])


def _seed_channels(place: Ground) -> None:
    """Agencies, a person, channels with sealed secrets, and the same accounts on the sandbox."""
    sealed = json.loads(in_django(place, "bench.seal", str(CHANNELS)))
    place.sql(
        "INSERT INTO accounts_agency (code, name, short_name)"
        " SELECT 'A' || n, 'OPD ' || n, 'OPD ' || n FROM generate_series(1, %s) n",
        AGENCIES,
    )
    place.sql(
        "INSERT INTO accounts_user (password, is_superuser, is_staff, is_active, date_joined,"
        " email, name, role, agency_id) SELECT '', false, false, true, now(), 'sari@contoh.test',"
        " 'Sari Contoh', 'author', min(id) FROM accounts_agency"
    )
    for n, secret in enumerate(sealed, start=1):
        place.sql(
            "INSERT INTO platforms_channel (agency_id, platform, adapter_key, remote_id, handle,"
            " name, sealed, is_active) SELECT id, 'x', 'x', %s, %s, %s, %s, true"
            " FROM accounts_agency WHERE code = %s",
            *(remote_id(n), handle(n), f"OPD {n}", secret, f"A{(n - 1) % AGENCIES + 1}"),
        )
    place.sql(
        "INSERT INTO publishing_lane (channel_id, lease_owner, fence)"
        " SELECT id, '', 0 FROM platforms_channel"
    )
    opened = [
        {"platform": "x", "id": remote_id(n), "handle": handle(n), "name": f"OPD {n}"}
        | {"secrets": APP | secrets(n)}
        for n in range(1, CHANNELS + 1)
    ]
    place.control("accounts", opened)


def in_django(place: Ground, module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return processes.finish(module, command, folder=place.folder, env=place.env, cwd=folders.ROOT)


POSTS = """
WITH numbered AS (
    SELECT n, c.id AS channel, c.agency_id AS agency, c.remote_id, c.handle
    FROM generate_series(%(first)s, %(last)s) n
    JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM platforms_channel) c
      ON c.place = (n %% %(channels)s)
    ORDER BY n
), posts AS (
    INSERT INTO publishing_post (agency_id, author_id, saved_by_id, status, version, text,
        no_claims, note, kind, details, pillar, value, place, created_at, updated_at)
    SELECT agency, u.id, u.id, 'approved', 3, '%(said)s ' || n, true, '', 'announcement', '{}',
        'service', '', '', now(), now()
    FROM numbered, accounts_user u RETURNING id, text
), revisions AS (
    INSERT INTO publishing_revision (post_id, number, content, sha256, note, submitted_by_id,
        submitted_at, urgent)
    SELECT p.id, 1, content, encode(sha256(convert_to(canonical, 'UTF8')), 'hex'), '', u.id,
        now(), false
    FROM posts p
    JOIN numbered n ON p.text = '%(said)s ' || n.n
    CROSS JOIN accounts_user u
    CROSS JOIN LATERAL (SELECT
        '{"channels":[{"account":"' || remote_id || '","channel":' || channel || ',"handle":"'
        || handle || '","pictures":[],"platform":"x","text":"' || p.text
        || '"}],"no_claims":true,"sources":[]}' AS canonical) c
    CROSS JOIN LATERAL (SELECT canonical::jsonb AS content) j
    RETURNING id, post_id, content
)
INSERT INTO publishing_delivery (post_id, revision_id, channel_id, status, hold, version,
    not_before, deadline, next_at, checkpoint, tries, looks, remote_id, permalink, reason, detail,
    created_at, published_at)
SELECT post_id, id, (content #>> '{channels,0,channel}')::bigint, '%(status)s', '', 1,
    now() + interval '%(delay)s seconds', now() + interval '1 day', %(next_at)s,
    '{}', 0, 0, %(remote_id)s, '', '', '', now(), %(published_at)s
FROM revisions
"""


def seed(place: Ground, count: int, *, said: str, delay: float = 0, finished: bool = False) -> None:
    """`count` approved one-channel posts, spread evenly; due in `delay` s, or long published."""
    moment = f"now() + interval '{delay} seconds'"
    place.sql(
        POSTS
        % {
            "first": 1,
            "last": count,
            "channels": CHANNELS,
            "said": said,
            "status": "published" if finished else "waiting",
            "delay": delay,
            "next_at": "NULL" if finished else moment,
            "remote_id": f"'{said}' || id" if finished else "''",
            "published_at": "now()" if finished else "NULL",
        }
    )
    place.sql("ANALYZE")


def wait_until(true: Callable[[], bool], seconds: float, place: Ground) -> None:
    """Ask every half second; raises when a process died or the time is over."""
    end = time.monotonic() + seconds
    while not true():
        for child in place.started:
            child.watch()
        if time.monotonic() > end:
            raise TimeoutError(f"not so within {seconds:.0f} s")
        time.sleep(0.5)


def machine() -> str:
    """One line about what was measured on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return (
        f"{os.cpu_count()} cores, {models[0] if models else '?'}, Python {sys.version.split()[0]}"
    )


def percentile(numbers: list[float], share: float) -> float:
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
