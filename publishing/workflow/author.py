"""What authors do: write, submit, take back, give up."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, Role, User
from accounts.policy import Action, may
from publishing import findings, payloads
from publishing.delivery import schedule
from publishing.models import Finding, Post, Programme, Review, Revision, SavedDraft
from publishing.models.revision import fingerprint
from publishing.workflow import answers, saved
from publishing.workflow.drafts import Draft, kept, write_rows
from publishing.workflow.gaps import lacking, of_words
from publishing.workflow.holding import require_free
from publishing.workflow.moves import (
    CANCEL,
    REOPEN,
    SUBMIT,
    WITHDRAW,
    NotAllowed,
    Stale,
    TooLate,
    Unfit,
    make,
    record,
    require,
)
from publishing.workflow.pages import Page

NO_PAGE = Page()  # a save that no composer's page sent


@transaction.atomic
def create_draft(draft: Draft, *, by: User, page: Page = NO_PAGE) -> Post:
    """Begin a post for `by`'s own agency. Raises NotAllowed."""
    if not may(by, Action.WRITE) or by.agency is None:
        raise NotAllowed(_("Peran Anda tidak menulis unggahan."))
    if not by.agency.is_open:
        raise NotAllowed(_("OPD Anda sudah ditutup. Minta admin sistem memindahkan Anda."))
    post = Post.objects.create(
        agency=by.agency,
        author=by,
        saved_by=by,
        is_training=by.in_training,
        born_of=page.key,
        page=page.key,
        page_step=page.step,
        page_words=page.words,
        editing_by=by,
        editing_at=timezone.now(),
        **draft.fields(),
    )
    write_rows(post, draft)
    saved.keep(post, draft, by=by)
    record(post, "create", by=by)
    return post


@transaction.atomic
def save_draft(
    post: Post, draft: Draft, *, by: User, seen: int, page: Page = NO_PAGE, anew: bool = False
) -> None:
    """Keep what the form says. Raises NotAllowed, or Stale when somebody saved meanwhile.

    `anew`: what stood there before stays in the draft's history whatever it was. So does what
    stands in a draft of before there was a history.
    """
    if anew or not post.saved.exists():
        saved.keep(post, kept(post), by=post.saved_by, anew=anew)
    _write(post, draft, by=by, seen=seen, page=page)
    saved.keep(post, draft, by=by, anew=anew)


@transaction.atomic
def restore(post: Post, state: SavedDraft, *, by: User, seen: int) -> None:
    """Bring a kept state of the draft back; what it replaces stays in the history.

    Pictures, files and a programme that were deleted since are left out. Raises NotAllowed, Stale.
    """
    draft = Draft.from_json(state.content)
    if not Programme.objects.filter(pk=draft.programme or 0).exists():
        draft = replace(draft, programme=None)
    saved.keep(post, kept(post), by=post.saved_by, anew=True)
    _write(post, draft, by=by, seen=seen)
    saved.keep(post, draft, by=by, anew=True)


def _write(post: Post, draft: Draft, *, by: User, seen: int, page: Page = NO_PAGE) -> None:
    require(by, Action.WRITE, post)
    here = Post.objects.filter(pk=post.pk, version=seen, status__in=Post.EDITABLE)
    if not here.update(
        version=F("version") + 1,
        updated_at=timezone.now(),
        saved_by=by,
        page=page.key,
        page_step=page.step,
        page_words=page.words,
        editing_by=by,
        editing_at=timezone.now(),
        **draft.fields(post.details),
    ):
        raise Stale(post)
    post.refresh_from_db()
    post.writers.add(by)
    write_rows(post, draft)


def submit(post: Post, *, by: User, seen: int) -> Revision:
    """Freeze the draft and hand it in. Raises NotAllowed, Stale, or Unfit with every gap.

    What the guidelines refused it for is kept all the same.
    """
    try:
        return _hand_in(post, by=by, seen=seen)
    except Unfit:
        answers.keep_refusal(post)
        raise


