"""A post's notes as threads: who said what, how each stands, and where it points by now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Action, may
from publishing import anchors, picture_row
from publishing.models import Note, Post
from publishing.models.post import PostQuerySet
from publishing.payloads import Shown

Kind = Note.Kind
MOST_SHOWN = 10  # threads in full beside a submission
FEW_SHOWN = 3  # settled ones, when many are open


@dataclass(frozen=True)
class Spot:
    """Where a note points in what is shown now."""

    label: str
    trouble: str = ""  # why its old place is not there any more
    marks: tuple[tuple[int, int, int], ...] = ()  # channel, from, to
    media: int | None = None
    pin: tuple[int, int, int] | None = None  # channel, x, y
    field: str = ""  # of the composer, while its author may mend it
    own: int | None = None  # the channel whose own text that field is

    @property
    def ranges(self) -> str:
        """The marks as a page carries them: "12:5:20 13:5:20"."""
        return " ".join(":".join(map(str, mark)) for mark in self.marks)

    @property
    def point(self) -> str:
        """The pin as a page carries it: "12:430:200"."""
        return ":".join(map(str, self.pin or ()))


@dataclass
class Thread:
    """One note with everything that was said to it."""

    number: int
    opening: Note
    rest: list[Note] = field(default_factory=list)
    spot: Spot = Spot("")
    may_withdraw: bool = False
    typed: str = ""  # an answer to it that was not kept yet

    @property
    def is_withdrawn(self) -> bool:
        return any(one.kind == Kind.WITHDRAWN for one in self.rest)

    @property
    def is_settled(self) -> bool:
        turns = [one.kind for one in self.rest if one.kind in (Kind.SETTLED, Kind.REOPENED)]
        return turns[-1:] == [Kind.SETTLED]

    @property
    def answer(self) -> Note | None:
        """What the author said to a reviewer's last words; None while they wait for it."""
        spoken = [one for one in self.rest if one.kind in (*Note.ASKS, *Note.ANSWERS)]
        return spoken[-1] if spoken and spoken[-1].kind in Note.ANSWERS else None

    @property
    def is_waiting(self) -> bool:
        """Whether its author still owes an answer."""
        return not self.is_settled and self.answer is None

    @property
    def state(self) -> str:
        if self.is_settled:
            return _("Selesai")
        return str(self.answer.get_kind_display()) if self.answer else _("Belum dijawab")


@dataclass(frozen=True)
class Board:
    """The threads of a post as one person sees them, and what they may do with them."""

    threads: list[Thread]
    may_note: bool  # a reviewer, while it waits for a decision
    may_answer: bool  # its agency, while it may be mended

    @property
    def open(self) -> list[Thread]:
        return [thread for thread in self.threads if not thread.is_settled]

    @property
    def settled(self) -> list[Thread]:
        return [thread for thread in self.threads if thread.is_settled]

    @property
    def here(self) -> list[Thread]:
        """The open ones that a page has room for, oldest first: the next follow as these end."""
        return self.open[:MOST_SHOWN]

    @property
    def done(self) -> list[Thread]:
        """The last of those that are settled, as many as there is room for."""
        return self.settled[-max(FEW_SHOWN, MOST_SHOWN - len(self.open)) :]

    @property
    def more(self) -> int:
        """How many stand on the page of all notes only."""
        return len(self.threads) - len(self.here) - len(self.done)

    @property
    def waiting(self) -> list[Thread]:
        return [thread for thread in self.open if thread.is_waiting]


def board(
    user: User,
    post: Post,
    shown: Sequence[Shown],
    sent: Mapping[str, str] | None = None,
    done: int | None = None,
) -> Board:
    """Everything that this person may read, in one query. `sent`: answers being written, but that
    to the thread `done`, which was just kept.

    Its agency reads what is said of a submission once that is decided: until then a reviewer may
    still think better of it.
    """
    sees_all = may(user, Action.REVIEW) or may(user, Action.READ_ALL)
    seen = [one for one in _rows(post) if sees_all or one.revision.review.decision]
    made = Board(
        [thread for thread in gathered(seen) if not thread.is_withdrawn],
        post.status == Post.Status.SUBMITTED
        and not post.with_head
        and may(user, Action.NOTE, post),
        post.is_editable and may(user, Action.WRITE, post),
    )
    for thread in made.threads:
        thread.spot = spot(thread.opening, shown, post if made.may_answer else None)
        pk = thread.opening.pk
        thread.typed = (sent or {}).get(f"reply-{pk}", "") if pk != done else ""
        thread.may_withdraw = made.may_note and withdrawable(thread, user)
    return made


def knowing(posts: PostQuerySet) -> PostQuerySet:
    """`posts` that know whether they have notes at all: most have none, and no query asks."""
    return posts.annotate(has_notes=Exists(Note.objects.filter(post=OuterRef("pk"))))


