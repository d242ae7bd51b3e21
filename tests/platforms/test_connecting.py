"""Connecting an account: off to the consent page, back with a yes or a no, and what is found."""

from datetime import UTC, datetime, timedelta

import pytest

from platforms.adapters.base import Account, Healthy, Light, Published, Refused, TryLater
from platforms.adapters.connecting import Begun, Inspection
from tests.platforms.conftest import (
    ACCOUNTS,
    CONSUMER,
    META_SECRETS,
    X_SECRETS,
    make_adapter,
    prepared,
)
from tests.platforms.consent import decide
from tests.platforms.stand_in import Answer

BACK = "http://127.0.0.1:8000/channels/connect/meta/return/"
APP = {"app_id": "1000000000000001", "app_secret": "rahasia-aplikasi"}
STATE = "keadaan-sesi"


def meta(url: str, **options):
    return make_adapter("facebook", url, **{"timeout": (2, 5)} | APP | options).login()


def x_login(url: str, **options):
    return make_adapter("x", url, timeout=(2, 5), **options).login()


def came_back(login, begun: Begun, answer: dict[str, str], back: str = BACK):
    return login.returned(answer, kept=begun.kept, return_to=back)


# --- Meta ---


def test_adi_connects_a_page_and_the_instagram_account_linked_to_it(box, make_job):
    login = meta(box.url)
    begun = login.begin(state=STATE, return_to=BACK)
    answer = decide(begun.address)
    assert answer["state"] == STATE
    found = came_back(login, begun, answer)
    assert isinstance(found, Inspection)
    page, profile = found.accounts
    assert (page.adapter_key, page.remote_id, page.name) == ("facebook", "800", "Dinas Kesehatan")
    assert (profile.adapter_key, profile.remote_id) == ("instagram", "900")
    assert page.can_send
    assert profile.can_send
    assert page.health
    assert page.health.lights == {Light.SEND: True, Light.COMMENTS: True, Light.INSIGHT: True}
    # and with what was found a post can really be sent
    account = Account(page.remote_id, page.handle, page.secrets)
    facebook = make_adapter("facebook", box.url, timeout=(2, 5))
    sent = facebook.publish(prepared(facebook, make_job("facebook", account=account)))
    assert isinstance(sent, Published)


def test_adi_says_no_and_is_told_so(box):
    login = meta(box.url)
    begun = login.begin(state=STATE, return_to=BACK)
    answer = decide(begun.address, "no")
    assert answer["error"] == "access_denied"
    refused = came_back(login, begun, answer)
    assert isinstance(refused, Refused)
    assert "Izin tidak diberikan" in refused.reason


def test_a_code_is_good_once_and_for_one_address(box):
    login = meta(box.url)
    begun = login.begin(state=STATE, return_to=BACK)
    answer = decide(begun.address)
    elsewhere = came_back(login, begun, answer, back="http://127.0.0.1:8000/lain/")
    assert isinstance(elsewhere, Refused)
    begun = login.begin(state=STATE, return_to=BACK)
    answer = decide(begun.address)
    assert isinstance(came_back(login, begun, answer), Inspection)
    assert isinstance(came_back(login, begun, answer), Refused)


def test_a_right_that_was_not_given_is_named(box):
    box.control("rules", {"withheld": "pages_manage_posts"})
    login = meta(box.url)
    begun = login.begin(state=STATE, return_to=BACK)
    found = came_back(login, begun, decide(begun.address))
    page = found.accounts[0]
    assert not page.can_send
    assert any("pages_manage_posts" in check.said for check in (*found.checks, *page.checks))
    assert found.accounts[1].can_send


def test_a_page_of_a_business_portfolio_is_found_though_the_list_is_empty(box):
    box.control("rules", {"lists_pages": False})
    login = meta(box.url)
    begun = login.begin(state=STATE, return_to=BACK)
    found = came_back(login, begun, decide(begun.address))
    assert [one.remote_id for one in found.accounts] == ["800", "900"]


def test_no_page_at_all_says_what_to_do(box):
    login = meta(box.url)
    begun = login.begin(state=STATE, return_to=BACK)
    nothing = decide(begun.address, **{"page-800": ""})
    refused = came_back(login, begun, nothing)
    assert isinstance(refused, Refused)
    assert "Tidak ada halaman" in refused.reason


def test_a_system_users_token_is_pasted(box):
    box.control("people", {"token": "EAA-sistem", "pages": ["800"]})
    found = meta(box.url).inspect({"token": "EAA-sistem"})
    assert [one.adapter_key for one in found.accounts] == ["facebook", "instagram"]
    assert "token system user" in found.checks[0].said
    assert isinstance(meta(box.url).inspect({"token": "EAA-palsu"}), Refused)


