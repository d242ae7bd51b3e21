"""Opens pages as people do and tells what each cost, as JSON: `python -m bench.visits [NAME …]`.

Runs in a place's environment, on a regency of bench.regency. A page's address is found by its
name: one that does not exist, or that does not answer 200, ends the run.
"""

import gzip
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import quote

import django

django.setup()

from django.db import connection  # noqa: E402 - settings first
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Agency, Role, User  # noqa: E402
from accounts.second_factor import GIVEN, GIVEN_BY  # noqa: E402
from publishing import keys, workflow  # noqa: E402
from publishing.models import Post  # noqa: E402
from publishing.workflow import Draft, Placed, SourceLine  # noqa: E402

TIMES = 20
MARK = "bench.visits"


@dataclass(frozen=True)
class Page:
    """Who opens it, its address's name, and whose number is in the address."""

    role: Role
    name: str
    key: Callable[[], Any] | None = None
    query: str | Callable[[], str] = ""

    def url(self) -> str:
        query = self.query if isinstance(self.query, str) else self.query()
        return reverse(self.name, args=[self.key()] if self.key else None) + query


@dataclass
class Visit:
    """What one page cost."""

    queries: int
    size: int  # bytes of HTML
    zipped: int
    times: list[float]  # milliseconds by the wall
    cpu: list[float]  # and of this process alone, which a busy machine does not lengthen
    asked: list[tuple[float, str]]  # each question with its milliseconds, in their order
    slowest: str  # the one that took longest, with its plan


@dataclass
class Watch:
    """Writes down every question to the database, for `connection.execute_wrapper`."""

    asked: list[tuple[float, str, Any]] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.asked.append(((time.perf_counter() - began) * 1000, sql, params))


@cache
def agency() -> Agency:
    """The busiest one: every tenth post is its."""
    return Agency.objects.order_by("pk")[0]


@cache
def person(role: Role) -> User:
    found = User.objects.filter(role=role).order_by("pk")
    if role in (Role.AUTHOR, Role.AGENCY_HEAD):
        found = found.filter(agency=agency())
    return found[0]


@cache
def draft() -> int:
    """A draft of three channels, four pictures and three sources, saved a few times."""
    sari = person(Role.AUTHOR)
    if known := Post.objects.filter(author=sari, note=MARK).first():
        return known.pk
    said = "Imunisasi gratis Sabtu ini di Balai Nagari Koto Baru, pukul 08.00. "
    row = Draft(
        text=said * 3,
        channels={c.pk: said if c.platform == "x" else "" for c in agency().channels.all()},
        pictures=[Placed(media.pk, "Petugas di loket") for media in agency().media.all()[:4]],
        sources=[SourceLine(f"Jadwal {n}", "400.7", url="https://contoh.test/") for n in range(3)],
        publish_at=timezone.now() + timedelta(days=2),
        note=MARK,
        facts=[fact.pk for fact in agency().facts.all()[:2]],
    )
    post = workflow.create_draft(row, by=sari)
    workflow.save_draft(post, row, by=sari, seen=post.version)
    return post.pk


def published() -> int:
    """With pictures, two submissions, three deliveries, and a ralat."""
    own = agency().posts.filter(status="approved", deliveries__status="published")
    return own.exclude(corrections=None).order_by("pk").values_list("pk", flat=True)[0]


def in_trouble() -> int:
    own = agency().posts.filter(deliveries__status__in=["failed", "held", "missed"])
    return own.order_by("pk").values_list("pk", flat=True)[0]


def waiting() -> int:
    """Handed in for the second time: its changes are shown."""
    again = Post.objects.filter(status="submitted", revisions__number=2)
    return again.order_by("pk").values_list("pk", flat=True)[0]


def media() -> int:
    return agency().media.order_by("pk").values_list("pk", flat=True)[0]


def older() -> str:
    """The fourth page: further than people go."""
    newest = agency().posts.order_by("-updated_at", "-pk").values_list("updated_at", "pk")
    at, pk = list(newest[:76])[-1]
    return f"?older={quote(keys.key(at, pk))}"


