"""The letters that people and their accounts get. None holds a password, or a post's text."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Invitation

logger = logging.getLogger(__name__)


def invite(invitation: Invitation, key: str) -> bool:
    """Send the letter with the way in; False, and a line in the log, when no mail can be sent."""
    address = settings.PUBLIC_URL + reverse("join", args=[key])
    context = {"invitation": invitation, "address": address, "regency": settings.REGENCY}
    words = render_to_string("accounts/letters/invitation.txt", context)
    return send(_("OPD Hub: undangan untuk Anda"), words, [invitation.email])


def send(subject: str, words: str, to: list[str]) -> bool:
    """One letter; whether the mail server took it."""
    try:
        return bool(to) and send_mail(subject, words, None, to) > 0
    except (OSError, SMTPException) as error:
        logger.error("no mail goes out: %s", type(error).__name__)
        return False
