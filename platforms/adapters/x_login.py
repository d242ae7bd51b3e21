"""Connecting an X account: OAuth 1.0a in three legs, or four secrets (platforms.md 1.1)."""

from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlencode

import requests
from oauthlib.oauth1.rfc5849.errors import OAuth1Error
from requests_oauthlib import OAuth1Session
from requests_oauthlib.oauth1_session import TokenMissing, TokenRequestDenied

from platforms.adapters.base import Fault, Healthy, Light, Refused, Secret, TryLater
from platforms.adapters.connecting import (
    Beginning,
    Begun,
    Check,
    ConsentLogin,
    Found,
    Inspection,
    Return,
)
from platforms.adapters.trouble import Trouble, lost
from platforms.adapters.wire import Way
from platforms.adapters.x_talk import Talk

REQUEST = "https://api.twitter.com/oauth/request_token"
AUTHORIZE = "https://api.twitter.com/oauth/authorize"
ACCESS = "https://api.twitter.com/oauth/access_token"
_NO_APP = "Kunci aplikasi X belum diatur di pemasangan ini. Tempelkan empat kuncinya saja."
_DENIED = "Izin tidak diberikan di X. Kanal belum terhubung."
_STALE = "X tidak mengenali langkah ini lagi. Mulai lagi dari awal."


class XLogin(ConsentLogin):
    """X knows no `state`: ours rides on the callback's own query, which X returns untouched."""

    key = "x"
    label = "X"
    before: ClassVar[tuple[str, ...]] = (
        "Anda dapat masuk ke akun X milik OPD, bukan akun pribadi.",
        "Akun itu berlabel “Automated” atau menyebut pengelolanya di bio.",
        "Aplikasi pengembang X punya izin Read and write, dan kreditnya cukup.",
        "Alamat kembali di bawah ini terdaftar persis di aplikasi pengembang X.",
    )
    pasted: ClassVar[tuple[Secret, ...]] = (
        Secret("consumer_key", "Kunci aplikasi (API key)"),
        Secret("consumer_secret", "Rahasia aplikasi (API key secret)"),
        Secret("access_token", "Token akses"),
        Secret("access_secret", "Rahasia token akses"),
    )

    def __init__(self, way: Way, consumer: tuple[str, str]) -> None:
        self.way, self.consumer = way, consumer

    def setup(self) -> tuple[Check, ...]:
        has = all(self.consumer)
        return (Check("Kunci aplikasi X terpasang", has, "" if has else _NO_APP),)

    def begin(self, *, state: str, return_to: str) -> Beginning:
        if not all(self.consumer):
            return Refused(_NO_APP, Fault.CHANNEL)
        callback = f"{return_to}?{urlencode({'state': state})}"
        with self._session(callback_uri=callback) as session:
            given = self._token(session, REQUEST)
        if isinstance(given, Refused | TryLater):
            return given
        address = f"{AUTHORIZE}?{urlencode({'oauth_token': given['oauth_token']})}"
        kept = {"token": given["oauth_token"], "secret": given["oauth_token_secret"]}
        return Begun(self.way.public(address), kept)

    def returned(
        self, answer: Mapping[str, str], *, kept: Mapping[str, str], return_to: str
    ) -> Return:
        if "denied" in answer:
            return Refused(_DENIED, Fault.CHANNEL)
        verifier = answer.get("oauth_verifier", "")
        if not verifier or answer.get("oauth_token") != kept.get("token"):
            return Refused(_STALE, Fault.CHANNEL)
        held = {
            "resource_owner_key": kept["token"],
            "resource_owner_secret": kept.get("secret", ""),
            "verifier": verifier,
        }
        with self._session(**held) as session:
            given = self._token(session, ACCESS)
        if isinstance(given, Refused | TryLater):
            return given
        secrets = {
            "access_token": given["oauth_token"],
            "access_secret": given["oauth_token_secret"],
        }
        return self._inspection(secrets, self.consumer)

    def inspect(self, pasted: Mapping[str, str]) -> Return:
        wanted = {secret.key: pasted.get(secret.key, "") for secret in self.pasted}
        return self._inspection(wanted, (wanted["consumer_key"], wanted["consumer_secret"]))

    def _inspection(self, secrets: Mapping[str, str], consumer: tuple[str, str]) -> Return:
        try:
            talk = Talk(self.way, consumer, secrets)
            me = talk.me()
        except Trouble as trouble:
            return trouble.preparing()
        lights = talk.lights(reading=False)
        handle, name = str(me.get("username", "")), str(me.get("name", ""))
        may_write = lights.get(Light.SEND)
        checks = (
            Check("X mengenali kuncinya", True, f"@{handle}"),
            Check(
                "Izin aplikasi Read and write",
                may_write,
                "" if may_write is not False else "Ubah izinnya di X, lalu beri izin ulang.",
            ),
        )
        healthy = Healthy(handle, name, lights=lights)
        found = Found("x", str(me["id"]), handle, name, dict(secrets), healthy, checks)
        return Inspection(checks[:1], (found,))

    def _session(self, **more: str) -> OAuth1Session:
        """A signing session through our own door, with its timeouts."""
        session = OAuth1Session(*self.consumer, **more)
        session.mount("https://", self.way.door)
        session.trust_env = False
        return session

    def _token(self, session: OAuth1Session, address: str) -> dict[str, str] | Refused | TryLater:
        """The pair of a token and its secret; nothing that fails carries either."""
        try:
            fetch = (
                session.fetch_request_token if address == REQUEST else session.fetch_access_token
            )
            given = fetch(address)
        except TokenRequestDenied as error:
            return _denied(error.status_code)
        except (TokenMissing, OAuth1Error, ValueError):
            return Refused(_STALE, Fault.CHANNEL, "no token in the answer")
        except requests.RequestException as error:
            later = lost(error, self.label).preparing()
            return later
        if not (given.get("oauth_token") and given.get("oauth_token_secret")):
            return Refused(_STALE, Fault.CHANNEL, "no token in the answer")
        return dict(given)


def _denied(status: int) -> Refused | TryLater:
    if status >= 500 or status == 429:
        return TryLater("X sedang sibuk. Coba lagi sebentar.", detail=f"HTTP {status}")
    if status == 403:
        reason = "X menolak alamat kembali ini. Daftarkan persis di aplikasi pengembang X."
        return Refused(reason, Fault.CHANNEL, "HTTP 403")
    return Refused(_STALE, Fault.CHANNEL, f"HTTP {status}")
