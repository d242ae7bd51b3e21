"""Every exception of instagrapi that platforms.md names, and what must come of it; then curl."""

import socket
import time

import instagrapi.exceptions as theirs
import pytest
import requests

from platforms.adapters.base import Absent, Refused
from platforms.adapters.private_client import PrivateClient, Road
from platforms.adapters.private_phone import no_pause
from platforms.adapters.private_troubles import RULES, judged
from platforms.adapters.trouble import Sign, Trouble, never_left
from platforms.adapters.wire import Way
from tests.platforms.outcomes import meaning

HOUR, DAY = "rests 60 min", "rests 1440 min"
TABLE = {
    HOUR: ["PleaseWaitFewMinutes", "ClientThrottledError", "RateLimitError"],
    DAY: ["FeedbackRequired", "SentryBlock", "ProxyAddressIsBlocked", "SignupSpamError"],
    "channel": [
        "LoginRequired",
        "BadPassword",
        "BadCredentials",
        "ReloginAttemptExceeded",
        "ClientUnauthorizedError",
        "TwoFactorRequired",
        "ChallengeRequired",
        "ChallengeError",
        "ChallengeUnknownStep",
        "SelectContactPointRecoveryForm",
        "RecaptchaChallengeForm",
        "CaptchaChallengeRequired",
        "AccountSuspended",
        "ClientNeedsUpgradeError",
    ],
    "later": ["PhotoNotUpload", "VideoNotUpload", "ClipNotUpload"],
    "doubt": [
        "PhotoConfigureError",
        "VideoConfigureError",
        "ClipConfigureError",
        "AlbumConfigureError",
        "PhotoConfigureStoryError",
        "ClientError",
        "ClientJSONDecodeError",
        "ClientConnectionError",
        "ClientIncompleteReadError",
        "ClientRequestTimeout",
        "ClientForbiddenError",
        "UnknownError",
        "ClientBadRequestError",
    ],
    "content": ["AlbumUnknownFormat", "VideoTooLongException"],
}
EVERY = [(name, word) for word, names in TABLE.items() for name in names]


def answer(status=400, body=b"{}"):
    made = requests.Response()
    made.status_code, made._content = status, body
    return made


@pytest.mark.parametrize(("name", "word"), EVERY)
def test_each_exception_at_the_publish_comes_to_what_the_table_says(name, word):
    trouble = judged(getattr(theirs, name)("x"), answer())
    assert meaning(trouble.publishing({})) == word


@pytest.mark.parametrize("name", ["MediaNotFound", "MediaUnavailable"])
def test_a_post_that_is_not_there_is_gone(name):
    trouble = judged(getattr(theirs, name)("x"), answer(404))
    assert trouble.sign is Sign.GONE
    assert meaning(trouble.reading_back()) == "gone"


def test_the_table_names_nothing_that_the_library_does_not_have():
    assert [name for rule in RULES for name in rule.names if not hasattr(theirs, name)] == []


@pytest.mark.parametrize("name", ["ClientError", "UnknownError", "ClientThrottledError"])
def test_no_exception_before_the_publish_is_a_doubt(name):
    assert meaning(judged(getattr(theirs, name)("x"), answer()).preparing()) != "doubt"


def test_without_an_answer_only_what_provably_stayed_here_is_tried_again():
    assert meaning(judged(theirs.ClientConnectionError("x"), None).publishing({})) == "doubt"
    assert meaning(judged(ValueError("x"), None).publishing({})) == "doubt"
    wrapped = theirs.ClientConnectionError("x")
    wrapped.__context__ = requests.ConnectTimeout("x")
    assert never_left(wrapped.__context__)
    assert meaning(judged(wrapped, None).publishing({})) == "later"


# --- the real way's transport, on this machine ---


@pytest.fixture
def phone():
    road = Road(Way.to("", allow_remote=False, timeout=(0.3, 0.3)), no_pause)
    client = PrivateClient(road, {})
    yield client
    client.leave()


def failure(phone, url):
    with pytest.raises(requests.RequestException) as caught:
        phone.private.post(url, data=b"x")
    return judged(caught.value, phone.private.last)


def test_curl_that_reached_nobody_left_nothing(phone, nowhere):
    trouble = failure(phone, nowhere.replace("http:", "https:"))
    assert meaning(trouble.publishing({})) == "later"


def test_curl_that_hears_nothing_ends_by_the_clock(phone):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(5)
        began = time.monotonic()
        trouble = failure(phone, f"https://127.0.0.1:{deaf.getsockname()[1]}/")
    assert time.monotonic() - began < 5
    assert not isinstance(trouble.publishing({}), (Refused, Absent))


def test_the_library_never_mounts_its_own_patience_again(phone):
    before = phone.private
    phone.set_retry_config(session_retry_total=3)
    phone.set_settings(phone.get_settings())
    assert phone.private is before
    assert phone.private.get_adapter("https://i.instagram.com/") is phone._curl
    assert phone.public.get_adapter("https://i.instagram.com/") is phone.road.way.door


def test_a_person_is_never_asked_on_a_terminal(phone):
    with pytest.raises(theirs.ChallengeRequired):
        phone.challenge_code_handler("x", "email")
    assert phone.with_challenge_flow is False


def test_pauses_are_made_by_whoever_was_given_and_not_by_the_library(stand_in):
    paused: list[float] = []
    way = Way.to(stand_in.url, allow_remote=False, timeout=(0.5, 0.3))
    client = PrivateClient(Road(way, paused.append), {})
    with pytest.raises(Trouble):
        client.asked(client.private_request, "x/")
    assert len(paused) == 1
    assert client.request_timeout == 0
