"""Every adapter before every kind of answer: a closed set of outcomes, and one request."""

import json
import logging
import time
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest

from platforms.adapters.base import (
    Fault,
    Prepared,
    Published,
    Refused,
    Scope,
    TryLater,
    Unknown,
)
from tests.platforms.conftest import (
    ACCOUNTS,
    CONSUMER,
    META_SECRETS,
    PRIVATE_SECRETS,
    SESSION_ID,
    X_SECRETS,
    make_adapter,
)
from tests.platforms.stand_in import Answer

PLATFORMS = ("x", "facebook", "instagram", "instagram_private")
READY = {
    "x": {"cursor": "5"},
    "facebook": {"post": "800_1"},
    "instagram": {"container": "55", "finished": True},
    "instagram_private": {"uploads": ["1790000000000"]},
}
YES = {
    "x": Answer(201, {"data": {"id": "77", "text": "…"}}),
    "facebook": Answer(200, {"success": True}),
    "instagram": Answer(200, {"id": "77"}),
    "instagram_private": Answer(200, {"media": {"pk": 77, "code": "Abc"}, "status": "ok"}),
}
DOUBTFUL = {
    "dropped": Answer(how="drop"),
    "hanging": Answer(how="hang"),
    "truncated": Answer(200, {"data": {"id": "77"}, "id": "77"}, how="truncate"),
    "500": Answer(500, {"foo": 1}),
    "503 html": Answer(503, "<h1>Sibuk</h1>"),
    "empty": Answer(201, ""),
    "html": Answer(200, "<h1>Selamat datang</h1>"),
    "no sense": Answer(200, {"errors": [{"title": "Sesuatu"}]}),
    "a list": Answer(200, []),
    "redirect": Answer(302, "", {"Location": "/lain"}),
    "unknown 4xx": Answer(418, "teko"),
}
NO_TOKEN = {
    "x": Answer(401, {"title": "Unauthorized", "status": 401}),
    "facebook": Answer(400, {"error": {"code": 190, "error_subcode": 460, "message": "x"}}),
    "instagram": Answer(400, {"error": {"code": 190, "error_subcode": 463, "message": "x"}}),
    "instagram_private": Answer(403, {"message": "login_required", "status": "fail"}),
}
LIMIT = {
    "x": Answer(429, {"title": "Too Many Requests"}, {"Retry-After": "120"}),
    "facebook": Answer(400, {"error": {"code": 32}}),
    "instagram": Answer(403, {"error": {"code": 4}}),
    "instagram_private": Answer(429, {"message": "Too many requests", "status": "fail"}),
}
HOSTS = {"x": "api.twitter.com", "instagram_private": "i.instagram.com"}
SECRETS = {
    "x": [*X_SECRETS.values(), *CONSUMER.values()],
    "instagram_private": [*PRIVATE_SECRETS.values(), SESSION_ID, unquote(SESSION_ID)],
}


@pytest.fixture(params=PLATFORMS)
def platform(request):
    return request.param


@pytest.fixture
def adapter(platform, stand_in):
    return make_adapter(platform, stand_in.url)


@pytest.fixture
def job(platform, make_job, a_minute_ago, pictures):
    shown = pictures[:1] if platform == "instagram_private" else ()
    return make_job(platform, pictures=shown, checkpoint=READY[platform], since=a_minute_ago)


@pytest.fixture
def fresh_job(platform, make_job, pictures):
    return make_job(platform, pictures=pictures)


def test_a_yes_is_published_by_exactly_one_request(adapter, platform, stand_in, job):
    stand_in.answers(YES[platform])
    outcome = adapter.publish(job)
    assert isinstance(outcome, Published)
    assert [asked.method for asked in stand_in.asked] == ["POST"]


@pytest.mark.parametrize("how", ["drip", "drip headers", "reset"])
def test_a_yes_that_never_ends_is_a_doubt(adapter, platform, stand_in, job, how):
    stand_in.answers(replace(YES[platform], how=how))
    assert isinstance(adapter.publish(job), Unknown)
    assert len(stand_in.asked) == 1


def test_what_is_kept_between_calls_is_plain_json(adapter, platform, stand_in, fresh_job):
    stand_in.answers(Answer(400, {"error": {"code": 9004}, "errors": [{"title": "x"}]}))
    outcome = adapter.prepare(fresh_job)
    kept = getattr(outcome, "checkpoint", None) or {}
    assert json.loads(json.dumps(kept)) == kept


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_an_unclear_answer_to_publish_is_a_doubt_and_nothing_is_sent_again(
    adapter, stand_in, job, kind
):
    stand_in.answers(DOUBTFUL[kind])
    outcome = adapter.publish(job)
    assert isinstance(outcome, Unknown), outcome
    assert "Mungkin sudah tayang" in outcome.reason
    assert len(stand_in.asked) == 1


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_an_unclear_answer_to_preparing_is_tried_later(adapter, stand_in, fresh_job, kind):
    stand_in.answers(DOUBTFUL[kind])
    outcome = adapter.prepare(fresh_job)
    assert isinstance(outcome, TryLater), outcome
    assert len(stand_in.asked) == 1


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_an_unclear_answer_to_a_look_decides_nothing(adapter, stand_in, job, kind):
    stand_in.answers(DOUBTFUL[kind])
    assert isinstance(adapter.find(job), (TryLater, Unknown))
    assert not stand_in.posts()


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_an_unclear_answer_does_not_condemn_the_credentials(adapter, platform, stand_in, kind):
    stand_in.answers(DOUBTFUL[kind])
    assert isinstance(adapter.verify(ACCOUNTS[platform]), TryLater)


