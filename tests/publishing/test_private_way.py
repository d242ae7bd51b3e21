"""The unofficial way to Instagram: a risk taken, a code, a switch, and approved posts kept."""

import re

import pytest
import requests

from accounts.models import Act, Role
from platforms import registry
from platforms.models import Channel
from publishing.delivery import lane, tick
from publishing.models import Delivery
from tests import factories

PASSWORD, CODE = "sandi-instagram-rahasia", "123456"
TYPED = {"name": "contoh_dinkes", "password": PASSWORD, "risk": "on"}


@pytest.fixture
def adi(db):
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


@pytest.fixture
def enabled(box, settings):
    """An installation that wants the private way too, its Instagram played by the sandbox."""
    settings.PLATFORMS["instagram_private"] = {
        "ADAPTER": "platforms.adapters.instagram_private.InstagramPrivate",
        "BASE_URL": box.url,
        "LOCK": "platforms.account_lock.advisory",
    }
    registry.adapter.cache_clear()
    return box


@pytest.fixture
def account(enabled, channels):
    """Sets what Instagram knows of Dinas Kesehatan's account: `account(code="123456")`."""

    def change(**secrets):
        channel = channels["instagram"]
        kept = {"token": "ig-token", "password": PASSWORD} | secrets
        known = {"platform": "instagram", "id": channel.remote_id, "handle": channel.handle}
        body = [known | {"name": "Dinas Kesehatan", "secrets": kept}]
        requests.post(f"{enabled.url}/__sandbox__/accounts", json=body, timeout=5)

    change()
    return change


def sign_in(client, **typed):
    return client.post("/channels/connect/instagram_private/sign_in/", TYPED | typed)


def begin(client, dinkes):
    client.post("/channels/connect/", {"agency": dinkes.pk, "login": "instagram_private"})


def keep(client, page) -> None:
    accounts = re.findall(r'name="account" value="([^"]+)"', page.content.decode())
    client.post("/channels/connect/instagram_private/keep/", {"account": accounts})


def test_the_way_is_not_offered_where_it_is_not_installed(client, box, adi, dinkes):
    client.force_login(adi)
    assert "jalur pribadi" not in client.get("/channels/connect/").content.decode()
    assert client.get("/channels/connect/instagram_private/").status_code == 404


def test_nobody_signs_in_without_taking_the_risk(client, account, adi, dinkes):
    client.force_login(adi)
    begin(client, dinkes)
    page = client.get("/channels/connect/instagram_private/").content.decode()
    assert "dilarang ketentuan Instagram" in page
    refused = sign_in(client, risk="")
    assert refused.status_code == 422
    assert "Baca risikonya" in refused.content.decode()


def test_adi_signs_in_with_a_code_and_the_risk_is_recorded(client, account, adi, channels, dinkes):
    account(code=CODE)
    client.force_login(adi)
    begin(client, dinkes)
    asked = sign_in(client)
    assert asked.status_code == 409
    assert "kode" in asked.content.decode().lower()
    page = sign_in(client, password="", code=CODE)
    assert page.status_code == 200, page.content.decode()
    keep(client, page)
    channel = Channel.objects.get(pk=channels["instagram"].pk)
    assert (channel.adapter_key, channel.risk_taken_by) == ("instagram_private", adi)
    assert "risikonya diterima" in Act.objects.get(verb="reconnect").note
    assert PASSWORD not in str(channel.account().secrets)
    assert "token" in channel.account().secrets  # the official way stays open
    assert PASSWORD not in str(dict(client.session))


def test_a_wrong_password_is_said_and_never_shown_again(client, account, adi, dinkes):
    client.force_login(adi)
    begin(client, dinkes)
    page = sign_in(client, password="salah-sekali")
    assert page.status_code == 409
    assert "kata sandi" in page.content.decode()
    assert "salah-sekali" not in page.content.decode()


def test_switching_the_way_keeps_what_was_approved(
    client, account, enabled, adi, sari, dewi, dinkes, channels, picture_file
):
    client.force_login(adi)
    begin(client, dinkes)
    keep(client, sign_in(client))
    channel = Channel.objects.get(pk=channels["instagram"].pk)
    post = factories.make_approved(
        sari, dewi, channel, pictures=[picture_file(size=(1080, 1080))], publish_at=None
    )
    address = f"/channels/{channel.pk}/switch_adapter/"
    assert client.post(address, {"adapter_key": "instagram"}).status_code == 302
    assert client.post(address, {"adapter_key": "instagram"}).status_code == 409
    assert client.post(address, {"adapter_key": "x"}).status_code == 409
    client.post(address, {"adapter_key": "instagram_private"})
    Delivery.objects.filter(post=post).update(
        not_before=factories.in_hours(-0.01), next_at=factories.in_hours(-0.01)
    )
    for _turn in range(6):
        for channel_id in tick.tick():
            lane.run(channel_id)
    delivery = Delivery.objects.get(post=post)
    assert delivery.status == "published", delivery.reason
    assert [entry["text"] for entry in enabled.ledger()] == [post.text]


def test_a_way_is_not_switched_while_something_may_be_public(
    client, account, adi, sari, dewi, dinkes, channels, picture_file
):
    client.force_login(adi)
    begin(client, dinkes)
    keep(client, sign_in(client))
    channel = Channel.objects.get(pk=channels["instagram"].pk)
    factories.make_approved(sari, dewi, channel, pictures=[picture_file()])
    Delivery.objects.update(status="uncertain")
    page = client.post(f"/channels/{channel.pk}/switch_adapter/", {"adapter_key": "instagram"})
    assert page.status_code == 409
    assert "belum pasti" in page.content.decode()
    channel.refresh_from_db()
    assert channel.adapter_key == "instagram_private"


def test_what_one_way_prepared_is_prepared_anew_by_the_other(
    client, account, adi, sari, dewi, dinkes, channels, picture_file
):
    client.force_login(adi)
    begin(client, dinkes)
    keep(client, sign_in(client))
    channel = Channel.objects.get(pk=channels["instagram"].pk)
    factories.make_approved(sari, dewi, channel, pictures=[picture_file()])
    Delivery.objects.update(checkpoint={"container": "17", "finished": True})
    client.post(f"/channels/{channel.pk}/switch_adapter/", {"adapter_key": "instagram"})
    assert Delivery.objects.get().checkpoint == {}
