"""Where a post is about: the regency's kecamatan and nagari, read from a file of its own."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.text import slugify
from django.utils.translation import gettext as _

LONGEST_KEY = 60  # what Post.place holds


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: [(kecamatan, [(key, name)])], the whole kecamatan first in its group."""
    return [
        (
            _("Kecamatan %(name)s") % {"name": district},
            [
                (slugify(district), _("Seluruh Kecamatan %(name)s") % {"name": district}),
                *((_key(district, village), village) for village in villages),
            ],
        )
        for district, villages in _read(Path(settings.PLACES)).items()
    ]


def label(key: str) -> str:
    """How people name a place: "Lubuk Gadang, Kecamatan Sangir". A key no longer known: itself."""
    return _labels(Path(settings.PLACES)).get(key, key)


def district(key: str) -> str:
    """The key of the kecamatan that a place lies in: "sangir" of "sangir/lubuk-gadang"."""
    return key.partition("/")[0]


@cache
def _labels(file: Path) -> dict[str, str]:
    labels = {}
    for name, villages in _read(file).items():
        labels[slugify(name)] = whole = _("Kecamatan %(name)s") % {"name": name}
        labels |= {_key(name, village): f"{village}, {whole}" for village in villages}
    return labels


@cache
def _read(file: Path) -> Mapping[str, list[str]]:
    """{kecamatan: its nagari}. Raises ImproperlyConfigured for a file that cannot be used."""
    try:
        districts = tomllib.loads(file.read_text())["district"]
        places = {str(one["name"]): [str(name) for name in one["villages"]] for one in districts}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(f"OPD_HUB_PLACES, {file}: {error!r}") from error
    for key in (_key(name, village) for name, villages in places.items() for village in villages):
        if len(key) > LONGEST_KEY:
            raise ImproperlyConfigured(f"OPD_HUB_PLACES, {file}: {key} is too long")
    return places


def _key(district: str, village: str) -> str:
    return f"{slugify(district)}/{slugify(village)}"
