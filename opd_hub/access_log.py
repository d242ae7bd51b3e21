"""gunicorn's log without the secrets that addresses carry: invitations, new passwords, feeds.

Whoever reads logs would otherwise read calendars and accept other people's invitations.
"""

import re
from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http.message import Request
from gunicorn.http.wsgi import Response

MASK = "…"
# what comes before the secret, and the secret: a segment of the path
SECRETS = re.compile(r"(/(?:calendar/feeds|undangan|sandi/baru|fetch)/)[^/?\s]+")


def masked(words: str) -> str:
    """A log's words without the secret of an address in them."""
    return SECRETS.sub(rf"\1{MASK}", words)


class AccessLog(Logger):
    """For `gunicorn --logger-class opd_hub.access_log.AccessLog`."""

    def atoms(
        self,
        resp: Response,
        req: Request,
        environ: MutableMapping[str, Any],
        request_time: timedelta,
    ) -> Any:
        """Everything that a line may say of a request, each masked."""
        atoms = super().atoms(resp, req, environ, request_time)
        return {key: masked(said) if isinstance(said, str) else said for key, said in atoms.items()}
