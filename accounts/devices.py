"""What a browser says of itself, in words that its owner recognises."""

import re

from django.utils.translation import gettext as _

# The first that is found; nearly all say Safari and Mozilla too
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def in_words(user_agent: str) -> str:
    """ "Chrome di Android" for a User-Agent header; says so when it tells nothing."""
    browser = _first(BROWSERS, user_agent) or _("Peramban lain")
    system = _first(SYSTEMS, user_agent)
    return (
        _("%(browser)s di %(system)s") % {"browser": browser, "system": system}
        if system
        else browser
    )


def _first(known: dict[str, str], user_agent: str) -> str:
    return next((word for key, word in known.items() if re.search(rf"\b{key}", user_agent)), "")
