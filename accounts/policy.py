"""May this person do this to that? One table, deny by default (product.md 5)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

from django.utils import timezone

from accounts.models import Delegation, Role, User


class Action(StrEnum):
    """Everything a person can ask to do. Moves of a post carry the name of their verb."""

    WRITE = "write"  # begin and edit a draft
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    UNDO = "undo"
    SEND_BACK = "send_back"
    REJECT = "reject"
    REOPEN = "reopen"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    REVIEW = "review"  # see the queue
    TAKE = "take"  # say "saya yang periksa"
    ASSIGN = "assign"  # hand an item to another reviewer
    AMEND = "amend"  # edit what was handed in; somebody else approves it then
    FORWARD = "forward"  # the inner step: on to the reviewing unit
    RELEASE = "release"  # an emergency, jointly, when nobody decided in time
    AFTERWARDS = "afterwards"  # look at a joint release when it is out
    KEEP_ROSTER = "keep_roster"  # pools of reviewers, and who is on duty
    TRUST = "trust"  # which agencies are trusted
    SET_INNER_STEP = "set_inner_step"
    NOTE = "note"  # write beside a submission, settle what was answered
    WAIVE = "waive"  # let pass what the guidelines block
    EDIT_RULES = "edit_rules"  # word lists, periods, days, officials
    SETTLE = "settle"  # decide on a delivery that waits for a person
    PAUSE = "pause"  # begin an emergency stop
    END_PAUSE = "end_pause"
    READ_ALL = "read_all"  # drafts of every agency
    READ_SUBMITTED = "read_submitted"  # every agency's posts, once submitted
    SEE_CHANNELS = "see_channels"  # how an agency's channels are
    SEE_ALL_CHANNELS = "see_all_channels"
    CONNECT = "connect"  # connect, test, disable, move a channel
    ENDORSE = "endorse"  # say that a new channel is an official one
    KEEP_CUSTODY = "keep_custody"  # record and confirm who holds an account
    KEEP_AGENCIES = "keep_agencies"
    PROPOSE_AGENCIES = "propose_agencies"
    KEEP_PEOPLE = "keep_people"  # people, roles, delegations
    PROPOSE_PEOPLE = "propose_people"
    INVITE_AUTHORS = "invite_authors"  # of one's own agency


class Work(Protocol):
    """What the policy needs to know of a post, or of anything else that is an agency's."""

    @property
    def agency_id(self) -> int: ...

    def hands(self) -> Collection[int]:
        """Ids of everybody who wrote, submitted or edited any revision of it."""
        ...


@dataclass(frozen=True)
class Hat:
    """A role that a person has now: their own, or that of somebody for whom they stand in."""

    role: Role
    agency_id: int | None
    person_id: int | None  # who wears it


# in Mode latihan nobody stops real posts, rewrites the rules for them, or touches what is real
_BEYOND_A_TRAINING = {
    Action.PAUSE,
    Action.END_PAUSE,
    Action.EDIT_RULES,
    Action.CONNECT,
    Action.ENDORSE,
    Action.KEEP_CUSTODY,
    Action.KEEP_AGENCIES,
    Action.PROPOSE_AGENCIES,
    Action.KEEP_PEOPLE,
    Action.PROPOSE_PEOPLE,
    Action.INVITE_AUTHORS,
    Action.KEEP_ROSTER,
    Action.TRUST,
    Action.SET_INNER_STEP,
}

Rule: TypeAlias = Callable[[Hat, Work | None], bool]


def _always(hat: Hat, work: Work | None) -> bool:
    return True


def _own_agency(hat: Hat, work: Work | None) -> bool:
    if hat.agency_id is None:
        return False
    return work is None or work.agency_id == hat.agency_id


def _not_own_work(hat: Hat, work: Work | None) -> bool:
    return work is None or hat.person_id not in work.hands()


def _own_or_amending(hat: Hat, work: Work | None) -> bool:
    """The reviewing unit's own channels; and what somebody of it took in hand to edit."""
    return _own_agency(hat, work) or _amends(hat, work)


def _amends(hat: Hat, work: Work | None) -> bool:
    return work is not None and getattr(work, "amended_by_id", None) == hat.person_id


def _before_its_head(hat: Hat, work: Work | None) -> bool:
    """The inner step: the head of its agency, as long as it has not gone on."""
    return work is not None and getattr(work, "with_head", False) and _own_agency(hat, work)


def _own_agency_not_own_work(hat: Hat, work: Work | None) -> bool:
    return _own_agency(hat, work) and _not_own_work(hat, work)