def test_without_an_app_adi_is_told_to_paste_a_token(box):
    login = meta(box.url, app_id="", app_secret="")
    assert login.setup()[0].passed is False
    assert isinstance(login.begin(state=STATE, return_to=BACK), Refused)


@pytest.mark.parametrize("how", ["hang", "reset", "truncate"])
def test_trouble_on_the_way_to_meta_is_not_a_no(stand_in, how):
    stand_in.answers(Answer(how=how))
    login = make_adapter("facebook", stand_in.url, **APP).login()
    answer = login.returned({"code": "abc"}, kept={}, return_to=BACK)
    assert isinstance(answer, TryLater)
    stand_in.answers(Answer(how=how))
    assert isinstance(login.inspect({"token": "EAA"}), TryLater)


# --- X ---


def test_adi_connects_x_in_three_legs(box, make_job):
    login = x_login(box.url)
    begun = login.begin(state=STATE, return_to=BACK)
    answer = decide(begun.address)
    assert answer["state"] == STATE
    found = came_back(login, begun, answer)
    [account] = found.accounts
    assert (account.remote_id, account.handle) == ("700", "contoh_dinkes")
    assert account.can_send
    x = make_adapter("x", box.url, timeout=(2, 5))
    fresh = Account("700", "contoh_dinkes", account.secrets)
    assert isinstance(x.verify(fresh), Healthy)
    assert isinstance(x.verify(ACCOUNTS["x"]), Refused)  # the old pair is worth nothing now
    assert isinstance(x.publish(prepared(x, make_job("x", account=fresh))), Published)


def test_adi_says_no_at_x(box):
    login = x_login(box.url)
    begun = login.begin(state=STATE, return_to=BACK)
    refused = came_back(login, begun, decide(begun.address, "no"))
    assert isinstance(refused, Refused)
    assert "Izin tidak diberikan" in refused.reason


def test_an_answer_for_another_step_is_not_taken(box):
    login = x_login(box.url)
    first = login.begin(state=STATE, return_to=BACK)
    second = login.begin(state=STATE, return_to=BACK)
    answer = decide(first.address)
    assert isinstance(came_back(login, second, answer), Refused)
    assert isinstance(came_back(login, first, answer | {"oauth_verifier": "salah"}), Refused)


def test_four_secrets_are_pasted_and_the_channel_keeps_its_own_app(box, make_job):
    pasted = CONSUMER | X_SECRETS
    login = x_login(box.url, consumer_key="", consumer_secret="")
    assert isinstance(login.begin(state=STATE, return_to=BACK), Refused)
    [account] = login.inspect(pasted).accounts
    assert account.secrets["consumer_key"] == CONSUMER["consumer_key"]
    x = make_adapter("x", box.url, consumer_key="", consumer_secret="", timeout=(2, 5))
    own = Account("700", "contoh_dinkes", account.secrets)
    assert isinstance(x.publish(prepared(x, make_job("x", account=own))), Published)
    assert isinstance(login.inspect(pasted | {"access_secret": "salah"}), Refused)


def test_an_app_that_may_only_read_is_noticed(box):
    box.control("rules", {"x_access": "read"})
    [account] = x_login(box.url).inspect(CONSUMER | X_SECRETS).accounts
    assert not account.can_send
    x = make_adapter("x", box.url, timeout=(2, 5))
    assert x.verify(ACCOUNTS["x"]).lights[Light.SEND] is False


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(how="hang"), TryLater),
        (Answer(how="reset"), TryLater),
        (Answer(503, "<html>"), TryLater),
        (Answer(429, "busy"), TryLater),
        (Answer(403, "callback not approved"), Refused),
        (Answer(200, "nothing=here"), Refused),
        (Answer(200, "<html>hello</html>"), Refused),
    ],
)
def test_whatever_x_answers_to_the_first_leg_is_said_in_words(stand_in, answer, outcome):
    stand_in.answers(answer)
    said = make_adapter("x", stand_in.url).login().begin(state=STATE, return_to=BACK)
    assert isinstance(said, outcome)
    assert said.reason


# --- health, a test send, and what stands on the wall ---


@pytest.mark.parametrize("platform", ["x", "facebook", "instagram"])
def test_a_test_send_publishes_nothing(box, drawer, sample, platform):
    adapter = make_adapter(platform, box.url, timeout=(2, 5))
    done = adapter.rehearse(ACCOUNTS[platform], sample)
    assert "Tidak ada yang tayang." in done.steps
    assert box.ledger == []


