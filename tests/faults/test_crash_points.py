"""A worker dies between any two lines, on a platform in any mood: one post at most, nobody silent.

Real processes, really killed; what goes on afterwards is told here, with a clock that is moved.
"""

import json
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from opd_hub.local.folders import ROOT
from platforms import registry
from publishing.delivery import lane
from publishing.delivery.tick import tick
from publishing.models import Delivery
from tests.factories import make_approved
from tests.faults.checker import check
from tests.faults.hub import environment

pytestmark = pytest.mark.django_db(transaction=True)

POINTS = (
    "after-claim",
    "after-checkpoint",
    "before-intend",
    "after-intend",
    "after-call",
    "in-record",
    "after-record",
    "after-release",
)
MOODS = {
    "ok": None,
    "500 before": {"kind": "500", "when": "before"},
    "500 after": {"kind": "500", "when": "after"},
    "drop after": {"kind": "drop", "when": "after"},
    "429": {"kind": "429", "reset_in": 600},
    "refused": {"kind": "forbidden"},
    "revoked": {"kind": "token_revoked"},
}
POLLS = 5  # Instagram needs one or two until its container is ready
UNTIL_REST = 30  # rounds of three minutes and a half: longer than any grace


@pytest.fixture(scope="module")
def zygote(django_db_setup):
    """Orders go in a line each; the exit codes of the dead come out."""
    run = [sys.executable, "-m", "tests.faults.zygote"]
    env = environment("http://127.0.0.1:1")
    with subprocess.Popen(
        run, env=env, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield process
        process.kill()


def die_at(zygote, point, delivery, now) -> int:
    """Let a worker run the delivery's lane at `now`, and give its exit code."""
    order = {
        "point": point,
        "channel": delivery.channel_id,
        "now": now.isoformat(),
        "public_url": settings.PUBLIC_URL,
        "media_root": str(settings.MEDIA_ROOT),
        "keys": settings.VAULT_KEYS,
        "platforms": settings.PLATFORMS,
    }
    zygote.stdin.write(json.dumps(order) + "\n")
    zygote.stdin.flush()
    return int(zygote.stdout.readline())


def live_on(clock, delivery) -> None:
    """Other workers and schedulers go on until nothing more happens by itself."""
    for _ in range(UNTIL_REST):
        delivery.refresh_from_db()
        if delivery.status == "published" or is_told(delivery):
            return
        clock.shift(timedelta(seconds=210))
        for channel_id in tick():
            lane.run(channel_id)


def is_told(delivery) -> bool:
    return Delivery.objects.needing_a_person().filter(pk=delivery.pk).exists()


def tell_the_story(zygote, box, clock, delivery, point, mood) -> None:
    """One death and what follows from it."""
    if mood:
        box.fault(delivery.channel.platform, "publish", **mood)
    clock.shift(timedelta(seconds=200))  # whoever died before has lost its lane
    for _ in range(POLLS):
        clock.shift(timedelta(seconds=11))
        if code := die_at(zygote, point, delivery, timezone.now()):
            break
    delivery.refresh_from_db()
    assert code == -signal.SIGKILL or is_told(delivery), "a revoked token ends it sooner"
    live_on(clock, delivery)
    box.heal()
    live_on(clock, delivery)


@pytest.fixture
def approved(sari, dewi, channels, picture_file):
    """Makes an approved delivery to a platform, with words of its own."""

    def make(platform, mood):
        picture = [picture_file(size=(400, 400))] if platform == "instagram" else []
        told = {"text": f"Imunisasi gratis; suasana: {mood}.", "publish_at": None}
        post = make_approved(sari, dewi, channels[platform], pictures=picture, **told)
        return post.deliveries.select_related("channel").get()

    return make


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("platform", ["x", "facebook", "facebook direct", "instagram"])
def test_whenever_a_worker_dies_one_post_at_most_is_out_and_nobody_is_silent(
    zygote, approved, box, live_server, clock, settings, platform, point
):
    name, _, direct = platform.partition(" ")
    settings.PUBLIC_URL = live_server.url  # Instagram fetches its pictures
    settings.PLATFORMS["facebook"]["TWO_PHASE"] = not direct
    registry.adapter.cache_clear()
    silent = []
    for mood, fault in MOODS.items():
        delivery = approved(name, mood)
        tell_the_story(zygote, box, clock, delivery, point, fault)
        if not (delivery.status == "published" or is_told(delivery)):
            silent.append(mood)
    assert silent == []
    assert check(box.ledger(), at_rest=True) == []
    sent = [entry["text"] for entry in box.ledger()]
    assert len(sent) == len(set(sent)) <= len(MOODS)
