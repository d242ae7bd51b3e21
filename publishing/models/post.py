"""A post and its draft: words, channels, sources. What is sent is frozen in a Revision."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.policy import Action, may
from platforms.models import Channel

TITLE_LENGTH = 80


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User) -> Self:
        """What this person may see at all; everything else is a 404."""
        if may(user, Action.READ_ALL):
            return self
        own = Q(agency_id=user.agency_id) if may(user, Action.WRITE) else Q(pk__in=[])
        if may(user, Action.READ_SUBMITTED):
            return self.filter(own | ~Q(status=Post.Status.DRAFT))
        return self.filter(own)

    def awaiting_review(self) -> Self:
        """Nearest schedule first: lateness is the risk; "at once" counts from its submission."""
        nearest = Coalesce("publish_at", "submitted_at")
        return self.filter(status=Post.Status.SUBMITTED).order_by(nearest, "pk")

    def overdue(self) -> Self:
        """Submitted, and its hour has come, or its validity ended, without a decision."""
        now = timezone.now()
        over = Q(publish_at__lte=now) | Q(valid_until__lte=now)
        return self.filter(over, status=Post.Status.SUBMITTED)


class Post(models.Model):
    """One thing an agency wants to say."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Menunggu tinjauan")
        RETURNED = "returned", _("Perlu perbaikan")
        APPROVED = "approved", _("Disetujui")
        REJECTED = "rejected", _("Ditolak")
        EXPIRED = "expired", _("Lewat jadwal")
        CANCELLED = "cancelled", _("Dibatalkan")

    EDITABLE: ClassVar = (Status.DRAFT, Status.RETURNED, Status.EXPIRED)
    FINAL: ClassVar = (Status.REJECTED, Status.CANCELLED)

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    author = models.ForeignKey(User, models.PROTECT, related_name="posts")
    # everybody who ever saved or submitted it: none of them may approve it
    writers = models.ManyToManyField(User, related_name="+")
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")  # the last one
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)  # goes up with every save and every move
    text = models.TextField(_("teks"), blank=True)
    publish_at = models.DateTimeField(_("waktu tayang"), null=True, blank=True)  # null: at once
    valid_until = models.DateTimeField(_("berlaku sampai"), null=True, blank=True)
    urgent = models.BooleanField(_("darurat"), default=False)
    no_claims = models.BooleanField(_("tidak memuat klaim"), default=False)
    note = models.TextField(_("catatan untuk peninjau"), blank=True)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-updated_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-updated_at"], name="posts_of_agency"),
            models.Index(
                fields=["publish_at"], condition=Q(status="submitted"), name="posts_in_queue"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The first line of the text, for lists."""
        first = self.text.strip().partition("\n")[0].strip()
        if len(first) <= TITLE_LENGTH:
            return first or str(_("Tanpa teks"))
        return first[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(".,:; ") + "…"

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    def hands(self) -> Collection[int]:
        """Ids of everybody who wrote, submitted or edited any revision of it."""
        return {self.author_id} | {writer.pk for writer in self.writers.all()}


class Variant(models.Model):
    """One chosen channel of a draft, with its own text where the shared one does not suit."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    text = models.TextField(_("teks khusus"), blank=True)  # empty: the shared text

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "channel"], name="one_variant_per_channel")
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.channel}"

    @property
    def words(self) -> str:
        """What this channel will say."""
        return self.text or self.post.text


class Source(models.Model):
    """What a claim or a number rests on."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="sources")
    document = models.CharField(_("dokumen"), max_length=200)
    number = models.CharField(_("nomor"), max_length=100, blank=True)
    date = models.DateField(_("tanggal"), null=True, blank=True)
    url = models.URLField(_("tautan"), max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.document
