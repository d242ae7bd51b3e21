"""What a line says of a post: its name where its words may not be said, and the filled sentence."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from publishing.models import Delivery, Post
from publishing.notices.table import HELD_FOR, Line
from publishing.notices.tell import Word


def name_of(post: int) -> str:
    """How the post of this number is called where its words may not be said."""
    return _("Unggahan #%(number)s") % {"number": post}


def word(
    line: Line,
    post: Post,
    *,
    at: datetime,
    by: User | None = None,
    delivery: Delivery | None = None,
) -> Word:
    """What `line` says of `post`, and where it leads. None of the post's own words."""
    facts = {
        "post": name_of(post.pk),
        "by": by or _("sistem"),
        "agency": post.agency.short_name,
        "channel": delivery.channel if delivery else "",
        "hold": HELD_FOR.get(delivery.hold, "") if delivery else "",
    }
    place = "review" if line.queue and not post.with_head else "post"
    return Word(
        key=f"{line.thing}:{post.pk}",
        topic=line.topic,
        sentence=" ".join((str(line.sentence) % facts).split()),
        path=reverse(place, args=[post.pk]) + line.part,
        post=post,
        urgent=post.urgent,
        at=at,
    )
