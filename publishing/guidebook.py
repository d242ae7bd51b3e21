"""Pedoman: its version, and who has read it (templates/publishing/guidebook holds its words)."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from publishing.models import Pledge

VERSION = 1  # goes up when its words change in substance: everybody is asked again
SINCE = date(2026, 11, 26)
CHANGES: str | Promise = _("Pedoman pertama.")  # since the version before, in a sentence
READERS = (Role.AUTHOR, Role.AGENCY_HEAD, Role.REVIEWER, Role.COORDINATOR)  # who write or review

# section, its heading; each is a template of that name
SECTIONS: tuple[tuple[str, str | Promise], ...] = (
    ("why", _("Untuk apa pedoman ini")),
    ("sources", _("Setiap angka punya sumber")),
    ("forbidden", _("Lima larangan")),
    ("tone", _("Nada: santun dan mudah dipahami")),
    ("people", _("Melindungi orang")),
    ("danger", _("Kabar bahaya")),
    ("elections", _("Netral saat pemilihan")),
    ("checks", _("Cara pemeriksaan bekerja")),
    ("principles", _("Enam asas dan rujukan")),
)


def owes(user: User) -> bool:
    """Whether this person is still to say that they read the present version."""
    if user.role not in READERS:
        return False
    return not Pledge.objects.filter(user=user, version=VERSION).exists()


def first_stop(user: User) -> str:
    """Where somebody who has just signed in goes first; "" when straight on."""
    return reverse("guidebook") if owes(user) else ""


def pledge(user: User) -> None:
    """Remember that this person read the present version; a second time changes nothing."""
    Pledge.objects.get_or_create(user=user, version=VERSION)


def not_yet() -> int:
    """How many of them have not read it."""
    read = Pledge.objects.filter(version=VERSION).values("user")
    return User.objects.filter(is_active=True, role__in=READERS).exclude(pk__in=read).count()


def readers() -> QuerySet[User]:
    """Everybody who is to read it, those who have not first, agency by agency."""
    read = Pledge.objects.filter(user=OuterRef("pk"), version=VERSION)
    people = User.objects.filter(is_active=True, role__in=READERS)
    people = people.select_related("agency").annotate(has_read=Exists(read))
    return people.order_by("has_read", "agency__name", "name")
