"""The accounts of trainings: opened in the built-in sandbox, which plays the platforms."""

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings

from accounts.models import Agency
from platforms import registry
from platforms.models import Channel
from platforms.registry import NoTraining

PATIENCE = 10  # seconds for one answer
# ids that no real account has: a training's number, the platform's place, the agency
_NUMBER = "990{place}{agency:08d}"
_SECRETS: Mapping[str, tuple[str, ...]] = {"x": ("access_token", "access_secret")}
_TOKEN = ("token",)


def channels_of(agency: Agency) -> list[Channel]:
    """The agency's training channels, one for each platform, made when they are first wanted."""
    return [
        _channel(agency, place, platform)
        for place, (platform, _label) in enumerate(registry.platforms(), 1)
    ]


def open_accounts(channels: Sequence[Channel]) -> None:
    """Let the sandbox know these accounts; it may have forgotten them. Raises NoTraining."""
    if not settings.TRAINING_URL:
        raise NoTraining("OPD_HUB_TRAINING_URL is empty")
    body = json.dumps([_account(channel) for channel in channels]).encode()
    address = f"{settings.TRAINING_URL.rstrip('/')}/__sandbox__/accounts"
    headers = {"Content-Type": "application/json"}
    try:
        # the address is a setting, never anybody's input
        with urlopen(Request(address, body, headers), timeout=PATIENCE) as answer:  # noqa: S310
            answer.read()
    except (URLError, TimeoutError, ValueError) as error:
        raise NoTraining(f"{address}: {error}") from error


def _channel(agency: Agency, place: int, platform: str) -> Channel:
    known = Channel.objects.filter(agency=agency, platform=platform, is_training=True).first()
    if known:
        return known
    channel = Channel(
        agency=agency,
        platform=platform,
        adapter_key=platform,
        remote_id=_NUMBER.format(place=place, agency=agency.pk),
        handle=f"latihan_{agency.code.lower()}",
        name=f"Latihan {agency.short_name}",
        is_training=True,
    )
    names = _SECRETS.get(platform, _TOKEN)
    key = secrets.token_hex(12)
    channel.keep_secrets(dict.fromkeys(names, f"{channel.remote_id}-{key}"))
    channel.save()
    return channel


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
