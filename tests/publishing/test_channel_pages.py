"""Kanal in the browser's words: the list, one channel, the wizard, custody, by each role."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
import requests
import time_machine
from django.utils import timezone

from accounts.models import Act, Agency, Role
from platforms import health, vault
from platforms.adapters.base import Fault, Refused
from platforms.models import Channel, Custody, Handover, Incident
from publishing.models import Delivery
from tests import factories
from tests.platforms.consent import decide

APP = {"APP_ID": "1000000000000001", "APP_SECRET": "rahasia-aplikasi"}


@pytest.fixture
def adi(db):
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


@pytest.fixture
def ratna(db):
    return factories.make_person("ratna@contoh.test", "Ratna Contoh", Role.COORDINATOR)


@pytest.fixture
def hendra(dinkes):
    return factories.make_person("hendra@contoh.test", "Hendra", Role.AGENCY_HEAD, dinkes)


@pytest.fixture
def app(box, settings):
    """The installation has an app of its own at Meta."""
    from platforms import registry

    for key in ("instagram", "facebook"):
        settings.PLATFORMS[key] |= APP
    registry.adapter.cache_clear()


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def set_out(client, agency: Agency, login: str, **more) -> str:
    """From the first page of the wizard to the platform's consent page: its address."""
    if more:
        client.get(f"/channels/connect/?{urlencode(more)}")
    else:
        client.post("/channels/connect/", {"agency": agency.pk, "login": login})
    page = client.post(f"/channels/connect/{login}/set_out/")
    assert page.status_code == 200, text(page)
    [address] = re.findall(r'href="(http[^"]+)"', page.content.decode())
    return unescape(str(address))


def come_back(client, login: str, answer: dict[str, str]):
    return client.get(f"/channels/connect/{login}/return/?{urlencode(answer)}")


def test_adi_connects_facebook_and_instagram_and_ratna_endorses_them(client, app, adi, ratna):
    fresh = Agency.objects.create(code="DISDUKCAPIL", name="Disdukcapil", short_name="Dukcapil")
    Channel.objects.all().delete()
    client.force_login(adi)
    chosen = come_back(client, "meta", decide(set_out(client, fresh, "meta")))
    assert chosen.status_code == 200
    assert "Semua izin diberikan" in text(chosen)
    accounts = re.findall(r'name="account" value="([^"]+)"', chosen.content.decode())
    client.post("/channels/connect/meta/keep/", {"account": accounts})
    made = Channel.objects.filter(agency=fresh)
    assert set(made.values_list("platform", flat=True)) == {"facebook", "instagram"}
    assert not made.filter(is_active=True).exists()
    client.force_login(ratna)
    for channel in made:
        assert "Sahkan kanal" in text(client.get(f"/channels/{channel.pk}/"))
        client.post(f"/channels/{channel.pk}/endorse/")
    assert made.filter(is_active=True, endorsed_by=ratna).count() == 2
    assert client.post(f"/channels/{made[0].pk}/endorse/").status_code == 409
    assert all(channel.is_connected for channel in Channel.objects.all())


def test_adi_connects_x_again_and_the_dead_channel_goes_on(client, box, adi, sari, dewi, channels):
    channel = channels["x"]
    post = factories.make_approved(sari, dewi, channel, publish_at=None)
    health.turned_away(channel, "X menolak kunci kanal ini.")
    client.force_login(adi)
    assert "X menolak kunci kanal ini." in text(client.get("/channels/"))
    shown = text(client.get(f"/channels/{channel.pk}/"))
    assert "1 unggahan akan terlewat" in shown
    assert post.title in shown
    answer = decide_as(client, channel)
    found = come_back(client, "x", answer)
    [account] = re.findall(r'name="account" value="([^"]+)"', found.content.decode())
    client.post("/channels/connect/x/keep/", {"account": account})
    channel.refresh_from_db()
    assert channel.is_connected
    assert not Incident.objects.filter(channel=channel, closed_at=None).exists()
    assert Delivery.objects.get(post=post).status == "waiting"


def decide_as(client, channel) -> dict[str, str]:
    """Yes at X's consent page, signed in there as the channel's own account."""
    address = set_out(client, channel.agency, "x", channel=channel.pk)
    return decide(address, account=channel.remote_id)


