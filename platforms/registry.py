"""Which platforms exist. `settings.PLATFORMS` is the only list of them."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from platforms.adapters.base import Adapter
from platforms.adapters.connecting import Login, PasswordLogin
from platforms.adapters.missing import Missing

# the app that trainings sign with on X: a real one's keys never go to the sandbox
TRAINING_APP: Mapping[str, str] = {"CONSUMER_KEY": "latihan", "CONSUMER_SECRET": "latihan"}
NOWHERE = "http://127.0.0.1:9"  # the discard port: nobody listens, so nothing of a training leaves
# this machine, or a service beside ours: a platform's host has a dot
_AT_HOME = re.compile(r"127\.0\.0\.1|::1|[a-z][a-z0-9-]*")


class NoTraining(Exception):
    """No sandbox for trainings is installed: nothing of Mode latihan may go anywhere."""


@cache
def adapter(key: str, *, training: bool = False) -> Adapter:
    """The adapter that `settings.PLATFORMS[key]` names, made once with its options.

    One for `training` speaks to the built-in sandbox, wherever the platform itself may be. A
    channel may outlive its adapter: one that is not installed says so, and refuses everything.
    """
    if key not in settings.PLATFORMS:
        return _missing(key)
    options = dict(settings.PLATFORMS[key])
    options |= _to_the_sandbox(options) if training else {}
    cls: type[Adapter] = import_string(options.pop("ADAPTER"))
    if "LOCK" in options:
        options["LOCK"] = import_string(options["LOCK"])
    return cls(**{name.lower(): value for name, value in options.items()})


def _missing(key: str) -> Adapter:
    """With the limits of the platform's first adapter: "instagram_private" is like "instagram"."""
    first = key.partition("_")[0]
    return Missing(key, adapter(first) if first in settings.PLATFORMS else None)


def _to_the_sandbox(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options that keep an adapter's traffic at home, whether or not anybody answers there."""
    app = {name: value for name, value in TRAINING_APP.items() if name in options}
    home = training_url() if has_training() else NOWHERE
    return app | {"BASE_URL": home, "ALLOW_REMOTE": True}


def training_url() -> str:
    """Where the sandbox of trainings is. Raises NoTraining where there is none at home."""
    url = settings.TRAINING_URL.rstrip("/")
    if not _AT_HOME.fullmatch(urlsplit(url).hostname or ""):
        raise NoTraining(f"OPD_HUB_TRAINING_URL is no address at home: {url!r}")
    return str(url)


def has_training() -> bool:
    try:
        return bool(training_url())
    except NoTraining:
        return False


def choices() -> list[tuple[str, str]]:
    """Adapter keys and labels, for model fields: a new platform needs no migration."""
    return [(key, adapter(key).label) for key in settings.PLATFORMS]


def ways(platform: str) -> list[str]:
    """Keys of the adapters that speak for `platform` in this installation."""
    return [key for key in settings.PLATFORMS if adapter(key).platform == platform]


def logins() -> dict[str, Login]:
    """The ways to connect an account, by key; Facebook and Instagram share one."""
    found = [adapter(key).login() for key in settings.PLATFORMS]
    return {login.key: login for login in found}


def reads_x() -> bool:
    """Whether this installation may read from X (platforms.md 1.1, the government clause)."""
    return bool(settings.PLATFORMS.get("x", {}).get("READING"))


def needs_consent(key: str) -> bool:
    """Whether speaking through this adapter is a risk that somebody must take upon themselves."""
    return isinstance(adapter(key).login(), PasswordLogin)


def platforms() -> list[tuple[str, str]]:
    """Platform keys and labels; of two adapters for one platform the first gives the label."""
    found: dict[str, str] = {}
    for key in settings.PLATFORMS:
        found.setdefault(adapter(key).platform, adapter(key).label)
    return list(found.items())
