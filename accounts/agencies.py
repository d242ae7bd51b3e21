"""What a Perda does to agencies: a coordinator proposes, an admin decides, done on its day."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import acts
from accounts.acts import NotNow, Verb
from accounts.models import Agency, AgencyChange, User
from accounts.policy import Action, may
from accounts.signals import agency_closed, agency_merged

Kind = AgencyChange.Kind
_VERBS = {Kind.RENAME: Verb.RENAME, Kind.MERGE: Verb.MERGE, Kind.CLOSE: Verb.CLOSE}


@transaction.atomic
def found(agency: Agency, *, by: User) -> Agency:
    """A new agency. Raises NotYours."""
    acts.require(by, Action.KEEP_AGENCIES)
    agency.save(force_insert=True)
    acts.record(Verb.FOUND, by=by, agency=agency, note=agency.name)
    return agency


@transaction.atomic
def change(wanted: AgencyChange, *, by: User) -> AgencyChange:
    """Ask for a change: an admin's is agreed to at once, and done when its day has come.

    Raises NotYours, NotNow.
    """
    acts.require(by, Action.KEEP_AGENCIES, Action.PROPOSE_AGENCIES)
    _refuse_nonsense(wanted)
    wanted.asked_by = by
    wanted.save(force_insert=True)
    if may(by, Action.KEEP_AGENCIES):
        agree(wanted, by=by)
    else:
        acts.record(Verb.PROPOSE, by=by, agency=wanted.agency, note=_sentence(wanted))
    return wanted


def _refuse_nonsense(wanted: AgencyChange) -> None:
    agency = wanted.agency
    if not agency.is_open:
        raise NotNow(_("OPD ini sudah ditutup."))
    if wanted.kind != Kind.RENAME and agency.changes.exclude(kind=Kind.RENAME).filter(
        done_at=None, declined_at=None
    ):
        raise NotNow(_("OPD ini sudah punya rencana digabung atau ditutup. Putuskan itu dulu."))
    if wanted.kind == Kind.MERGE and not (wanted.into and wanted.into.is_open):
        raise NotNow(_("OPD tujuan sudah ditutup. Pilih OPD lain."))


@transaction.atomic
def agree(wanted: AgencyChange, *, by: User) -> None:
    """Agree to a proposed change. Raises NotYours, NotNow when it was decided meanwhile."""
    acts.require(by, Action.KEEP_AGENCIES)
    here = AgencyChange.objects.filter(pk=wanted.pk, agreed_by=None, declined_at=None)
    if not here.update(agreed_by=by):
        raise NotNow(_("Usul ini sudah diputuskan orang lain."))
    wanted.refresh_from_db()
    if wanted.is_due:
        carry_out(wanted)


@transaction.atomic
def decline(wanted: AgencyChange, *, by: User) -> None:
    """Turn a change down, agreed to or not, as long as it is not done. Raises NotYours, NotNow."""
    acts.require(by, Action.KEEP_AGENCIES)
    here = AgencyChange.objects.filter(pk=wanted.pk, done_at=None, declined_at=None)
    if not here.update(declined_at=timezone.now()):
        raise NotNow(_("Perubahan ini sudah dilaksanakan atau sudah dibatalkan."))
    acts.record(Verb.DECLINE, by=by, agency=wanted.agency, note=_sentence(wanted))


def carry_out_due() -> int:
    """Do what is agreed to and whose day has come; how many were done. For the daily task."""
    due = AgencyChange.objects.exclude(agreed_by=None).filter(
        done_at=None, declined_at=None, on__lte=timezone.localdate()
    )
    return sum(carry_out(one) for one in due.order_by("on", "pk"))


@transaction.atomic
def carry_out(wanted: AgencyChange) -> bool:
    """Do it, once; False when somebody else just did. Channels, drafts and people move along."""
    change = AgencyChange.objects.select_for_update().get(pk=wanted.pk)
    if not change.is_due:
        return False
    agency = Agency.objects.select_for_update().get(pk=change.agency_id)
    change.old_name, change.done_at = agency.name, timezone.now()
    match change.kind:
        case Kind.RENAME:
            agency.name = change.new_name
            agency.short_name = change.new_short_name or agency.short_name
        case Kind.MERGE | Kind.CLOSE:
            agency.closed_on, agency.merged_into = change.on, change.into
    agency.save()
    change.save(update_fields=["old_name", "done_at"])
    if change.kind == Kind.MERGE and change.into:
        _move_people(agency, change.into)
        agency_merged.send(Agency, agency=agency, into=change.into, by=change.agreed_by)
    if change.kind == Kind.CLOSE:
        agency_closed.send(Agency, agency=agency, by=change.agreed_by)
    acts.record(
        _VERBS[Kind(change.kind)], by=change.agreed_by, agency=agency, note=_sentence(change)
    )
    wanted.refresh_from_db()
    return True


def _move_people(agency: Agency, into: Agency) -> None:
    """Whoever worked for the merged agency works for its successor."""
    into.staff.add(*agency.staff.all())
    agency.people.update(agency=into)
    into.people.update(reads_of=into.absorbed_ids())


def _sentence(change: AgencyChange) -> str:
    """What the history says of it."""
    facts = {
        "old": change.old_name or change.agency.name,
        "new": change.new_name,
        "into": change.into,
        "basis": change.basis,
    }
    match change.kind:
        case Kind.RENAME:
            return _("“%(old)s” menjadi “%(new)s” (%(basis)s)") % facts
        case Kind.MERGE:
            return _("“%(old)s” digabung ke “%(into)s” (%(basis)s)") % facts
        case _:
            return _("“%(old)s” ditutup (%(basis)s)") % facts
