"""The words that go outside: sentences and addresses, never a word of a post."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from publishing.models import Notice, Reach, Way

IN_A_MESSAGE = 5  # lines of a short message; the page has the others


@dataclass(frozen=True)
class Words:
    """A letter, or a message without its subject."""

    subject: str
    text: str


def address_of(person: User, way: str) -> str:
    """Where `way` finds this person; "" when it does not."""
    if way == Way.EMAIL:
        return person.email
    reach = Reach.objects.filter(pk=person.pk).first()
    if reach is None:
        return ""
    return reach.phone if way == Way.GATEWAY else reach.chat


def write(notices: Sequence[Notice], way: str) -> Words:
    """What is said of these, as they are now."""
    most = len(notices) if way == Way.EMAIL else IN_A_MESSAGE
    shown = [(one.sentence, settings.PUBLIC_URL + _path(one)) for one in notices[-most:]]
    context = {
        "shown": shown,
        "more": len(notices) - len(shown),
        "page": settings.PUBLIC_URL + reverse("notices"),
        "settings_page": settings.PUBLIC_URL + reverse("notice_settings"),
        "is_letter": way == Way.EMAIL,
    }
    text = render_to_string("publishing/letters/notices.txt", context).strip() + "\n"
    return Words(_subject(notices), text)


def _subject(notices: Sequence[Notice]) -> str:
    if len(notices) == 1:
        return f"OPD Hub: {notices[0].sentence}".replace("\n", " ")[:150]
    return _("OPD Hub: %(n)s pemberitahuan") % {"n": len(notices)}


def _path(notice: Notice) -> str:
    return reverse("notice", args=[notice.pk])