def test_a_reconnect_with_another_account_is_refused_in_words(client, box, adi, channels):
    app_keys = {"consumer_key": "app-key", "consumer_secret": "app-secret"}
    other = {"platform": "x", "id": "1499", "handle": "lain", "name": "Lain", "secrets": app_keys}
    requests.post(f"{box.url}/__sandbox__/accounts", json=[other], timeout=5).raise_for_status()
    sealed = channels["x"].sealed
    client.force_login(adi)
    address = set_out(client, channels["x"].agency, "x", channel=channels["x"].pk)
    found = come_back(client, "x", decide(address, account="1499"))
    assert "Ini kanal lain" in text(found)
    kept = client.post("/channels/connect/x/keep/", {"account": "x:1499"})
    assert kept.status_code == 422
    channels["x"].refresh_from_db()
    assert channels["x"].sealed == sealed


def test_an_answer_to_another_session_is_not_taken(client, app, adi, dinkes):
    client.force_login(adi)
    answer = decide(set_out(client, dinkes, "meta"))
    strange = come_back(client, "meta", answer | {"state": "lain"})
    assert strange.status_code == 409
    assert "bukan untuk langkah Anda" in text(strange)
    client.logout()
    client.force_login(adi)
    assert come_back(client, "meta", answer).status_code == 409


def test_a_step_that_takes_too_long_begins_anew(client, app, adi, dinkes):
    client.force_login(adi)
    answer = decide(set_out(client, dinkes, "meta"))
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        late = come_back(client, "meta", answer)
    assert late.status_code == 409
    assert "15 menit" in text(late)


def test_adi_says_no_and_is_back_at_the_start(client, app, adi, dinkes):
    client.force_login(adi)
    page = come_back(client, "meta", decide(set_out(client, dinkes, "meta"), "no"))
    assert page.status_code == 409
    assert "Izin tidak diberikan" in text(page)


def test_an_account_of_another_agency_is_not_taken_over(client, app, adi, budi, dinkes):
    client.force_login(adi)
    chosen = come_back(client, "meta", decide(set_out(client, budi.agency, "meta")))
    assert f"Sudah terdaftar sebagai kanal {dinkes}" in text(chosen)
    accounts = [f"{c.adapter_key}:{c.remote_id}" for c in Channel.objects.all()]
    refused = client.post("/channels/connect/meta/keep/", {"account": accounts})
    assert refused.status_code == 422
    assert not Channel.objects.filter(agency=budi.agency).exists()


def test_a_pasted_token_never_comes_out_again(client, app, box, adi, dinkes, channels):
    token = "EAA-sistem-rahasia"
    body = {"token": token, "pages": [channels["facebook"].remote_id]}
    requests.post(f"{box.url}/__sandbox__/people", json=body, timeout=5).raise_for_status()
    client.force_login(adi)
    client.post("/channels/connect/", {"agency": dinkes.pk, "login": "meta"})
    wrong = client.post("/channels/connect/meta/paste/", {"token": ""})
    assert wrong.status_code == 422
    chosen = client.post("/channels/connect/meta/paste/", {"token": f" {token}\n"})
    assert "token system user" in text(chosen)
    pages = [chosen, client.get("/channels/"), client.get(f"/channels/{channels['facebook'].pk}/")]
    assert not any(token in page.content.decode() for page in pages)
    assert token not in str(dict(client.session))


def test_an_empty_secret_never_overwrites_a_kept_one(channels):
    channel = channels["x"]
    channel.keep_secrets({"access_token": "", "access_secret": ""})
    assert vault.unseal(channel.sealed)["access_token"] == "x-token"


def test_a_test_send_says_what_it_did_and_publishes_nothing(client, box, adi, channels):
    client.force_login(adi)
    page = client.post(f"/channels/{channels['facebook'].pk}/rehearse/")
    assert "Uji kirim berhasil" in text(page)
    assert box.ledger() == []
    box.fault("facebook", "any", "token_revoked")
    failed = client.post(f"/channels/{channels['facebook'].pk}/rehearse/")
    assert failed.status_code == 409
    assert "Uji kirim tidak berhasil" in text(failed)


def test_a_channel_is_switched_off_and_on_with_a_reason(client, adi, channels):
    channel = channels["x"]
    Channel.objects.filter(pk=channel.pk).update(endorsed_at=timezone.now())
    client.force_login(adi)
    client.post(f"/channels/{channel.pk}/disable/", {"reason": "akun diretas"})
    channel.refresh_from_db()
    assert not channel.is_active
    assert "akun diretas" in Act.objects.get(verb="disable").note
    assert client.post(f"/channels/{channel.pk}/disable/").status_code == 409
    client.post(f"/channels/{channel.pk}/enable/")
    channel.refresh_from_db()
    assert channel.is_active


