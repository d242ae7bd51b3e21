"""The ground of the stories about bad luck: a Redis, the platforms as a process, a hub of both."""

from collections.abc import Iterator

import pytest

from accounts.models import Agency, Role, User
from opd_hub.local import ports, processes, redis
from platforms.models import Channel
from tests import factories
from tests.conftest import Box
from tests.faults.hub import Hub, environment
from tests.faults.played import Played
from tests.publishing.conftest import clock

__all__ = ["clock"]


@pytest.fixture(scope="session")
def one_redis(tmp_path_factory) -> Iterator[redis.Server]:
    with redis.serving(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def broker(one_redis) -> Iterator[redis.Server]:
    """A Redis that is there and empty when a test begins."""
    one_redis.flush()
    yield one_redis
    one_redis.thaw()
    one_redis.restart()


@pytest.fixture
def played(tmp_path, settings, channels) -> Iterator[Played]:
    """The platforms, played by another process, with Dinas Kesehatan's accounts open on them."""
    sandbox = Played(tmp_path, ports.free())
    Box.open_accounts(sandbox.url, channels.values())
    yield sandbox
    processes.stop(sandbox.child, seconds=1)


@pytest.fixture
def hub(tmp_path, played, broker) -> Iterator[Hub]:
    """OPD Hub over Redis; nothing of it runs yet."""
    whole = Hub(tmp_path / "hub", environment(played.url, CELERY_BROKER_URL=broker.url))
    yield whole
    whole.end()


@pytest.fixture
def lone_hub(tmp_path, played) -> Iterator[Hub]:
    """OPD Hub in one process, without a broker."""
    whole = Hub(tmp_path / "hub", environment(played.url, CELERY_BROKER_URL=""))
    yield whole
    whole.end()


@pytest.fixture
def crowd(played, sari, channels):
    """Makes so many agencies, each with an author and an open account on X."""

    def make(count: int) -> list[tuple[User, Channel]]:
        people = [(sari, channels["x"])]
        for n in range(1, count):
            agency = Agency.objects.create(code=f"OPD{n}", name=f"Dinas {n}", short_name=f"D{n}")
            mail, name = f"penulis{n}@contoh.test", f"Penulis {n}"
            author = factories.make_person(mail, name, Role.AUTHOR, agency)
            channel = factories.make_channel(agency, "x")
            channel.keep_secrets({"access_token": f"x-{n}", "access_secret": f"s-{n}"})
            channel.save()
            people.append((author, channel))
        Box.open_accounts(played.url, [channel for _, channel in people])
        return people

    return make
