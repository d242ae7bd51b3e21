"""Meta's errors row by row, as platforms.md 4 lists them, at every door of both adapters."""

from dataclasses import replace
from typing import Any, NamedTuple

import pytest

from platforms.adapters.base import Prepared, TryLater
from tests.platforms.conftest import ACCOUNTS, make_adapter
from tests.platforms.outcomes import course, meaning
from tests.platforms.stand_in import Answer

READY = {"facebook": {"post": "800_1"}, "instagram": {"container": "55", "finished": True}}
IN_7_MINUTES = {"X-Business-Use-Case-Usage": '{"8": [{"estimated_time_to_regain_access": 7}]}'}
HTML = Answer(503, "<h1>Sibuk</h1>")


class Row(NamedTuple):
    """An error, and what it comes to: while preparing, at the publish step, after a doubt, read.

    "a / b" is Facebook's and Instagram's; `back` is for `read_back` where it differs from `find`.
    """

    code: int
    subcode: int | None
    status: int
    prepare: str
    publish: str
    after_doubt: str
    find: str
    back: str = ""
    more: dict[str, Any] = {}
    headers: dict[str, str] = {}

    @property
    def answer(self) -> Answer:
        error = {"message": "(#1) sesuatu", "type": "OAuthException", "code": self.code}
        error |= {"error_subcode": self.subcode} if self.subcode else {}
        return Answer(self.status, {"error": error | self.more}, self.headers)


def doubt(code: int, subcode: int | None = None, status: int = 400, **more: Any) -> Row:
    return Row(code, subcode, status, "later", "doubt", "doubt", "later", more=more)


def refused(fault: str, code: int, subcode: int | None = None, status=400, **more: Any) -> Row:
    return Row(code, subcode, status, fault, fault, fault, "doubt", more=more)


def rests(minutes: int, code: int, subcode: int | None = None, status=400, headers={}) -> Row:  # noqa: B006
    said = f"rests {minutes} min"
    return Row(code, subcode, status, said, said, said, said, headers=headers)


def duplicate(code: int, subcode: int | None = None) -> Row:
    return Row(code, subcode, 400, "content", "content", "doubt", "doubt")


def patient(said: str, code: int, subcode: int | None = None) -> Row:
    return Row(code, subcode, 400, said, said, said, "later")


def gone(code: int, subcode: int | None = None) -> Row:
    after_doubt = "doubt / 1x later, channel"
    return Row(code, subcode, 400, "channel", "1x later, channel", after_doubt, "later", "gone")


