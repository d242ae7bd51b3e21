"""A Channel: an agency's account on a platform, and its sealed credentials."""

from collections.abc import Mapping
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.policy import Action, may
from platforms import registry, vault
from platforms.adapters.base import Account, Adapter


class ChannelQuerySet(models.QuerySet["Channel"]):
    def visible_to(self, user: User) -> Self:
        """Real channels of the own agency, or of all; everything else is a 404."""
        real = self.filter(is_training=False)
        if may(user, Action.SEE_ALL_CHANNELS):
            return real
        return real.filter(agency=user.agency_id) if may(user, Action.SEE_CHANNELS) else self.none()

    def active(self) -> Self:
        """In use, for real posts."""
        return self.filter(is_active=True, is_training=False)

    def for_work(self, *, training: bool) -> Self:
        """What a post may be written for: real channels, or in Mode latihan those of trainings."""
        return self.filter(is_training=training)

    def connected(self) -> Self:
        """In use, with credentials, and not turned away by the platform since they were given."""
        usable = self.filter(is_active=True, refused_at=None)
        return usable.exclude(sealed="")


class Channel(models.Model):
    """An agency's own account on one platform, and the adapter that speaks for it."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="channels", verbose_name=_("OPD")
    )
    platform = models.CharField(_("platform"), max_length=20, choices=registry.platforms)
    adapter_key = models.CharField(_("adaptor"), max_length=30, choices=registry.choices)
    remote_id = models.CharField(
        _("nomor akun di platform"),
        max_length=60,
        help_text=_("Nomor pengguna X, nomor halaman Facebook, atau nomor pengguna Instagram."),
    )
    handle = models.CharField(_("nama pengguna"), max_length=100, help_text=_("Tanpa @."))
    name = models.CharField(_("nama tampilan"), max_length=120)
    sealed = models.TextField(blank=True, editable=False)
    is_active = models.BooleanField(_("dipakai"), default=True)
    # the platform turned the credentials away; new ones clear it
    refused_at = models.DateTimeField(null=True, editable=False)

    # a coordinator said that it is an official one; before that it is not in use
    endorsed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    endorsed_at = models.DateTimeField(null=True, editable=False)
    connected_at = models.DateTimeField(null=True, editable=False)  # last given credentials
    # who took the risk of the unofficial adapter upon themselves
    risk_taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    risk_taken_at = models.DateTimeField(null=True, editable=False)

    # speaks to the built-in sandbox only, whatever the platform's address is (Mode latihan)
    is_training = models.BooleanField(default=False, editable=False)

    objects = ChannelQuerySet.as_manager()

    _opened: tuple[tuple[str, str, str], Account] | None = None

    class Meta:
        verbose_name = _("kanal")
        verbose_name_plural = _("kanal")
        ordering: ClassVar = ["agency__name", "platform", "handle"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["platform", "remote_id"],
                name="one_channel_per_account",
                violation_error_message=_("Akun platform ini sudah terdaftar."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} {self.at}"

    @property
    def at(self) -> str:
        """How people name the account: @handle, or a page's name on Facebook."""
        return self.name if self.platform == "facebook" else f"@{self.handle}"

    @property
    def adapter(self) -> Adapter:
        return registry.adapter(self.adapter_key, training=self.is_training)

    @property
    def is_connected(self) -> bool:
        return self.is_active and bool(self.sealed) and self.refused_at is None

    def keep_secrets(self, secrets: Mapping[str, str]) -> None:
        """Seal `secrets` over the old ones; an empty value never overwrites a kept one."""
        kept = self._kept() | {key: value for key, value in secrets.items() if value}
        self.sealed = vault.seal(kept) if kept else ""
        if any(secrets.values()):
            self.refused_at = None

    def _kept(self) -> dict[str, str]:
        """What is sealed; nothing, where it cannot be opened any more and must be given anew."""
        try:
            return vault.unseal(self.sealed)
        except vault.CannotOpen:
            return {}

    def turn_away(self) -> bool:
        """Remember that the platform refuses these credentials; nothing more is tried with them.

        Others that were sealed meanwhile are not blamed for it. Whether that is news.
        """
        these = Channel.objects.filter(pk=self.pk, sealed=self.sealed, refused_at=None)
        return these.update(refused_at=timezone.now()) > 0

    def holds_secrets_of(self, adapter_key: str) -> bool:
        """Whether what is sealed would do for that adapter too."""
        needed = [secret.key for secret in registry.adapter(adapter_key).secrets]
        kept = self._kept()
        return bool(needed) and all(kept.get(key) for key in needed)

    def account(self) -> Account:
        """This channel as an adapter sees it, secrets opened once. Raises `vault.CannotOpen`."""
        asked = (self.remote_id, self.handle, self.sealed)
        if self._opened is None or self._opened[0] != asked:
            self._opened = asked, Account(self.remote_id, self.handle, vault.unseal(self.sealed))
        return self._opened[1]
