"""A Pause (jeda pengiriman): an emergency stop with a scope and a reason."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from platforms import registry
from platforms.models import Channel
from publishing.models.delivery import Attempt


class PauseQuerySet(models.QuerySet["Pause"]):
    def active(self) -> Self:
        return self.filter(ended_at=None)

    def touching(self, channel: Channel) -> Self:
        """Those that stop what goes to `channel`."""
        scopes = Pause.Scope
        return self.filter(
            Q(scope=scopes.ALL)
            | Q(scope=scopes.PLATFORM, platform=channel.platform)
            | Q(scope=scopes.AGENCY, agency=channel.agency_id)
            | Q(scope=scopes.CHANNEL, channel=channel.pk)
        )


class Pause(models.Model):
    """While it lasts nothing in its scope is begun; ending it releases nothing by itself."""

    class Scope(models.TextChoices):
        ALL = "all", _("Semua kanal")
        PLATFORM = "platform", _("Satu platform")
        AGENCY = "agency", _("Satu OPD")
        CHANNEL = "channel", _("Satu kanal")

    scope = models.CharField(_("cakupan"), max_length=10, choices=Scope)
    platform = models.CharField(max_length=20, choices=registry.platforms, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="pauses")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="pauses")
    reason = models.TextField(_("alasan"))
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    # the calls that were already out when it began: nobody can stop those
    overtaken_by = models.ManyToManyField(Attempt, related_name="pauses")

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-started_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scope="all", platform="", agency=None, channel=None)
                | (Q(scope="platform", agency=None, channel=None) & ~Q(platform=""))
                | Q(scope="agency", platform="", channel=None, agency__isnull=False)
                | Q(scope="channel", platform="", agency=None, channel__isnull=False),
                name="a_pause_names_what_it_stops",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()}: {self.target}" if self.target else str(self.what)

    @property
    def what(self) -> str:
        return str(self.get_scope_display())

    @property
    def target(self) -> str:
        """What exactly is stopped; empty when everything is."""
        return str(self.get_platform_display() or self.agency or self.channel or "")

    def touches(self, channel: Channel) -> bool:
        """As `touching`, of one that is at hand."""
        stopped: dict[str, bool] = {
            Pause.Scope.ALL: True,
            Pause.Scope.PLATFORM: self.platform == channel.platform,
            Pause.Scope.AGENCY: self.agency_id == channel.agency_id,
            Pause.Scope.CHANNEL: self.channel_id == channel.pk,
        }
        return stopped[self.scope]

    def channels(self) -> models.QuerySet[Channel]:
        """The channels it stops."""
        narrowed = {
            Pause.Scope.PLATFORM: Q(platform=self.platform),
            Pause.Scope.AGENCY: Q(agency=self.agency_id),
            Pause.Scope.CHANNEL: Q(pk=self.channel_id),
        }
        return Channel.objects.filter(narrowed.get(Pause.Scope(self.scope), Q()))
