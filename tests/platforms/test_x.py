"""Sari's words on X: media, one tweet, and what each of X's answers comes to."""

import time
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from platforms.adapters.base import (
    Absent,
    Fault,
    Light,
    Prepared,
    Published,
    Refused,
    Scope,
    TryLater,
    Unknown,
)
from tests.platforms.conftest import ACCOUNTS, CONSUMER, TEXT, make_adapter, prepared
from tests.platforms.stand_in import Answer

STALE_MEDIA = Answer(400, {"errors": [{"message": "Your media IDs are invalid."}]})
FRESH = {"media": ["9"], "alts": 1, "cursor": "5"}
DAY = 86_400


@pytest.fixture
def x(stand_in):
    return make_adapter("x", stand_in.url)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 900),
        ({"x-rate-limit-reset": "{soon}"}, 100),
        ({"x-rate-limit-reset": "{soon}.5"}, 100),
        ({"x-rate-limit-reset": "besok"}, 900),
        ({"x-rate-limit-reset": "{soon}", "Retry-After": "300"}, 300),
        (
            {
                "x-rate-limit-reset": "{soon}",
                "x-user-limit-24hour-remaining": "0",
                "x-user-limit-24hour-reset": "{tomorrow}",
            },
            DAY,
        ),
        (
            {
                "x-rate-limit-reset": "{soon}",
                "x-app-limit-24hour-remaining": "9",
                "x-app-limit-24hour-reset": "{tomorrow}",
            },
            100,
        ),
    ],
)
def test_a_limit_rests_until_the_last_reset(x, stand_in, make_job, headers, seconds):
    now = int(time.time())
    written = {k: v.format(soon=now + 100, tomorrow=now + DAY) for k, v in headers.items()}
    stand_in.answers(Answer(429, {"title": "Too Many Requests"}, written))
    outcome = x.publish(make_job("x"))
    assert isinstance(outcome, TryLater)
    assert outcome.scope is Scope.CHANNEL
    assert outcome.after
    assert abs(outcome.after - timedelta(seconds=seconds)) < timedelta(seconds=5)


def test_expired_media_are_uploaded_again_once(x, stand_in, make_job, pictures):
    stand_in.answers(STALE_MEDIA)
    job = make_job("x", pictures=pictures[:1], checkpoint=FRESH)
    again = x.publish(job)
    assert isinstance(again, TryLater)
    assert again.checkpoint == {"cursor": "5", "strikes": {"publish": {"media": 1}}}
    twice = x.publish(replace(job, checkpoint={**again.checkpoint, **FRESH}))
    assert isinstance(twice, Refused)
    assert twice.fault is Fault.CONTENT


def test_one_call_prepares_one_piece_and_keeps_it(x, stand_in, make_job, pictures):
    stand_in.answers(
        Answer(200, {"data": {"id": "9"}}),
        Answer(200, {"data": {"id": "9"}}),
        Answer(200, {"meta": {"result_count": 1, "newest_id": "5"}, "data": []}),
    )
    job, seen = make_job("x", pictures=pictures[:1]), []
    for _ in range(3):
        piece = x.prepare(job)
        assert isinstance(piece, Prepared)
        seen.append((dict(piece.checkpoint), piece.done))
        job = replace(job, checkpoint=piece.checkpoint)
    assert seen == [
        ({"media": ["9"]}, False),
        ({"media": ["9"], "alts": 1}, False),
        ({"media": ["9"], "alts": 1, "cursor": "5"}, True),
    ]
    paths = [asked.path for asked in stand_in.asked]
    assert paths == ["/2/media/upload", "/2/media/metadata", "/2/users/700/tweets"]


def test_without_the_reading_switch_nothing_is_read(stand_in, make_job, a_minute_ago):
    x = make_adapter("x", stand_in.url, reading=False)
    assert x.prepare(make_job("x")) == Prepared({}, done=True)
    assert isinstance(x.find(make_job("x", since=a_minute_ago)), Unknown)
    assert not stand_in.asked


@pytest.mark.parametrize(
    "tweet",
    [
        {"text": TEXT.replace("&", "&amp;")},
        {
            "text": "Posyandu buka Sabtu pukul 08.00 &amp; gratis: https://t.co/a https://t.co/b",
            "entities": {
                "urls": [
                    {
                        "url": "https://t.co/a",
                        "expanded_url": "https://dinkes.contoh.go.id/posyandu",
                    },
                    {
                        "url": "https://t.co/b",
                        "expanded_url": "https://x.com/p",
                        "media_key": "3_1",
                    },
                ]
            },
        },
        {"text": "Posyandu…", "note_tweet": {"text": TEXT}},
        {"text": TEXT + " https://t.co/gambar"},
        {"text": TEXT.replace(" buka", "  buka").replace("&", "&amp;") + "/ "},
        {"text": TEXT.replace("https://", "")},
        {"text": unicodedata.normalize("NFD", TEXT)},
    ],
)
def test_our_words_are_known_again_however_x_rewrites_them(x, stand_in, make_job, tweet):
    other = {"id": "70", "text": "Lain", "edit_history_tweet_ids": ["70"]}
    stand_in.answers(Answer(200, {"data": [other, {"id": "71"} | tweet], "meta": {}}))
    found = x.find(make_job("x", checkpoint={"cursor": "5"}))
    assert isinstance(found, Published)
    assert found.remote_id == "71"
    assert stand_in.asked[0].query["since_id"] == "5"


