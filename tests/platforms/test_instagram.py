"""Sari's words on Instagram: containers, patience, one publish, and the look after a doubt."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from platforms.adapters.base import (
    Absent,
    Prepared,
    Published,
    Quota,
    Refused,
    TryLater,
    Unknown,
)
from tests.platforms.conftest import ACCOUNTS, TEXT, make_adapter, prepared
from tests.platforms.stand_in import Answer

READY = {"container": "55", "finished": True}
MADE = {"container": "55"}


@pytest.fixture
def instagram(stand_in):
    return make_adapter("instagram", stand_in.url)


def error(code, subcode=None, status=400) -> Answer:
    return Answer(status, {"error": {"code": code, "error_subcode": subcode, "message": "x"}})


def status(code: str, said: str = "") -> Answer:
    return Answer(200, {"id": "55", "status_code": code, "status": said})


def test_a_slow_container_is_asked_ever_more_rarely(instagram, stand_in, make_job, pictures):
    stand_in.answers(status("IN_PROGRESS"))
    job, waits = make_job("instagram", pictures=pictures[:1], checkpoint=MADE), []
    for _ in range(10):
        outcome = instagram.prepare(job)
        waits.append(outcome.after.total_seconds())
        job = replace(job, checkpoint=outcome.checkpoint)
    assert waits[:4] == [3, 3, 3, 3]
    assert waits[-1] == 60
    assert waits == sorted(waits)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Error: media fetch failed 2207052", TryLater),
        ("Error: expired 2207020", TryLater),
        ("Error: Server error 2207001", TryLater),
        ("Error: sesuatu", TryLater),
        ("Error: aspect ratio 2207009", Refused),
    ],
)
def test_a_spoilt_container_is_made_again_or_refused(
    instagram, stand_in, make_job, pictures, said, kind
):
    stand_in.answers(status("ERROR", said))
    outcome = instagram.prepare(make_job("instagram", pictures=pictures[:1], checkpoint=MADE))
    assert isinstance(outcome, kind)
    if kind is TryLater:
        assert "container" not in (outcome.checkpoint or READY)


def test_an_expired_child_is_rebuilt_from_the_first_missing_piece(
    instagram, stand_in, make_job, pictures
):
    stand_in.answers(status("EXPIRED"))
    kept = {"children": ["1", "2"], "ready": 1}
    outcome = instagram.prepare(make_job("instagram", pictures=pictures, checkpoint=kept))
    assert isinstance(outcome, TryLater)
    assert outcome.checkpoint
    assert outcome.checkpoint["children"] == ["1"]


@pytest.mark.parametrize("answer", [error(9007, 2207027), error(24, 2207008), error(24, 2207006)])
def test_a_container_that_is_not_ready_is_asked_again_before_the_next_publish(
    instagram, stand_in, make_job, pictures, answer
):
    stand_in.answers(answer)
    job = make_job("instagram", pictures=pictures[:1], checkpoint=READY)
    outcome = instagram.publish(job)
    assert isinstance(outcome, TryLater)
    assert outcome.checkpoint
    assert not outcome.checkpoint["finished"]
    assert outcome.checkpoint["container"] == "55"


def test_a_container_that_is_public_already_is_never_published_again(
    instagram, stand_in, make_job, pictures
):
    stand_in.answers(status("PUBLISHED"))
    job = make_job("instagram", pictures=pictures[:1], checkpoint=MADE)
    piece = instagram.prepare(job)
    assert isinstance(piece, Prepared)
    assert piece.done
    assert isinstance(instagram.publish(replace(job, checkpoint=piece.checkpoint)), Unknown)
    assert not stand_in.posts()


@pytest.mark.parametrize("code", ["FINISHED", "EXPIRED", "ERROR"])
def test_a_container_that_is_not_public_proves_it(instagram, stand_in, make_job, code):
    stand_in.answers(status(code))
    found = instagram.find(make_job("instagram", checkpoint=READY))
    assert isinstance(found, Absent)
    assert found.proved
    if code != "FINISHED":
        assert found.checkpoint == {"ready": 0, "polls": 0}


def test_a_container_still_at_work_decides_nothing(instagram, stand_in, make_job):
    stand_in.answers(status("IN_PROGRESS"))
    assert isinstance(instagram.find(make_job("instagram", checkpoint=READY)), TryLater)


def test_a_public_container_is_found_by_its_caption(instagram, stand_in, make_job, a_minute_ago):
    stamp = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S+0000}"
    media = {"id": "99", "caption": "Halo contoh_dinkes", "timestamp": stamp, "permalink": ""}
    job = make_job("instagram", text="Halo @contoh_dinkes", checkpoint=READY, since=a_minute_ago)
    stand_in.answers(status("PUBLISHED"), Answer(200, {"data": [media]}))
    assert instagram.find(job) == Published("99", "")
    stand_in.answers(status("PUBLISHED"), Answer(200, {"data": []}))
    assert isinstance(instagram.find(job), TryLater)


def test_a_profile_too_full_to_look_through_decides_nothing(
    instagram, stand_in, make_job, a_minute_ago
):
    other = {"id": "1", "caption": "Lain", "timestamp": "2026-11-24T08:00:00+0000"}
    job = make_job("instagram", checkpoint=READY, since=a_minute_ago)
    stand_in.answers(error(100, 33), Answer(200, {"data": [other] * 25}))
    assert isinstance(instagram.find(job), Unknown)


def test_children_are_asked_again_when_their_carousel_cannot_be_made(
    instagram, stand_in, make_job, pictures
):
    stand_in.answers(error(24, 2207006))
    kept = {"children": ["1", "2"], "ready": 2}
    outcome = instagram.prepare(make_job("instagram", pictures=pictures, checkpoint=kept))
    assert isinstance(outcome, TryLater)
    assert outcome.checkpoint
    assert (outcome.checkpoint["children"], outcome.checkpoint["ready"]) == (["1", "2"], 0)


def test_a_vanished_container_proves_nothing(instagram, stand_in, make_job, a_minute_ago):
    stand_in.answers(error(100, 33), Answer(200, {"data": []}))
    job = make_job("instagram", checkpoint=READY, since=a_minute_ago)
    assert instagram.find(job) == Absent(proved=False)


def test_instagram_says_what_it_cannot_show(instagram, make_job, drawer):
    text = "#a " * 31 + "@b " * 21
    tall = drawer.picture(size=(400, 1000))
    small = drawer.picture(size=(200, 200))
    problems = instagram.problems(make_job("instagram", text, [tall, small]).payload)
    assert problems == [
        "Instagram menerima paling banyak 30 tagar; ada 31. Kurangi.",
        "Instagram menerima paling banyak 20 sebutan akun; ada 21. Kurangi.",
        "Gambar 1 terlalu tinggi atau terlalu lebar untuk Instagram. "
        "Potong sampai antara 4:5 dan 1,91:1.",
        "Gambar 2 terlalu kecil: lebarnya paling sedikit 320 piksel.",
    ]
    (problem,) = instagram.problems(make_job("instagram").payload)
    assert "memerlukan gambar" in problem


# --- against the sandbox ---


@pytest.mark.parametrize("count", [1, 2])
def test_saris_pictures_reach_the_profile(box, make_job, pictures, count):
    instagram = make_adapter("instagram", box.url, timeout=(2, 5))
    job = prepared(instagram, make_job("instagram", pictures=pictures[:count]))
    assert box.ledger == []
    outcome = instagram.publish(job)
    assert isinstance(outcome, Published), outcome
    (post,) = box.ledger
    assert post["text"] == TEXT
    assert [image["alt"] for image in post["images"]] == [p.alt for p in pictures[:count]]
    assert [image["sha256"] for image in post["images"]] == [p.sha256 for p in pictures[:count]]
    assert instagram.verify(ACCOUNTS["instagram"]).quota == Quota(1, 100, timedelta(days=1))


@pytest.mark.parametrize("kind", ["500", "drop", "garbled", "empty"])
def test_an_answer_lost_after_acceptance_is_found(box, make_job, pictures, kind):
    instagram = make_adapter("instagram", box.url, timeout=(2, 5))
    job = make_job("instagram", pictures=pictures, since=datetime.now(UTC))
    job = prepared(instagram, job)
    box.fault("instagram", "publish", kind, "after")
    assert isinstance(instagram.publish(job), Unknown)
    found = instagram.find(job)
    assert isinstance(found, Published), found
    assert box.opens(found.permalink)
    assert len(box.ledger) == 1


def test_what_was_refused_before_acceptance_is_proved_absent(box, make_job, pictures):
    instagram = make_adapter("instagram", box.url, timeout=(2, 5))
    job = prepared(instagram, make_job("instagram", pictures=pictures, since=datetime.now(UTC)))
    box.fault("instagram", "publish", "500")
    assert isinstance(instagram.publish(job), Unknown)
    assert instagram.find(job) == Absent(proved=True)
    assert isinstance(instagram.publish(job), Published)
    assert len(box.ledger) == 1


def test_a_slow_or_spoilt_container_only_takes_longer(box, make_job, pictures):
    instagram = make_adapter("instagram", box.url, timeout=(2, 5))
    box.fault("instagram", "poll", "container_slow", polls=2)
    box.fault("instagram", "poll", "container_error", subcode=2207001)
    job = prepared(instagram, make_job("instagram", pictures=pictures))
    assert isinstance(instagram.publish(job), Published)
