"""Who stands in while somebody is on leave: from a day to a day, by a letter."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import acts
from accounts.acts import NotNow, Verb
from accounts.models import Delegation, User
from accounts.people import OF_AGENCIES
from accounts.policy import Action, may


@transaction.atomic
def delegate(wanted: Delegation, *, by: User) -> Delegation:
    """Let one person stand in for another; a coordinator's wish waits for an admin.

    Raises NotYours, NotNow.
    """
    acts.require(by, Action.KEEP_PEOPLE, Action.PROPOSE_PEOPLE)
    _refuse_nonsense(wanted)
    wanted.asked_by = by
    wanted.save(force_insert=True)
    if may(by, Action.KEEP_PEOPLE):
        agree(wanted, by=by)
    else:
        acts.record(Verb.PROPOSE, by=by, person=wanted.giver, note=_line(wanted))
    return wanted


def _refuse_nonsense(wanted: Delegation) -> None:
    giver, taker = wanted.giver, wanted.taker
    if not taker.is_active:
        raise NotNow(_("Pengganti sudah tidak aktif."))
    if wanted.ends < timezone.localdate():
        raise NotNow(_("Masa ini sudah lewat."))
    if giver.role in OF_AGENCIES and giver.agency_id != taker.agency_id:
        raise NotNow(_("Pengganti penyusun atau penanggung jawab harus dari OPD yang sama."))
    overlapping = giver.given.filter(ended_at=None, ends__gte=wanted.begins)
    if overlapping.filter(begins__lte=wanted.ends, taker=taker).exists():
        raise NotNow(_("Delegasi untuk masa itu sudah ada."))


@transaction.atomic
def agree(wanted: Delegation, *, by: User) -> None:
    """Agree to a delegation. Raises NotYours, NotNow when it was decided meanwhile."""
    acts.require(by, Action.KEEP_PEOPLE)
    if not Delegation.objects.filter(pk=wanted.pk, agreed_by=None, ended_at=None).update(
        agreed_by=by
    ):
        raise NotNow(_("Delegasi ini sudah diputuskan orang lain."))
    wanted.agreed_by = by
    _remember(wanted.taker)
    acts.record(Verb.DELEGATE, by=by, person=wanted.giver, note=_line(wanted))


@transaction.atomic
def end(delegation: Delegation, *, by: User) -> None:
    """End it now, by an admin or by whoever gave it. Raises NotYours, NotNow."""
    if by != delegation.giver:
        acts.require(by, Action.KEEP_PEOPLE)
    here = Delegation.objects.filter(pk=delegation.pk, ended_at=None)
    if not here.update(ended_at=timezone.now()):
        raise NotNow(_("Delegasi ini sudah berakhir."))
    _remember(delegation.taker)
    acts.record(Verb.END_DELEGATION, by=by, person=delegation.giver, note=_line(delegation))


def _remember(taker: User) -> None:
    """Keep the last day of anything the taker stands in for: `policy.hats` reads it first."""
    kept = taker.taken.filter(ended_at=None).exclude(agreed_by=None)
    taker.stands_in_until = kept.aggregate(last=Max("ends"))["last"]
    taker.save(update_fields=["stands_in_until"])


def _line(delegation: Delegation) -> str:
    facts = {
        "taker": delegation.taker,
        "begins": f"{delegation.begins:%d-%m-%Y}",
        "ends": f"{delegation.ends:%d-%m-%Y}",
        "basis": delegation.basis,
    }
    return _("kepada %(taker)s, %(begins)s s.d. %(ends)s (%(basis)s)") % facts