TABLE = {
    "1 unknown, HTTP 500": doubt(1, status=500),
    "1 unknown, HTTP 400": doubt(1),
    "2 service temporarily unavailable": doubt(2, status=503),
    "is_transient": doubt(12345, is_transient=True),
    "is_transient with HTTP 500": doubt(12345, status=500, is_transient=True),
    "1 reduce the amount of data": refused(
        "content", 1, status=500, message="Please reduce the amount of data you're asking for"
    ),
    "4 app limit": rests(60, 4),
    "17 user limit": rests(60, 17),
    "32 page limit": rests(60, 32),
    "341 temporary limit": rests(60, 341),
    "613 custom limit": rests(60, 613),
    "80000 first of its kind": rests(60, 80000),
    "80001 pages": rests(60, 80001),
    "80002 Instagram": rests(60, 80002),
    "80014 last of its kind": rests(60, 80014),
    "80001 with an hour": rests(7, 80001, headers=IN_7_MINUTES),
    "4/2207051 suspected spam": rests(24 * 60, 4, 2207051),
    "9/2207042 daily publishing": rests(24 * 60, 9, 2207042),
    "368 blocked": rests(24 * 60, 368),
    "368/1390008 too fast": rests(24 * 60, 368, 1390008),
    "368/1404082 already posted": duplicate(368, 1404082),
    "506 duplicate": duplicate(506),
    "506/1455006 duplicate": duplicate(506, 1455006),
    "1366051 photos already posted": duplicate(1, 1366051),
    "368/4854002 confirm identity": refused("channel", 368, 4854002),
    "190/459 checkpoint": refused("channel", 190, 459),
    "190/464 unconfirmed": refused("channel", 190, 464),
    "25/2207050 account restricted": refused("channel", 25, 2207050),
    "102 session": refused("channel", 102),
    "190 token": refused("channel", 190, status=401),
    "190/458 app removed": refused("channel", 190, 458),
    "190/460 password": refused("channel", 190, 460),
    "190/463 expired": refused("channel", 190, 463),
    "190/467 invalid": refused("channel", 190, 467),
    "190/492 no role": refused("channel", 190, 492),
    "190/33 is no missing object": refused("channel", 190, 33),
    "3 capability": refused("channel", 3),
    "10 permission": refused("channel", 10, status=403),
    "200 permission": refused("channel", 200, status=403),
    "299 permission": refused("channel", 299),
    "1404078 publishing authorization": refused("channel", 1, 1404078),
    "100 parameter": refused("content", 100),
    "2061006": refused("content", 100, 2061006),
    "1349125 community standards": refused("content", 100, 1349125),
    "1404102": refused("content", 100, 1404102),
    "1346003 community standards": refused("content", 368, 1346003),
    "1609008 abusive link": refused("content", 100, 1609008),
    "100/33 missing or no permission": gone(100, 33),
    "803 no such object": gone(803),
    "1609005 link not read": patient("1x later, content", 100, 1609005),
    "1363047 temporarily unavailable": doubt(1, 1363047),
    "1609010 temporarily unavailable": doubt(1, 1609010),
    "1366046 photo too big": refused("content", 1, 1366046),
    "2069019 invalid file": refused("content", 100, 2069019),
    "352/2207026 video format": refused("content", 352, 2207026),
    "36000/2207004 over 8 MiB": refused("content", 36000, 2207004),
    "36001/2207005 format": refused("content", 36001, 2207005),
    "36003/2207009 aspect": refused("content", 36003, 2207009),
    "36004/2207010 caption": refused("content", 36004, 2207010),
    "100/2207023 media type": refused("content", 100, 2207023),
    "2207028 carousel count": refused("content", 100, 2207028),
    "2207040 tags": refused("content", 100, 2207040),
    "2207035": refused("content", 100, 2207035),
    "2207036": refused("content", 100, 2207036),
    "2207037": refused("content", 100, 2207037),
    "1/2207057 thumb offset": refused("content", 1, 2207057),
    "9004/2207052 address not fetched": patient("3x later, channel", 9004, 2207052),
    "-2/2207003 download timeout": patient("3x later, channel", -2, 2207003),
    "-2/2207020 container expired": patient("3x later, content", -2, 2207020),
    "-1/2207001 server error": doubt(-1, 2207001, status=500),
    "-1/2207032 create failed": doubt(-1, 2207032),
    "-1/2207053 upload unknown": doubt(-1, 2207053),
    "24/2207006 media not found": patient("1x later, channel", 24, 2207006),
    "24/2207008 creation id not found": patient("5x later, channel", 24, 2207008),
    "9007/2207027 not ready": patient("later", 9007, 2207027),
    "never heard of": Row(-7, None, 400, "5x later, content", "doubt", "doubt", "later"),
}
everywhere = pytest.mark.parametrize("platform", ["facebook", "instagram"])
each_row = pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)


def own(platform: str, said: str) -> str:
    """The platform's half of "Facebook's / Instagram's"."""
    facebook, _, instagram = said.partition(" / ")
    return instagram or facebook if platform == "instagram" else facebook


@pytest.fixture
def job(platform, make_job, pictures):
    return make_job(platform, pictures=pictures[:1])


@everywhere
@each_row
def test_an_error_comes_to_what_its_row_says(platform, stand_in, job, row: Row, a_minute_ago):
    adapter = make_adapter(platform, stand_in.url)
    stand_in.answers(row.answer)
    ready = replace(job, checkpoint=READY[platform])
    doubted = replace(ready, since=a_minute_ago)
    assert course(adapter.prepare, job) == row.prepare
    assert course(adapter.publish, ready) == row.publish
    assert course(adapter.publish, doubted) == own(platform, row.after_doubt)
    told = adapter.publish(ready)
    assert "sesuatu" not in told.reason
    assert f"HTTP {row.status}" in told.detail
    assert meaning(adapter.find(doubted)) == row.find
    assert meaning(adapter.read_back(ACCOUNTS[platform], "800_1")) == (row.back or row.find)


@everywhere
def test_a_page_instead_of_an_answer_is_a_doubt(platform, stand_in, job, a_minute_ago):
    adapter = make_adapter(platform, stand_in.url)
    stand_in.answers(HTML)
    ready = replace(job, checkpoint=READY[platform], since=a_minute_ago)
    assert course(adapter.prepare, job) == "later"
    assert meaning(adapter.publish(ready)) == "doubt"
    assert meaning(adapter.read_back(ACCOUNTS[platform], "800_1")) == "later"


CONTAINER = {
    "2207052": "3x later, channel",
    "2207003": "3x later, channel",
    "2207020": "3x later, content",
    "2207006": "1x later, channel",
    "2207001": "later",
    "2207032": "later",
    "2207053": "later",
    "2207009": "content",
    "2207004": "content",
    "2207026": "content",
    "2207050": "channel",
    "2207051": "rests 1440 min",
    "nothing known": "3x later, content",
}


