"""Every route as every role and as a stranger, for own and foreign things, GET and POST."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.routes import world as worlds
from tests.routes.table import TABLE, WHO

pytestmark = pytest.mark.django_db
SHUT = (401, 403, 404, 405)  # at the door, not you, no such thing, not like this


@pytest.fixture
def world(dinkes, picture_file):
    return worlds.build(dinkes, picture_file())


class Walker:
    """One browser that goes everywhere; what its requests change has not happened."""

    def __init__(self, world: worlds.World, who: str) -> None:
        self.world, self.client = world, world.client(who)
        self.cookies = {name: cookie.value for name, cookie in self.client.cookies.items()}

    def opens(self, route: str, method: str) -> bool:
        """Whether it gets further than the door, "not you" and "no such thing"."""
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)
        address = reverse(route, kwargs=self.world.named.get(route))
        body = self.world.body(route) if method == "post" else {}
        with transaction.atomic():
            answer = getattr(self.client, method)(address, body)
            transaction.set_rollback(True)
        assert answer.status_code != 500, (route, method)
        assert answer.status_code != 400, (route, method, "a body that no page sends")
        led_away = answer.status_code == 302 and answer.headers["Location"].startswith(worlds.DOOR)
        return not led_away and answer.status_code not in SHUT


def test_every_route_has_its_row():
    assert set(worlds.routes()) == set(TABLE)


def test_a_route_without_a_row_would_be_noticed():
    assert set(worlds.routes()) != set(TABLE) - {"channels"}


@pytest.mark.parametrize("who", WHO)
def test_each_opens_and_sends_what_the_table_says_and_nothing_else(world, who):
    walker, wrong = Walker(world, who), []
    for route, may in TABLE.items():
        for method, wanted in (("get", may.get), ("post", may.post)):
            if walker.opens(route, method) != (who in (wanted or ())):
                wrong.append(f"{method.upper()} {route}")
    assert not wrong, ", ".join(wrong)
