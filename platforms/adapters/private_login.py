"""Signing in to Instagram as its app does: a person's password is used once, and forgotten."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from platforms.adapters.base import Fault, Healthy, Light, Refused, TryLater
from platforms.adapters.connecting import (
    Asked,
    Check,
    Entrance,
    Found,
    Inspection,
    PasswordLogin,
    Question,
    Return,
)
from platforms.adapters.private_media import page
from platforms.adapters.private_phone import Phones
from platforms.adapters.private_session import LABEL, SECRETS, Session, device_of
from platforms.adapters.private_troubles import is_named
from platforms.adapters.trouble import AGAIN, Trouble

if TYPE_CHECKING:
    from platforms.adapters.private_client import PrivateClient

WARNING = (
    "Jalur pribadi meniru aplikasi Instagram dan tidak diizinkan ketentuannya: "
    "akun dapat diminta konfirmasi, dibatasi, atau ditangguhkan."
)
# the sign-in that waits, and by which of its ways the code comes
CONTEXT = ("two_step_verification_context", "sms_two_factor_on", "totp_two_factor_on")
_CODE = "Instagram meminta kode masuk. Ketik kode dari aplikasi autentikator atau SMS."
_WRONG_CODE = "Kode itu tidak diterima Instagram. Ketik kode yang baru."
_CONFIRM = (
    "Instagram ingin memastikan ini memang Anda. Buka aplikasi Instagram di ponsel, "
    "setujui percobaan masuk ini, lalu masuk lagi di sini."
)
_PASSWORD = (
    "Instagram menolak nama pengguna atau kata sandi itu. Bila keduanya benar, jaringan atau "
    "perangkat ini belum dikenal: masuk dulu lewat aplikasi dari jaringan yang sama."
)
_UNKNOWN = "Instagram tidak mengenal nama pengguna itu, atau menolak jaringan ini."
_AGAIN = "Coba lagi sebentar lagi."


class PrivateLogin(PasswordLogin):
    """`kept`: the phone as `device`, and where a code was asked for, what it belongs to.

    Give an old `session` as what was kept, and the sign-in comes from the same phone again.
    """

    key = "instagram_private"
    label = LABEL
    before = (
        "Akun ini memang tidak dapat memakai jalur resmi (akun profesional dan Halaman Facebook).",
        "Pimpinan OPD tahu dan setuju bahwa jalur ini melanggar ketentuan Instagram.",
        "Akun terbuka untuk umum, dan pernah dipakai dari jaringan kantor ini.",
        "Ponsel dengan aplikasi Instagram akun ini ada di tangan, untuk kode atau konfirmasi.",
    )
    pasted = SECRETS

    def __init__(self, phones: Phones) -> None:
        self.phones = phones

    def enter(
        self, name: str, password: str, *, code: str = "", kept: Mapping[str, str]
    ) -> Entrance:
        """Sign in; with `code` go on with what was `kept`, and without the password then."""
        name, code = name.strip().lstrip("@").lower(), code.strip().replace(" ", "")
        goes_on = bool(code and kept.get("context"))
        if not name or not (password or goes_on):
            return Refused("Nama pengguna dan kata sandi perlu diisi.", Fault.CHANNEL)
        try:
            with self.phones.turn(_turn(name, kept)), self._phone(kept, password, code) as phone:
                phone.username = name
                if goes_on:
                    return self._go_on(phone, code, kept)
                return self._sign_in(phone, name, password, code)
        except Trouble as trouble:
            return _interactive(trouble)

    def inspect(self, pasted: Mapping[str, str]) -> Return:
        """Whose a session is, and whether it works; signs in nowhere."""
        try:
            session = Session.read(pasted.get("session", ""))
            with self.phones.with_session(session) as phone:
                return _inspection(phone)
        except Trouble as trouble:
            return _interactive(trouble)

    def _phone(self, kept: Mapping[str, str], password: str, code: str) -> Any:
        return self.phones.opened(device_of(kept), tuple(filter(None, (password, code))))

    def _sign_in(self, phone: "PrivateClient", name: str, password: str, code: str) -> Entrance:
        try:
            phone.asked(phone.login, name, password, verification_code=code)
        except Trouble as trouble:
            return _asked(phone, trouble, wrong=bool(code))
        finally:
            phone.password = None
        return _inspection(phone)

    def _go_on(self, phone: "PrivateClient", code: str, kept: Mapping[str, str]) -> Entrance:
        try:
            phone.asked(phone.enter_code, code, json.loads(kept["context"]))
        except Trouble as trouble:
            said = trouble.__cause__ or trouble
            if is_named(said, "UnknownError") and not is_named(said, "ClientNeedsUpgradeError"):
                return Asked(Question.CODE, _WRONG_CODE, {**_device(phone), **_context(kept)})
            return _asked(phone, trouble, wrong=True, context=_context(kept))
        return _inspection(phone)


def _asked(
    phone: "PrivateClient",
    trouble: Trouble,
    *,
    wrong: bool,
    context: Mapping[str, str] | None = None,
) -> Entrance:
    """What Instagram wants besides the password, or that it wants nothing to do with it."""
    said = trouble.__cause__ or trouble
    if is_named(said, "TwoFactorRequired"):
        kept = context or _context_of(phone, said)
        return Asked(Question.CODE, _WRONG_CODE if wrong else _CODE, {**_device(phone), **kept})
    if is_named(said, "ChallengeError", "CaptchaChallengeRequired"):
        return Asked(Question.IN_THE_APP, _CONFIRM, _device(phone))
    if is_named(said, "BadPassword", "BadCredentials"):
        return Refused(_PASSWORD, Fault.CHANNEL, "bad password")
    if is_named(said, "ProxyAddressIsBlocked"):  # so the library reads "no such user name"
        return Refused(_UNKNOWN, Fault.CHANNEL, "unknown name, or blocked address")
    return _interactive(trouble)


def _device(phone: "PrivateClient") -> dict[str, str]:
    return {"device": json.dumps(phone.session().device)}


def _context(kept: Mapping[str, str]) -> dict[str, str]:
    return {"context": kept["context"]} if kept.get("context") else {}


def _context_of(phone: "PrivateClient", error: BaseException) -> dict[str, str]:
    """What the code will belong to, so that the password is not needed a second time."""
    found = {name: phone.said_at_sign_in(error, name) for name in CONTEXT}
    return {"context": json.dumps(found)} if found[CONTEXT[0]] else {}


def _interactive(trouble: Trouble) -> Refused | TryLater:
    """As it is told to a person who waits for the answer: nothing comes again by itself here."""
    outcome = trouble.preparing()
    # An answer to a sign-in may hold the new session, that nobody knows to hide yet.
    detail = outcome.detail.partition("HTTP")
    told = "".join(detail[:2]) + detail[2][:4]
    return replace(outcome, reason=outcome.reason.replace(AGAIN, _AGAIN), detail=told)


def _turn(name: str, kept: Mapping[str, str]) -> str:
    """An account that had a session is known by number: a worker may be using it just now."""
    try:
        return Session.read(kept.get("session", "")).number
    except Trouble:
        return f"@{name}"


# --- what was found ---


def _inspection(phone: "PrivateClient") -> Inspection:
    phone.hidden = (*phone.hidden, *phone.session().hidden)
    profile = phone.profile()
    handle, name = str(profile.get("username") or ""), str(profile.get("full_name") or "")
    session = phone.session(str(profile.get("fbid_v2") or ""))
    found = Found(
        PrivateLogin.key,
        session.number,
        handle,
        name or handle,
        {"session": session.written()},
        Healthy(handle, name, {Light.SEND: True}, warning=WARNING),
        (_is_open(profile), _is_readable(phone)),
        other_id=session.other_number,
    )
    accepted = Check("Instagram menerima sesi ini", True, f"Sebagai @{handle}.")
    return Inspection((accepted,), (found,))


def _is_open(profile: Mapping[str, Any]) -> Check:
    closed = profile.get("is_private")
    said = "Akun ini privat: hanya pengikut yang melihatnya. Jadikan publik di aplikasi."
    label = "Akun terbuka untuk umum"
    return Check(label, None if closed is None else not closed, said if closed else "")


def _is_readable(phone: "PrivateClient") -> Check:
    """After a doubt we look for the post there; without that a person must look each time."""
    label = "Daftar unggahan akun dapat dibaca"
    try:
        page(phone, phone.road.way)
    except Trouble as trouble:
        return Check(label, False, _interactive(trouble).reason)
    return Check(label, True)
