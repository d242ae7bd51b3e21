"""How people come in through the real door in tests: password, then code."""

import html
import re

from tests import factories

FACTOR = "/masuk/faktor-kedua/"
SET_UP = "/profil/faktor-kedua/aplikasi/"


def knock(client, person, **more):
    """Type the password."""
    return client.post("/masuk/", {"login": person.email, "password": factories.PASSWORD} | more)


def give(client, code):
    """Type a code at the door."""
    return client.post(FACTOR, {"code": code})


def sign_in(client, person, app=None):
    """In, with the code of an app; gives the last answer."""
    app = app or factories.give_app(person)
    knock(client, person)
    return give(client, factories.code_on(app))


def words(page) -> str:
    """What a page says, without its marks."""
    bare = re.sub(r"<[^>]*>", " ", page.content.decode())
    return " ".join(html.unescape(bare).split())
