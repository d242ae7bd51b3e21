"""What a page says, as the journey reads it."""

import re

from opd_hub.local.browser import Page


def pictures_on(page: Page) -> set[str]:
    """Addresses of the pictures that a page shows, each with the version that it asks for."""
    return set(re.findall(r'"(/media/\d+/\w+/(?:\?v=[\w,]+)?)"', page.text))


def channels_on(composer: Page) -> dict[str, str]:
    """The ids of the channels that a composer offers, by platform."""
    pattern = r'name="channels" value="(\d+)".*?aria-hidden="true">(Instagram|Facebook|X)<'
    return {label: pk for pk, label in re.findall(pattern, composer.text, re.DOTALL)}


def to_do(composer: Page) -> str:
    """What still stands in the way of handing in, in the composer's own words."""
    found = re.search(r'class="todo-line"[^>]*>(.*?)</p>', composer.text, re.DOTALL)
    said = re.sub(r"<[^>]*>", " ", found[1]) if found else ""
    return f"{' '.join(said.split())} ({composer.status} di {composer.url})"


def button_like(page: Page, beginning: str) -> str:
    """The whole label of the button that begins so; the beginning itself when there is none."""
    labels = [button.label for form in page.forms for button in form.buttons]
    return next((label for label in labels if label.startswith(beginning)), beginning)
