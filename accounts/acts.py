"""Writes the history of people, agencies and channels; refuses who may not make it."""

import logging

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Act, Agency, User
from accounts.policy import Action, may

logger = logging.getLogger(__name__)
Verb = Act.Verb


class NotYours(PermissionDenied):
    """This person may not do this; the message says who may."""


class NotNow(Exception):
    """It cannot be done as things stand; the message says why and what to do."""

    def __init__(self, sentence: str, back: str = "") -> None:
        super().__init__(sentence)
        self.back = back  # the page from which to go on; "" is Beranda


def require(by: User, *actions: Action, agency: Agency | None = None) -> None:
    """Raise NotYours unless `by` may do one of `actions`."""
    work = AgencyWork(agency) if agency else None
    if not any(may(by, action, work) for action in actions):
        raise NotYours(_("Peran Anda tidak mengurus ini. Hubungi admin sistem."))


class AgencyWork:
    """An agency as the policy sees what belongs to it."""

    def __init__(self, agency: Agency) -> None:
        self.agency_id: int = agency.pk

    def hands(self) -> tuple[int, ...]:
        return ()


def record(
    verb: Verb,
    *,
    by: User | None,
    person: User | None = None,
    agency: Agency | None = None,
    channel: int | None = None,
    note: str = "",
) -> Act:
    """Add one line; `by` None is a worker. Also said to the log, without the note."""
    logger.info(
        "%s by=%s person=%s agency=%s channel=%s",
        verb,
        by and by.pk,
        person and person.pk,
        agency and agency.pk,
        channel,
    )
    return Act.objects.create(
        verb=verb, actor=by, person=person, agency=agency, channel=channel, note=note
    )
