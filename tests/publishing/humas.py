"""Dewi of Humas keeps the rulebook; what she reads on its pages."""

import re
from html import unescape

from django.contrib.messages import get_messages
from django.urls import reverse


def read(response) -> str:
    """The words of a page below its shell, without markup."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def told(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def part(slug, *args):
    return reverse("rules_section", args=[slug, *args])
