"""The way out: loopback only for a stand-in, fresh connections, and what provably never left."""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
import requests
from urllib3 import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError, SSLError

from platforms.adapters import connections
from platforms.adapters.trouble import never_left, scrub
from platforms.adapters.wire import Line, NotLoopback, Way
from tests.platforms.stand_in import Answer

SHORT = (0.5, 0.3)
MOST = 2.0  # seconds; an exchange gets 0.45, the machine the rest


def way_to(base_url: str) -> Way:
    return Way.to(base_url, allow_remote=False, timeout=SHORT)


def failure(url: str, data: bytes = b"") -> Exception:
    with pytest.raises(requests.RequestException) as caught:
        Line(way_to("").door).post(url, data=data)
    return caught.value


@pytest.fixture
def deaf():
    """Opens an address at which calls are heard and never taken; `full` ones are not even heard."""

    @contextmanager
    def listen(full: bool = False) -> Iterator[str]:
        with ExitStack() as held:
            listener = held.enter_context(socket.socket())
            listener.bind(("127.0.0.1", 0))
            listener.listen(0 if full else 5)
            for _ in range(8 if full else 0):
                waiting = held.enter_context(socket.socket())
                waiting.setblocking(False)
                waiting.connect_ex(listener.getsockname())
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"

    return listen


@pytest.mark.parametrize("remote", ["http://10.0.0.5:8001", "http://contoh.test", "http://"])
def test_a_stand_in_elsewhere_is_refused_unless_the_installation_says_otherwise(remote):
    with pytest.raises(NotLoopback):
        way_to(remote)
    assert Way.to(remote, allow_remote=True, timeout=SHORT)


@pytest.mark.parametrize("here", ["http://127.0.0.1:8001", "http://localhost:1", "http://[::1]:2"])
def test_a_stand_in_on_this_machine_is_welcome(here):
    assert way_to(here).base_url == here


def test_a_permalink_leads_to_the_sandbox_only_when_there_is_one():
    real = "https://x.com/contoh_dinkes/status/1"
    assert way_to("").public(real) == real
    sandboxed = way_to("http://127.0.0.1:8001/").public(real)
    assert sandboxed == "http://127.0.0.1:8001/x.com/contoh_dinkes/status/1"
    assert way_to("http://127.0.0.1:8001").public("") == ""


def test_a_refused_connection_and_an_unknown_name_never_left(nowhere):
    assert never_left(failure(nowhere))
    assert never_left(failure("http://tidak-ada.invalid"))
    assert never_left(requests.ConnectTimeout())


@pytest.mark.parametrize("how", ["drop", "reset", "hang", "truncate", "drip", "drip headers"])
def test_a_request_that_got_no_whole_answer_may_have_arrived(stand_in, how):
    stand_in.answers(Answer(how=how))
    assert not never_left(failure(stand_in.url))


def test_a_platform_that_does_not_even_take_the_call_was_told_nothing(deaf):
    with deaf(full=True) as url:
        refused = failure(url)
    assert isinstance(refused, requests.ConnectTimeout)
    assert never_left(refused)


def test_a_handshake_that_does_not_come_about_said_nothing(stand_in, deaf):
    assert never_left(failure(stand_in.url.replace("http:", "https:")))
    with deaf() as url:
        assert never_left(failure(url.replace("http:", "https:")))
    assert not stand_in.asked


def test_a_platform_that_takes_nothing_in_ends_by_the_clock_and_in_doubt(deaf):
    began = time.monotonic()
    with deaf() as url:
        stuck = failure(url, data=b"x" * 16_000_000)
    assert not never_left(stuck)
    assert time.monotonic() - began < MOST


@pytest.mark.parametrize("how", ["drip", "drip headers"])
def test_an_answer_that_drips_ends_by_the_clock(stand_in, how):
    stand_in.answers(Answer(how=how))
    began = time.monotonic()
    assert isinstance(failure(stand_in.url), requests.ReadTimeout)
    assert 0.4 < time.monotonic() - began < MOST


def test_a_long_answer_that_comes_in_time_is_read_whole(stand_in):
    stand_in.answers(Answer(200, "panjang " * 100_000))
    assert len(Line(way_to("").door).get(stand_in.url).text) == 800_000


def test_a_line_that_the_platform_left_is_not_used_for_a_post(stand_in):
    stand_in.answers(Answer(how="leave"), Answer(200, {"id": "1"}))
    door = way_to("").door
    Line(door).get(stand_in.url)
    assert stand_in.left.wait(2)
    assert Line(door).post(stand_in.url).json() == {"id": "1"}
    assert stand_in.connections == 2
    assert len(stand_in.posts()) == 1


@pytest.mark.parametrize("how", ["drop", "reset"])
def test_a_line_that_breaks_under_a_post_leaves_a_doubt_and_no_second_post(stand_in, how):
    stand_in.answers(Answer(), Answer(how=how))
    line = Line(way_to("").door)
    line.get(stand_in.url)
    with pytest.raises(requests.ConnectionError) as broken:
        line.post(stand_in.url)
    assert not never_left(broken.value)
    assert (stand_in.connections, len(stand_in.posts())) == (1, 1)


def test_a_bad_certificate_is_refused_before_anything_is_said():
    refused = SSLError(ssl.SSLCertVerificationError())
    wrapped = MaxRetryError(HTTPSConnectionPool("contoh.test"), "/", refused)
    assert never_left(requests.exceptions.SSLError(wrapped))
    broken = MaxRetryError(HTTPSConnectionPool("contoh.test"), "/", SSLError(ssl.SSLError()))
    assert not never_left(requests.exceptions.SSLError(broken))


def test_no_redirect_is_followed(stand_in):
    stand_in.answers(Answer(302, "", {"Location": "/lain"}))
    assert Line(way_to("").door).post(stand_in.url).status_code == 302
    assert len(stand_in.asked) == 1


def test_a_connection_that_rested_too_long_is_not_trusted_with_a_post(stand_in, monkeypatch):
    stand_in.answers(Answer())
    door = way_to(stand_in.url).door
    for _ in range(2):
        Line(door).post("https://graph.facebook.com/me")
    assert stand_in.connections == 1
    monkeypatch.setattr(connections, "IDLE_LIMIT", -1.0)
    Line(door).post("https://graph.facebook.com/me")
    assert stand_in.connections == 2


def test_an_answer_that_never_comes_ends_by_the_clock(stand_in):
    stand_in.answers(Answer(how="hang"))
    assert isinstance(failure(stand_in.url), requests.ReadTimeout)


def test_a_proxy_of_the_data_centre_does_not_come_between_us_and_the_sandbox(
    stand_in, nowhere, monkeypatch
):
    monkeypatch.setenv("HTTPS_PROXY", nowhere)
    stand_in.answers(Answer())
    assert Line(way_to(stand_in.url).door).get("https://graph.facebook.com/me").ok


def test_an_answer_that_drips_through_a_proxy_ends_by_the_clock_too(stand_in, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", stand_in.url)
    stand_in.answers(Answer(how="drip"))
    began = time.monotonic()
    assert isinstance(failure("http://contoh.test/"), requests.ReadTimeout)
    assert time.monotonic() - began < MOST
    assert stand_in.asked[0].target == "http://contoh.test/"


def test_secrets_are_taken_out_of_what_is_kept():
    said = "Malformed EAA/rahasia, EAA%2Frahasia at /me?access_token=lain&x=1"
    assert scrub(said, ["EAA/rahasia", ""]) == "Malformed ***, *** at /me?access_token=***&x=1"
