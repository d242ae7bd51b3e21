"""The cells of a content plan, as people write them: days, hours, labels, channels, places."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _

from platforms.models import Channel
from publishing import calendar, places

AT_ONCE = "segera"
MOST_NAMED = 12  # choices that a sentence lists
_SHORT_NAMES = {"ig": "instagram", "fb": "facebook", "twitter": "x"}
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_OTHER_MONTHS = {"ags": 8, "agt": 8, "may": 5, "aug": 8, "oct": 10, "dec": 12}  # of spreadsheets
_DAY_FIRST = re.compile(r"(\d{1,2})[\s/.-]+(\d{1,2}|[a-z]{3,})[\s/.-]+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WEEKDAY = re.compile(r"^[a-z']+,\s*")
_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2})(?:[.:]00)?)?(?:\s*wib)?")


class Wrong(Exception):
    """A cell cannot be used; the message says why, and what to write."""


def day(cell: str) -> dt.date | None:
    """ "28/11/2026", "2026-11-28", "Sabtu, 28 November 2026"; None for an empty cell."""
    if not cell:
        return None
    said = _WEEKDAY.sub("", cell.casefold())
    if found := _DAY_FIRST.fullmatch(said):
        date, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(said):
        year, month, date = found.groups()
    else:
        raise Wrong(_("“%(cell)s” bukan tanggal. Contoh: 28/11/2026.") % {"cell": cell})
    try:
        if int(year) < calendar.EARLIEST_YEAR:
            raise ValueError(year)
        return dt.date(int(year), _month(month), int(date))
    except ValueError as error:
        raise Wrong(_("%(cell)s tidak ada.") % {"cell": cell}) from error


def _month(said: str) -> int:
    """Its number. Raises ValueError."""
    if said.isdigit():
        return int(said)
    short = said[:3]
    return _OTHER_MONTHS.get(short) or _MONTHS.index(short) + 1


def clock(cell: str) -> dt.time | None:
    """ "9", "09.00", "09:00 WIB"; nine o'clock for an empty cell, None for "segera"."""
    if not cell:
        return calendar.FIRST_OFFER
    if cell.casefold() == AT_ONCE:
        return None
    found = _CLOCK.fullmatch(cell.casefold())
    if not found:
        raise Wrong(_("“%(cell)s” bukan jam. Contoh: 09.00, atau “segera”.") % {"cell": cell})
    try:
        return dt.time(int(found[1]), int(found[2] or 0))
    except ValueError as error:
        raise Wrong(_("Jam %(cell)s tidak ada.") % {"cell": cell}) from error


def choice(cell: str, options: Iterable[tuple[str, str | Promise]]) -> str:
    """The key whose label, or whose name, is in the cell; "" for an empty one."""
    if not cell:
        return ""
    known = [(key, str(label)) for key, label in options]
    wanted = cell.casefold()
    for key, label in known:
        if wanted in (label.casefold(), key.casefold()):
            return key
    raise Wrong(_unknown(cell, [label for _key, label in known]))


def _unknown(cell: str, labels: Sequence[str]) -> str:
    more = ", …" if len(labels) > MOST_NAMED else ""
    listed = ", ".join(labels[:MOST_NAMED]) + more
    return _("“%(cell)s” tidak dikenal. Pilihannya: %(listed)s.") % {
        "cell": cell,
        "listed": listed or "–",
    }


def place(cell: str) -> str:
    """The key of the kecamatan or nagari that the cell names; "" for an empty one."""
    if not cell:
        return ""
    wanted = slugify(cell)
    found = [key for key, names in _places().items() if wanted in names or cell in names]
    if wanted in found:  # a kecamatan, though a nagari may bear its name
        return wanted
    if len(found) == 1:
        return found[0]
    if found:
        example = places.label(found[0])
        sentence = _("Ada beberapa “%(cell)s”. Tulis lengkap, misalnya “%(example)s”.")
        raise Wrong(sentence % {"cell": cell, "example": example})
    sentence = _("“%(cell)s” bukan kecamatan atau nagari yang dikenal. Kosongkan bila tidak perlu.")
    raise Wrong(sentence % {"cell": cell})


def _places() -> Mapping[str, set[str]]:
    """By key, the names it goes by."""
    return {
        key: {key, slugify(name), slugify(places.label(key))}
        for _district, group in places.choices()
        for key, name in group
    }


def channels(cell: str, offered: Sequence[Channel]) -> list[Channel]:
    """The channels named in the cell, by platform or by user name, with "," or "+" between."""
    names = [name.strip() for name in re.split(r"[,+\n]", cell) if name.strip()]
    chosen = dict.fromkeys(_channel(name, offered) for name in names)
    return list(chosen)


def _channel(name: str, offered: Sequence[Channel]) -> Channel:
    wanted = _plain(name)
    found = [channel for channel in offered if wanted in _names(channel)]
    if len(found) == 1:
        return found[0]
    listed = [channel_name(channel, offered) for channel in offered]
    if not found:
        raise Wrong(_unknown(name, listed))
    example = f"{found[0].get_platform_display()} @{found[0].handle}"
    sentence = _("Ada beberapa kanal “%(name)s”. Tulis misalnya “%(example)s”.")
    raise Wrong(sentence % {"name": name, "example": example})


def _names(channel: Channel) -> set[str]:
    accounts = {channel.handle.casefold(), channel.name.casefold()}
    return {channel.platform, *accounts, *(f"{channel.platform} {one}" for one in accounts)}


def _plain(name: str) -> str:
    words = name.casefold().replace("@", "").split()
    return " ".join([_SHORT_NAMES.get(words[0], words[0]), *words[1:]]) if words else ""


def channel_name(channel: Channel, offered: Iterable[Channel]) -> str:
    """How a plan names a channel: by its platform where the agency has no other one there."""
    platform = channel.get_platform_display()
    others = [one for one in offered if one.platform == channel.platform]
    return platform if others == [channel] else f"{platform} @{channel.handle}"
