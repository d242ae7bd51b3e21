"""X's errors row by row, as platforms.md 1.6 lists them, at every door."""

from dataclasses import replace
from typing import Any, NamedTuple

import pytest

from tests.platforms.conftest import ACCOUNTS, make_adapter
from tests.platforms.outcomes import course, meaning
from tests.platforms.stand_in import Answer

PROBLEM = "https://api.twitter.com/2/problems/"
MISSING = {"title": "Not Found Error", "type": f"{PROBLEM}resource-not-found", "detail": "x"}
LOCKED_AWAY = {"title": "Authorization Error", "type": f"{PROBLEM}not-authorized-for-resource"}


class Row(NamedTuple):
    """An answer, and what it comes to: at an upload, at POST /2/tweets, after a doubt, read.

    `back` is for `read_back` where it differs from `find`.
    """

    status: int
    body: Any
    upload: str
    publish: str
    after_doubt: str
    find: str
    back: str = ""
    headers: dict[str, str] = {}


def limited(minutes: int, body: Any, **headers: str) -> Row:
    said = f"rests {minutes} min"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Row(429, body, said, said, said, said, headers=named)


def refused(fault: str, status: int, body: Any) -> Row:
    return Row(status, body, fault, fault, fault, "doubt")


def doubt(status: int, body: Any, back: str = "later") -> Row:
    return Row(status, body, "later", "doubt", "doubt", "later", back)


def duplicate(body: Any) -> Row:
    return Row(403, body, "content", "content", "doubt", "doubt")


def stale(status: int, body: Any) -> Row:
    said = "1x later, content"
    return Row(status, body, said, said, said, "later")


TABLE = {
    "429 Too Many Requests": limited(15, {"title": "Too Many Requests"}),
    "429 code 88": limited(15, {"errors": [{"code": 88}]}),
    "429 Retry-After": limited(20, {"title": "Too Many Requests"}, Retry_After="1200"),
    "429 reset garbled": limited(15, {"title": "x"}, x_rate_limit_reset="besok"),
    "429 usage-capped": refused("account", 429, {"type": f"{PROBLEM}usage-capped"}),
    "402 CreditsDepleted": refused("account", 402, {"title": "CreditsDepleted"}),
    "402 Payment Required": refused("account", 402, {"type": f"{PROBLEM}credits-depleted"}),
    "402 page": refused("account", 402, "<h1>Bayar</h1>"),
    "401": refused("channel", 401, {"title": "Unauthorized"}),
    "401 page": refused("channel", 401, ""),
    "403 duplicate content": duplicate(
        {"detail": "You are not allowed to create a Tweet with duplicate content."}
    ),
    "403 code 187": duplicate({"errors": [{"code": 187, "message": "Status is a duplicate."}]}),
    "403 not permitted": refused(
        "content", 403, {"detail": "You are not permitted to perform this action."}
    ),
    "403 oauth1-permissions": refused("channel", 403, {"type": f"{PROBLEM}oauth1-permissions"}),
    "403 client-forbidden": refused("channel", 403, {"type": f"{PROBLEM}client-forbidden"}),
    "403 code 453": refused("channel", 403, {"errors": [{"code": 453}]}),
    "403 code 261": refused("channel", 403, {"errors": [{"code": 261}]}),
    "403 unsupported-authentication": refused(
        "channel", 403, {"errors": [{"type": f"{PROBLEM}unsupported-authentication"}]}
    ),
    "403 suspended, code 64": refused("account", 403, {"errors": [{"code": 64}]}),
    "403 locked, code 326": refused("account", 403, {"errors": [{"code": 326}]}),
    "403 suspended in words": refused("account", 403, {"detail": "Your account is suspended."}),
    "403 that only repeats our words": refused(
        "content", 403, {"errors": [{"parameters": {"text": ["suspended, duplicate content"]}}]}
    ),
    "400 text too long": refused("content", 400, {"title": "Invalid Request"}),
    "400 two cashtags": refused("content", 400, {"errors": [{"message": "cashtags"}]}),
    "400 media ids invalid": stale(400, {"errors": [{"message": "Your media IDs are invalid."}]}),
    "404": doubt(404, MISSING, back="gone"),
    "404 of a proxy": doubt(404, "<h1>Tidak ada</h1>"),
    "200 not found": doubt(200, {"errors": [MISSING]}, back="gone"),
    "200 not authorized": doubt(200, {"errors": [LOCKED_AWAY]}),
    "200 partly not found": doubt(200, {"errors": [MISSING, LOCKED_AWAY]}),
    "200 null errors": doubt(200, {"errors": None}),
    "413": refused("content", 413, "<h1>Besar</h1>"),
    "500": doubt(500, {"title": "Internal Server Error"}),
    "502": doubt(502, "<h1>Bad Gateway</h1>"),
    "503": doubt(503, {"title": "Service Unavailable"}),
    "504": doubt(504, ""),
    "empty 2xx": doubt(201, ""),
    "HTML 2xx": doubt(200, "<h1>Halo</h1>"),
    "418": doubt(418, "teko"),
}


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_an_answer_comes_to_what_its_row_says(stand_in, make_job, pictures, row, a_minute_ago):
    x = make_adapter("x", stand_in.url)
    stand_in.answers(Answer(row.status, row.body, row.headers))
    upload = make_job("x", pictures=pictures[:1])
    ready = replace(upload, checkpoint={"media": ["9"], "alts": 1, "cursor": "5"})
    doubted = replace(ready, since=a_minute_ago)
    assert course(x.prepare, upload) == row.upload
    assert course(x.publish, ready) == row.publish
    assert course(x.publish, doubted) == row.after_doubt
    assert meaning(x.find(doubted)) == row.find
    assert meaning(x.read_back(ACCOUNTS["x"], "77")) == (row.back or row.find)
    assert f"HTTP {row.status}" in x.publish(ready).detail


@pytest.mark.parametrize("row", ["400 media ids invalid", "404"])
def test_media_that_lapsed_before_their_alt_text_are_uploaded_again_once(
    stand_in, make_job, pictures, row
):
    x = make_adapter("x", stand_in.url)
    stand_in.answers(Answer(TABLE[row].status, TABLE[row].body))
    job = make_job("x", pictures=pictures, checkpoint={"media": ["8", "9"], "alts": 1})
    again = x.prepare(job)
    assert again.checkpoint == {"strikes": {"alt 2": {"media": 1}}}
    assert course(x.prepare, job) == "1x later, content"


def test_media_that_lapse_after_each_upload_are_not_uploaded_for_ever(stand_in, make_job, pictures):
    x = make_adapter("x", stand_in.url)
    made, told = Answer(200, {"data": {"id": "9"}}), Answer(200, {"data": {"id": "9"}})
    lapsed = Answer(TABLE["400 media ids invalid"].status, TABLE["400 media ids invalid"].body)
    stand_in.answers(made, told, made, lapsed, made, told, made, lapsed)
    job, outcomes = make_job("x", pictures=pictures), []
    for _ in range(8):
        outcomes.append(x.prepare(job))
        job = replace(job, checkpoint=getattr(outcomes[-1], "checkpoint", job.checkpoint))
    assert meaning(outcomes[3]) == "later"
    assert meaning(outcomes[7]) == "content"
