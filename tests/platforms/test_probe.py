"""Before Meta is told where a picture is, we look whether a stranger can fetch it there."""

from dataclasses import replace

import pytest

from platforms.adapters.base import Fault, Prepared, Refused, TryLater
from platforms.adapters.probe import TRIES
from tests.platforms.conftest import Drawer, make_adapter
from tests.platforms.stand_in import Answer, standing

CLOSED = "Gambar 2 tidak dapat diambil dari alamat publik ({}). "
CLOSED += "Admin sistem perlu memeriksa PUBLIC_URL."


@pytest.fixture
def instagram(stand_in):
    stand_in.answers(Answer(200, {"id": "55"}))
    return make_adapter("instagram", stand_in.url)


@pytest.fixture
def ours():
    """Our own web server as a stranger finds it; it says what a test tells it to."""
    with standing() as server:
        yield server


class Elsewhere(Drawer):
    """A shelf whose pictures are to be fetched from another server than Meta's stand-in."""

    def __init__(self, server, base):
        super().__init__(server)
        self.base = base

    def url(self, picture):
        return f"{self.base}/fetch/{picture.sha256}.jpg"


@pytest.fixture
def job(make_job, stand_in, ours):
    """Sari's post with two pictures: the first is at Meta, the second comes next."""
    shelf = Elsewhere(stand_in, ours.url)
    pictures = shelf.picture(), shelf.picture("Jadwal posyandu", color="navy")
    job = make_job("instagram", pictures=pictures, checkpoint={"children": ["54"]})
    return replace(job, shelf=shelf)


def path_of(job):
    return f"/fetch/{job.payload.pictures[1].sha256}.jpg"


def served(job):
    return job.shelf.jpegs[job.payload.pictures[1].sha256]


def test_a_picture_that_anybody_can_fetch_is_handed_to_instagram(instagram, stand_in, job, ours):
    ours.files[path_of(job)] = served(job)
    assert isinstance(instagram.prepare(job), Prepared)
    (asked,) = stand_in.posts()
    assert asked.form["image_url"] == ours.url + path_of(job)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(404, "tidak ada"), "status 404"),
        (Answer(503, "sebentar"), "status 503"),
        (Answer(302, "", {"Location": "/masuk/"}), "status 302"),
        (Answer(200, "<h1>Masuk</h1>"), "jawabannya bukan JPEG"),
        (Answer(200, "lain", {"Content-Type": "image/jpeg"}), "isinya berubah di jalan"),
        (Answer(how="drop"), "tidak ada jawaban"),
    ],
)
def test_what_a_stranger_does_not_get_is_told_and_instagram_is_not_asked(
    instagram, stand_in, job, ours, answer, why
):
    ours.answers(answer)
    outcome = instagram.prepare(job)
    assert isinstance(outcome, TryLater)
    assert outcome.reason == CLOSED.format(why)
    assert ours.url not in outcome.detail
    assert stand_in.asked == []
    assert len(ours.asked) == 1, "a redirect was followed"


def test_a_picture_that_a_proxy_made_smaller_is_not_the_approved_one(instagram, job, ours):
    ours.files[path_of(job)] = job.shelf.jpegs[job.payload.pictures[0].sha256]
    outcome = instagram.prepare(job)
    assert isinstance(outcome, TryLater)
    assert outcome.reason == CLOSED.format("isinya berubah di jalan")


def test_a_server_that_nobody_finds_is_told_too(instagram, stand_in, job, nowhere):
    job.shelf.base = nowhere
    outcome = instagram.prepare(job)
    assert isinstance(outcome, TryLater)
    assert outcome.reason == CLOSED.format("tidak ada jawaban")
    assert stand_in.asked == []


def test_after_a_few_tries_a_person_is_told_and_the_channel_goes_on(instagram, job, ours):
    ours.answers(Answer(404, "tidak ada"))
    for _ in range(TRIES):
        outcome = instagram.prepare(job)
        assert isinstance(outcome, TryLater)
        job = replace(job, checkpoint=outcome.checkpoint)
    outcome = instagram.prepare(job)
    assert isinstance(outcome, Refused)
    assert (outcome.fault, outcome.reason) == (Fault.CONTENT, CLOSED.format("status 404"))


def test_a_door_that_opens_again_costs_nothing(instagram, job, ours):
    ours.answers(Answer(503, "sebentar"))
    job = replace(job, checkpoint=instagram.prepare(job).checkpoint)
    ours.files[path_of(job)] = served(job)
    piece = instagram.prepare(job)
    assert isinstance(piece, Prepared)
    assert piece.checkpoint == {"children": ["54", "55"]}


def test_without_the_probe_instagram_is_asked_at_once(stand_in, job, ours):
    stand_in.answers(Answer(200, {"id": "55"}))
    instagram = make_adapter("instagram", stand_in.url, probe=False)
    assert isinstance(instagram.prepare(job), Prepared)
    assert ours.asked == []
