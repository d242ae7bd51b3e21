"""The sessions of a person, on every device: ended together when access ends."""

from allauth.usersessions.models import UserSession
from django.db.models import F

from accounts.models import User


def end_all(user: User) -> None:
    """End every session of `user`, now, whether or not it is on the list of sessions."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])
    for session in UserSession.objects.filter(user=user):
        session.end()
