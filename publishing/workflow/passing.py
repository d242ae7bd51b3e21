"""An item on its way: on from its agency's head, back for a reviewer's own editing, and the look
at a joint release when it is out."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.policy import Action
from publishing.models import Event, Post, Review
from publishing.workflow.author import asks_its_head, close_review
from publishing.workflow.holding import require_at_humas, require_free
from publishing.workflow.moves import AMEND, FORWARD, NotAllowed, TooLate, make, record, require


class WordNeeded(Exception):
    """A look afterwards without a word about it; the message says what is missing."""


@transaction.atomic
def forward(post: Post, *, by: User, seen: int) -> None:
    """The inner step: its head says that it may go to the reviewing unit, whose clock starts now.

    Raises NotAllowed, Stale, TooLate when it is there already.
    """
    require(by, FORWARD.action, post)
    if not post.with_head:
        raise TooLate(_("Unggahan ini tidak menunggu penanggung jawab."))
    make(FORWARD, post, by=by, seen=seen, with_head=False, submitted_at=timezone.now())


@transaction.atomic
def let_on(agency: Agency) -> None:
    """What waits before a head who is not there, or is not asked any more, goes on by itself."""
    if asks_its_head(agency):
        return
    note = _("Tahap dalam tidak dipakai, atau tidak ada penanggung jawab.")
    now = timezone.now()
    waiting = Post.objects.filter(agency=agency, status=Post.Status.SUBMITTED, with_head=True)
    for post in waiting.select_for_update():
        make(FORWARD, post, by=None, seen=None, note=note, with_head=False, submitted_at=now)


@transaction.atomic
def amend(post: Post, *, by: User, seen: int) -> None:
    """Open what was handed in for `by`'s own editing; somebody else approves it then.

    Its agency may edit it too. Raises NotAllowed, Stale, TooLate while somebody else looks at it.
    """
    require(by, AMEND.action, post)
    require_at_humas(post)
    make(AMEND, post, by=by, seen=seen, amended_by=by)  # locks its row
    require_free(post, by)
    Post.objects.filter(pk=post.pk).update(taken_by=None, taken_at=None, assigned_to=None)
    post.writers.add(by)
    post.refresh_from_db()
    close_review(post, Review.Decision.AMENDED, by=by)


@transaction.atomic
def look_afterwards(post: Post, *, by: User, words: str) -> None:
    """Close what a joint release owes: the look of a coordinator who did not sign it.

    Raises NotAllowed, WordNeeded, TooLate.
    """
    require(by, Action.AFTERWARDS, post)
    words = words.replace("\0", "").strip()
    if not words:
        raise WordNeeded(_("Tulis hasil peninjauannya, satu kalimat cukup."))
    owed = Review.objects.owing_a_look().filter(revision__post=post)
    said = {"afterwards_by": by, "afterwards_at": timezone.now(), "afterwards_note": words}
    if not owed.not_signed_by(by).update(**said):
        if owed.exists():
            raise NotAllowed(_("Anda ikut merilisnya. Koordinator lain yang meninjaunya."))
        raise TooLate(_("Rilis ini sudah ditinjau."))
    record(post, Event.Verb.AFTERWARDS, by=by, note=words)
