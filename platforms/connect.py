"""Connecting an account: off to the platform and back, what was found there, and keeping it.

What must survive the way there and back lies sealed in the person's session, for a quarter of an
hour: secrets never stand in a form, an address or a log.
"""

import json
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts import acts
from accounts.acts import NotNow, Verb
from accounts.models import Agency, User
from accounts.policy import Action
from platforms import health, registry, vault
from platforms.adapters.connecting import ConsentLogin, Inspection, Login, PasswordLogin
from platforms.models import Channel

GOOD_FOR = timedelta(minutes=15)
_PLACE = "connecting"  # in the session
Session = MutableMapping[str, Any]


@dataclass(frozen=True)
class Errand:
    """What somebody is about: which login, for which agency, and (again) for which channel."""

    login: str
    agency: int
    channel: int | None = None
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    kept: Mapping[str, str] = field(repr=False, default_factory=dict)
    found: tuple[Mapping[str, Any], ...] = field(repr=False, default=())
    began_at: float = field(default_factory=lambda: timezone.now().timestamp())

    @property
    def is_past(self) -> bool:
        return timezone.now().timestamp() - self.began_at > GOOD_FOR.total_seconds()


def remember(session: Session, errand: Errand) -> None:
    """Seal the errand into the session."""
    session[_PLACE] = vault.seal({"errand": json.dumps(errand.__dict__)})


def go_on(session: Session, errand: Errand, **changed: Any) -> Errand:
    """The errand, further on; remembered."""
    further = replace(errand, **changed)
    remember(session, further)
    return further


def recall(session: Session, login: str) -> Errand:
    """The errand that this session is on. Raises NotNow when there is none, or it is too old."""
    try:
        errand = Errand(**json.loads(vault.unseal(session.get(_PLACE, "")).get("errand", "{}")))
    except (vault.CannotOpen, TypeError):
        raise _over(_("Langkah ini tidak dimulai dari peramban ini. Mulai lagi.")) from None
    if errand.is_past or errand.login != login:
        raise _over(_("Langkah ini sudah lewat 15 menit. Mulai lagi dari awal."))
    return errand


def same_phone(channel: Channel) -> Mapping[str, str]:
    """What lets a new sign-in come from the phone that the account knows already."""
    try:
        secrets_of_it = channel.account().secrets
    except vault.CannotOpen:
        return {}
    return {"session": secrets_of_it["session"]} if secrets_of_it.get("session") else {}


def forget(session: Session) -> None:
    """End the errand."""
    session.pop(_PLACE, None)


def preflight(login: Login, errand: Errand) -> dict[str, Any]:
    """What must be true before setting out, and by which ways one may."""
    return {
        "login": login,
        "agency": Agency.objects.get(pk=errand.agency),
        "setup": login.setup() if isinstance(login, ConsentLogin) else (),
        "return_to": return_address(login.key),
        "by_consent": isinstance(login, ConsentLogin),
        "by_password": isinstance(login, PasswordLogin),
        "asks_code": "context" in errand.kept,
    }


def return_address(login: str) -> str:
    """The exact address to which the platform sends people back; it must be registered there."""
    return str(settings.PUBLIC_URL) + reverse("connect_return", args=[login])


def came_back(errand: Errand, answer: Mapping[str, str]) -> None:
    """Raise NotNow unless the answer carries the state that this session set out with."""
    if not constant_time_compare(answer.get("state", ""), errand.state):
        raise _over(_("Jawaban ini bukan untuk langkah Anda. Mulai lagi dari awal."))


def _over(sentence: str) -> NotNow:
    """The errand is over; the way back is to its beginning."""
    return NotNow(sentence, back=reverse("connect"))


# --- what was found there ---


def pack(inspection: Inspection) -> tuple[Mapping[str, Any], ...]:
    """The accounts of an inspection, as they lie in the session: enough to keep them."""
    return tuple(
        {
            "adapter_key": found.adapter_key,
            "remote_id": found.remote_id,
            "other_id": found.other_id,
            "handle": found.handle,
            "name": found.name,
            "secrets": dict(found.secrets),
            "checks": [[check.label, check.passed, check.said] for check in found.checks],
        }
        for found in inspection.accounts
    )


@dataclass(frozen=True)
class Offer:
    """One account that can be connected, or why not."""

    account: Mapping[str, Any]
    known: Channel | None  # the channel that it is already
    obstacle: str  # "" when nothing is in the way

    @property
    def number(self) -> str:
        return f"{self.account['adapter_key']}:{self.account['remote_id']}"

    @property
    def label(self) -> str:
        return registry.adapter(self.account["adapter_key"]).label


def offers(errand: Errand) -> list[Offer]:
    """What the person may choose from, what can be chosen first."""
    found = [_offer(errand, account) for account in errand.found]
    return sorted(found, key=lambda offer: bool(offer.obstacle))


def _offer(errand: Errand, account: Mapping[str, Any]) -> Offer:
    platform = registry.adapter(account["adapter_key"]).platform
    numbers = [number for number in (account["remote_id"], account["other_id"]) if number]
    here = Channel.objects.filter(platform=platform, remote_id__in=numbers)
    known = here.select_related("agency").first()
    return Offer(account, known, _obstacle(errand, account, known))


def _obstacle(errand: Errand, account: Mapping[str, Any], known: Channel | None) -> str:
    if failed := [label for label, passed, _said in account["checks"] if passed is False]:
        return _("Belum memenuhi syarat: %(what)s") % {"what": "; ".join(failed)}
    if errand.channel and (known is None or known.pk != errand.channel):
        return _("Ini kanal lain, bukan yang sedang dihubungkan ulang.")
    if known and known.agency_id != errand.agency:
        return _("Sudah terdaftar sebagai kanal %(agency)s.") % {"agency": known.agency}
    return ""


def keep(errand: Errand, chosen: list[str], *, by: User) -> list[Channel]:
    """Make or renew a channel of every chosen account. Raises NotYours, NotNow."""
    acts.require(by, Action.CONNECT)
    wanted = [offer for offer in offers(errand) if offer.number in chosen and not offer.obstacle]
    if not wanted:
        raise NotNow(_("Tidak ada kanal yang dipilih. Mulai lagi, lalu centang kanalnya."))
    agency = Agency.objects.open().filter(pk=errand.agency).first()
    if agency is None:
        raise NotNow(_("OPD ini sudah ditutup."))
    return [_keep(offer, agency, by) for offer in wanted]


@transaction.atomic
def _keep(offer: Offer, agency: Agency, by: User) -> Channel:
    account = offer.account
    platform = registry.adapter(account["adapter_key"]).platform
    channel = offer.known or Channel(
        agency=agency, platform=platform, remote_id=account["remote_id"], is_active=False
    )
    channel.adapter_key = account["adapter_key"]
    channel.handle, channel.name = account["handle"][:100], account["name"][:120]
    channel.keep_secrets(account["secrets"])
    channel.connected_at = timezone.now()
    if registry.needs_consent(channel.adapter_key):
        channel.risk_taken_by, channel.risk_taken_at = by, timezone.now()
    channel.save()
    verb = Verb.RECONNECT if offer.known else Verb.CONNECT
    acts.record(verb, by=by, agency=agency, channel=channel.pk, note=_note(channel))
    health.connected(channel, None)
    return channel


def _note(channel: Channel) -> str:
    if not registry.needs_consent(channel.adapter_key):
        return str(channel)
    return _("%(channel)s, jalur tidak resmi; risikonya diterima") % {"channel": channel}