@pytest.mark.parametrize("said", CONTAINER)
def test_a_spoilt_container_comes_to_what_its_subcode_says(stand_in, make_job, pictures, said):
    instagram = make_adapter("instagram", stand_in.url)
    stand_in.answers(Answer(200, {"id": "55", "status_code": "ERROR", "status": f"Error: {said}"}))
    job = make_job("instagram", pictures=pictures[:1], checkpoint={"container": "55"})
    assert course(instagram.prepare, job) == CONTAINER[said]


# --- strikes: one trouble's repeats do not eat another's patience ---

NOT_FETCHED = TABLE["9004/2207052 address not fetched"].answer
LINK = TABLE["1609005 link not read"].answer
UNHEARD = TABLE["never heard of"].answer
NOT_FOUND = TABLE["24/2207008 creation id not found"].answer
FINISHED = Answer(200, {"id": "55", "status_code": "FINISHED"})
SPOILT = Answer(200, {"id": "55", "status_code": "ERROR", "status": "Error: 2207052"})
MADE = Answer(200, {"id": "55"})


def test_each_trouble_has_its_own_patience(stand_in, make_job, pictures):
    instagram = make_adapter("instagram", stand_in.url)
    stand_in.answers(*[UNHEARD] * 3, *[NOT_FETCHED] * 3, LINK, UNHEARD, UNHEARD, UNHEARD)
    job, told = make_job("instagram", pictures=pictures[:1]), []
    for _ in range(10):
        told.append(instagram.prepare(job))
        job = replace(job, checkpoint=getattr(told[-1], "checkpoint", job.checkpoint))
    assert [meaning(outcome) for outcome in told] == ["later"] * 9 + ["content"]


def test_a_step_that_goes_well_forgets_its_own_strikes_and_no_others(stand_in, make_job, pictures):
    instagram = make_adapter("instagram", stand_in.url)
    stand_in.answers(NOT_FETCHED, MADE)
    job = make_job("instagram", pictures=pictures[:1])
    job = replace(job, checkpoint={"strikes": {"publish": {"2207008": 1}}})
    first = instagram.prepare(job)
    assert isinstance(first, TryLater)
    assert first.checkpoint == {"strikes": {"publish": {"2207008": 1}, "single": {"2207052": 1}}}
    second = instagram.prepare(replace(job, checkpoint=first.checkpoint))
    assert isinstance(second, Prepared)
    assert second.checkpoint == {"container": "55", "strikes": {"publish": {"2207008": 1}}}


def test_a_container_that_is_made_well_and_spoils_each_time_is_not_made_for_ever(
    stand_in, make_job, pictures
):
    instagram = make_adapter("instagram", stand_in.url)
    stand_in.answers(*[MADE, SPOILT] * 4)
    job, told = make_job("instagram", pictures=pictures[:1]), []
    for _ in range(8):
        told.append(instagram.prepare(job))
        job = replace(job, checkpoint=getattr(told[-1], "checkpoint", job.checkpoint))
    assert meaning(told[-1]) == "channel"
    assert len(stand_in.posts()) == 4


def test_a_creation_id_that_is_not_found_is_tried_twice_more_and_then_made_anew(
    stand_in, make_job, pictures
):
    instagram = make_adapter("instagram", stand_in.url)
    job = make_job("instagram", pictures=pictures[:1], checkpoint=READY["instagram"])
    kept = []
    for _ in range(3):
        stand_in.answers(NOT_FOUND)
        outcome = instagram.publish(job)
        assert isinstance(outcome, TryLater)
        assert outcome.after
        assert outcome.after.total_seconds() == 30
        stand_in.answers(FINISHED)
        piece = instagram.prepare(replace(job, checkpoint=outcome.checkpoint))
        assert isinstance(piece, Prepared)
        job = replace(job, checkpoint=piece.checkpoint)
        kept.append((job.checkpoint.get("container"), piece.done))
    assert kept == [("55", True), ("55", True), (None, False)]


def test_a_worn_container_that_is_public_after_all_is_not_replaced(stand_in, make_job, pictures):
    instagram = make_adapter("instagram", stand_in.url)
    worn = {"container": "55", "finished": False, "worn": True}
    stand_in.answers(Answer(200, {"id": "55", "status_code": "PUBLISHED"}))
    piece = instagram.prepare(make_job("instagram", pictures=pictures[:1], checkpoint=worn))
    assert piece.checkpoint["published"]
    assert piece.checkpoint["container"] == "55"
