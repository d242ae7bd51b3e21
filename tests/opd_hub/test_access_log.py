"""Whoever reads the web server's log reads no secret of an address."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.glogging import SafeAtoms

from opd_hub.access_log import AccessLog

SECRETS = {
    "calendar_feed": ["rahasia"],
    "join": ["rahasia"],
    "account_reset_password_from_key": ["1", "rahasia"],
    "fetch": ["rahasia"],
}


ANSWER: Any = SimpleNamespace(status="200 OK", sent=10, headers=())
ASKED: Any = ()  # its headers


def line(path, referer="-"):
    """What gunicorn writes of one request, in its own format."""
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"{path}?a=1",
        "PATH_INFO": path,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": referer,
    }
    log = AccessLog(Config())
    atoms = log.atoms(ANSWER, ASKED, environ, timedelta(milliseconds=1))
    return log.cfg.access_log_format % SafeAtoms(atoms)


@pytest.mark.parametrize("name", SECRETS)
def test_an_address_with_a_secret_is_logged_without_it(name):
    path = reverse(name, args=SECRETS[name])
    assert "rahasia" in path
    for written in (line(path), line("/", referer=f"https://opd.contoh.test{path}")):
        assert "rahasia" not in written
        assert path.rpartition("/")[0].strip("/").split("/")[0] in written


def test_any_other_address_is_logged_as_it_was_asked(db):
    assert '"GET /posts/12/?a=1 HTTP/1.1" 200' in line("/posts/12/")
