"""Where a post goes and how far it got: lanes, deliveries, attempts (engine.md 2)."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platforms.models import Channel
from publishing.models.post import Post
from publishing.models.revision import Revision


class Lane(models.Model):
    """One channel's stream of deliveries, held by one worker at a time.

    It stores no wake-up time: a stored one loses wake-ups, and what is due is cheap to ask.
    """

    channel = models.OneToOneField(Channel, models.CASCADE, primary_key=True, related_name="lane")
    lease_owner = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True)
    fence = models.BigIntegerField(
        default=0
    )  # +1 at each claim: an old holder's writes match nothing
    held_until = models.DateTimeField(null=True)  # a rate limit
    rung_at = models.DateTimeField(null=True)
    turn_at = models.DateTimeField(null=True)  # its last claim: whoever waited longest comes first

    def __str__(self) -> str:
        return str(self.channel)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def move(self, **fields: Any) -> int:
        """Change the status and what goes with it; how many rows it was true of.

        Every form about a delivery carries the `version` it showed: a doubt that was settled
        meanwhile is not settled again by an old page.
        """
        return self.update(version=F("version") + 1, **fields)

    def open(self) -> Self:
        """Still the worker's to do."""
        return self.filter(status__in=[Delivery.Status.WAITING, Delivery.Status.UNCERTAIN])

    def due(self) -> Self:
        """The worker has something to do about it now: prepare, send, or look."""
        return self.open().filter(next_at__lte=timezone.now())

    def unsent(self) -> Self:
        """Nothing of it is public, and no worker is inside the call."""
        states = Delivery.Status
        return self.filter(status__in=[states.WAITING, states.HELD, states.FAILED, states.MISSED])

    def perhaps_public(self) -> Self:
        states = Delivery.Status
        return self.filter(
            status__in=[
                states.SENDING,
                states.UNCERTAIN,
                states.PUBLISHED,
                states.MANUAL,
                states.RETRACTED,
                states.GONE,
            ]
        )

    def seen_by_readers(self) -> Self:
        """Readers saw it, or may be seeing it: only a ralat puts it right."""
        states = Delivery.Status
        shown = [states.PUBLISHED, states.MANUAL, states.RETRACTED, states.GONE]
        return self.filter(status__in=shown)

    def needing_a_person(self) -> Self:
        """Nothing more will happen to it until somebody decides."""
        in_doubt = Q(status=Delivery.Status.UNCERTAIN, next_at=None)
        return self.filter(Q(status__in=Delivery.STUCK) | in_doubt)


