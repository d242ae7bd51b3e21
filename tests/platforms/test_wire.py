"""The way out: loopback only for a stand-in, fresh connections, and what provably never left."""

import ssl

import pytest
import requests
from urllib3 import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError, SSLError

from platforms.adapters import wire
from platforms.adapters.trouble import never_left, scrub
from platforms.adapters.wire import Line, NotLoopback, Way
from tests.platforms.conftest import Answer

SHORT = (0.5, 0.3)


def way_to(base_url: str) -> Way:
    return Way.to(base_url, allow_remote=False, timeout=SHORT)


def failure(url: str, method: str = "POST") -> Exception:
    with pytest.raises(requests.RequestException) as caught:
        Line(way_to("").door).request(method, url)
    return caught.value


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


@pytest.mark.parametrize("how", ["drop", "hang", "truncate"])
def test_a_request_that_got_no_whole_answer_may_have_arrived(stand_in, how):
    stand_in.answers(Answer(how=how))
    assert not never_left(failure(stand_in.url))


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
    monkeypatch.setattr(wire, "IDLE_LIMIT", -1.0)
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


def test_secrets_are_taken_out_of_what_is_kept():
    said = "Malformed EAA/rahasia, EAA%2Frahasia at /me?access_token=lain&x=1"
    assert scrub(said, ["EAA/rahasia", ""]) == "Malformed ***, *** at /me?access_token=***&x=1"
