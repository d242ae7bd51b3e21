"""Another hour for what was handed in: who may give it, and what it leaves of the approval."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Action, may
from publishing import calendar, payloads, tasks, tracks
from publishing.delivery import manual, schedule
from publishing.models import Delivery, Post, Revision
from publishing.models.revision import fingerprint
from publishing.workflow import signing
from publishing.workflow.author import asks_its_head, refuse_when_public, reopen_review
from publishing.workflow.moves import RESCHEDULE, REVIVE, TooLate, make, moved

AUTHORS_REACH = timedelta(days=14)  # how far an author may push an approved post


@transaction.atomic
def reschedule(post: Post, *, by: User, seen: int, to: datetime | None) -> None:
    """Move the post in time; an approval stays, an expired post goes back to the queue.

    `to` None means as soon as approved. Raises BadTime, NotAllowed, Stale, TooLate.
    """
    calendar.check(to)
    calendar.check_validity(to, post.valid_until)
    _refuse_earlier(post, to, by)
    put_at(post, by=by, seen=seen, to=to)


@transaction.atomic
def put_at(post: Post, *, by: User, seen: int, to: datetime | None) -> None:
    """`reschedule` for who may put it to any hour that can be had.

    Every yes stays, also the first of two: it is to the words, and they are the same.
    """
    move, fields = RESCHEDULE, dict[str, Any](publish_at=to)
    if post.status == Post.Status.EXPIRED:  # its review begins anew, and so does the clock
        before_its_head = post.with_head and asks_its_head(post.agency)
        move, fields = REVIVE, fields | {"submitted_at": timezone.now()}
        fields["with_head"] = before_its_head
    make(move, post, by=by, seen=seen, note=moved(post.publish_at, to), **fields)
    if move is REVIVE:
        _refuse_old_words(post)
        reopen_review(post)
    if post.status == Post.Status.APPROVED:
        _move_deliveries(post, to)


def _move_deliveries(post: Post, to: datetime | None) -> None:
    """The approval must be enough for the new hour, and something must be left to send."""
    given = schedule.move(post, to)
    refuse_when_public(post)
    if not given:
        raise TooLate(_nothing_moves(post))
    _require_yeses(post, post.revisions.latest("number"), post.publish_at)
    tasks.ring([d.channel_id for d in post.deliveries.open()])


def put_off(delivery: Delivery, *, by: User, seen: int, to: datetime) -> None:
    """As `manual.put_off`, to an hour for which its approval is enough. Raises BadTime too."""
    manual.require(by)
    _require_yeses(delivery.post, delivery.revision, to)
    manual.put_off(delivery, by=by, seen=seen, to=to)


def resume(delivery: Delivery, *, by: User, seen: int) -> None:
    """As `manual.resume`, if its approval is enough for today. Raises BadTime too."""
    manual.require(by)
    _require_yeses(delivery.post, delivery.revision, timezone.now())
    manual.resume(delivery, by=by, seen=seen)


def _require_yeses(post: Post, revision: Revision, at: datetime | None) -> None:
    """An approval holds for hours that ask no more yeses than it has: an election asks two."""
    demand = tracks.of(post, revision, at)
    if signing.approvers(revision) >= demand.approvers:
        return
    message = _(
        "Pada waktu itu perlu dua persetujuan (%(why)s). "
        "Pilih “Buka lagi untuk disunting”, atur waktunya, lalu ajukan."
    )
    raise calendar.BadTime(message % {"why": ", ".join(demand.why)})


def _nothing_moves(post: Post) -> str:
    if post.deliveries.filter(status=Delivery.Status.FAILED).exists():
        return _("Gagal tayang. Pilih “Kirim ulang” atau “Perbaiki untuk kanal ini”.")
    return _("Tidak ada pengiriman yang menunggu. Pilih “Buka lagi untuk disunting”.")


def _refuse_earlier(post: Post, to: datetime | None, by: User) -> None:
    """Authors may only put a post off, and not far; an expired one, and reviewers, are free."""
    if may(by, Action.REVIEW) or post.status == Post.Status.EXPIRED:
        return
    earliest = post.publish_at or timezone.now()
    if to is None or not earliest <= to <= earliest + AUTHORS_REACH:
        raise calendar.BadTime(
            _("Unggahan yang sudah diajukan hanya dapat diundur, paling jauh 14 hari.")
        )


def _refuse_old_words(post: Post) -> None:
    """An expired post may be edited: another hour for what was handed in would bring back that."""
    newest = post.revisions.order_by("-number").first()
    limits = (newest.valid_until, newest.urgent) if newest else None
    as_handed_in = newest is not None and newest.sha256 == fingerprint(_as_then(post, newest))
    if not as_handed_in or limits != (post.valid_until, post.urgent):
        raise calendar.BadTime(
            _("Unggahan ini disunting sejak diajukan. Buka “Sunting”, atur waktunya, lalu ajukan.")
        )


def _as_then(post: Post, newest: Revision) -> dict[str, Any]:
    """The draft frozen as `newest` was: an urgent one of before there were kinds named none."""
    content = payloads.frozen(post)
    if newest.urgent and "kind" not in newest.content:
        return {name: said for name, said in content.items() if name not in ("kind", "details")}
    return content
