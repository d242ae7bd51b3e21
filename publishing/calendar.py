"""Time: which hours a post may have. One rule for every door (composer, reschedule, approve)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

FARTHEST = timedelta(days=365)


class BadTime(Exception):
    """This hour cannot be had; the message says why, for the person who asked."""


def check(at: datetime | None) -> None:
    """Raise BadTime unless `at` (None: as soon as approved) is a possible time to publish."""
    now = timezone.now()
    if at is None:
        return
    if at <= now:
        raise BadTime(_("Waktu ini sudah lewat. Pilih waktu yang akan datang."))
    if at > now + FARTHEST:
        raise BadTime(_("Waktu ini lebih dari setahun lagi. Periksa tahunnya."))


def check_validity(at: datetime | None, until: datetime | None) -> None:
    """Raise BadTime unless something meant for `at` can go out before it stops being valid."""
    if until is not None and until <= (at or timezone.now()):
        raise BadTime(_("Unggahan ini sudah tidak berlaku pada waktu tayangnya. Ubah salah satu."))


def too_close(at: datetime | None) -> timedelta | None:
    """How little is left, when an approval now would come too late for `at`; else None."""
    if at is None:
        return None
    left = at - timezone.now()
    return left if left < settings.APPROVE_BEFORE else None
