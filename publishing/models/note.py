"""Notes on a submission: threads that a reviewer opens at a place, and the answers in them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publishing.anchors import EDGE
from publishing.models.media import Media
from publishing.models.post import Post
from publishing.models.review import Review
from publishing.models.revision import Revision

_ON_A_PICTURE = Q(x__isnull=False, y__isnull=False, x__lte=EDGE, y__lte=EDGE, place="picture")


class Note(models.Model):
    """One word in a thread, its opening or what followed. A trigger refuses update and delete.

    The opening says where it points (publishing.anchors.Anchor); a thread stands as its last words
    say: answered, settled, withdrawn.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("Catatan")
        REPLY = "reply", _("Balasan")  # a reviewer's, to the answer
        FIXED = "fixed", _("Diperbaiki")  # the author's answers
        EXPLAINED = "explained", _("Dijelaskan")
        SETTLED = "settled", _("Selesai")
        REOPENED = "reopened", _("Dibuka lagi")
        WITHDRAWN = "withdrawn", _("Ditarik")

    class Place(models.TextChoices):
        WHOLE = "whole", _("Seluruh unggahan")
        TEXT = "text", _("Teks")
        PICTURE = "picture", _("Gambar")

    ANSWERS: ClassVar = (Kind.FIXED, Kind.EXPLAINED)
    ASKS: ClassVar = (Kind.OPENED, Kind.REPLY, Kind.REOPENED)  # what an author has to answer

    post = models.ForeignKey(Post, models.PROTECT, related_name="notes")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="notes")  # then the newest
    opening = models.ForeignKey("self", models.PROTECT, null=True, related_name="rest")
    kind = models.CharField(max_length=9, choices=Kind)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    words = models.TextField(blank=True)
    reason = models.CharField(max_length=10, choices=Review.Reason, blank=True)

    # where it points; of an opening only
    place = models.CharField(max_length=7, choices=Place, blank=True)
    channels = ArrayField(models.BigIntegerField(), default=list, blank=True)
    start = models.PositiveIntegerField(default=0)
    quote = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    media = models.ForeignKey(Media, models.PROTECT, null=True, related_name="+")
    x = models.PositiveSmallIntegerField(null=True)
    y = models.PositiveSmallIntegerField(null=True)
    rendition = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="opened", opening=None, place__gt="")
                | Q(~Q(kind="opened"), opening__isnull=False, place=""),
                name="a_thread_opens_at_a_place",
            ),
            models.CheckConstraint(
                condition=Q(place="picture", media__isnull=False)
                | Q(~Q(place="picture"), media=None),
                name="a_note_on_a_picture_names_it",
            ),
            models.CheckConstraint(
                condition=Q(x=None, y=None) | _ON_A_PICTURE,
                name="a_point_lies_in_its_picture",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.post}"
