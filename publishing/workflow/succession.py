"""What becomes of posts when their agency is merged into another, or their author leaves."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acts import NotNow
from accounts.models import Agency, Role, User
from accounts.signals import agency_merged, person_changed, person_left
from platforms.models import Channel
from platforms.signals import adapter_switched, channel_moved
from publishing.models import Delivery, Document, Fact, Media, Pause, Post
from publishing.workflow.passing import let_on

Status = Post.Status
UNSENT = (Delivery.Status.WAITING, Delivery.Status.HELD, Delivery.Status.MISSED)


@receiver(agency_merged)
def move_what_is_unfinished(agency: Agency, into: Agency, by: User, **_signal: Any) -> None:
    """Drafts, what is under review and what is still to be sent go on under the successor.

    What was published stays with the agency that published it. Pictures, facts and documents
    move too: the drafts use them.
    """
    unsent = Delivery.objects.filter(post=OuterRef("pk"), status__in=UNSENT)
    going_on = Q(status__in=(*Post.EDITABLE, Status.SUBMITTED)) | Exists(unsent)
    Post.objects.filter(going_on, agency=agency, is_training=False).update(
        agency=into, updated_at=timezone.now()
    )
    Fact.objects.filter(agency=agency).update(agency=into)
    known = Document.objects.filter(agency=into).values("sha256")  # each is stored once per agency
    Document.objects.filter(agency=agency).exclude(sha256__in=known).update(agency=into)
    shown = Media.objects.filter(agency=into).values("upload_sha256")
    Media.objects.filter(agency=agency).exclude(upload_sha256__in=shown).update(agency=into)
    let_on(into)


@receiver(channel_moved)
def keep_paused(channel: Channel, was: Agency, **_signal: Any) -> None:
    """What was stopped with its old agency stays stopped, as a pause of its own."""
    for running in Pause.objects.active().filter(scope=Pause.Scope.AGENCY, agency=was):
        Pause.objects.create(
            scope=Pause.Scope.CHANNEL,
            channel=channel,
            reason=running.reason,
            started_by=running.started_by,
        )


@receiver(adapter_switched)
def begin_anew(channel: Channel, **_signal: Any) -> None:
    """What is prepared in one way means nothing in another; what may be public is settled first."""
    here = Delivery.objects.filter(channel=channel)
    if here.filter(status__in=(Delivery.Status.SENDING, Delivery.Status.UNCERTAIN)).exists():
        raise NotNow(_("Ada pengiriman yang sedang berjalan atau belum pasti. Tunggu sebentar."))
    here.filter(status__in=UNSENT).update(checkpoint={})


@receiver(person_changed)
def ask_no_head_who_is_none(was_of: Iterable[Agency], **_signal: Any) -> None:
    """Who was the last head of an agency, and has another role or place now, holds up nothing."""
    for agency in was_of:
        let_on(agency)


@receiver(person_left)
def hand_over(person: User, heir: User | None, **_signal: Any) -> None:
    """Drafts get a new author; whoever wrote at them stays among their hands for ever.

    What waited before the last head of an agency goes on.
    """
    if person.role == Role.AGENCY_HEAD and person.agency:
        let_on(person.agency)
    if heir is None:
        return
    for post in Post.objects.filter(author=person, status__in=(*Post.EDITABLE, Status.SUBMITTED)):
        post.writers.add(person)
        Post.objects.filter(pk=post.pk).update(author=heir, updated_at=timezone.now())
