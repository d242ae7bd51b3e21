"""The accounts of trainings: opened in the built-in sandbox, which plays the platforms."""

import json
import secrets
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from accounts.models import Agency
from platforms import registry
from platforms.models import Channel
from platforms.registry import NoTraining
from platforms.vault import CannotOpen

PATIENCE = 10  # seconds for one answer
# ids that no real account has: a training's number, the platform's place, the agency
_NUMBER = "990{place}{agency:08d}"
_SECRETS: Mapping[str, tuple[str, ...]] = {"x": ("access_token", "access_secret")}
_TOKEN = ("token",)
_way = build_opener(ProxyHandler({}))  # a proxy would read along, and not find this machine


def channels_of(agency: Agency) -> list[Channel]:
    """The agency's training channels, one for each platform, made when they are first wanted."""
    return [
        _channel(agency, place, platform)
        for place, (platform, _label) in enumerate(registry.platforms(), 1)
    ]


def open_accounts(channels: Sequence[Channel]) -> None:
    """Let the sandbox know these accounts; it may have forgotten them. Raises NoTraining.

    Nobody looks after their credentials: what it turned away while it had forgotten is taken back.
    """
    address = f"{registry.training_url()}/__sandbox__/accounts"
    body = json.dumps([_account(channel) for channel in channels]).encode()
    headers = {"Content-Type": "application/json"}
    try:
        # the address is a setting, never anybody's input
        with _way.open(Request(address, body, headers), timeout=PATIENCE) as answer:  # noqa: S310
            answer.read()
    except (OSError, HTTPException, ValueError) as error:
        raise NoTraining(f"{address}: {error}") from error
    turned_away = Channel.objects.filter(pk__in=[channel.pk for channel in channels])
    turned_away.exclude(refused_at=None).update(refused_at=None)


def _channel(agency: Agency, place: int, platform: str) -> Channel:
    known = {
        "agency": agency,
        "adapter_key": platform,
        "handle": f"latihan_{agency.code.lower()}",
        "name": f"Latihan {agency.short_name}",
        "is_training": True,
    }
    number = _NUMBER.format(place=place, agency=agency.pk)
    channel, _made = Channel.objects.get_or_create(
        platform=platform, remote_id=number, defaults=known
    )
    if not _opens(channel):
        names, key = _SECRETS.get(platform, _TOKEN), secrets.token_hex(12)
        channel.keep_secrets(dict.fromkeys(names, f"{number}-{key}"))
        channel.save(update_fields=["sealed"])
    return channel


def _opens(channel: Channel) -> bool:
    """Whether it has credentials, and a key of ours that opens them."""
    try:
        return bool(channel.sealed and channel.account().secrets)
    except CannotOpen:
        return False


def _account(channel: Channel) -> dict[str, Any]:
    """The account as the sandbox's control takes it."""
    app = registry.TRAINING_APP if channel.platform == "x" else {}
    return {
        "platform": channel.platform,
        "id": channel.remote_id,
        "handle": channel.handle,
        "name": channel.name,
        "secrets": dict(channel.account().secrets) | {k.lower(): v for k, v in app.items()},
    }
