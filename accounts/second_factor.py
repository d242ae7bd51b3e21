"""The second factor of a person: whether there is one, and its end when it was lost."""

from accounts.acts import Verb, record, require
from accounts.models import User
from accounts.policy import Action
from accounts.sessions import end_all


def has_any(person: User) -> bool:
    """Whether this person has set one up."""
    return False


def clear(person: User, *, by: User) -> None:
    """Take it away, so that they set up a new one; their sessions end."""
    require(by, Action.KEEP_PEOPLE)
    end_all(person)
    record(Verb.CLEAR_FACTOR, by=by, person=person)
