"""What every template may use: icons, times in WIB, initials, links and tags made visible."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts import devices

register = template.Library()

STATUS_ICONS = {
    "draft": "outline/pencil",
    "submitted": "outline/eye-search",
    "returned": "outline/message-2-exclamation",
    "approved": "outline/circle-check",
    "rejected": "outline/ban",
    "expired": "outline/calendar-off",
    "cancelled": "outline/x",
    "waiting": "outline/clock",
    "sending": "outline/send",
    "published": "outline/check",
    "failed": "outline/alert-triangle",
    "uncertain": "outline/question-mark",
    "held": "outline/player-pause",
    "missed": "outline/clock-off",
    "manual": "outline/hand-finger",
    "retracted": "outline/arrow-back-up",
    "gone": "outline/eye-off",
}
_INSIDE = re.compile(r"^\s*<svg[^>]*>|</svg>\s*$")
_JOINTS = re.compile(r'"\s*/>\s*<path d="')  # between two paths: every one begins anew with M
_NEEDLESS = re.compile(r" (?=[-M]|/>)")  # spaces that no drawing needs
VISIBLE = re.compile(r"https?://\S+|(?<![\w&])#\w+|(?<![\w@])@\w+(?:\.\w+)*")


@register.simple_tag
@cache
def icon(name: str, size: int = 18) -> str:
    """A Tabler icon as inline SVG, hidden from screen readers: a word always stands beside it.

    A page holds eighty of them: how they are stroked and how large they are stands in base.css
    (`.ti`) and tokens.css (`.s16`), and their paths are joined, which halves their bytes.
    """
    return SafeString(f'{_svg(size)} viewBox="0 0 24 24">{_drawn(name)}</svg>')


@register.simple_tag
def icon_shapes(*names: str) -> str:
    """Shapes that `icon_again` draws: for what stands in every row of a long list."""
    shapes = [f'<symbol id="{_key(n)}" viewBox="0 0 24 24">{_drawn(n)}</symbol>' for n in names]
    return SafeString(f"<div hidden><svg>{''.join(shapes)}</svg></div>")


@register.simple_tag
def icon_again(name: str, size: int = 18) -> str:
    """An icon as `icon` draws it, by a shape that the page holds once (`icon_shapes`)."""
    return SafeString(f'{_svg(size)}><use href="#{_key(name)}"/></svg>')


def _svg(size: int) -> str:
    sized = "" if size == 18 else f" s{size}"
    return f'<svg class="ti{sized}" aria-hidden="true"'


def _key(name: str) -> str:
    return f"ti-{name.rpartition('/')[2]}"


@cache
def _drawn(name: str) -> str:
    drawn = _INSIDE.sub("", _icons().read(f"{name}.svg").decode())
    return _NEEDLESS.sub("", _JOINTS.sub(" ", drawn)).strip()


@cache
def _icons() -> ZipFile:
    """All 6,000, opened once: the package's own tag reads the whole index again for each icon."""
    return ZipFile(BytesIO((files("tablericons") / "tablericons.zip").read_bytes()))


@register.filter
def status_icon(status: str) -> str:
    """The icon of an editorial or delivery state."""
    return STATUS_ICONS.get(status, "outline/circle")


register.filter("device", devices.in_words)


@register.filter
def when(moment: datetime | None) -> str:
    """A time as people say it, with the full one in the title; nothing for no time."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(), _full(local), _spoken(local)
    )


def _full(local: datetime) -> str:
    return f"{date_format(local, 'l, j F Y')} {_('pukul')} {local:%H.%M} {local.tzname()}"


def _spoken(local: datetime) -> str:
    today = timezone.localdate()
    near = {
        today - timedelta(days=1): _("kemarin"),
        today: _("hari ini"),
        today + timedelta(days=1): _("besok"),
    }
    day = near.get(local.date()) or date_format(local, "D j M Y")
    return f"{day}, {local:%H.%M}"


@register.filter
def day(iso: str) -> str:
    """A date as a revision keeps it ("2026-11-21"), as people write it ("21 November 2026")."""
    return date_format(date.fromisoformat(iso), "j F Y") if iso else ""


@register.filter
def initials(who: object) -> str:
    """Up to two letters for an avatar: of a person, an agency or a handle."""
    words = re.findall(r"[^\W_]+", str(who))
    return "".join(word[0] for word in words[:2]).upper()


@register.filter
def rich(text: str) -> SafeString:
    """The text escaped, its links, #tags and @mentions in `span.tag`; CSS keeps the line breaks."""
    pieces, end = [], 0
    for match in VISIBLE.finditer(text):
        pieces += [format_html("{}", text[end : match.start()])]
        pieces += [format_html('<span class="tag">{}</span>', match[0])]
        end = match.end()
    pieces += [format_html("{}", text[end:])]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


@register.simple_tag
def folded(text: str, limit: int, more: str) -> SafeString:
    """The text as an app folds it: `limit` characters at once, the rest behind the word `more`."""
    if len(text) <= limit:
        return rich(text)
    head = text[:limit]
    cut = max(head.rfind(" "), head.rfind("\n")) if re.search(r"\s", head) else limit
    return format_html(
        '{}<details class="fold"><summary>{}</summary>{}</details>',
        rich(text[:cut]),
        more,
        rich(text[cut:]),
    )


@register.filter
def at(mapping: object, key: object) -> object:
    """What a mapping holds for `key`; "" when it holds nothing, or is no mapping."""
    return mapping.get(key, "") if isinstance(mapping, Mapping) else ""
