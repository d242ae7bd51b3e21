"""Channels and their credentials: sealed, write-only, kept on an empty answer."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Role
from platforms import vault
from platforms.models import Channel
from tests.factories import code_on, give_app, make_channel, make_person

pytestmark = pytest.mark.django_db


def test_secrets_are_sealed_and_never_shown(dinkes):
    channel = make_channel(dinkes, "x")
    assert "x-token" not in channel.sealed
    assert "x-token" not in repr(channel.account())
    assert channel.account().secrets == {"access_token": "x-token", "access_secret": "x-secret"}


def test_an_empty_secret_keeps_the_one_that_is_there(dinkes):
    channel = make_channel(dinkes, "x")
    channel.keep_secrets({"access_token": "baru", "access_secret": ""})
    assert channel.account().secrets == {"access_token": "baru", "access_secret": "x-secret"}


def test_new_secrets_clear_an_old_refusal(dinkes):
    channel = make_channel(dinkes, "x", refused_at=timezone.now())
    assert not channel.is_connected
    channel.keep_secrets({"access_token": "baru"})
    assert channel.is_connected


def test_old_keys_still_open_and_new_ones_seal(settings):
    old = settings.VAULT_KEYS
    sealed = vault.seal({"token": "t"})
    settings.VAULT_KEYS = [f"k2:{Fernet.generate_key().decode()}", *old]
    assert vault.unseal(sealed) == {"token": "t"}
    assert vault.seal({"token": "t"}).startswith("k2:")
    settings.VAULT_KEYS = settings.VAULT_KEYS[:1]
    with pytest.raises(vault.CannotOpen):
        vault.unseal(sealed)


# --- another key ---


@pytest.fixture
def two_keys(settings, dinkes):
    """Two channels under the old key, and a new one in front of it; gives the new key's id."""
    made = [make_channel(dinkes, platform) for platform in ("x", "facebook")]
    settings.VAULT_KEYS = [f"k2:{Fernet.generate_key().decode()}", *settings.VAULT_KEYS]
    return made


def test_rotating_seals_everything_anew_and_the_old_key_can_go(two_keys, settings, capsys):
    call_command("rotate_keys")
    assert "2 kanal" in capsys.readouterr().out
    settings.VAULT_KEYS = settings.VAULT_KEYS[:1]
    for channel in Channel.objects.all():
        assert channel.account().secrets


def test_rotating_twice_changes_nothing_the_second_time(two_keys, capsys):
    call_command("rotate_keys")
    before = list(Channel.objects.values_list("sealed", flat=True))
    call_command("rotate_keys")
    assert "0 kanal" in capsys.readouterr().out
    assert list(Channel.objects.values_list("sealed", flat=True)) == before


def test_secrets_that_came_in_meanwhile_are_not_put_back(two_keys, monkeypatch):
    channel = two_keys[0]
    really = vault.unseal

    def meanwhile(sealed):
        opened = really(sealed)
        fresh = Channel.objects.get(pk=channel.pk)
        if fresh.sealed == sealed and opened.get("access_token") == "x-token":
            Channel.objects.filter(pk=channel.pk).update(sealed=vault.seal({"access_token": "new"}))
        return opened

    monkeypatch.setattr("platforms.management.commands.rotate_keys.vault.unseal", meanwhile)
    call_command("rotate_keys")
    monkeypatch.undo()
    assert Channel.objects.get(pk=channel.pk).account().secrets == {"access_token": "new"}


def test_what_cannot_be_opened_is_named_and_left_alone(two_keys, capsys):
    Channel.objects.filter(pk=two_keys[0].pk).update(sealed="k0:unknown")
    with pytest.raises(CommandError, match="k0"):
        call_command("rotate_keys")
    assert Channel.objects.get(pk=two_keys[0].pk).sealed == "k0:unknown"
    assert Channel.objects.get(pk=two_keys[1].pk).sealed.startswith("k2:")


def test_the_secret_of_an_authenticator_app_moves_too(two_keys, settings):
    dewi = make_person("dewi@contoh.test", "Dewi Contoh", Role.REVIEWER)
    settings.VAULT_KEYS, new = settings.VAULT_KEYS[1:], settings.VAULT_KEYS
    app = give_app(dewi)
    settings.VAULT_KEYS = new
    call_command("rotate_keys")
    settings.VAULT_KEYS = new[:1]
    assert code_on(Authenticator.objects.get(pk=app.pk))
