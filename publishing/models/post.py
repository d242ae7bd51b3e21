"""A post and its draft: words, channels, sources. What is sent is frozen in a Revision."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.policy import Action, may
from platforms.models import Channel
from publishing.models.desk import Programme
from publishing.models.fact import Document, Fact
from publishing.models.kind import Kind, Pillar, Value

TITLE_LENGTH = 80
HELD_FOR = timedelta(minutes=30)  # how long "saya yang periksa" keeps others from deciding


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User) -> Self:
        """What this person may see at all; everything else is a 404.

        Posts of trainings are there in Mode latihan only, and nothing else is there then.
        """
        self = self.filter(is_training=user.in_training)
        if may(user, Action.READ_ALL):
            return self
        own = Q(pk__in=[])
        if may(user, Action.WRITE):  # what became part of the agency stays readable
            own = Q(agency_id__in=[user.agency_id, *user.reads_of])
        if may(user, Action.READ_SUBMITTED):
            return self.filter(own | ~Q(status=Post.Status.DRAFT))
        return self.filter(own)

    def with_hands(self) -> Self:
        """With the ids of everybody who wrote at it, for `Post.hands`: no question for each."""
        written = Post.writers.through.objects.filter(post=models.OuterRef("pk"))
        return self.annotate(hand_ids=ArraySubquery(written.values("user")))

    def once_visible_to(self, user: User) -> Self:
        """As `visible_to`; for reviewers also what its author took back meanwhile.

        Somebody who is about to decide must be told that it was taken back, not that it never was.
        """
        if not may(user, Action.REVIEW):
            return self.visible_to(user)
        return self.filter(is_training=user.in_training).exclude(submitted_at=None)

    def saying(self, words: str) -> Self:
        """With these words in the shared text or in a channel's own."""
        return self.filter(Q(text__icontains=words) | Q(own_words__icontains=words))

    def awaiting_review(self) -> Self:
        """Before the reviewing unit, nearest schedule first: lateness is the risk.

        "At once" counts from its submission. `nearest` is the hour by which it stands in the row.
        """
        nearest = Coalesce("publish_at", "submitted_at")
        waiting = self.filter(status=Post.Status.SUBMITTED, with_head=False)
        return waiting.annotate(nearest=nearest).order_by("nearest", "pk")

    def on_calendar(self) -> Self:
        """Those that stand on a day, with their `hour`: what was asked, or what "at once" became.

        What was given up or turned down stands nowhere.
        """
        return self.with_hour().exclude(status__in=Post.FINAL)

    def with_hour(self) -> Self:
        """Those that have an hour, as `hour`. That of "at once" holds as long as it is approved."""
        has_hour = Q(publish_at__isnull=False) | Q(status=Post.Status.APPROVED)
        return self.filter(has_hour).annotate(hour=Coalesce("publish_at", "at_once_at"))

    def between(self, since: datetime, until: datetime) -> Self:
        """Of those `with_hour`, the ones of this time."""
        return self.filter(Q(hour__gte=since, hour__lt=until))

    def by_hour(self) -> Self:
        """Of those `with_hour`, the earliest first."""
        return self.order_by(F("hour"), "pk")

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
    WRITTEN: ClassVar = (Status.DRAFT, Status.RETURNED)  # with its author, and on the way
    FINAL: ClassVar = (Status.REJECTED, Status.CANCELLED)

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    author = models.ForeignKey(User, models.PROTECT, related_name="posts")
    # everybody who ever saved or submitted it: none of them may approve it
    writers = models.ManyToManyField(User, related_name="+")
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")  # the last one
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)  # goes up with every save and every move
    text = models.TextField(_("teks"), blank=True)
    own_words = models.TextField(blank=True, editable=False)  # its channels' own texts, to search
    publish_at = models.DateTimeField(_("waktu tayang"), null=True, blank=True)  # null: at once
    # when an approval without an hour sends it; a calendar has to put it somewhere
    at_once_at = models.DateTimeField(null=True, editable=False)
    valid_until = models.DateTimeField(_("berlaku sampai"), null=True, blank=True)
    kind = models.CharField(_("jenis"), max_length=14, choices=Kind, default=Kind.ANNOUNCEMENT)
    details = models.JSONField(default=dict, blank=True)  # the kind's own questions, answered
    pillar = models.CharField(_("pilar"), max_length=14, choices=Pillar, blank=True)
    value = models.CharField(_("nilai"), max_length=12, choices=Value, blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="posts"
    )
    place = models.CharField(
        _("kecamatan atau nagari"), max_length=60, blank=True
    )  # a key of places
    facts = models.ManyToManyField(Fact, related_name="posts")  # of the bank, that it speaks of
    no_claims = models.BooleanField(_("tidak memuat klaim"), default=False)
    note = models.TextField(_("catatan untuk peninjau"), blank=True)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    # a ralat names the post it puts right
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    # made in Mode latihan: goes to the built-in sandbox only, and counts nowhere
    is_training = models.BooleanField(default=False, editable=False)
    # "saya yang periksa": for half an hour nobody else decides (workflow/holding.py)
    taken_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True, editable=False)
    # whose turn it is, when somebody said so
    assigned_to = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    with_head = models.BooleanField(default=False, editable=False)  # before the inner step
    # a reviewer who edits it, and is from then on one of its hands
    amended_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    editing_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    editing_at = models.DateTimeField(null=True, editable=False)
    # which opened composer began it, and which one saved last (workflow/pages.py)
    born_of = models.CharField(max_length=16, blank=True, editable=False)
    page = models.CharField(max_length=16, blank=True, editable=False)
    page_step = models.PositiveIntegerField(default=0, editable=False)
    page_words = models.CharField(max_length=16, blank=True, editable=False)  # digest of its form
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-updated_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-updated_at"], name="posts_of_agency"),
            models.Index(fields=["-updated_at", "-id"], name="posts_by_change"),
            models.Index(fields=["agency", "publish_at"], name="posts_of_agency_by_hour"),
            models.Index(
                "agency", Coalesce("publish_at", "submitted_at"), name="posts_of_agency_in_plan"
            ),
            models.Index(
                Coalesce("publish_at", "submitted_at"),
                "id",
                condition=Q(status="submitted"),
                name="posts_in_queue",
            ),
            models.Index(
                fields=["status", "-updated_at", "-id"],
                condition=Q(status__in=["returned", "expired"]),
                name="posts_given_back",
            ),
            models.Index(
                fields=["agency", "status", "-updated_at"],
                condition=Q(status__in=["draft", "submitted", "returned", "expired"]),
                name="posts_at_hand",
            ),
            models.Index(
                fields=["publish_at"],
                condition=Q(status__in=["submitted", "approved"]),
                name="posts_by_hour",
            ),
            models.Index(Coalesce("publish_at", "at_once_at"), "id", name="posts_on_calendar"),
            models.Index(
                "agency", Coalesce("publish_at", "at_once_at"), "id", name="posts_on_calendar_of"
            ),
            models.Index(
                fields=["agency", "-updated_at"],
                condition=Q(publish_at=None, status__in=["draft", "returned"]),
                name="posts_without_hour",
            ),
            GinIndex(
                OpClass(Upper("text"), name="gin_trgm_ops"),
                OpClass(Upper("own_words"), name="gin_trgm_ops"),
                name="posts_by_words",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["author", "born_of"],
                condition=~Q(born_of=""),
                name="one_post_of_one_page",
            )
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
    def urgent(self) -> bool:
        """Whether its grace is short: late news of danger misleads."""
        return self.kind == Kind.EMERGENCY

    @property
    def holder(self) -> User | None:
        """Who said less than half an hour ago that they look at it."""
        if self.taken_by is None or self.taken_at is None:
            return None
        return self.taken_by if timezone.now() - self.taken_at < HELD_FOR else None

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    def hands(self) -> Collection[int]:
        """Ids of everybody who wrote, submitted or edited any revision of it."""
        known: list[int] | None = getattr(self, "hand_ids", None)
        if known is None:
            known = [writer.pk for writer in self.writers.all()]
        return {self.author_id, *known}


class Variant(models.Model):
    """One chosen channel of a draft, with its own text where the shared one does not suit."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    text = models.TextField(_("teks khusus"), blank=True)  # empty: the shared text
    # pictures of the post that this channel does not show, by media id
    left_out = ArrayField(models.BigIntegerField(), default=list, blank=True)
    words_key = models.CharField(max_length=64, blank=True)  # of what it says: finds repetitions

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["channel", "words_key"], name="variants_by_words")
        ]
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
    owner = models.CharField(_("pemilik data"), max_length=120, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    file = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="sources"
    )
    supports = models.TextField(_("pernyataan yang didukung"), blank=True)  # quotes, one a line

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.document
