"""New drafts from what was written before: a copy, a ralat, one channel mended, a plan's rows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.policy import Action, may
from platforms.models import Channel
from publishing import calendar, kinds, wording
from publishing.delivery import manual
from publishing.delivery.manual import NotPossible
from publishing.models import Delivery, Event, Kind, Post, SavedDraft, Variant
from publishing.models.delivery import DeliveryQuerySet
from publishing.workflow.author import NO_PAGE, create_draft
from publishing.workflow.drafts import Draft, Placed, kept
from publishing.workflow.moves import NotAllowed, require
from publishing.workflow.pages import Page, born_of

_BEING_WRITTEN = (*Post.EDITABLE, Post.Status.SUBMITTED)


@transaction.atomic
def copy(post: Post, *, by: User, page: Page = NO_PAGE) -> Post:
    """A new draft with everything that `post` says, for tomorrow at nine. Raises NotAllowed.

    A `page` that asks twice is given the same draft.

    Channels that are out of use and pictures that were deleted are left out. What was handed in
    stays in the post's rows (nobody edits them then), so they are what is copied, in every state.
    """
    require(by, Action.WRITE, post)
    Post.objects.select_for_update().get(pk=post.pk)  # a button pressed twice: one after the other
    if made := born_of(page, by):
        return made
    draft = kept(post)
    in_use = set(_in_use(post, draft.channels))
    channels = {pk: own for pk, own in draft.channels.items() if pk in in_use}
    new = create_draft(_for_tomorrow(replace(draft, channels=channels)), by=by, page=page)
    return _link(new, copied_from=post, corrects=post.corrects)


@transaction.atomic
def correct(post: Post, *, by: User) -> Post:
    """The draft of a ralat for `post`: the one that is open already, or a new one, at once.

    Raises NotAllowed, or NotPossible when nothing of it was ever public.
    """
    require(by, Action.WRITE, post)
    Post.objects.select_for_update().get(pk=post.pk)  # of two who press at once, one begins it
    public = list(_seen_by_readers(post).select_related("revision").order_by("pk"))
    if not public:
        raise NotPossible(_("Unggahan ini belum tayang. Sunting saja, tidak perlu ralat."))
    if begun := post.corrections.filter(status__in=_BEING_WRITTEN).order_by("pk").first():
        return begun
    draft = Draft(
        text=_correcting(public[0]),
        channels=dict.fromkeys(_in_use(post, (row.channel_id for row in public)), ""),
        sources=kept(post).sources,
        kind=Kind.CORRECTION,
        value=post.value,
        programme=post.programme_id,
        place=post.place,
    )
    return _link(create_draft(draft, by=by), corrects=post)


def has_been_seen(post: Post) -> bool:
    """Whether readers saw it, or may be seeing it, so that only a ralat puts it right."""
    return _seen_by_readers(post).exists()


@transaction.atomic
def mend(delivery: Delivery, *, by: User, seen: int) -> Post:
    """A new draft for the one channel that refused, saying what was refused; its delivery ends.

    Raises NotAllowed, or NotPossible when the delivery moved since `by` saw it.
    """
    post = delivery.post
    require(by, Action.WRITE, post)
    refused = delivery.revision.entry(delivery.channel_id)
    pictures = [Placed(picture["media"], picture["alt"]) for picture in refused["pictures"]]
    draft = replace(
        kept(post), text=refused["text"], channels={delivery.channel_id: ""}, pictures=pictures
    )
    new = _link(create_draft(_for_tomorrow(draft), by=by), copied_from=post, corrects=post.corrects)
    manual.mend(delivery, by=by, seen=seen, instead=new)
    return new


@transaction.atomic
def create_plan(drafts: Sequence[Draft], *, by: User) -> list[Post]:
    """All rows of a plan as drafts, or none; what is there already is not doubled.

    They hold words and channels only: no pictures, sources or facts. Raises NotAllowed. The
    agency's row is locked: a plan that is sent twice is made once.
    """
    if not may(by, Action.WRITE) or by.agency is None:
        raise NotAllowed(_("Peran Anda tidak menulis unggahan."))
    require_earnest(by)
    Agency.objects.select_for_update().get(pk=by.agency.pk)
    there = zip(drafts, already(by.agency, drafts), strict=True)
    return _create_all([draft for draft, is_there in there if not is_there], by.agency, by)


def require_earnest(by: User) -> None:
    """Raise NotAllowed in Mode latihan: a plan is for real posts."""
    if by.in_training:
        raise NotAllowed(_("Rencana hanya untuk unggahan sungguhan. Akhiri dulu Mode latihan."))


def _create_all(drafts: Sequence[Draft], agency: Agency, by: User) -> list[Post]:
    """As `create_draft` does one by one: five hundred rows are a few statements, not thousands."""
    own = set(agency.channels.for_work(training=False).values_list("pk", flat=True))
    posts = Post.objects.bulk_create(
        Post(agency=agency, author=by, saved_by=by, **draft.fields()) for draft in drafts
    )
    both = list(zip(posts, drafts, strict=True))
    Variant.objects.bulk_create(
        Variant(post=post, channel_id=pk, text=text, words_key=wording.key_of(text or draft.text))
        for post, draft in both
        for pk, text in draft.channels.items()
        if pk in own
    )
    SavedDraft.objects.bulk_create(
        SavedDraft(post=post, by=by, content=draft.as_json()) for post, draft in both
    )
    Event.objects.bulk_create(Event(post=post, actor=by, verb=Event.Verb.CREATE) for post in posts)
    return posts


def already(agency: Agency, drafts: Sequence[Draft]) -> list[bool]:
    """For each of `drafts`, whether it is there: a post of `agency` that was not given up says the
    same at the same hour, or a row above it does.
    """
    keys = [_plan_key(draft) for draft in drafts]
    hours = [at for _text, at in keys if at]
    at_once = [text for text, at in keys if not at]
    alike = Q(publish_at__in=hours) | Q(publish_at=None, text__in=at_once)
    posts = agency.posts.filter(alike, is_training=False).exclude(status__in=Post.FINAL)
    seen = {(text.strip(), at) for text, at in posts.values_list("text", "publish_at")}
    there = []
    for key in keys:
        there.append(key in seen)
        seen.add(key)
    return there


def _seen_by_readers(post: Post) -> DeliveryQuerySet:
    return Delivery.objects.filter(post=post).seen_by_readers()


def _plan_key(draft: Draft) -> tuple[str, datetime | None]:
    return wording.clean(draft.text).strip(), draft.publish_at


def _for_tomorrow(draft: Draft) -> Draft:
    """`draft` with a new hour; an end that comes before it is left to be asked again."""
    at = calendar.first_offer()
    ends = draft.valid_until if draft.valid_until and draft.valid_until > at else None
    return replace(draft, publish_at=at, valid_until=ends)


def _in_use(post: Post, channels: Iterable[int]) -> list[int]:
    """Those of `channels` that can still be chosen for a post like this one."""
    chosen = Channel.objects.for_work(training=post.is_training).filter(is_active=True)
    chosen = chosen.filter(agency=post.agency_id, pk__in=channels)
    return list(chosen.order_by("pk").values_list("pk", flat=True))


def _correcting(public: Delivery) -> str:
    """The skeleton of a ralat, with the first line that readers saw of the wrong post."""
    words = public.revision.entry(public.channel_id)["text"]
    quoted = _("Ralat ini untuk unggahan kami: “%(line)s”") % {"line": Post(text=words).title}
    return f"{kinds.skeleton(Kind.CORRECTION, {})}\n\n{quoted}"


def _link(new: Post, **links: Post | None) -> Post:
    """Remember where a draft comes from: no form can say it, and no save changes it."""
    for name, post in links.items():
        setattr(new, name, post)
    new.save(update_fields=list(links))
    return new
