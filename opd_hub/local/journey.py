"""The main job of OPD Hub, walked through its pages as the people do it, step by step."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import requests

from opd_hub.local.browser import Browser, NotThere

SIGN_IN = "/masuk/"


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


def walk(base_url: str, sandbox_url: str, signins: Mapping[str, SignIn]) -> bool:
    """Take every step in order, printing each; False at the first one that fails."""
    with Browser(base_url) as sari, Browser(base_url) as dewi:
        journey = Journey(sari, dewi, sandbox_url, signins)
        return all(_take(step) for step in journey.steps())


def print_ledger(sandbox_url: str) -> None:
    """Everything that the played platforms have accepted, in order."""
    ledger = requests.get(f"{sandbox_url}/__sandbox__/ledger", timeout=10).json()
    print("\nBuku besar platform uji:")
    print(json.dumps(ledger, indent=2, ensure_ascii=False), flush=True)


class Journey:
    """The people, each with a browser of their own, and what they do in turn.

    A step is a method whose docstring is the sentence that is printed.
    """

    def __init__(
        self, sari: Browser, dewi: Browser, sandbox_url: str, signins: Mapping[str, SignIn]
    ) -> None:
        self.sari = sari
        self.dewi = dewi
        self.sandbox_url = sandbox_url
        self.signins = signins

    def steps(self) -> list[Callable[[], None]]:
        return [self.sari_signs_in, self.dewi_signs_in]

    def sari_signs_in(self) -> None:
        """Sari (Dinas Kesehatan) masuk"""
        self._sign_in(self.sari, "Sari")

    def dewi_signs_in(self) -> None:
        """Dewi (Humas) masuk"""
        self._sign_in(self.dewi, "Dewi")

    def _sign_in(self, browser: Browser, name: str) -> None:
        if name not in self.signins:
            raise Astray(f"{name} tidak ada di daftar akun demo")
        who = self.signins[name]
        page = browser.get(SIGN_IN)
        page = browser.submit(page, "Masuk", {"login": who.email, "password": who.password})
        if page.status != 200 or SIGN_IN in page.url:
            raise Astray(f"masuk ditolak: {page.status} di {page.url}")


def _take(step: Callable[[], None]) -> bool:
    sentence = step.__doc__ or ""
    try:
        step()
    except (Astray, NotThere, requests.RequestException) as error:
        print(f"✗ {sentence}: {error}", flush=True)
        return False
    print(f"✓ {sentence}", flush=True)
    return True