def unfinished(post: OuterRef) -> QuerySet[Note]:
    """The openings of a post's threads that are neither settled nor withdrawn, for a subquery."""
    of_thread = Note.objects.filter(opening=OuterRef("pk"))
    turns = of_thread.filter(kind__in=(Kind.SETTLED, Kind.REOPENED)).order_by("-at", "-pk")
    gone = Exists(of_thread.filter(kind=Kind.WITHDRAWN))
    openings = Note.objects.filter(post=post, opening=None).exclude(gone)
    last = openings.annotate(turn=Subquery(turns.values("kind")[:1]))
    return last.filter(Q(turn=None) | Q(turn=Kind.REOPENED))


def _rows(post: Post) -> Iterable[Note]:
    if post.submitted_at is None or not getattr(post, "has_notes", True):
        return []
    return post.notes.select_related("by", "revision__review").defer("revision__content")


def gathered(rows: Iterable[Note]) -> list[Thread]:
    """Notes in the order of their making as threads, numbered from 1."""
    threads: dict[int, Thread] = {}
    for one in rows:
        if one.opening_id is None:
            threads[one.pk] = Thread(len(threads) + 1, one)
        elif one.opening_id in threads:
            threads[one.opening_id].rest.append(one)
    return list(threads.values())


def withdrawable(thread: Thread, user: User) -> bool:
    """One's own, of the submission that waits now, and nobody said anything to it."""
    undecided = not thread.opening.revision.review.decision
    return undecided and thread.opening.by_id == user.pk and not thread.rest


def unanswered(post: Post) -> int:
    """How many notes its author still owes an answer."""
    if post.submitted_at is None:
        return 0
    said = getattr(post, "said", None)  # of a post for the desk
    rows = post.notes.all() if said is None else [Note(**one) for one in said]
    return sum(1 for one in gathered(rows) if one.is_waiting and not one.is_withdrawn)


# --- where a note points ---


def spot(note: Note, shown: Sequence[Shown], draft: Post | None = None) -> Spot:
    """Where `note` points in what is shown; of a `draft`, also in which field of its form."""
    if note.place == Note.Place.PICTURE:
        return _on_picture(note, shown)
    if note.place == Note.Place.TEXT:
        return _on_text(note, shown, draft)
    return Spot(_("Seluruh unggahan"), field="teks")


def _on_text(note: Note, shown: Sequence[Shown], draft: Post | None) -> Spot:
    sayers = [one for one in shown if one.channel.pk in note.channels]
    others = [one for one in shown if one not in sayers]
    marks = _found(note, sayers) or _found(note, others)
    trouble = _("Bagian ini sudah diubah.") if note.quote and not marks else ""
    field, own = _field_of(note, draft)
    return Spot(_text_label(sayers, shown), trouble, marks, field=field, own=own)


def _found(note: Note, shown: Iterable[Shown]) -> tuple[tuple[int, int, int], ...]:
    spans = [
        (one.channel.pk, anchors.find(one.text, note.quote, note.before, note.after, note.start))
        for one in shown
        if note.quote
    ]
    return tuple((channel, *span) for channel, span in spans if span)


def _text_label(sayers: Sequence[Shown], shown: Sequence[Shown]) -> str:
    if len(sayers) in (0, len(shown)):
        return _("Teks")
    return _("Teks %(channels)s") % {"channels": ", ".join(one.label for one in sayers)}


def _field_of(note: Note, draft: Post | None) -> tuple[str, int | None]:
    """The field that says these words: a channel's own, where all of them have one."""
    variants = [v for v in draft.variants.all() if v.channel_id in note.channels] if draft else []
    if not variants or any(not variant.text for variant in variants):
        return "id_text", None
    own = variants[0].channel_id
    return f"id_text_{own}", own


def _on_picture(note: Note, shown: Sequence[Shown]) -> Spot:
    row = picture_row.merged([[{"media": media} for media in one.media] for one in shown])
    number = next((n for n, one in enumerate(row, 1) if one["media"] == note.media_id), None)
    if number is None:
        trouble = _("Gambar ini sudah diganti atau dihapus.")
        return Spot(_("Gambar"), trouble, media=note.media_id, field="media")
    label, place = _("Gambar %(n)s") % {"n": number}, f"gambar-{note.media_id}"
    pin = _pin(note, shown)
    recut = _("Gambar ini kini dipotong dengan cara lain.") if note.channels and not pin else ""
    return Spot(label, recut, media=note.media_id, pin=pin, field=place)


def _pin(note: Note, shown: Sequence[Shown]) -> tuple[int, int, int] | None:
    if note.x is None or note.y is None:
        return None
    for one in shown:
        for media, picture in zip(one.media, one.payload.pictures, strict=True):
            if media == note.media_id and picture.sha256 == note.rendition:
                return (one.channel.pk, note.x, note.y)
    return None