@transaction.atomic
def _hand_in(post: Post, *, by: User, seen: int) -> Revision:
    require(by, Action.SUBMIT, post)
    # locked before it is read: of two people handing it in at once the second waits, and is told
    if not Post.objects.select_for_update().filter(pk=post.pk, version=seen).exists():
        raise Stale(post)
    standing = findings.of_draft(post, crowded=True)
    if gaps := [*lacking(post), *of_words(standing)]:
        raise Unfit(gaps)
    content = payloads.frozen(post)
    revision = Revision.objects.create(
        post=post,
        number=post.revisions.count() + 1,
        content=content,
        sha256=fingerprint(content),
        publish_at=post.publish_at,
        valid_until=post.valid_until,
        urgent=post.urgent,
        note=post.note,
        submitted_by=by,
    )
    revision.pictures.set(attachment.media_id for attachment in post.attachments.all())
    make(SUBMIT, post, by=by, seen=seen, revision=revision, **_anew(post, by))
    post.writers.add(by)
    Review.objects.create(revision=revision)
    findings.record(post, standing, Finding.Stage.SUBMIT, revision)
    answers.let_lapse(post, standing, by=by)
    return revision


def _anew(post: Post, by: User) -> dict[str, Any]:
    """How a submission begins: before its head where the agency wants that, in nobody's hands.

    An emergency goes to the reviewing unit at once: its clock is a quarter of an hour.
    """
    by_its_editor = post.amended_by_id == by.pk
    skips = by_its_editor or post.urgent or may(by, Action.FORWARD, post)
    return {
        "submitted_at": timezone.now(),
        "with_head": not skips and asks_its_head(post.agency),
        "taken_by": None,
        "taken_at": None,
        "amended_by": None,
    }


def asks_its_head(agency: Agency) -> bool:
    """Whether it has an inner step and a head to take it: who stands in stands in for a head."""
    heads = User.objects.filter(role=Role.AGENCY_HEAD, is_active=True)
    here = Q(agency=agency) | Q(agencies=agency)  # or at work for another of theirs right now
    return agency.inner_step and heads.filter(here).exists()


@transaction.atomic
def withdraw(post: Post, *, by: User, seen: int) -> None:
    """Take a submission back before it is decided."""
    make(WITHDRAW, post, by=by, seen=seen, with_head=False)
    close_review(post, Review.Decision.WITHDRAWN, by=by)


@transaction.atomic
def reopen(post: Post, *, by: User, seen: int) -> None:
    """Open an approved post for editing: every unsent delivery is held first.

    Raises TooLate when something of it is, or may be, public.
    """
    make(REOPEN, post, by=by, seen=seen)
    schedule.hold_unsent(post)
    refuse_when_public(post)


@transaction.atomic
def cancel(post: Post, *, by: User, seen: int) -> None:
    """Give the post up for good. After the approval only the reviewing unit may.

    Its own agency may do so at any time before; one reviewer not while another looks at it.
    Raises NotAllowed, Stale, TooLate.
    """
    if post.status == Post.Status.APPROVED and not may(by, Action.REVIEW):
        raise NotAllowed(_("Unggahan ini sudah disetujui. Minta peninjau untuk membatalkannya."))
    waited = post.status == Post.Status.SUBMITTED
    make(CANCEL, post, by=by, seen=seen)
    if waited and not may(by, Action.WRITE, post):
        require_free(post, by)
    close_review(post, Review.Decision.CANCELLED, by=by)
    schedule.cancel_unsent(post)
    refuse_when_public(post)


def refuse_when_public(post: Post) -> None:
    """Raise TooLate, and so roll everything back. Ask when our own update has locked the rows."""
    if post.deliveries.perhaps_public().exists():
        raise TooLate(_("Sebagian unggahan ini sudah tayang atau sedang dikirim."))


def close_review(post: Post, decision: Review.Decision, *, by: User | None) -> None:
    """Write what became of the review that is open, if one is."""
    Review.objects.filter(revision__post=post, decision="").update(
        decision=decision, decided_by=by, decided_at=timezone.now()
    )


def reopen_review(post: Post) -> None:
    """The newest revision waits for a decision again; what was decided stays in the history."""
    newest = post.revisions.order_by("-number").first()
    Review.objects.filter(revision=newest).update(
        decision="", reason="", note="", checklist={}, decided_by=None, decided_at=None
    )