@pytest.mark.parametrize("platform", ["x", "facebook", "instagram"])
@pytest.mark.parametrize("door", ["verify", "rehearse", "recent"])
@pytest.mark.parametrize("how", ["hang", "reset", "truncate"])
def test_trouble_on_the_way_says_nothing_about_an_account(stand_in, sample, platform, door, how):
    stand_in.answers(*[Answer(how=how)] * 3)
    adapter = make_adapter(platform, stand_in.url)
    more = {"verify": (), "rehearse": (sample,), "recent": (datetime.now(UTC),)}[door]
    assert isinstance(getattr(adapter, door)(ACCOUNTS[platform], *more), TryLater)


@pytest.mark.parametrize("platform", ["x", "facebook", "instagram"])
def test_a_dead_token_is_a_no(box, sample, platform):
    box.fault(platform, "any", "token_revoked")
    adapter = make_adapter(platform, box.url, timeout=(2, 5))
    assert isinstance(adapter.verify(ACCOUNTS[platform]), Refused)
    assert isinstance(adapter.rehearse(ACCOUNTS[platform], sample), Refused)


@pytest.mark.parametrize("platform", ["x", "facebook", "instagram"])
def test_the_wall_shows_what_stands_there_whoever_sent_it(box, platform, make_job, pictures):
    adapter = make_adapter(platform, box.url, timeout=(2, 5))
    began = datetime.now(UTC) - timedelta(seconds=5)
    planted = {"platform": platform, "account": ACCOUNTS[platform].remote_id}
    planted |= {"text": "Bukan dari kami", "created_at": datetime.now(UTC).isoformat()}
    box.control("posts", planted)
    sent = adapter.publish(prepared(adapter, make_job(platform, pictures=pictures[:1])))
    recent = adapter.recent(ACCOUNTS[platform], began)
    assert recent.whole
    assert {post.text for post in recent.posts} >= {"Bukan dari kami"}
    assert sent.remote_id in {post.remote_id for post in recent.posts}


def test_x_is_not_read_where_its_terms_forbid_it(box):
    x = make_adapter("x", box.url, reading=False, timeout=(2, 5))
    assert "tidak diaktifkan" in x.recent(ACCOUNTS["x"], datetime.now(UTC)).reason
    assert x.verify(ACCOUNTS["x"]).lights[Light.COMMENTS] is False


def test_when_a_token_ends_is_read_from_meta(box):
    ends = int((datetime.now(UTC) + timedelta(days=12)).timestamp())
    box.control("rules", {"expires_at": ends})
    facebook = make_adapter("facebook", box.url, timeout=(2, 5), **APP)
    assert facebook.verify(ACCOUNTS["facebook"]).expires_at == datetime.fromtimestamp(ends, UTC)


def test_the_quota_is_the_accounts_own(box):
    box.control("rules", {"quota_total": 50})
    quota = make_adapter("instagram", box.url, timeout=(2, 5)).verify(ACCOUNTS["instagram"]).quota
    assert (quota.used, quota.total) == (0, 50)


def test_an_old_version_of_the_graph_api_is_noticed(stand_in):
    page = {"id": "800", "name": "Dinas Kesehatan"}
    stand_in.answers(Answer(200, page, {"facebook-api-version": "v26.0"}))
    facebook = make_adapter("facebook", stand_in.url)
    assert "v26.0" in facebook.verify(ACCOUNTS["facebook"]).warning


def test_a_scope_for_another_page_lights_no_lamp(stand_in):
    granted = {"scope": "pages_manage_posts", "target_ids": ["801"]}
    data = {"is_valid": True, "scopes": ["pages_manage_posts"], "granular_scopes": [granted]}
    page = Answer(200, {"id": "800", "name": "Dinas Kesehatan"})
    stand_in.answers(page, Answer(200, {"data": data}))
    facebook = make_adapter("facebook", stand_in.url, **APP)
    assert facebook.verify(ACCOUNTS["facebook"]).lights[Light.SEND] is False


def test_no_secret_stands_in_the_sandboxs_log_of_requests(box):
    login = meta(box.url)
    begun = login.begin(state=STATE, return_to=BACK)
    came_back(login, begun, decide(begun.address))
    log = str(box.control("requests"))
    assert META_SECRETS["token"] not in log
    assert APP["app_secret"] not in log
    assert "oauth/access_token" in log
