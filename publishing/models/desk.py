"""What an agency writes with: its tags and phrases, its weekly hours, its plan; the programmes."""

from datetime import time
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency


class Programme(models.Model):
    """One of the regency's programmes (program unggulan); the admin keeps the list."""

    name = models.CharField(_("nama program"), max_length=120, unique=True)
    tag = models.CharField(
        _("tagar program"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"\A#\w+\Z", _("Satu tagar, misalnya #SeragamGratis."))],
        help_text=_("Penulis diingatkan bila unggahan tentang program ini belum memakainya."),
    )
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("program")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Desk(models.Model):
    """An agency's writing desk, one row that is read with every page of the composer.

    `snippets` is [{"title", "text"}]; `slots` is {channel id as text: [[weekday, "HH:MM"]]} with
    Monday 0, in WIB; `plan` is {pillar: posts a week}.
    """

    agency = models.OneToOneField(Agency, models.CASCADE, primary_key=True, related_name="desk")
    tags = models.CharField(_("tagar tetap"), max_length=300, blank=True)
    closing = models.CharField(_("kalimat penutup"), max_length=300, blank=True)
    snippets = models.JSONField(default=list, blank=True)
    slots = models.JSONField(default=dict, blank=True)
    plan = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return str(self.agency)

    def hours(self, channel_id: int) -> list[tuple[int, time]]:
        """The weekly hours of one channel: (weekday with Monday 0, time in WIB), in order."""
        kept = self.slots.get(str(channel_id), [])
        return sorted((weekday, time.fromisoformat(clock)) for weekday, clock in kept)

    def standing_tags(self) -> set[str]:
        """The tags that every post of the agency carries, in small letters, without the #."""
        return {tag.removeprefix("#").casefold() for tag in self.tags.split()}


def desk_of(agency: Agency) -> Desk:
    """The agency's desk, or a blank one that is not kept yet. No query after `select_related`."""
    try:
        return agency.desk
    except Desk.DoesNotExist:
        return Desk(agency=agency)
