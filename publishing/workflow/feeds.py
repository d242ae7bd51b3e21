"""Feeds of the calendar: a secret address is made, shown once, and taken back."""

import secrets

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from publishing.agenda import feed
from publishing.models import CalendarFeed
from publishing.workflow.moves import NotAllowed

MOST = 10  # of one person


class TooMany(Exception):
    """This person keeps as many feeds as anybody needs."""


def make(agency: Agency, name: str, *, by: User) -> str:
    """The secret of a new address; it is kept nowhere. Raises NotAllowed, TooMany."""
    if not feed.may_have(by, agency.pk) or not agency.is_open:
        raise NotAllowed(_("Anda tidak dapat memasang kalender OPD ini."))
    if CalendarFeed.objects.in_force().filter(owner=by).count() >= MOST:
        raise TooMany(_("Anda sudah memiliki 10 alamat. Cabut yang tidak dipakai lagi."))
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(agency=agency, owner=by, name=name, digest=feed.digest(secret))
    return secret


def revoke(one: CalendarFeed, *, by: User) -> None:
    """From now on its address answers nothing. Raises NotAllowed."""
    if one.owner_id != by.pk:
        raise NotAllowed(_("Alamat ini dibuat orang lain."))
    CalendarFeed.objects.in_force().filter(pk=one.pk).update(revoked_at=timezone.now())
