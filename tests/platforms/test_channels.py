"""Channels and their credentials: sealed, write-only, kept on an empty answer."""

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from accounts.models import Role, User
from platforms import vault
from platforms.models import Channel
from tests.factories import PASSWORD, make_channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    person = User.objects.create_superuser("admin@contoh.test", PASSWORD, name="Admin Contoh")
    client.force_login(person)
    return person


def form(agency, **fields):
    return {
        "agency": agency.pk,
        "platform": "x",
        "adapter_key": "x",
        "remote_id": "1410",
        "handle": "contoh_dinkes",
        "name": "Dinas Kesehatan",
        "is_active": "on",
    } | fields


def test_an_admin_adds_a_channel_and_its_secrets_are_sealed(client, admin, dinkes):
    secrets = {"secret_access_token": "rahasia-satu", "secret_access_secret": "rahasia-dua"}
    page = client.post("/admin/platforms/channel/add/", form(dinkes, **secrets))
    assert page.status_code == 302, page.context["adminform"].errors
    channel = Channel.objects.get()
    assert "rahasia" not in channel.sealed
    assert channel.account().secrets == {
        "access_token": "rahasia-satu",
        "access_secret": "rahasia-dua",
    }


def test_secrets_never_come_back_to_the_screen(client, admin, dinkes):
    channel = make_channel(dinkes, "x")
    page = client.get(f"/admin/platforms/channel/{channel.pk}/change/").content.decode()
    assert "x-token" not in page
    assert channel.sealed not in page
    assert "x-token" not in repr(channel.account())


def test_an_empty_box_keeps_the_secret_that_is_there(client, admin, dinkes):
    channel = make_channel(dinkes, "x")
    data = form(dinkes, remote_id=channel.remote_id, secret_access_token="baru")
    client.post(f"/admin/platforms/channel/{channel.pk}/change/", data)
    channel.refresh_from_db()
    assert channel.account().secrets == {"access_token": "baru", "access_secret": "x-secret"}


def test_new_secrets_clear_an_old_refusal(dinkes):
    channel = make_channel(dinkes, "x", refused_at=timezone.now())
    assert not channel.is_connected
    channel.keep_secrets({"access_token": "baru"})
    assert channel.is_connected


def test_an_adapter_of_another_platform_is_refused(client, admin, dinkes):
    page = client.post("/admin/platforms/channel/add/", form(dinkes, adapter_key="facebook"))
    assert "bukan untuk platform itu" in page.content.decode()


def test_old_keys_still_open_and_new_ones_seal(settings):
    old = settings.VAULT_KEYS
    sealed = vault.seal({"token": "t"})
    settings.VAULT_KEYS = [f"k2:{Fernet.generate_key().decode()}", *old]
    assert vault.unseal(sealed) == {"token": "t"}
    assert vault.seal({"token": "t"}).startswith("k2:")
    settings.VAULT_KEYS = settings.VAULT_KEYS[:1]
    with pytest.raises(vault.CannotOpen):
        vault.unseal(sealed)


def test_an_admin_adds_a_person_who_can_then_sign_in(client, admin, dinkes):
    person = {
        "email": "nova@contoh.test",
        "name": "Nova Contoh",
        "role": Role.AUTHOR,
        "agency": dinkes.pk,
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    page = client.post("/admin/accounts/user/add/", person)
    assert page.status_code == 302, page.context["adminform"].errors
    client.logout()
    page = client.post("/masuk/", {"login": "nova@contoh.test", "password": PASSWORD})
    assert page.headers["Location"] == "/guide/?next=%2F"  # nobody begins before the pedoman


def test_an_author_without_an_agency_is_refused_with_a_sentence(client, admin):
    person = {
        "email": "nova@contoh.test",
        "name": "Nova",
        "role": Role.AUTHOR,
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    page = client.post("/admin/accounts/user/add/", person).content.decode()
    assert "perlu OPD" in page
