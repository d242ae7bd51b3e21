"""manage.py rotate_keys: seals everything anew with the first of OPD_HUB_KEYS, while running."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import seals
from platforms import vault
from platforms.models import Channel

SEALED_FIELDS = ("secret", "seed")  # of an authenticator app, of recovery codes


class Command(BaseCommand):
    help = "Menyegel ulang semua rahasia dengan kunci pertama OPD_HUB_KEYS. Boleh saat berjalan."

    def handle(self, *args: Any, **options: Any) -> None:
        lost: set[str] = set()
        channels = sum(_channel(channel, lost) for channel in Channel.objects.exclude(sealed=""))
        factors = sum(_factor(pk, lost) for pk in _factors())
        self.stdout.write(f"Disegel ulang: {channels} kanal, {factors} faktor kedua.")
        if lost:
            keys = ", ".join(sorted(lost))
            raise CommandError(f"Tidak ada di OPD_HUB_KEYS, yang disegelnya tetap: {keys}")
        self.stdout.write("Kunci lama boleh dihapus sesudah semua proses dimulai ulang.")


def _channel(channel: Channel, lost: set[str]) -> bool:
    """Whether it was sealed anew. Secrets that came in meanwhile are the newer ones, and stay."""
    if vault.is_newest(channel.sealed):
        return False
    try:
        sealed = vault.seal(vault.unseal(channel.sealed))
    except vault.CannotOpen as error:
        lost.add(str(error))
        return False
    here = Channel.objects.filter(pk=channel.pk, sealed=channel.sealed)
    return here.update(sealed=sealed) > 0


def _factors() -> list[int]:
    return list(Authenticator.objects.values_list("pk", flat=True))


@transaction.atomic
def _factor(pk: int, lost: set[str]) -> bool:
    """Whether it was sealed anew; locked meanwhile, for its row also counts spent codes."""
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    sealed = {name: factor.data[name] for name in SEALED_FIELDS if factor and name in factor.data}
    old = {name: text for name, text in sealed.items() if not seals.is_newest(text)}
    try:
        fresh = {name: seals.seal(seals.unseal(text)) for name, text in old.items()}
    except seals.CannotOpen as error:
        lost.add(str(error))
        return False
    if fresh:
        factor.data |= fresh
        factor.save(update_fields=["data"])
    return bool(fresh)