def test_who_sees_which_channels(client, sari, budi, dewi, hendra, adi, channels):
    mine = channels["x"]
    leader = factories.make_person("yusuf@contoh.test", "Yusuf", Role.LEADER)
    seen = {sari: 200, hendra: 200, dewi: 200, adi: 200, budi: 404, leader: 404}
    for person, status in seen.items():
        client.force_login(person)
        assert client.get(f"/channels/{mine.pk}/").status_code == status, person
    assert client.get("/channels/").status_code == 403
    client.force_login(sari)
    assert client.post(f"/channels/{mine.pk}/disable/").status_code == 403
    assert client.get("/channels/connect/").status_code == 403


def test_the_worst_stands_first(client, adi, budi, channels):
    ill = factories.make_channel(budi.agency, "x")
    health.turned_away(ill, "Ditolak.")
    client.force_login(adi)
    page = text(client.get("/channels/"))
    assert page.index("Dinas Pendidikan dan Kebudayaan") < page.index("Dinas Kesehatan")


def test_the_list_asks_as_much_for_forty_agencies_as_for_one(
    client, adi, channels, django_assert_max_num_queries
):
    client.force_login(adi)
    for number in range(20):
        agency = Agency.objects.create(code=f"A{number}", name=f"OPD {number}", short_name="O")
        factories.make_channel(agency, "x")
    with django_assert_max_num_queries(14):
        assert client.get("/channels/").status_code == 200


# --- custody ---

HELD = {
    "holder": "Sari Contoh",
    "page_admins": "Sari Contoh, Hendra",
    "recovery_email": "dinkes@contoh.test",
    "recovery_phone": "0755-000",
    "factor_holder": "Hendra",
    "decree": "SK 800/12/2026",
}


def test_hendra_writes_down_who_holds_the_account(client, hendra, sari, channels):
    client.force_login(hendra)
    address = f"/channels/{channels['x'].pk}/custody/"
    wrong = client.post(address, HELD | {"holder": "", "recovery_email": "bukan surel"})
    assert wrong.status_code == 422
    assert "Isi siapa pengelolanya" in text(wrong)
    assert "0755-000" in text(wrong)  # nothing is lost
    client.post(address, HELD)
    assert Custody.objects.get().confirmed_by == hendra
    client.force_login(sari)
    assert "0755-000" not in text(client.get(f"/channels/{channels['x'].pk}/"))


def test_custody_is_confirmed_once_a_year(client, hendra, channels):
    client.force_login(hendra)
    channel = channels["x"]
    assert client.post(f"/channels/{channel.pk}/custody/confirm/").status_code == 409
    client.post(f"/channels/{channel.pk}/custody/", HELD)
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        client.force_login(hendra)
        assert "perlu ditegaskan lagi" in text(client.get(f"/channels/{channel.pk}/"))
        client.post(f"/channels/{channel.pk}/custody/confirm/")
        assert "perlu ditegaskan lagi" not in text(client.get(f"/channels/{channel.pk}/"))


def test_an_account_is_handed_over_step_by_step(client, hendra, channels):
    client.force_login(hendra)
    channel = channels["x"]
    client.post(f"/channels/{channel.pk}/custody/", HELD)
    begin = {"giver": "Sari Contoh", "taker": "Rina Contoh", "on": f"{timezone.localdate()}"}
    client.post(f"/channels/{channel.pk}/hand_over/", begin | {"decree": "SK 800/99/2026"})
    again = client.post(f"/channels/{channel.pk}/hand_over/", begin)
    assert again.status_code == 409
    steps = [key for key, _label in Handover.STEPS]
    client.post(f"/channels/{channel.pk}/hand_over/tick/", {"step": steps[:3]})
    assert Custody.objects.get().holder == "Sari Contoh"
    client.post(f"/channels/{channel.pk}/hand_over/tick/", {"step": steps})
    kept = Custody.objects.get()
    assert (kept.holder, kept.decree) == ("Rina Contoh", "SK 800/99/2026")
    assert client.post(f"/channels/{channel.pk}/hand_over/tick/", {"step": []}).status_code == 404


def test_somebody_takes_an_incident_upon_themselves(client, adi, channels):
    health.note(channels["x"], Refused("Ditolak.", Fault.CHANNEL))
    health.turned_away(channels["x"], "Ditolak.")
    client.force_login(adi)
    client.post(f"/channels/{channels['x'].pk}/take/")
    assert "Diurus Adi Contoh" in text(client.get("/channels/"))


def test_probing_by_hand_says_what_the_platform_said(client, box, adi, channels):
    client.force_login(adi)
    page = client.post(f"/channels/{channels['x'].pk}/probe/", follow=True)
    assert "sehat" in text(page)
    box.fault("x", "any", "token_revoked")
    page = client.post(f"/channels/{channels['x'].pk}/probe/", follow=True)
    assert "X menolak kunci kanal ini" in text(page)
