"""May this person do this to that? One table, deny by default (product.md 5)."""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Protocol, TypeAlias

from accounts.models import Role, User


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
    WAIVE = "waive"  # let pass what the guidelines block
    EDIT_RULES = "edit_rules"  # word lists, periods, days, officials
    SETTLE = "settle"  # decide on a delivery that waits for a person
    PAUSE = "pause"  # begin an emergency stop
    END_PAUSE = "end_pause"
    READ_ALL = "read_all"  # drafts of every agency
    READ_SUBMITTED = "read_submitted"  # every agency's posts, once submitted


class Work(Protocol):
    """What the policy needs to know of a post."""

    @property
    def agency_id(self) -> int: ...

    def hands(self) -> Collection[int]:
        """Ids of everybody who wrote, submitted or edited any revision of it."""
        ...


# in Mode latihan nobody stops real posts, or rewrites the rules for them
_BEYOND_A_TRAINING = {Action.PAUSE, Action.END_PAUSE, Action.EDIT_RULES}

Rule: TypeAlias = Callable[[User, Work | None], bool]


def _always(user: User, work: Work | None) -> bool:
    return True


def _own_agency(user: User, work: Work | None) -> bool:
    if user.agency_id is None:
        return False
    return work is None or work.agency_id == user.agency_id


def _not_own_work(user: User, work: Work | None) -> bool:
    return work is None or user.pk not in work.hands()


_AUTHORS: dict[Role, Rule] = {
    Role.AUTHOR: _own_agency,
    Role.AGENCY_HEAD: _own_agency,
    # the reviewing unit's own channels
    Role.REVIEWER: _own_agency,
    Role.COORDINATOR: _own_agency,
}
_REVIEWERS: dict[Role, Rule] = {Role.REVIEWER: _not_own_work, Role.COORDINATOR: _not_own_work}
_HUMAS: dict[Role, Rule] = {Role.REVIEWER: _always, Role.COORDINATOR: _always}

_TABLE: dict[Action, dict[Role, Rule]] = {
    Action.WRITE: _AUTHORS,
    Action.SUBMIT: _AUTHORS,
    Action.WITHDRAW: _AUTHORS,
    Action.APPROVE: _REVIEWERS,
    Action.UNDO: _REVIEWERS,
    Action.SEND_BACK: _REVIEWERS,
    Action.REJECT: _REVIEWERS,
    Action.REOPEN: _AUTHORS | _HUMAS,
    Action.RESCHEDULE: _AUTHORS | _HUMAS,
    Action.CANCEL: _AUTHORS | _HUMAS,
    Action.REVIEW: _HUMAS,
    Action.WAIVE: _REVIEWERS,
    Action.EDIT_RULES: _HUMAS,
    Action.SETTLE: _HUMAS,
    Action.PAUSE: _HUMAS | {Role.ADMIN: _always},
    Action.END_PAUSE: {Role.COORDINATOR: _always},
    Action.READ_ALL: {Role.COORDINATOR: _always, Role.AUDITOR: _always},
    Action.READ_SUBMITTED: {Role.REVIEWER: _always},
}


def may(user: User, action: Action, work: Work | None = None) -> bool:
    """Whether `user` may do `action`, to `work` or (None) at all.

    An inactive person may nothing. Being a superuser gives no right here: only the stock admin.
    """
    if user.in_training and action in _BEYOND_A_TRAINING:
        return False
    rule = _TABLE[action].get(Role(user.role))
    return user.is_active and rule is not None and rule(user, work)
