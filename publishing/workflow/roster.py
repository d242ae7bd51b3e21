"""Who reviews for whom, who is on duty, which agencies are trusted or have an inner step."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import acts
from accounts.acts import NotNow, Verb
from accounts.models import Agency, User
from accounts.policy import Action
from publishing.models import Duty, Pool
from publishing.models.roster import REVIEWERS
from publishing.workflow.passing import let_on


@transaction.atomic
def keep_pool(
    pool: Pool, *, by: User, reviewers: Iterable[User], agencies: Iterable[Agency]
) -> None:
    """Write down who reviews for which agencies. Raises NotYours."""
    acts.require(by, Action.KEEP_ROSTER)
    pool.save()
    pool.reviewers.set(reviewers)
    pool.agencies.set(agencies)


def drop_pool(pool: Pool, *, by: User) -> None:
    """Its agencies are everybody's again. Raises NotYours."""
    acts.require(by, Action.KEEP_ROSTER)
    pool.delete()


def name_duty(person: User, begins: datetime, ends: datetime, *, by: User) -> Duty:
    """Put somebody of the reviewing unit on duty. Raises NotYours, NotNow."""
    acts.require(by, Action.KEEP_ROSTER)
    if person.role not in REVIEWERS or not person.is_active:
        raise NotNow(_("Petugas piket haruslah peninjau atau koordinator."))
    if ends <= max(begins, timezone.now()):
        raise NotNow(_("Masa piket ini sudah lewat, atau berakhir sebelum dimulai."))
    if person.duties.filter(begins__lt=ends, ends__gt=begins).exists():
        raise NotNow(_("%(who)s sudah bertugas piket pada waktu itu.") % {"who": person})
    return Duty.objects.create(person=person, begins=begins, ends=ends, named_by=by)


def end_duty(duty: Duty, *, by: User) -> None:
    """End it now; one that has not begun is struck. Raises NotYours."""
    acts.require(by, Action.KEEP_ROSTER)
    now = timezone.now()
    if duty.begins >= now:
        duty.delete()
    elif duty.ends > now:
        Duty.objects.filter(pk=duty.pk).update(ends=now)


@transaction.atomic
def set_trust(agency: Agency, trusted: bool, *, by: User, because: str) -> None:
    """Mark an agency as trusted, or no longer; logged with the reason. Raises NotYours, NotNow."""
    acts.require(by, Action.TRUST)
    words = " ".join(because.replace("\0", "").split())
    if not words:
        raise NotNow(_("Tulis alasannya, satu kalimat cukup."))
    if Agency.objects.filter(pk=agency.pk).exclude(trusted=trusted).update(trusted=trusted):
        verb = Verb.TRUST if trusted else Verb.DISTRUST
        acts.record(verb, by=by, agency=agency, note=words[:300])


@transaction.atomic
def set_inner_step(agency: Agency, wanted: bool, *, by: User) -> None:
    """Let the agency's head see what is handed in first, or no longer: then what waits goes on.

    Raises NotYours.
    """
    acts.require(by, Action.SET_INNER_STEP, agency=agency)
    here = Agency.objects.filter(pk=agency.pk)
    if here.exclude(inner_step=wanted).update(inner_step=wanted):
        said = _("dipakai") if wanted else _("tidak dipakai lagi")
        acts.record(Verb.INNER_STEP, by=by, agency=agency, note=said)
        agency.inner_step = wanted
        let_on(agency)
