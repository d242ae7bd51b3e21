"""What people may ask of the list of posts: a state, a channel, words."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from django import forms
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import search_field
from platforms.models import Channel
from publishing.models import Delivery, Post, Variant
from publishing.models.post import PostQuerySet

Narrowing: TypeAlias = Callable[[PostQuerySet], PostQuerySet]
_OF_POST = Delivery.objects.filter(post=OuterRef("pk"))


def needing_a_person(posts: PostQuerySet) -> PostQuerySet:
    """Sent back, past its hour, or with a delivery that waits for somebody's decision."""
    back = posts.filter(status__in=[Post.Status.RETURNED, Post.Status.EXPIRED])
    stuck = Delivery.objects.needing_a_person().order_by()
    # both are few and have an index; either or, asked of each post, would read all of history
    few = back.order_by().values("pk").union(stuck.values("post"))
    return posts.filter(pk__in=few)


def before_its_head(posts: PostQuerySet) -> PostQuerySet:
    """Handed in, and not before the reviewing unit until the head of its agency sends it on."""
    return posts.filter(status=Post.Status.SUBMITTED, with_head=True).order_by(
        Coalesce("publish_at", "submitted_at"), "pk"
    )


def in_trouble(posts: PostQuerySet) -> PostQuerySet:
    """With a delivery that waits for somebody's decision."""
    return posts.filter(Exists(_OF_POST.needing_a_person()))


def scheduled(posts: PostQuerySet) -> PostQuerySet:
    """Approved, with a channel still to come."""
    return posts.filter(Exists(_OF_POST.filter(status=Delivery.Status.WAITING)))


def live(posts: PostQuerySet) -> PostQuerySet:
    """Public on at least one channel."""
    return posts.filter(Exists(_OF_POST.filter(status=Delivery.Status.PUBLISHED)))


def _in(status: Post.Status) -> Narrowing:
    return lambda posts: posts.filter(status=status)


# What the tabs say, in their order; "disetujui" alone would not tell what is public.
STATES: dict[str, tuple[str | Promise, Narrowing]] = {
    "": (_("Semua"), lambda posts: posts),
    "attention": (_("Perlu tindakan"), needing_a_person),
    **{
        str(status.value): (status.label, _in(status))
        for status in (Post.Status.DRAFT, Post.Status.RETURNED, Post.Status.SUBMITTED)
    },
    "scheduled": (_("Terjadwal"), scheduled),
    "live": (_("Tayang"), live),
    **{
        str(status.value): (status.label, _in(status))
        for status in (Post.Status.EXPIRED, Post.Status.REJECTED, Post.Status.CANCELLED)
    },
}


class Search(forms.Form):
    """A GET form; what cannot be understood narrows nothing."""

    q = search_field(_("Cari dalam teks"))
    channel = forms.TypedChoiceField(label=_("Kanal"), required=False, coerce=int, empty_value=None)
    status = forms.ChoiceField(
        required=False,
        choices=[(key, label) for key, (label, _narrowing) in STATES.items()],
        widget=forms.HiddenInput,
    )

    def __init__(self, asked: QueryDict, channels: Iterable[Channel]) -> None:
        super().__init__(asked)
        options = [("", _("Semua kanal")), *((c.pk, str(c)) for c in channels)]
        self.fields["channel"].choices = options  # type: ignore[attr-defined]

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        self.full_clean()
        said = self.cleaned_data
        posts = STATES[said.get("status", "")][1](posts)
        if channel := said.get("channel"):
            there = Variant.objects.filter(post=OuterRef("pk"), channel=channel)
            posts = posts.filter(Exists(there))
        if q := said.get("q"):
            posts = posts.saying(q)
        return posts

    @property
    def narrows(self) -> bool:
        """Whether anything was asked."""
        return any(self.cleaned_data.values())
