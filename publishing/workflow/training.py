"""Mode latihan: begin and end it. What it hides and where it publishes is asked of the rows."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Action, may
from platforms import training
from platforms.registry import NoTraining
from publishing.workflow.moves import NotAllowed

__all__ = ["NoTraining", "leave", "start"]


def start(user: User) -> None:
    """From now on this person sees and makes training posts only.

    Raises NotAllowed, or NoTraining when the sandbox is not installed or does not answer.
    """
    if not (may(user, Action.WRITE) or may(user, Action.REVIEW)):
        raise NotAllowed(_("Mode latihan untuk yang menulis dan meninjau."))
    with transaction.atomic():
        channels = training.channels_of(user.agency) if user.agency else []
        if channels:
            training.open_accounts(channels)
        _set(user, True)


def leave(user: User) -> None:
    """Back to work. A second time changes nothing."""
    _set(user, False)


def _set(user: User, value: bool) -> None:
    user.in_training = value
    user.save(update_fields=["in_training"])
