"""What is written down of sign-ins, second factors and sessions: one door, for now to the log."""

import logging

from accounts.models import User

log = logging.getLogger("accounts")


def note(what: str, person: User | None, **facts: object) -> None:
    """One line: what happened, to whom (their number, never their name), and what else is known."""
    known = {"user": person.pk if person else "-"} | facts
    log.info("%s: %s", what, " ".join(f"{name}={value}" for name, value in known.items()))