class Delivery(models.Model):
    """One post going to one channel."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Terjadwal")
        SENDING = "sending", _("Sedang dikirim")
        PUBLISHED = "published", _("Tayang")
        FAILED = "failed", _("Gagal tayang")
        UNCERTAIN = "uncertain", _("Belum pasti")
        HELD = "held", _("Ditahan")
        MISSED = "missed", _("Terlewat")
        MANUAL = "manual", _("Kirim manual")
        RETRACTED = "retracted", _("Ditarik")
        GONE = "gone", _("Hilang")
        CANCELLED = "cancelled", _("Dibatalkan")

    # nothing more happens to it until somebody decides
    STUCK: ClassVar = (Status.FAILED, Status.HELD, Status.MISSED, Status.MANUAL, Status.GONE)

    class Hold(models.TextChoices):
        CHANNEL = "channel", _("Kanal tidak terhubung")
        REVISION = "revision", _("Unggahan dibuka lagi atau berubah")
        QUOTA = "quota", _("Kuota platform habis")
        PAUSE = "pause", _("Pengiriman dijeda")
        GUIDELINES = "guidelines", _("Perlu dilihat lagi: pedoman berubah")

    post = models.ForeignKey(Post, models.PROTECT, related_name="deliveries")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    hold = models.CharField(max_length=10, choices=Hold, blank=True)
    version = models.PositiveIntegerField(default=1)  # goes up with every move
    not_before = models.DateTimeField()
    deadline = models.DateTimeField()  # after it nothing is begun
    next_at = models.DateTimeField(
        null=True
    )  # prepare, send, next try, poll or look; null: nobody comes
    checkpoint = models.JSONField(default=dict, blank=True)
    # under which edition of the rulebook, and for which day, its words were found fit to go out
    fit_edition = models.PositiveIntegerField(default=0)
    fit_on = models.DateField(null=True)
    tries = models.PositiveIntegerField(default=0)
    waits_since = models.DateTimeField(null=True)  # its hour had come, and it had to wait first
    begun_at = models.DateTimeField(null=True)  # the first intent: where a look begins to search
    looks = models.PositiveIntegerField(default=0)
    absent_at = models.DateTimeField(null=True)  # the first clean read that did not show it
    remote_id = models.CharField(max_length=100, blank=True)
    permalink = models.URLField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)
    read_back_at = models.DateTimeField(null=True)  # when to see whether it is still there
    # as the platform showed it last: {"text", "at"}, or {"text": "", "at", "reason"} if it cannot
    snapshot = models.JSONField(null=True)
    reason = models.TextField(blank=True)  # a sentence for people
    detail = models.TextField(blank=True)  # a line for the log
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["channel__platform", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at", "channel"],
                condition=Q(status__in=["waiting", "uncertain"]),
                name="deliveries_due",
            ),
            models.Index(
                fields=["channel", "not_before", "id"],
                condition=Q(status__in=["waiting", "sending", "uncertain"]),
                name="deliveries_of_lane",
            ),
            models.Index(
                fields=["deadline"], condition=Q(status="waiting"), name="deliveries_running_out"
            ),
            models.Index(
                fields=["-not_before"], condition=Q(status="missed"), name="deliveries_missed"
            ),
            models.Index(fields=["hold"], condition=Q(status="held"), name="deliveries_held"),
            models.Index(
                fields=["read_back_at"],
                condition=Q(read_back_at__isnull=False),
                name="deliveries_to_read_back",
            ),
            models.Index(
                fields=["post"],
                condition=Q(
                    status__in=[
                        "waiting",
                        "failed",
                        "held",
                        "missed",
                        "manual",
                        "gone",
                        "uncertain",
                    ]
                ),
                name="deliveries_unsettled",  # what Beranda lists; the rest is history
            ),
            models.Index(
                fields=["channel", "-published_at"],
                condition=Q(published_at__isnull=False),
                name="deliveries_published",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "channel"],
                condition=~Q(status="cancelled"),
                name="one_delivery_per_post_and_channel",
            ),
            models.UniqueConstraint(
                fields=["channel", "remote_id"],
                condition=~Q(remote_id=""),
                name="one_delivery_per_remote_post",
            ),
            models.UniqueConstraint(
                fields=["channel"], condition=Q(status="sending"), name="one_call_per_channel"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.channel}"

    @property
    def has_page(self) -> bool:
        """Whether people's browsers reach what is public; an exercise's only beside the demo."""
        return settings.DEMO or not self.channel.is_training


class Attempt(models.Model):
    """One irreversible try: committed before the call, closed after it."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="attempts")
    fence = models.BigIntegerField()
    revision_sha256 = models.CharField(max_length=64)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["started_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["delivery"], condition=Q(ended_at=None), name="one_open_attempt"
            )
        ]

    def __str__(self) -> str:
        return f"{self.delivery} · {self.started_at:%H:%M:%S}"

    @property
    def said(self) -> str:
        """Its outcome, in words for people."""
        words = {
            "published": _("tayang"),
            "refused": _("ditolak platform"),
            "trylater": _("dicoba lagi nanti"),
            "unknown": _("jawaban tidak jelas"),
        }
        return str(words.get(self.outcome, _("berjalan")))
