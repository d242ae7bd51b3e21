"""The private way to Instagram, answer by answer: uploads, one configure, a look after a doubt."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from platforms.adapters.base import (
    Absent,
    Fault,
    Healthy,
    Published,
    Recent,
    Refused,
    Sample,
    Scope,
    TryLater,
    Unknown,
)
from platforms.adapters.turns import in_this_process
from tests.platforms.conftest import (
    ACCOUNTS,
    PRIVATE_SECRETS,
    SESSION,
    TEXT,
    make_adapter,
)
from tests.platforms.outcomes import course
from tests.platforms.stand_in import Answer

ACCOUNT = ACCOUNTS["instagram_private"]
UPLOADED = ["1790000000000", "1790000000001"]
MADE = Answer(200, {"media": {"pk": 77, "code": "Abc"}, "status": "ok"})


@pytest.fixture
def private(stand_in):
    return make_adapter("instagram_private", stand_in.url)


@pytest.fixture
def job(make_job, pictures, a_minute_ago):
    kept = {"uploads": UPLOADED}
    return make_job("instagram_private", pictures=pictures, checkpoint=kept, since=a_minute_ago)


def feed(*posts, more=False) -> Answer:
    body = {"items": list(posts), "more_available": more, "status": "ok"}
    return Answer(200, body | ({"next_max_id": "lagi"} if more else {}))


def post(number, text=TEXT, ago=0, **more):
    at = int(time.time()) - ago
    return {"pk": number, "taken_at": at, "code": "Abc", "caption": {"text": text}} | more


def said(asked) -> dict[str, Any]:
    return dict(json.loads(asked.form["signed_body"].removeprefix("SIGNATURE.")))


# --- what is loaded, and what is kept quiet ---


def test_the_heavy_library_is_loaded_only_when_somebody_goes_this_way(here):
    code = (
        "import sys; import platforms.adapters.instagram_private as way;"
        "way.InstagramPrivate(); print('instagrapi' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, text=True)
    assert ran.stdout.strip() == "False", ran.stderr


def test_a_session_does_not_bring_its_own_waits_and_transports(private, stand_in):
    stand_in.answers(Answer(200, {"user": {"pk": 900, "username": "dinkes"}, "status": "ok"}))
    began = time.monotonic()
    assert isinstance(private.verify(ACCOUNT), Healthy)
    assert time.monotonic() - began < 5  # that session would sleep a minute


# --- content ---


def test_a_post_that_fits_one_way_fits_the_other(stand_in, make_job, drawer):
    ways = [make_adapter(key, stand_in.url) for key in ("instagram", "instagram_private")]
    bad = [drawer.picture(alt="", size=(400, 1000)), drawer.picture(size=(200, 200))]
    for text, pictures in ((TEXT, ()), ("#a " * 900, bad), ("", [bad[1]] * 11)):
        payload = make_job("x", text, pictures).payload
        official, own = (way.problems(payload) for way in ways)
        assert official == own != []
    for name in ("platform", "text_limit", "picture_limit", "picture_needed", "fold"):
        assert len({getattr(way, name) for way in ways}) == 1


# --- sessions ---


@pytest.mark.parametrize(
    ("session", "why"),
    [
        ("bukan json", "tidak terbaca"),
        ("{}", "tidak terbaca"),
        ("[]", "tidak terbaca"),
        (json.dumps({"authorization_data": {"ds_user_id": "1"}}), "milik akun Instagram lain"),
        (json.dumps(SESSION | {"uuids": "rusak"}), "rusak"),
    ],
)
def test_a_session_that_is_not_this_accounts_is_for_the_channels_keeper(
    private, stand_in, job, session, why
):
    account = replace(ACCOUNT, secrets={"session": session})
    for outcome in (
        private.publish(replace(job, account=account)),
        private.verify(account),
        private.rehearse(account, Sample(b"", "")),
    ):
        assert isinstance(outcome, Refused)
        assert outcome.fault is Fault.CHANNEL
        assert why in outcome.reason
    assert not stand_in.asked


def test_a_channel_that_came_from_the_official_way_keeps_its_number(private, stand_in):
    session = json.dumps(SESSION | {"other_number": "17841400000000900"})
    account = replace(ACCOUNT, remote_id="17841400000000900", secrets={"session": session})
    stand_in.answers(Answer(200, {"user": {"pk": 900, "username": "dinkes"}, "status": "ok"}))
    assert isinstance(private.verify(account), Healthy)


def test_a_session_that_answers_as_somebody_else_is_not_believed(private, stand_in):
    stand_in.answers(Answer(200, {"user": {"pk": 901, "username": "lain"}, "status": "ok"}))
    assert isinstance(private.verify(ACCOUNT), TryLater)


# --- turns ---


def test_two_workers_are_never_at_one_account_together(private, stand_in, job):
    with in_this_process("instagram_private:900") as ours:
        assert ours
        for outcome in (private.publish(job), private.prepare(replace(job, checkpoint={}))):
            assert isinstance(outcome, TryLater)
            assert outcome.scope is Scope.DELIVERY
        assert isinstance(private.find(job), TryLater)
        assert isinstance(private.login().inspect(PRIVATE_SECRETS), TryLater)
        kept = PRIVATE_SECRETS
        assert isinstance(private.login().enter("contoh_dinkes", "x", kept=kept), TryLater)
    assert not stand_in.asked
    stand_in.answers(MADE)
    assert isinstance(private.publish(job), Published)


# --- uploads ---


def test_the_bytes_that_were_approved_are_the_bytes_that_are_sent(
    private, stand_in, make_job, pictures, drawer
):
    stand_in.answers(Answer(500, "gagal"))
    private.prepare(make_job("instagram_private", pictures=pictures[:1]))
    (asked,) = stand_in.asked
    assert asked.body == drawer.jpegs[pictures[0].sha256]
    assert json.loads(asked.headers["X-Instagram-Rupload-Params"])["media_type"] == "1"


def test_an_old_upload_is_sent_again_before_it_is_relied_on(private, stand_in, make_job, pictures):
    old = str(int((time.time() - 7 * 3600) * 1000))
    stand_in.answers(Answer(500, "gagal"))
    kept = {"uploads": [old]}
    again = private.prepare(make_job("instagram_private", pictures=pictures[:1], checkpoint=kept))
    assert isinstance(again, TryLater)
    assert again.checkpoint
    assert again.checkpoint["uploads"] == []


def test_a_picture_that_instagram_never_takes_is_told_to_the_author(
    private, stand_in, make_job, pictures
):
    stand_in.answers(Answer(400, {"message": "Invalid image", "status": "fail"}))
    job = make_job("instagram_private", pictures=pictures[:1])
    assert course(private.prepare, job) == "5x later, content"


def test_a_post_without_all_its_pictures_is_not_sent(private, stand_in, job):
    outcome = private.publish(replace(job, checkpoint={"uploads": UPLOADED[:1]}))
    assert isinstance(outcome, TryLater)
    assert outcome.checkpoint == {"uploads": []}
    assert not stand_in.asked


# --- the one configure ---


def test_an_album_says_its_words_and_every_alt_text(private, stand_in, job, pictures):
    stand_in.answers(MADE)
    outcome = private.publish(job)
    assert isinstance(outcome, Published)
    (asked,) = stand_in.asked
    assert asked.path == "/api/v1/media/configure_sidecar/"
    sent = said(asked)
    assert sent["caption"] == TEXT
    children = sent["children_metadata"]
    assert [child["upload_id"] for child in children] == UPLOADED
    alts = [child["custom_accessibility_caption"] for child in children]
    assert alts == [picture.alt for picture in pictures]


def test_after_a_post_the_account_rests_and_not_by_the_clock(private, stand_in, job):
    stand_in.answers(MADE)
    rests = {private.publish(job).rest for _ in range(12)}
    assert all(timedelta(minutes=10) <= rest < timedelta(minutes=12, seconds=1) for rest in rests)
    assert len(rests) > 1


@pytest.mark.parametrize("how", ["408", "half"])
def test_what_the_library_would_send_twice_is_sent_once(private, stand_in, job, how):
    timed_out = Answer(408, {"message": "Request timed out.", "status": "fail"})
    stand_in.answers(timed_out if how == "408" else replace(MADE, how="truncate"), MADE)
    assert isinstance(private.publish(job), Unknown)
    assert len(stand_in.posts()) == 1


def test_what_is_not_ready_or_spoilt_is_surely_not_public(private, stand_in, job):
    stand_in.answers(Answer(202, {"message": "Transcode not finished yet.", "status": "fail"}))
    early = private.publish(job)
    assert isinstance(early, TryLater)
    assert early.checkpoint
    assert early.checkpoint["uploads"] == UPLOADED
    spoilt = {"error_title": "bad image", "message": "media_needs_reupload", "status": "ok"}
    stand_in.answers(Answer(200, spoilt))
    again = private.publish(job)
    assert isinstance(again, TryLater)
    assert again.checkpoint
    assert again.checkpoint["uploads"] == []


# --- looking ---


def test_our_post_is_known_by_words_and_hour_and_others_are_passed_by(private, stand_in, job):
    before, lied = post(70, ago=3600), post(71, "Lain")
    stand_in.answers(feed(lied, post(72), post(73), before))
    found = private.find(replace(job, known=frozenset({"72"})))
    assert isinstance(found, Published)
    assert found.remote_id == "73"
    assert found.rest


@pytest.mark.parametrize(
    ("seen", "kind"),
    [
        (lambda: feed(post(70, ago=3600)), Absent),
        (lambda: feed(), Absent),
        (lambda: feed(post(70, "Lain"), post(71, ago=3600), more=True), Absent),
        (lambda: feed(post(9, ago=10**7), post(70, "Lain"), more=True), Unknown),
        (lambda: feed({"pk": 70}), TryLater),
        (lambda: Answer(200, {"items": {}, "status": "ok"}), TryLater),
        (lambda: Answer(200, {"items": []}), TryLater),
    ],
)
def test_only_a_whole_and_readable_list_says_that_a_post_is_absent(
    private, stand_in, job, seen, kind
):
    stand_in.answers(seen())
    assert isinstance(private.find(job), kind)
    assert not stand_in.posts()


def test_without_an_hour_to_begin_at_nothing_is_looked_for(private, stand_in, job):
    assert isinstance(private.find(replace(job, since=None)), Unknown)
    assert not stand_in.asked


@pytest.mark.parametrize(
    ("way", "number"),
    [("instagram_private", "18012345678901234"), ("instagram", "3509123456789012345")],
)
def test_a_post_of_the_other_way_is_not_taken_for_gone(stand_in, way, number):
    told = make_adapter(way, stand_in.url).read_back(ACCOUNTS[way], number)
    assert isinstance(told, Unknown)
    assert not stand_in.asked


def test_recent_posts_are_read_page_by_page_until_they_are_old_enough(private, stand_in):
    since = datetime.now(UTC) - timedelta(minutes=30)
    old, new = post(70, ago=3600), post(75, "Baru")
    stand_in.answers(feed(new, post(74, ago=60), more=True), feed(post(74, ago=60), old))
    recent = private.recent(ACCOUNT, since)
    assert isinstance(recent, Recent)
    assert ([each.remote_id for each in recent.posts], recent.whole) == (["75", "74"], True)
    assert stand_in.asked[1].query["max_id"] == "lagi"
    stand_in.answers(feed(new, more=True))
    assert not private.recent(ACCOUNT, since).whole
    stand_in.answers(Answer(403, {"message": "login_required", "status": "fail"}))
    assert isinstance(private.recent(ACCOUNT, since), Unknown)
