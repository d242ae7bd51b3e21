"""Meta's usage headers: when a channel slows down or rests, and that they change nothing else."""

import json
from datetime import timedelta

import pytest

from platforms.adapters.base import Prepared, Published, TryLater
from platforms.adapters.usage import APP, BUSINESS, rest
from tests.platforms.conftest import make_adapter
from tests.platforms.stand_in import Answer

SLOWER, RESTS, DAY = timedelta(seconds=30), timedelta(minutes=5), timedelta(hours=24)
GARBAGE = [
    "",
    "rusak",
    "[]",
    "null",
    "[" * 5000,
    '{"800": 3, "call_count": "banyak"}',
    '{"800": [null, [], 7, {"call_count": null, "total_time": {}}]}',
    '{"800": [{"call_count": NaN, "total_time": Infinity, "total_cputime": -99}]}',
]


def business(**use) -> dict[str, str]:
    return {BUSINESS: json.dumps({"800": [{"type": "pages", "call_count": 1} | use]})}


def app(**use) -> dict[str, str]:
    return {APP: json.dumps({"call_count": 1, "total_time": 1, "total_cputime": 1} | use)}


@pytest.mark.parametrize(
    ("headers", "quiet"),
    [
        ({}, None),
        (app(call_count=79), None),
        (app(call_count=80), SLOWER),
        (app(total_cputime=94.9), SLOWER),
        (app(total_time=95), RESTS),
        (business(total_time=79), None),
        (business(total_cputime=80), SLOWER),
        (business(call_count=100), RESTS),
        (business(call_count=96, estimated_time_to_regain_access=0), RESTS),
        (business(call_count=96, estimated_time_to_regain_access=7), timedelta(minutes=7)),
        (business(call_count=96, estimated_time_to_regain_access=10**300), DAY),
        (business(call_count=10, estimated_time_to_regain_access=7), None),
        (app(call_count=81) | business(call_count=97), RESTS),
        *[({name: garbage}, None) for name in (APP, BUSINESS) for garbage in GARBAGE],
    ],
)
def test_a_channel_rests_as_its_use_demands(headers, quiet):
    assert rest(headers) == quiet


@pytest.mark.parametrize("headers", [app(call_count=97), {BUSINESS: "rusak"}, {APP: "[" * 5000}])
@pytest.mark.parametrize("platform", ["facebook", "instagram"])
def test_what_is_done_is_done_whatever_the_headers_say(
    platform, stand_in, make_job, pictures, headers
):
    adapter, quiet = make_adapter(platform, stand_in.url), rest(headers)
    ready = {"post": "800_1", "container": "55", "finished": True}
    stand_in.answers(Answer(200, {"id": "77", "success": True}, headers))
    out = adapter.publish(make_job(platform, checkpoint=ready))
    assert isinstance(out, Published)
    assert out.rest == quiet
    piece = adapter.prepare(make_job(platform, pictures=pictures))
    assert isinstance(piece, Prepared)
    assert piece.rest == quiet


def test_polls_slow_down_too(stand_in, make_job, pictures):
    instagram = make_adapter("instagram", stand_in.url)
    at_work = {"id": "55", "status_code": "IN_PROGRESS"}
    stand_in.answers(Answer(200, at_work, app(call_count=85)))
    job = make_job("instagram", pictures=pictures[:1], checkpoint={"container": "55"})
    outcome = instagram.prepare(job)
    assert isinstance(outcome, TryLater)
    assert outcome.after == SLOWER


def test_a_limit_of_ages_rests_for_a_day_and_is_asked_again(stand_in, make_job):
    facebook = make_adapter("facebook", stand_in.url)
    ages = business(estimated_time_to_regain_access=10**12)
    stand_in.answers(Answer(400, {"error": {"code": 32}}, ages))
    assert facebook.publish(make_job("facebook", checkpoint={"post": "800_1"})).after == DAY
