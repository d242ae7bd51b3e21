"""E-mail, by the mail server that all letters of this installation go through."""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import send_mail
from django.utils.translation import gettext as _

from publishing.notices.ways.result import NotTaken, Refused, Result, Taken

logger = logging.getLogger(__name__)


def send(to: str, subject: str, text: str) -> Result:
    """One letter. What the server says of the address is about that person, all else about it."""
    try:
        if send_mail(subject, text, None, [to]) > 0:
            return Taken()
    except SMTPRecipientsRefused as error:
        return _of_the_address([code for code, _words in error.recipients.values()])
    except (OSError, SMTPException) as error:
        logger.error("no mail goes out: %s", type(error).__name__)
    return NotTaken(_("Peladen surel tidak menerima surat."))


def _of_the_address(codes: list[int]) -> Result:
    """4xx asks to come again later, 5xx is for good."""
    said = _("Alamat surel ini tidak menerima surat.")
    return Refused(said) if all(code >= 500 for code in codes) else NotTaken(said, of_one=True)