A = Role.AUTHOR
PAGES = {
    **{f"home {role}": Page(role, "home") for role in Role},
    "posts": Page(A, "posts"),
    "posts older": Page(A, "posts", query=older),
    "posts draft": Page(A, "posts", query="?status=draft"),
    "posts attention": Page(A, "posts", query="?status=attention"),
    "posts scheduled": Page(A, "posts", query="?status=scheduled"),
    "posts live": Page(A, "posts", query="?status=live"),
    "posts search": Page(A, "posts", query="?q=imunisasi"),
    "posts search rare": Page(A, "posts", query="?q=tidak+ada+yang+begini"),
    "posts of all": Page(Role.COORDINATOR, "posts"),
    "posts of all search": Page(Role.COORDINATOR, "posts", query="?q=imunisasi"),
    "posts of all search rare": Page(Role.COORDINATOR, "posts", query="?q=tidak+ada+begini"),
    "posts of all attention": Page(Role.COORDINATOR, "posts", query="?status=attention"),
    "compose new": Page(A, "write"),
    "compose draft": Page(A, "edit", draft),
    "post draft": Page(A, "post", draft),
    "post published": Page(A, "post", published),
    "post in trouble": Page(Role.REVIEWER, "post", in_trouble),
    "queue": Page(Role.REVIEWER, "queue"),
    "queue returned": Page(Role.REVIEWER, "queue", query="?tab=returned"),
    "review": Page(Role.REVIEWER, "review", waiting),
    "calendar": Page(A, "calendar"),
    "calendar of all": Page(Role.REVIEWER, "calendar"),
    "calendar of all week": Page(Role.REVIEWER, "calendar", query="?v=pekan"),
    "calendar of all agenda": Page(Role.REVIEWER, "calendar", query="?v=agenda"),
    "calendar of all x": Page(Role.COORDINATOR, "calendar", query="?kanal=x"),
    "calendar feeds": Page(A, "calendar_feeds"),
    "pauses": Page(Role.COORDINATOR, "pauses"),
    "library": Page(A, "library"),
    "library search": Page(A, "library", query="?q=loket"),
    "library picture": Page(A, "library_picture", media),
    "facts": Page(A, "facts"),
    "plan": Page(A, "plan"),
    "desk": Page(A, "desk"),
    "help": Page(A, "help"),
    "help states": Page(A, "help_topic", lambda: "states"),
    "health": Page(Role.ADMIN, "health"),
}


def visit(page: Page) -> Visit:
    """Once to warm, once watched, then TIMES by the clock."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(who := person(page.role))
    _past_the_second_factor(client, who)
    url = page.url()
    client.get(url)
    watch = Watch()
    with connection.execute_wrapper(watch):
        answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url} as {page.role}: {answer.status_code}")
    times, cpu = zip(*(_timed(client, url) for _ in range(TIMES)), strict=True)
    _ms, sql, params = max(watch.asked, key=lambda one: one[0])
    html = answer.content
    return Visit(
        len(watch.asked),
        len(html),
        len(gzip.compress(html, 6)),
        list(times),
        list(cpu),
        [(ms, str(sql)) for ms, sql, _params in watch.asked],
        _plan(sql, params),
    )


def _past_the_second_factor(client: Client, who: User) -> None:
    """As if given at the door; what is measured lies behind it."""
    session = client.session
    session[GIVEN], session[GIVEN_BY] = [{"method": "mfa", "at": time.time()}], str(who.pk)
    session.save()


def _timed(client: Client, url: str) -> tuple[float, float]:
    """Milliseconds by the wall, and of this process."""
    began, worked = time.perf_counter(), time.process_time()
    client.get(url)
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def _plan(sql: str, params: Any) -> str:
    if not sql.startswith("SELECT"):
        return sql
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
        return "\n".join([sql, *(line for (line,) in cursor.fetchall())])


if __name__ == "__main__":
    wanted = sys.argv[1:] or list(PAGES)
    print(json.dumps({name: asdict(visit(PAGES[name])) for name in wanted}))