_AUTHORS: dict[Role, Rule] = {
    Role.AUTHOR: _own_agency,
    Role.AGENCY_HEAD: _own_agency,
    Role.REVIEWER: _own_or_amending,
    Role.COORDINATOR: _own_or_amending,
}
_REVIEWERS: dict[Role, Rule] = {Role.REVIEWER: _not_own_work, Role.COORDINATOR: _not_own_work}
_HUMAS: dict[Role, Rule] = {Role.REVIEWER: _always, Role.COORDINATOR: _always}
_ADMIN: dict[Role, Rule] = {Role.ADMIN: _always}
_COORDINATOR: dict[Role, Rule] = {Role.COORDINATOR: _always}
_OVERSEERS: dict[Role, Rule] = _HUMAS | _ADMIN | {Role.AUDITOR: _always}

_TABLE: dict[Action, dict[Role, Rule]] = {
    Action.WRITE: _AUTHORS,
    Action.SUBMIT: _AUTHORS,
    Action.WITHDRAW: _AUTHORS,
    Action.APPROVE: _REVIEWERS,
    Action.UNDO: _REVIEWERS,
    Action.SEND_BACK: _REVIEWERS | {Role.AGENCY_HEAD: _before_its_head},
    Action.REJECT: _REVIEWERS,
    Action.REOPEN: _AUTHORS | _HUMAS,
    Action.RESCHEDULE: _AUTHORS | _HUMAS,
    Action.CANCEL: _AUTHORS | _HUMAS,
    Action.REVIEW: _HUMAS,
    Action.NOTE: _REVIEWERS,
    Action.WAIVE: _REVIEWERS,
    Action.TAKE: _REVIEWERS,
    Action.ASSIGN: _REVIEWERS,
    Action.AMEND: _REVIEWERS,
    Action.FORWARD: {Role.AGENCY_HEAD: _own_agency},
    Action.RELEASE: _REVIEWERS | {Role.AGENCY_HEAD: _own_agency_not_own_work},
    Action.AFTERWARDS: {Role.COORDINATOR: _not_own_work},
    Action.KEEP_ROSTER: _COORDINATOR,
    Action.TRUST: _COORDINATOR,
    Action.SET_INNER_STEP: _COORDINATOR | {Role.AGENCY_HEAD: _own_agency},
    Action.EDIT_RULES: _HUMAS,
    Action.SETTLE: _HUMAS,
    Action.PAUSE: _HUMAS | _ADMIN,
    Action.END_PAUSE: _COORDINATOR,
    Action.READ_ALL: _COORDINATOR | {Role.AUDITOR: _always},
    Action.READ_SUBMITTED: {Role.REVIEWER: _always},
    Action.SEE_CHANNELS: _AUTHORS | _OVERSEERS,
    Action.SEE_ALL_CHANNELS: _OVERSEERS,
    Action.CONNECT: _ADMIN,
    Action.ENDORSE: _COORDINATOR,
    Action.KEEP_CUSTODY: _ADMIN | {Role.AGENCY_HEAD: _own_agency},
    Action.KEEP_AGENCIES: _ADMIN,
    Action.PROPOSE_AGENCIES: _COORDINATOR,
    Action.KEEP_PEOPLE: _ADMIN,
    Action.PROPOSE_PEOPLE: _COORDINATOR,
    Action.INVITE_AUTHORS: {Role.AGENCY_HEAD: _own_agency},
}


def may(user: User, action: Action, work: Work | None = None) -> bool:
    """Whether `user` may do `action`, to `work` or (None) at all.

    An inactive person may nothing. Being a superuser gives no right here: only the stock admin.
    Who stands in for somebody on leave may what they may, never to work of their own hands.
    """
    if not user.is_active or (user.in_training and action in _BEYOND_A_TRAINING):
        return False
    rules = _TABLE[action]
    return any(hat.role in rules and rules[hat.role](hat, work) for hat in hats(user))


def reads_everybody(user: User) -> bool:
    """Whether `user` sees the posts of every agency, with or without their drafts."""
    return may(user, Action.READ_ALL) or may(user, Action.READ_SUBMITTED)


def hats(user: User) -> list[Hat]:
    """The person's own role first, then those of everybody for whom they stand in today."""
    own = Hat(Role(user.role), user.agency_id, user.pk)
    until = user.stands_in_until
    if until is None or until < timezone.localdate():
        return [own]
    if not hasattr(user, "_borrowed"):  # asked for once in a request
        givers = Delegation.objects.in_force().filter(taker=user.pk).select_related("giver")
        user._borrowed = [  # type: ignore[attr-defined]
            Hat(Role(one.giver.role), one.giver.agency_id, user.pk) for one in givers
        ]
    return [own, *user._borrowed]  # type: ignore[attr-defined]
