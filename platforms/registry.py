"""Which platforms exist. `settings.PLATFORMS` is the only list of them."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from platforms.adapters.base import Adapter


@cache
def adapter(key: str) -> Adapter:
    """The adapter that `settings.PLATFORMS[key]` names, made once with its options."""
    options = dict(settings.PLATFORMS[key])
    cls: type[Adapter] = import_string(options.pop("ADAPTER"))
    return cls(**{name.lower(): value for name, value in options.items()})


def choices() -> list[tuple[str, str]]:
    """Adapter keys and labels, for model fields: a new platform needs no migration."""
    return [(key, adapter(key).label) for key in settings.PLATFORMS]


def platforms() -> list[tuple[str, str]]:
    """Platform keys and labels; two adapters may speak for one platform."""
    return list(
        {
            adapter(key).platform: (adapter(key).platform, adapter(key).label)
            for key in settings.PLATFORMS
        }.values()
    )