@pytest.mark.parametrize(
    "page",
    [{"data": [7], "meta": {}}, {"data": [{"text": TEXT}]}, {"data": {}}, {"meta": []}],
)
def test_a_timeline_of_another_shape_decides_nothing(x, stand_in, make_job, page):
    stand_in.answers(Answer(200, page))
    assert isinstance(x.find(make_job("x", checkpoint={"cursor": "5"})), TryLater)


def test_a_clean_look_that_shows_nothing_is_absent_but_not_proved(x, stand_in, make_job):
    stand_in.answers(Answer(200, {"meta": {"result_count": 0}}))
    assert x.find(make_job("x", checkpoint={"cursor": "5"})) == Absent(proved=False)


def test_a_look_that_cannot_see_everything_decides_nothing(x, stand_in, make_job):
    stand_in.answers(Answer(200, {"data": [], "meta": {"next_token": "lagi"}}))
    assert isinstance(x.find(make_job("x", checkpoint={"cursor": "5"})), Unknown)
    assert isinstance(x.find(make_job("x")), Unknown)


def test_the_first_post_of_an_account_is_sought_by_time(x, stand_in, make_job, a_minute_ago):
    stand_in.answers(Answer(200, {"meta": {"result_count": 0}}))
    x.find(make_job("x", checkpoint={"cursor": ""}, since=a_minute_ago))
    assert "start_time" in stand_in.asked[0].query


def test_keys_of_another_account_are_noticed(x, stand_in):
    stand_in.answers(Answer(200, {"data": {"id": "1", "username": "contoh_lain"}}))
    health = x.verify(ACCOUNTS["x"])
    assert isinstance(health, Refused)
    assert "@contoh_lain" in health.reason


def test_a_server_without_consumer_keys_says_so(stand_in, make_job):
    x = make_adapter("x", stand_in.url, **dict.fromkeys(CONSUMER, ""))
    assert isinstance(x.publish(make_job("x")), Refused)


# --- against the sandbox ---


def test_saris_post_reaches_the_timeline_with_pictures_and_alt_texts(box, make_job, pictures):
    x = make_adapter("x", box.url, timeout=(2, 5))
    outcome = x.publish(prepared(x, make_job("x", pictures=pictures)))
    assert isinstance(outcome, Published)
    (post,) = box.ledger
    assert post["text"] == TEXT
    assert [image["alt"] for image in post["images"]] == [picture.alt for picture in pictures]
    assert [image["sha256"] for image in post["images"]] == [p.sha256 for p in pictures]
    assert box.opens(outcome.permalink)
    healthy = x.verify(ACCOUNTS["x"])
    assert (healthy.handle, healthy.lights[Light.SEND]) == ("contoh_dinkes", True)


@pytest.mark.parametrize("kind", ["500", "drop", "garbled", "empty"])
def test_an_answer_lost_after_acceptance_is_found_on_the_timeline(box, make_job, pictures, kind):
    x = make_adapter("x", box.url, timeout=(2, 5))
    job = prepared(x, make_job("x", pictures=pictures, since=datetime.now(UTC)))
    box.fault("x", "publish", kind, "after")
    assert isinstance(x.publish(job), Unknown)
    assert isinstance(x.find(job), Published)
    assert len(box.ledger) == 1


def test_what_was_refused_before_acceptance_is_absent(box, make_job):
    x = make_adapter("x", box.url, timeout=(2, 5))
    job = prepared(x, make_job("x", since=datetime.now(UTC)))
    box.fault("x", "publish", "500", "before")
    assert isinstance(x.publish(job), Unknown)
    assert x.find(job) == Absent()
    assert isinstance(x.publish(job), Published)


def test_a_wrong_secret_is_noticed_by_its_signature(box, make_job):
    wrong = replace(ACCOUNTS["x"], secrets={**ACCOUNTS["x"].secrets, "access_secret": "salah"})
    x = make_adapter("x", box.url, timeout=(2, 5))
    outcome = x.publish(make_job("x", account=wrong))
    assert isinstance(outcome, Refused)
    assert outcome.fault is Fault.CHANNEL
