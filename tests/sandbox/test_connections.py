"""Connections: kept open between calls, ended by faults, and by the sandbox's own end."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing
from urllib.parse import urlsplit

import pytest
import requests

from sandbox.server import running
from tests.sandbox.callers import Controls, feed, session_to, tweet

ME = {"Host": "api.x.com", "Authorization": "Bearer token-dinkes"}


@pytest.fixture
def line(box):
    """One connection, which is never quietly opened anew."""
    with closing(http.client.HTTPConnection(urlsplit(box.url).netloc, timeout=5)) as connection:
        connection.connect()
        connection.auto_open = 0
        yield connection


def ask(line: http.client.HTTPConnection) -> int:
    line.request("GET", "/2/users/me", headers=ME)
    answer = line.getresponse()
    answer.read()
    return answer.status


def test_many_calls_share_a_connection(line):
    assert [ask(line) for _ in range(3)] == [200, 200, 200]


def test_a_client_that_wants_to_close_is_told_that_it_will_be(line):
    line.request("GET", "/2/users/me", headers=ME | {"Connection": "close"})
    with line.getresponse() as answer:
        assert answer.headers["Connection"] == "close"
    with pytest.raises(http.client.NotConnected):
        ask(line)


@pytest.mark.parametrize("kind", ["drop", "hang"])
def test_a_call_that_gets_no_answer_ends_the_connection(line, controls, kind):
    assert ask(line) == 200
    controls.fault("x", "read", kind, seconds=0.05)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(line)


def test_a_refused_call_leaves_the_connection_open(line, controls):
    controls.fault("x", "read", "503")
    assert [ask(line), ask(line)] == [503, 200]


def test_a_body_without_a_known_length_is_refused_and_not_taken_for_the_next_call(box, session):
    body = iter([b'{"text": ', b'"Sepotong"}'])
    answer = session.post("https://api.x.com/2/tweets", data=body, headers=ME)
    assert answer.status_code == 411
    assert (tweet(session).status_code, feed(session).status_code) == (201, 200)


def test_a_body_that_is_too_large_is_refused_unread(box, line):
    line.request("POST", "/2/media/upload", headers=ME | {"Content-Length": str(10**9)})
    assert line.getresponse().status == 413


def test_nobody_is_answered_on_an_old_connection_once_the_sandbox_has_ended(tmp_path):
    with running(tmp_path) as box:
        Controls(box.url).seed()
        session = session_to(box.url)
        assert tweet(session, "Selagi hidup").status_code == 201
    with closing(session), pytest.raises(requests.ConnectionError):
        tweet(session, "Terlambat")


def test_half_a_request_of_a_dying_worker_is_not_taken_for_a_shorter_post(box, session, controls):
    address = urlsplit(box.url)
    head = "POST /201/feed?access_token=token-halaman HTTP/1.1\r\nHost: graph.facebook.com\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nmessage="
    with socket.create_connection((str(address.hostname), address.port or 0), 5) as dying:
        dying.sendall(f"{head}{form}Separuh".encode())
        dying.shutdown(socket.SHUT_WR)
        assert dying.recv(1) == b""
    assert tweet(session).status_code == 201
    assert controls.texts() == ["Halo"]


def test_our_own_mistakes_are_told(box, session, controls, monkeypatch, capfd):
    monkeypatch.setattr(box.world.store, "publish", None)
    with pytest.raises(requests.ConnectionError):
        tweet(session)
    assert "TypeError" in capfd.readouterr().err
