"""The demo: a believable month that the running engine leaves as it is."""

import io
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import requests
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase, override_settings
from django.utils import timezone

from accounts.models import Agency, User
from opd_hub.demo.dates import DAYS, MONTHS, filled
from opd_hub.demo.people import PASSWORD, signins
from opd_hub.demo.playground import NoSandbox, Playground
from opd_hub.local.walking import people
from platforms import registry
from platforms.models import Channel
from publishing import payloads
from publishing.delivery.tick import tick
from publishing.models import (
    Delivery,
    Desk,
    Event,
    Fact,
    Lane,
    Media,
    Post,
    Programme,
    Review,
    Revision,
    SavedDraft,
)
from publishing.workflow.clock import expire
from sandbox.server import Sandbox, running
from tests.opd_hub.demo_desk import TheDesk

DATE = re.compile(rf"({'|'.join(DAYS)}), (\d+) ({'|'.join(MONTHS)}) (\d{{4}})")


def run(command):
    """What a command prints."""
    out = io.StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def states():
    return (
        dict(Post.objects.values_list("pk", "status")),
        dict(Delivery.objects.values_list("pk", "status")),
        Event.objects.count(),
        [kind.objects.count() for kind in (Desk, Fact, Media, Programme, SavedDraft)],
    )


def played_at(url):
    """Every platform at the sandbox's address."""
    app = {"CONSUMER_KEY": "app-key", "CONSUMER_SECRET": "app-secret"}
    platforms = {key: known | {"BASE_URL": url} for key, known in settings.PLATFORMS.items()}
    return platforms | {"x": platforms["x"] | app}


