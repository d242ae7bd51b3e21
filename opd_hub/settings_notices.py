"""The settings of what leaves the house beside posts: a message gateway, a Telegram bot.

`opd_hub.settings` takes everything from here.
"""

import json
from typing import Any

from environs import Env

env = Env()

# Any gateway that takes a POST of JSON: {to} and {text} in the body's strings are filled in.
GATEWAY_URL = env.str("OPD_HUB_GATEWAY_URL", "")
GATEWAY_HEADERS: dict[str, str] = json.loads(env.str("OPD_HUB_GATEWAY_HEADERS", "{}"))
GATEWAY_BODY: Any = json.loads(
    env.str("OPD_HUB_GATEWAY_BODY", '{"target": "{to}", "message": "{text}"}')
)
TELEGRAM_TOKEN = env.str("OPD_HUB_TELEGRAM_TOKEN", "")
TELEGRAM_URL = env.str("OPD_HUB_TELEGRAM_URL", "https://api.telegram.org").rstrip("/")
