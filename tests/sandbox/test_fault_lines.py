"""Broken servers and broken lines: answers that are late, torn, mistyped or sent elsewhere."""

from __future__ import annotations

import time

import pytest
import requests

from tests.sandbox.callers import feed, tweet

BEFORE_AND_AFTER = pytest.mark.parametrize(("when", "kept"), [("before", []), ("after", ["Halo"])])


@BEFORE_AND_AFTER
@pytest.mark.parametrize("kind", ["500", "502", "503", "504"])
@pytest.mark.parametrize("html", [False, True])
def test_a_server_is_broken_in_its_own_shape_or_in_its_proxys(
    session, controls, kind, html, when, kept
):
    for platform, post in (("x", tweet), ("facebook", feed)):
        controls.fault(platform, "publish", kind, when=when, html=html)
        answer = post(session)
        assert answer.status_code == int(kind)
        assert ("text/html" in answer.headers["Content-Type"]) is html
        assert html or answer.json()
    assert controls.texts() == kept * 2


@BEFORE_AND_AFTER
def test_a_torn_answer_cannot_be_read_to_its_end(session, controls, when, kept):
    controls.fault("x", "publish", "truncated", when=when)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        tweet(session)
    assert controls.texts() == kept
    assert tweet(session, "Sesudahnya").status_code == 201


@BEFORE_AND_AFTER
def test_a_dripping_answer_takes_its_time(session, controls, when, kept):
    controls.fault("facebook", "publish", "drip", when=when, seconds=0.02)
    started = time.monotonic()
    said = feed(session).json()
    assert time.monotonic() - started >= 0.02 * len(str(said)) / 2
    assert controls.texts() == kept
    assert ([said["id"]] if said else []) == [post["id"] for post in controls.ledger()]


def test_one_dripping_answer_does_not_hold_up_another(session, controls, box):
    controls.fault("facebook", "publish", "drip", when="after", seconds=5)
    with pytest.raises(requests.ConnectionError, match="Read timed out"):
        requests.post(
            f"{box.url}/201/feed",
            data={"message": "Halo", "access_token": "token-halaman"},
            headers={"Host": "graph.facebook.com"},
            timeout=0.2,
        )
    assert tweet(session).elapsed.total_seconds() < 5


@BEFORE_AND_AFTER
def test_json_that_breaks_off_is_still_called_json(session, controls, when, kept):
    controls.fault("x", "publish", "invalid_json", when=when)
    answer = tweet(session)
    assert answer.status_code == 201
    assert answer.headers["Content-Type"].startswith("application/json")
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert controls.texts() == kept


@BEFORE_AND_AFTER
def test_an_answer_without_a_type_is_otherwise_whole(graph, session, controls, when, kept):
    controls.fault("facebook", "publish", "untyped", when=when)
    answer = feed(session)
    assert "Content-Type" not in answer.headers
    assert ("id" in answer.json()) is bool(kept)
    controls.fault("facebook", "read", "untyped", when="after")
    with pytest.raises(KeyError):  # the trap: facebook-sdk looks at the type without asking
        graph.get_object("201", fields="name")
    assert controls.texts() == kept


@BEFORE_AND_AFTER
@pytest.mark.parametrize("kind", ["301", "302"])
def test_a_redirect_leads_to_nothing(session, controls, kind, when, kept):
    controls.fault("x", "publish", kind, when=when)
    answer = tweet(session)
    assert (answer.history[0].status_code, answer.status_code) == (int(kind), 404)
    assert controls.texts() == kept


@pytest.mark.parametrize(
    ("post", "platform", "said"),
    [(tweet, "x", (200, "errors")), (feed, "facebook", (500, "foo"))],
)
def test_an_answer_nobody_documented(session, controls, post, platform, said):
    controls.fault(platform, "publish", "strange", when="after")
    answer = post(session)
    assert (answer.status_code, *answer.json()) == said
    assert controls.texts() == ["Halo"]


def test_a_hang_before_leaves_nothing_and_ends_without_an_answer(session, controls):
    controls.fault("x", "publish", "hang", seconds=0.1)
    with pytest.raises(requests.ConnectionError):
        tweet(session)
    assert controls.texts() == []