class TheMonth(TheDesk, TestCase):
    """What stands after `manage.py demo_data`: loaded once, looked at by every test."""

    box: Sandbox

    @classmethod
    def setUpClass(cls):
        folder = Path(cls.enterClassContext(TemporaryDirectory()))
        cls.box = cls.enterClassContext(running(folder / "sandbox"))
        cls.enterClassContext(
            override_settings(
                DEMO=True,
                PLATFORMS=played_at(cls.box.url),
                MEDIA_ROOT=folder / "media",
                VAULT_KEYS=[f"k1:{Fernet.generate_key().decode()}"],
                PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
            )
        )
        registry.adapter.cache_clear()
        cls.addClassCleanup(registry.adapter.cache_clear)
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        run("demo_data")

    def test_every_state_can_be_seen_at_least_twice(self):
        posts = Counter(Post.objects.values_list("status", flat=True))
        deliveries = Counter(Delivery.objects.values_list("status", flat=True))
        assert [s for s in Post.Status.values if posts[s] < 2] == []
        assert [s for s in Delivery.Status.values if deliveries[s] < 2] == []

    def test_dewi_has_a_queue_with_two_posts_that_came_back(self):
        queue = Post.objects.awaiting_review()
        assert 6 <= queue.count() <= 10
        assert sum(post.revisions.count() == 2 for post in queue) == 2
        assert all(Review.objects.get(revision__post=p, decision="").decision == "" for p in queue)

    def test_sari_and_budi_each_have_a_draft_that_humas_never_saw(self):
        for name in ("Sari", "Budi"):
            assert Post.objects.filter(author__name__startswith=name, status="draft").exists()

    def test_every_revision_is_intact_and_fit_for_its_platforms(self):
        assert [str(r) for r in Revision.objects.all() if not r.is_intact()] == []
        problems = {
            f"{shown.channel}: {revision}": shown.problems
            for revision in Revision.objects.all()
            for shown in payloads.of_revision(revision)
            if shown.problems
        }
        assert problems == {}

    def test_a_second_submission_says_something_else_than_the_first(self):
        seconds = Revision.objects.filter(number=2).select_related("post")
        assert len(seconds) >= 4
        for second in seconds:
            first = second.post.revisions.get(number=1)
            assert first.sha256 != second.sha256
            assert first.review.note

    def test_what_is_published_stands_in_the_sandbox(self):
        ledger = requests.get(f"{self.box.url}/__sandbox__/ledger?planted=1", timeout=5).json()[
            "posts"
        ]
        planted = {(post["platform"], post["id"]): post for post in ledger}
        published = Delivery.objects.filter(status="published").select_related(
            "channel", "revision"
        )
        assert len(published) == len(planted)
        for delivery in published:
            payload = delivery.revision.payload(delivery.channel_id)
            post = planted[delivery.channel.platform, delivery.remote_id]
            assert post["text"] == payload.text
            assert [i["sha256"] for i in post["images"]] == [p.sha256 for p in payload.pictures]
            assert requests.get(delivery.permalink, timeout=5).status_code == 200

    def test_what_was_retracted_or_is_gone_cannot_be_found_any_more(self):
        for delivery in Delivery.objects.filter(status__in=["retracted", "gone"]):
            assert requests.get(delivery.permalink, timeout=5).status_code == 404

    def test_a_second_run_changes_nothing(self):
        before = states()
        assert "Sudah ada OPD" in run("demo_data")
        assert states() == before

    def test_the_running_engine_leaves_the_month_as_it_is(self):
        before = states()
        with transaction.atomic():
            rung = tick()
            expire()
            assert states() == before
            transaction.set_rollback(True)
        under_way = Lane.objects.filter(channel__deliveries__status="sending")
        assert {lane.lease_owner for lane in under_way} == {"mesin-lain"}
        assert not set(rung) & {lane.pk for lane in under_way}

    def test_a_lane_with_a_call_under_way_owes_nothing_else(self):
        busy = Lane.objects.filter(channel__deliveries__status="sending").values("channel")
        assert not Delivery.objects.filter(channel__in=busy, status="waiting").exists()

    def test_something_is_published_while_one_watches(self):
        soon = timezone.now() + timedelta(minutes=10)
        waiting = Delivery.objects.filter(status="waiting", not_before__lt=soon)
        assert len({delivery.post_id for delivery in waiting}) >= 2
        assert all(d.channel.is_connected for d in waiting.select_related("channel"))

    def test_every_weekday_in_the_texts_is_the_right_one(self):
        texts = [entry["text"] for r in Revision.objects.all() for entry in r.content["channels"]]
        found = [
            found
            for text in [*texts, *Post.objects.values_list("text", flat=True)]
            for found in DATE.findall(text)
        ]
        assert len(found) > 40
        wrong = [
            words
            for words in found
            if date(int(words[3]), MONTHS.index(words[2]) + 1, int(words[1])).weekday()
            != DAYS.index(words[0])
        ]
        assert wrong == []
        assert not [text for text in texts if "{" in text]

    def test_each_post_tells_its_history_from_the_first_word_on(self):
        for post in Post.objects.prefetch_related("events", "deliveries"):
            events = list(post.events.all())
            assert events[0].verb == "create"
            assert all(event.at <= timezone.now() for event in events), post
        for delivery in Delivery.objects.filter(status__in=["published", "failed", "uncertain"]):
            assert delivery.events.filter(verb=delivery.status).exists()
            assert delivery.attempts.get().revision_sha256 == delivery.revision.sha256

    def test_nobody_decided_about_their_own_work(self):
        for review in Review.objects.filter(decision__in=["approved", "returned", "rejected"]):
            assert review.decided_by_id not in review.revision.post.hands()

    def test_every_statement_has_a_source_or_claims_nothing(self):
        assert not Post.objects.filter(sources=None, no_claims=False).exists()

    def test_pictures_are_kept_once_per_agency_and_described(self):
        kept = Media.objects.values_list("agency", "name")
        assert len(kept) == len(set(kept)) > 15
        assert not Post.objects.filter(attachments__alt="").exists()

    def test_the_sign_ins_that_are_printed_open_the_door(self):
        table = people(run("demo_signins"))
        assert {"Sari", "Budi", "Dewi"} <= set(table)
        assert [one.email for one in signins()] == [one.email for one in table.values()]
        assert User.objects.get(email=table["Dewi"].email).check_password(table["Dewi"].password)
        assert table["Sari"].password == PASSWORD

    def test_the_regency_is_there_with_all_its_agencies(self):
        assert Agency.objects.filter(code__startswith="KEC").count() == 7
        assert Channel.objects.filter(sealed="").count() == 2
        assert not Channel.objects.exclude(handle__startswith="contoh_").exists()


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2028, 2, 28), date(2026, 11, 28)])
def test_dates_are_right_whenever_the_demo_is_loaded(day):
    [words] = DATE.findall(filled("Rapat {kerja+1} di aula.", day))
    said = date(int(words[3]), MONTHS.index(words[2]) + 1, int(words[1]))
    assert said > day
    assert said.weekday() == DAYS.index(words[0]) < 5


def test_without_a_sandbox_the_demo_says_what_it_needs(settings):
    settings.PLATFORMS = settings.PLATFORMS | {"x": settings.PLATFORMS["x"] | {"BASE_URL": ""}}
    with pytest.raises(NoSandbox, match="X_API_BASE_URL"):
        Playground()
