"""What happens to people: invited, joined, given another role, gone, and back."""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import acts, letters
from accounts.acts import NotNow, NotYours, Verb
from accounts.models import Agency, Invitation, Role, User
from accounts.policy import Action, may
from accounts.sessions import end_all
from accounts.signals import person_changed, person_left

OF_AGENCIES = (Role.AUTHOR, Role.AGENCY_HEAD)  # nobody has these without an agency


@transaction.atomic
def invite(wanted: Invitation, *, by: User) -> Invitation:
    """Ask somebody to join. A coordinator's wish waits for an admin. Raises NotYours, NotNow."""
    _require_inviting(wanted, by)
    if User.objects.filter(email__iexact=wanted.email).exists():
        raise NotNow(_("Surel ini sudah dipakai pengguna lain. Cari namanya di daftar pengguna."))
    if Invitation.objects.open().filter(email__iexact=wanted.email).exists():
        raise NotNow(_("Sudah ada undangan untuk surel ini. Kirim ulang undangan itu."))
    wanted.asked_by = by
    wanted.save(force_insert=True)
    acts.record(Verb.INVITE, by=by, agency=wanted.agency, note=_line(wanted))
    if not _only_proposes(by):
        _send(wanted, by)
    return wanted


def _require_inviting(wanted: Invitation, by: User) -> None:
    if may(by, Action.KEEP_PEOPLE) or may(by, Action.PROPOSE_PEOPLE):
        return
    if wanted.role != Role.AUTHOR or wanted.agency is None:
        raise NotYours(_("Anda mengundang penyusun untuk OPD sendiri; lainnya diundang admin."))
    acts.require(by, Action.INVITE_AUTHORS, agency=wanted.agency)


def _only_proposes(by: User) -> bool:
    return not may(by, Action.KEEP_PEOPLE) and may(by, Action.PROPOSE_PEOPLE)


@transaction.atomic
def send_again(invitation: Invitation, *, by: User) -> None:
    """A new letter; the key of the one before opens nothing any more. Raises NotYours, NotNow."""
    _require_inviting(invitation, by)
    if _only_proposes(by):
        raise NotYours(_("Undangan ini menunggu persetujuan admin."))
    locked = Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
    if locked is None:
        raise NotNow(_("Undangan ini sudah dipakai atau ditarik."))
    _send(locked, by)


def _send(invitation: Invitation, by: User) -> None:
    invitation.agreed_by = invitation.agreed_by or by
    invitation.save(update_fields=["agreed_by"])
    key = invitation.new_key()
    transaction.on_commit(lambda: letters.invite(invitation, key))


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back: its letter opens nothing any more. Raises NotYours, NotNow."""
    _require_inviting(invitation, by)
    if _only_proposes(by) and invitation.agreed_by_id is not None:
        raise NotYours(_("Undangan ini sudah disetujui. Minta admin menariknya."))
    here = Invitation.objects.open().filter(pk=invitation.pk)
    if not here.update(withdrawn_at=timezone.now()):
        raise NotNow(_("Undangan ini sudah dipakai atau ditarik."))
    acts.record(Verb.WITHDRAW, by=by, agency=invitation.agency, note=_line(invitation))


@transaction.atomic
def join(key: str, *, name: str, password: str) -> User:
    """Take up the invitation whose letter holds `key`. Raises NotNow, ValidationError."""
    invitation = Invitation.objects.of_key(key).select_for_update().first()
    if invitation is None:
        raise NotNow(_("Undangan ini sudah tidak berlaku. Minta admin mengirim yang baru."))
    agency = invitation.agency
    if agency and not agency.is_open:  # it became part of another one meanwhile, or ended
        agency = agency.merged_into
        if agency is None:
            raise NotNow(_("OPD dalam undangan ini sudah ditutup. Hubungi admin sistem."))
    fields = {"name": name, "role": invitation.role, "agency": agency}
    person = User(email=invitation.email, **fields)
    validate_password(password, person)
    person = User.objects.create_user(invitation.email, password, **fields)
    if person.agency:
        person.agencies.add(person.agency)
        person.work_for(person.agency)
        person.save(update_fields=["reads_of"])
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    acts.record(Verb.JOIN, by=person, person=person, agency=person.agency, note=_line(invitation))
    return person


def _line(invitation: Invitation) -> str:
    where = f", {invitation.agency}" if invitation.agency else ""
    return f"{invitation.name} <{invitation.email}>, {invitation.get_role_display()}{where}"


# --- somebody who is here ---


@transaction.atomic
def change(person: User, *, by: User, name: str, role: Role, agencies: list[Agency]) -> None:
    """Give a person another name, role or other agencies; a changed role ends their sessions.

    Raises NotYours, NotNow.
    """
    _require_over(person, by)
    if role in OF_AGENCIES and not agencies:
        raise NotNow(_("Penyusun dan penanggung jawab perlu paling sedikit satu OPD."))
    was = (str(person.get_role_display()), person.role)
    was_of = {person.agency, *person.agencies.all()} - {None}
    person.name, person.role = name, role
    if person.agency not in agencies:
        person.work_for(agencies[0] if agencies else None)
    person.save(update_fields=["name", "role", "agency", "reads_of"])
    person.agencies.set(agencies)
    person_changed.send(User, person=person, was_of=was_of, by=by)
    note = ", ".join(agency.short_name for agency in agencies)
    if was[1] == role:
        acts.record(Verb.CHANGE, by=by, person=person, note=note)
        return
    note = " · ".join(filter(None, [f"{was[0]} → {person.get_role_display()}", note]))
    acts.record(Verb.CHANGE_ROLE, by=by, person=person, note=note)
    end_all(person)


@transaction.atomic
def deactivate(person: User, *, by: User, heir: User | None, reason: str) -> None:
    """Somebody leaves: every session ends now, and `heir` goes on with their drafts.

    Raises NotYours, NotNow.
    """
    _require_over(person, by)
    if heir and not (heir.is_active and heir.agency_id == person.agency_id and heir != person):
        raise NotNow(_("Penerus draf harus pengguna aktif dari OPD yang sama."))
    if not User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        raise NotNow(_("Pengguna ini sudah tidak aktif."))
    person.is_active = False
    end_all(person)
    person_left.send(User, person=person, heir=heir, by=by)
    handed = _("draf kepada %(heir)s") % {"heir": heir} if heir else ""
    note = " · ".join(filter(None, [reason, handed]))
    acts.record(Verb.DEACTIVATE, by=by, person=person, note=note)


@transaction.atomic
def reactivate(person: User, *, by: User) -> None:
    """Somebody is back, with the password they had. Raises NotYours, NotNow."""
    _require_over(person, by)
    if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise NotNow(_("Pengguna ini sudah aktif."))
    person.is_active = True
    acts.record(Verb.REACTIVATE, by=by, person=person)


def _require_over(person: User, by: User) -> None:
    acts.require(by, Action.KEEP_PEOPLE)
    if person == by:
        raise NotYours(_("Anda tidak dapat mengubah peran atau akses sendiri. Minta admin lain."))


@transaction.atomic
def switch(person: User, agency: Agency) -> None:
    """From now on `person` works for `agency`, one of theirs. Raises NotYours."""
    if agency not in person.employers():
        raise NotYours(_("Anda tidak terdaftar di OPD itu. Minta admin menambahkannya."))
    if person.agency:
        person.agencies.add(person.agency)
    person.work_for(agency)
    person.save(update_fields=["agency", "reads_of"])
    acts.record(Verb.SWITCH, by=person, person=person, agency=agency)
