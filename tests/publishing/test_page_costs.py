"""What every page asks of the database, and how much it says: the same, however many posts."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from publishing import rulebook, workflow
from publishing.models import Delivery, Post
from tests import factories
from tests.routes import table
from tests.routes import world as worlds

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
MOST_BYTES = 60 * 1024
# pages of the lead's, that are measured where they are tested
ELSEWHERE = {"queue", "review"}
STATES = ("published", "failed", "uncertain", "held", "missed", "waiting")


def more(world, dinkes, picture_file, rounds: int) -> None:
    """So many rounds of posts in every state, handed in and not, with all that rows show."""
    sari, dewi = world.people[table.AUTHOR], world.people[table.REVIEWER]
    channels = list(dinkes.channels.all())
    for n in range(rounds):
        told = {"text": f"Imunisasi gratis ke-{n} {dinkes.posts.count()}."}
        factories.make_draft(sari, *channels, **told)
        factories.make_submitted(sari, *channels, **told)
        back = factories.make_submitted(sari, *channels, **told)
        frozen = back.revisions.get().sha256
        workflow.send_back(back, by=dewi, seen=back.version, revision=frozen, note="Sebut jam.")
        for status in STATES:
            post = factories.make_approved(
                sari, dewi, *channels, pictures=[picture_file(size=(400, 400))], **told
            )
            settled = {"published_at": timezone.now()} if status == "published" else {}
            Delivery.objects.filter(post=post).update(status=status, **settled)


def costs(world) -> dict[str, tuple[int, int]]:
    """(queries, bytes) of every page that somebody may open, as the first who may."""
    found: dict[str, tuple[int, int]] = {}
    for route, row in table.TABLE.items():
        if not row.get or route in ELSEWHERE:
            continue
        for who in (
            sorted(row.get) if route == "home" else [next(w for w in table.WHO if w in row.get)]
        ):
            found |= cost(world, route, who)
    return found | states(world)


def states(world) -> dict[str, tuple[int, int]]:
    """The page of a post in each state, as its author and as a reviewer sees it."""
    found: dict[str, tuple[int, int]] = {}
    for status in (*Post.Status.values, *STATES):
        in_it = Post.objects.filter(Q(status=status) | Q(deliveries__status=status))
        if in_it:
            world.named["post"] = {"pk": in_it.order_by("pk")[0].pk}
            for who in (table.AUTHOR, table.REVIEWER):
                costs = cost(world, "post", who).values()
                found |= {f"post {status}, {who}": one for one in costs}
    return found


def cost(world, route: str, who: str) -> dict[str, tuple[int, int]]:
    """Of one page, opened for the second time; nothing of what is no page."""
    client, address = world.client(who), reverse(route, kwargs=world.named.get(route))
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return {}
    return {f"{route}, {who}": (len(asked), len(answer.content))}


@pytest.fixture(autouse=True)
def rulebook_as_read(monkeypatch):
    """What was read stays good: a page that is slow to come does not ask for the rules again."""
    monkeypatch.setattr(rulebook, "FRESH", 3600.0)


def test_every_page_asks_ten_questions_at_most_and_the_same_however_many_posts(
    dinkes, picture_file
):
    world = worlds.build(dinkes, picture_file())
    factories.make_channel(dinkes, "facebook")
    more(world, dinkes, picture_file, rounds=1)
    few = costs(world)
    more(world, dinkes, picture_file, rounds=4)
    many = costs(world)
    assert {page: cost for page, cost in many.items() if cost[0] > MOST_QUERIES} == {}
    assert {page: cost for page, cost in many.items() if cost[1] > MOST_BYTES} == {}
    assert {page: (few[page], cost) for page, cost in many.items() if cost[0] > few[page][0]} == {}
    assert len(many) > 50
