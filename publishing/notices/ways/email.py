"""E-mail, by the mail server that all letters of this installation go through."""

from django.utils.translation import gettext as _

from accounts import letters
from publishing.notices.ways.result import NotTaken, Result, Taken


def send(to: str, subject: str, text: str) -> Result:
    if letters.send(subject, text, [to]):
        return Taken()
    return NotTaken(_("Peladen surel tidak menerima surat."))
