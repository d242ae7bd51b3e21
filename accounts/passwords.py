"""Our own rule about passwords: not the names that everybody around here would try first."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

ENOUGH = 10  # letters and digits beside the name
_KIND = re.compile(r"^(kabupaten|kota|provinsi)\s+", re.IGNORECASE)


class NotOurNames:
    """Refuses the name of the person's agency or of the regency, alone or with a year behind it."""

    def validate(self, password: str, user: User | None = None) -> None:
        typed = _bare(password)
        for name in _names(user):
            if name in typed and len(typed.replace(name, "")) < ENOUGH:
                raise ValidationError(self.get_help_text(), code="our_names")

    def get_help_text(self) -> str:
        return _(
            "Jangan memakai nama OPD atau nama daerah: itu yang pertama ditebak."
            " Rangkai beberapa kata yang tidak berhubungan."
        )


def _names(user: User | None) -> set[str]:
    names = [settings.REGENCY, _KIND.sub("", settings.REGENCY)]
    agency = user.agency if user else None
    if agency:
        names += [agency.name, agency.short_name, agency.code]
    return {bare for bare in map(_bare, names) if bare}


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())
