"""How the demo's channels are, and in whose hands: most are well, some need somebody."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from platforms.models import Channel, Custody, Health, Incident, Stranger

EXPIRING = ("DINKES", "facebook")
DAYS_LEFT = 12
DEAD = ("SETWAN", "facebook")
UNENDORSED = ("KECPAUHDUO", "facebook")
HIJACKED = ("DINSOS", "facebook")  # something stands there that nobody here sent
LIGHTS = {"send": True, "comments": True, "insight": True}
USED = 3  # posts of the last day, as Instagram counts them
_NO = "Token Meta tidak berlaku lagi. Minta pengelola kanal menyambungkan ulang."
_STRANGE = "PROMO pulsa murah, hari ini saja. Klik tautan di bio."


def make_health(channels: Iterable[Channel], people: Mapping[str, User]) -> None:
    """Health, incidents, custody and one stranger for channels that are in the database."""
    now = timezone.now()
    by_name = {(channel.agency.code, channel.platform): channel for channel in channels}
    _endorse(by_name, people["ratna"], now)
    Health.objects.bulk_create(
        _health(channel, now) for channel in by_name.values() if channel.sealed
    )
    _kill(by_name[DEAD], now)
    ends = now + timedelta(days=DAYS_LEFT)
    Health.objects.filter(channel=by_name[EXPIRING]).update(expires_at=ends)
    Incident.objects.create(
        channel=by_name[EXPIRING],
        kind=Incident.Kind.EXPIRING,
        stage=20,
        said=f"Sambungan habis dalam {DAYS_LEFT} hari. Hubungkan ulang sebelum itu.",
        told_at=now,
    )
    Stranger.objects.create(
        channel=by_name[HIJACKED],
        remote_id="elsewhere-1",
        text=_STRANGE,
        at=now - timedelta(hours=9),
        seen_at=now - timedelta(hours=9),
    )
    Custody.objects.bulk_create(
        _custody(channel, people["hendra"], now)
        for name, channel in by_name.items()
        if name[0] in ("DINKES", "DISDIKBUD", "BPBD", "DISDUKCAPIL", "PROKOPIM")
    )


def _endorse(by_name: Mapping[tuple[str, str], Channel], ratna: User, now: datetime) -> None:
    """All but one were said to be official ones, two months ago."""
    Channel.objects.exclude(pk=by_name[UNENDORSED].pk).update(
        endorsed_by=ratna,
        endorsed_at=now - timedelta(days=60),
        connected_at=now - timedelta(days=60),
    )
    Channel.objects.filter(pk=by_name[UNENDORSED].pk).update(is_active=False, connected_at=now)


def _health(channel: Channel, now: datetime) -> Health:
    is_instagram = channel.platform == "instagram"
    lights = dict(LIGHTS) | ({"insight": False} if channel.platform == "x" else {})
    return Health(
        channel=channel,
        probe_at=now + timedelta(hours=20, minutes=channel.pk % 60),
        asked_at=now - timedelta(hours=4),
        healthy_at=now - timedelta(hours=4),
        lights=lights,
        quota_used=USED if is_instagram else None,
        quota_total=100 if is_instagram else None,
    )


def _kill(channel: Channel, now: datetime) -> None:
    """Its credentials are of no use: the sandbox does not know them."""
    channel.keep_secrets({"token": "token-lama"})
    since = now - timedelta(days=2)
    Channel.objects.filter(pk=channel.pk).update(sealed=channel.sealed, refused_at=since)
    Health.objects.filter(channel=channel).update(
        failed_at=since, confirmed_at=since, said=_NO, healthy_at=since - timedelta(hours=6)
    )
    Incident.objects.create(
        channel=channel,
        kind=Incident.Kind.DEAD,
        said=_NO,
        opened_at=since,
        changed_at=since,
        told_at=now,
    )


def _custody(channel: Channel, by: User, now: datetime) -> Custody:
    code = channel.agency.code
    return Custody(
        channel=channel,
        holder=f"Operator {channel.agency.short_name}",
        page_admins=f"Operator {channel.agency.short_name}, Kepala Bagian Umum",
        recovery_email=f"{code.lower()}@contoh.test",
        recovery_phone="0755-000000",
        factor_holder="Kepala Bagian Umum",
        decree=f"800/{channel.pk}/{code}/2026",
        decree_from=now.date() - timedelta(days=200),
        decree_until=now.date() + timedelta(days=165),
        confirmed_by=by,
        confirmed_at=now - timedelta(days=90),
    )
