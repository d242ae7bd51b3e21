"""A span of time in words, as the clock of a review counts it."""

from datetime import timedelta

from django.utils.translation import gettext as _

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def rough(span: timedelta) -> str:
    """By its larger unit: "3 jam", "40 menit"; never less than one minute."""
    if span >= HOUR:
        return _("%(n)s jam") % {"n": span // HOUR}
    return _("%(n)s menit") % {"n": max(1, span // MINUTE)}


def exact(span: timedelta) -> str:
    """To the minute: "2 jam 10 menit", "2 jam", "0 menit"."""
    hours, rest = divmod(span, HOUR)
    if not hours:
        return _("%(n)s menit") % {"n": rest // MINUTE}
    if rest < MINUTE:
        return _("%(n)s jam") % {"n": hours}
    return _("%(h)s jam %(m)s menit") % {"h": hours, "m": rest // MINUTE}
