"""The settings of what reaches people outside the app: a gateway of messages, a Telegram bot.

`opd_hub.settings` takes everything from here; it is one list of settings in several files.
"""

import json
from datetime import time, timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()


def _json(name: str, default: str) -> Any:
    """JSON from the environment; what cannot be read stops the start, without showing a secret."""
    try:
        return json.loads(env.str(name, "") or default)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not JSON.") from None


# Any gateway that takes a number and a text over HTTP: {to} and {text} stand in the body's values.
# Without an address there is no such way, and nobody is offered it.
GATEWAY_URL = env.str("OPD_HUB_GATEWAY_URL", "")
GATEWAY_NAME = env.str("OPD_HUB_GATEWAY_NAME", "WhatsApp")
GATEWAY_METHOD = env.str("OPD_HUB_GATEWAY_METHOD", "POST")
GATEWAY_HEADERS: dict[str, str] = _json("OPD_HUB_GATEWAY_HEADERS", "{}")
GATEWAY_BODY: Any = _json("OPD_HUB_GATEWAY_BODY", '{"to": "{to}", "text": "{text}"}')
GATEWAY_FORM = env.bool("OPD_HUB_GATEWAY_FORM", False)  # the body as a form, not as JSON
# What the JSON of a good answer contains, e.g. {"status": true}; empty: every 2xx is good.
GATEWAY_GOOD: dict[str, Any] = _json("OPD_HUB_GATEWAY_GOOD", "{}")

TELEGRAM_TOKEN = env.str("OPD_HUB_TELEGRAM_TOKEN", "")
TELEGRAM_URL = env.str("OPD_HUB_TELEGRAM_URL", "https://api.telegram.org").rstrip("/")

NOTICE_TIMEOUT = (5, 15)  # seconds to connect, to answer
QUIET_FROM, QUIET_UNTIL = time(21), time(6)  # WIB; only an emergency wakes people
DIGEST_AT = time(7, 30)
# before each new try of a message that was certainly not taken; then it is given up
MESSAGE_WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720)]
KEEP_READ_NOTICES = timedelta(days=90)
