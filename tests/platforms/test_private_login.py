"""Rina signs her agency's account in: a password once, a code, a confirmation, the same phone."""

import json

import pytest

from platforms.adapters.base import Fault, Refused, TryLater
from platforms.adapters.connecting import Asked, Inspection, Question
from tests.platforms.conftest import PRIVATE_SECRETS, make_adapter
from tests.platforms.stand_in import Answer

NAME, PASSWORD = "contoh_dinkes", "sandi-rahasia"


@pytest.fixture
def login(box):
    return make_adapter("instagram_private", box.url, timeout=(2, 5)).login()


@pytest.fixture
def account(box):
    """Changes Dinas Kesehatan's account at Instagram: `account(code="123456")`."""

    def change(**secrets):
        known = {"platform": "instagram", "id": "900", "handle": NAME, "name": "Dinas Kesehatan"}
        box.control("accounts", [known | {"secrets": {"password": PASSWORD} | secrets}])

    return change


def paths(box) -> list[str]:
    return [asked["path"] for asked in box.control("requests")["requests"]]


def phone_of(session: str) -> dict[str, str]:
    uuids: dict[str, str] = json.loads(session)["uuids"]
    return {name: uuids[name] for name in ("phone_id", "uuid", "android_device_id")}


def test_rina_signs_in_and_her_account_is_found_with_a_session(login):
    entered = login.enter(f" @{NAME.title()} ", PASSWORD, kept={})
    assert isinstance(entered, Inspection), entered
    (found,) = entered.accounts
    assert (found.adapter_key, found.remote_id, found.handle) == ("instagram_private", "900", NAME)
    assert found.name == "Dinas Kesehatan"
    assert found.can_send
    assert found.health
    assert "tidak diizinkan" in found.health.warning
    assert set(found.secrets) == {"session"}
    assert PASSWORD not in found.secrets["session"]
    assert isinstance(login.inspect(found.secrets), Inspection)


def test_a_wrong_password_is_refused_in_words(login):
    refused = login.enter(NAME, "salah", kept={})
    assert isinstance(refused, Refused)
    assert refused.fault is Fault.CHANNEL
    assert "kata sandi" in refused.reason
    assert isinstance(login.enter(NAME, "", kept={}), Refused)
    assert isinstance(login.enter(" ", PASSWORD, kept={}), Refused)


def test_a_code_is_asked_for_and_the_password_not_a_second_time(box, login, account):
    account(code="123456")
    asked = login.enter(NAME, PASSWORD, kept={})
    assert isinstance(asked, Asked)
    assert asked.question is Question.CODE
    assert PASSWORD not in repr(dict(asked.kept))
    wrong = login.enter(NAME, "", code="000000", kept=asked.kept)
    assert isinstance(wrong, Asked)
    assert "tidak diterima" in wrong.reason
    entered = login.enter(NAME, "", code="123 456", kept=wrong.kept)
    assert isinstance(entered, Inspection), entered
    sent = [path for path in paths(box) if path.endswith("send_login_request/")]
    assert len(sent) == 1
    session = entered.accounts[0].secrets["session"]
    assert phone_of(session) == phone_of(asked.kept["device"])


def test_a_confirmation_in_the_app_is_asked_for_and_the_phone_stays_the_same(login, account):
    account(challenge="1")
    asked = login.enter(NAME, PASSWORD, kept={})
    assert isinstance(asked, Asked)
    assert asked.question is Question.IN_THE_APP
    assert "aplikasi Instagram" in asked.reason
    account()
    entered = login.enter(NAME, PASSWORD, kept=asked.kept)
    assert isinstance(entered, Inspection)
    session = entered.accounts[0].secrets["session"]
    assert phone_of(session) == phone_of(asked.kept["device"])


def test_who_signs_in_again_comes_from_the_phone_of_before(login):
    first = login.enter(NAME, PASSWORD, kept={}).accounts[0].secrets["session"]
    again = login.enter(NAME, PASSWORD, kept={"session": first}).accounts[0].secrets["session"]
    other = login.enter(NAME, PASSWORD, kept={}).accounts[0].secrets["session"]
    assert phone_of(again) == phone_of(first) != phone_of(other)
    grants = {json.loads(each)["authorization_data"]["sessionid"] for each in (first, again)}
    assert len(grants) == 2


def test_a_pasted_session_is_looked_at_and_nobody_is_signed_in(box, login):
    found = login.inspect(PRIVATE_SECRETS)
    assert isinstance(found, Inspection)
    assert found.accounts[0].remote_id == "900"
    assert not [path for path in paths(box) if "login" in path]
    assert isinstance(login.inspect({"session": "bukan sesi"}), Refused)
    assert isinstance(login.inspect({}), Refused)
    box.fault("instagram_private", "read", "login_required")
    assert isinstance(login.inspect(PRIVATE_SECRETS), Refused)


def test_an_account_that_only_followers_see_cannot_send(login, account):
    account(is_private="1")
    (found,) = login.enter(NAME, PASSWORD, kept={}).accounts
    assert not found.can_send


def test_an_account_whose_list_cannot_be_read_is_found_with_that_check_failed(box, login):
    box.fault("instagram_private", "read", "500", skip=3)
    (found,) = login.enter(NAME, PASSWORD, kept={}).accounts
    assert [check.passed for check in found.checks] == [True, False]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("500", TryLater), ("drop", TryLater), ("garbled", TryLater), ("feedback_required", TryLater)],
)
def test_trouble_at_the_door_is_told_to_somebody_who_waits(box, login, kind, expected):
    box.fault("instagram_private", "sign_in", kind, skip=5)
    outcome = login.enter(NAME, PASSWORD, kept={})
    assert isinstance(outcome, expected), outcome
    assert "otomatis" not in outcome.reason


def test_a_name_that_instagram_does_not_know_is_refused(login):
    refused = login.enter("tidak.ada", PASSWORD, kept={})
    assert isinstance(refused, Refused)
    assert "tidak mengenal" in refused.reason


def test_an_echoed_password_stays_out_of_the_reason_and_the_detail(stand_in):
    login = make_adapter("instagram_private", stand_in.url).login()
    stand_in.answers(Answer(500, {"message": f"bad {PASSWORD}", "status": "fail"}))
    outcome = login.enter(NAME, PASSWORD, kept={})
    assert isinstance(outcome, TryLater)
    assert PASSWORD not in repr(outcome)


def test_a_session_that_came_with_trouble_is_not_told(stand_in):
    login = make_adapter("instagram_private", stand_in.url).login()
    stand_in.answers(Answer(200, {"layout": "sesi-baru-rahasia"}))
    outcome = login.enter(NAME, PASSWORD, kept={})
    assert isinstance(outcome, TryLater)
    assert "rahasia" not in repr(outcome)
    assert "HTTP 200" in outcome.detail


def test_the_preflight_says_what_this_way_costs(login):
    assert any("melanggar ketentuan" in line for line in login.before)
    assert login.key == "instagram_private"
