"""Feeds of the calendar: a secret address is made, shown once, read, and taken back."""

import secrets
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from publishing.agenda import feed
from publishing.models import CalendarFeed
from publishing.workflow.moves import NotAllowed

MOST = 10  # of one person
WINDOW = timedelta(minutes=10)
OFTEN = 30  # readings of one address in a window; calendar apps ask every quarter of an hour


class TooMany(Exception):
    """This person keeps as many feeds as anybody needs."""


class TooOften(Exception):
    """Something reads this address without a pause."""


def make(agency: Agency, name: str, *, by: User) -> str:
    """The secret of a new address; it is kept nowhere. Raises NotAllowed, TooMany."""
    if not feed.may_have(by, agency.pk) or not agency.is_open:
        raise NotAllowed(_("Anda tidak dapat memasang kalender OPD ini."))
    if CalendarFeed.objects.in_force().filter(owner=by).count() >= MOST:
        raise TooMany(_("Anda sudah memiliki 10 alamat. Cabut yang tidak dipakai lagi."))
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(agency=agency, owner=by, name=name, digest=feed.digest(secret))
    return secret


def read(one: CalendarFeed) -> None:
    """Note that its address was read, at most once in a window. Raises TooOften.

    Counted in the cache: a reader that asks again and again costs no write to its row.
    """
    now = timezone.now()
    window = f"feed-{one.pk}-{now.timestamp() // WINDOW.total_seconds():.0f}"
    count = cache.get(window, 0) + 1
    cache.set(window, count, WINDOW.total_seconds())
    if count > OFTEN:
        raise TooOften
    if one.last_used_at is None or now - one.last_used_at >= WINDOW:
        CalendarFeed.objects.filter(pk=one.pk).update(last_used_at=now)


def revoke(one: CalendarFeed, *, by: User) -> None:
    """From now on its address answers nothing. Raises NotAllowed."""
    if one.owner_id != by.pk:
        raise NotAllowed(_("Alamat ini dibuat orang lain."))
    CalendarFeed.objects.in_force().filter(pk=one.pk).update(revoked_at=timezone.now())