def test_what_never_left_is_tried_later(platform, nowhere, job, fresh_job):
    adapter = make_adapter(platform, nowhere)
    assert isinstance(adapter.publish(job), TryLater)
    assert isinstance(adapter.prepare(fresh_job), TryLater)
    assert isinstance(adapter.find(job), TryLater)
    assert isinstance(adapter.verify(job.account), TryLater)


def test_a_dead_token_is_for_whoever_looks_after_the_channel(
    adapter, platform, stand_in, job, fresh_job
):
    stand_in.answers(NO_TOKEN[platform])
    for outcome in (
        adapter.publish(job),
        adapter.prepare(fresh_job),
        adapter.verify(job.account),
    ):
        assert isinstance(outcome, Refused)
        assert outcome.fault is Fault.CHANNEL
    assert isinstance(adapter.find(job), Unknown)


def test_a_rate_limit_holds_the_channel_at_every_door(adapter, platform, stand_in, job, fresh_job):
    stand_in.answers(LIMIT[platform])
    for outcome in (adapter.publish(job), adapter.prepare(fresh_job), adapter.find(job)):
        assert isinstance(outcome, TryLater)
        assert outcome.scope is Scope.CHANNEL
        assert outcome.after
        assert outcome.after >= timedelta(minutes=1)


def test_a_channel_without_credentials_is_refused_before_any_request(
    adapter, platform, stand_in, make_job
):
    bare = make_job(platform, account=replace(ACCOUNTS[platform], secrets={}))
    for outcome in (adapter.publish(bare), adapter.prepare(bare), adapter.verify(bare.account)):
        assert isinstance(outcome, Refused)
        assert outcome.fault is Fault.CHANNEL
        assert "belum tersambung" in outcome.reason
    assert isinstance(adapter.find(bare), Unknown)
    assert not stand_in.asked


def test_bytes_that_changed_since_approval_do_not_leave(adapter, stand_in, drawer, fresh_job):
    stand_in.answers(Answer(200, {"id": "1", "data": {"id": "1"}, "meta": {}}))
    for name in drawer.jpegs:
        drawer.jpegs[name] = b"lain"
    outcome = adapter.prepare(fresh_job)
    assert isinstance(outcome, Refused)
    assert "berubah sejak disetujui" in outcome.reason
    assert not stand_in.posts()


def test_the_platform_sees_its_own_host_name(adapter, platform, stand_in, job):
    stand_in.answers(YES[platform])
    adapter.publish(job)
    hosts = {asked.host for asked in stand_in.asked}
    assert hosts == {HOSTS.get(platform, "graph.facebook.com")}


def test_no_secret_reaches_a_log_or_a_reason(adapter, platform, stand_in, job, caplog):
    caplog.set_level(logging.DEBUG)
    own = SECRETS.get(platform, META_SECRETS.values())
    echo = {"error": {"code": 190, "message": f"Malformed {' '.join(own)}"}}
    stand_in.answers(Answer(401, echo))
    outcomes = [adapter.publish(job), adapter.find(job), adapter.verify(job.account)]
    said = caplog.text + "".join(f"{outcome!r}" for outcome in outcomes)
    assert [secret for secret in own if secret in said] == []


def test_an_account_does_not_show_its_secrets(platform):
    assert "rahasia" not in repr(ACCOUNTS[platform])


def test_an_empty_text_a_missing_alt_and_too_many_pictures_are_told(adapter, drawer, make_job):
    one = drawer.picture(alt=" ")
    problems = adapter.problems(make_job("x", " \n", [one] * 11).payload)
    assert f"Teks {_spoken(adapter)} masih kosong. Tulis isinya." in problems
    assert any("menerima paling banyak" in problem for problem in problems)
    assert "Gambar 1 belum punya teks alternatif. Tulis apa yang tampak." in problems


def test_a_text_that_is_too_long_is_told_by_how_much(adapter, pictures, make_job):
    payload = make_job("x", "a" * (adapter.text_limit + 12), pictures).payload
    (problem,) = adapter.problems(payload)
    assert problem.startswith(f"Teks {_spoken(adapter)} kelebihan 12 dari ")


def test_a_good_post_has_no_problems(adapter, pictures, make_job):
    assert adapter.problems(make_job("x", pictures=pictures).payload) == []


def test_every_piece_is_kept_before_the_next_is_asked(adapter, stand_in, fresh_job, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1_790_000_000.0)
    made = {"id": "1", "data": {"id": "1"}, "meta": {}, "upload_id": "1790000000000"}
    stand_in.answers(Answer(200, made))
    outcome = adapter.prepare(fresh_job)
    assert isinstance(outcome, Prepared)
    assert not outcome.done
    assert len(stand_in.asked) == 1


def _spoken(adapter) -> str:
    """What people call the platform; both ways to Instagram lead to one."""
    return "Instagram" if adapter.platform == "instagram" else adapter.label
