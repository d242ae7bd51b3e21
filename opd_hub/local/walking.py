"""What every journey is made of: people who sign in, steps that are told, and going astray."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import requests

from opd_hub.local.browser import Browser, NotThere, Page

SIGN_IN = "/masuk/"
FACTOR = "/masuk/faktor-kedua/"  # asked of reviewers, coordinators and admins
Step = Callable[[], None]  # its docstring is the sentence that is printed


class Astray(Exception):
    """A page answered otherwise than the journey needs; the message says how."""


@dataclass(frozen=True)
class SignIn:
    """What a person types at the door."""

    email: str
    password: str


def people(table: str) -> dict[str, SignIn]:
    """First names and sign-ins from `manage.py demo_signins`: name, …, e-mail, …, password last."""
    rows = (re.search(r"(\w+).*?(\S+@\S+).*?(\S+)\s*$", line) for line in table.splitlines())
    return {row[1]: SignIn(row[2], row[3]) for row in rows if row}


def take(step: Step) -> bool:
    """Take a step and print how it ended; False when it went astray."""
    sentence = step.__doc__ or ""
    try:
        step()
    except (Astray, NotThere, requests.RequestException) as error:
        print(f"✗ {sentence}: {error}", flush=True)
        return False
    print(f"✓ {sentence}", flush=True)
    return True


def sign_in(browser: Browser, signins: Mapping[str, SignIn], name: str) -> None:
    """Through the door, with the demo's code where a second factor is asked for. Raises Astray."""
    if name not in signins:
        raise Astray(f"{name} tidak ada di daftar akun demo")
    who = signins[name]
    page = browser.get(SIGN_IN)
    page = browser.submit(page, "Masuk", {"login": who.email, "password": who.password})
    if FACTOR in page.url:
        page = browser.submit(page, "Pakai kode demo")
    if page.status != 200 or SIGN_IN in page.url:
        raise Astray(f"masuk ditolak: {page.status} di {page.url}")


def must(true: bool, otherwise: str) -> None:
    """Raise Astray with `otherwise` unless it is so."""
    if not true:
        raise Astray(otherwise)


def ok(page: Page) -> Page:
    """The page, which has to be an answer as usual. Raises Astray."""
    must(page.status == 200, f"dijawab {page.status} di {page.url}")
    return page
