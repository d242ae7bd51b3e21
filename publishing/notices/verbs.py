"""Which events concern somebody: for each verb its topic, its people, its sentence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from publishing.models import Event, Post
from publishing.models.notice import Topic
from publishing.notices import audience
from publishing.notices.telling import News

Verb = Event.Verb
People = Callable[[Event, Post], Iterable[User]]
UNDOABLE = (Verb.APPROVE, Verb.FIRST, Verb.SEND_BACK, Verb.REJECT)  # told when that time is over


@dataclass(frozen=True)
class Rule:
    """What becomes of one verb. The sentence follows the name of the post."""

    topic: Topic
    people: People
    sentence: str | Promise
    leads_to: str = "post"  # the page on which something can be done


def _writers(event: Event, post: Post) -> Iterable[User]:
    return audience.writers(post)


def _reviewers(event: Event, post: Post) -> Iterable[User]:
    if post.with_head:
        return audience.heads(post.agency_id)
    return audience.reviewers(post) if post.status == Post.Status.SUBMITTED else ()


def _menders(event: Event, post: Post) -> Iterable[User]:
    return audience.menders(post)


def _named(event: Event, post: Post) -> Iterable[User]:
    return [post.assigned_to] if post.assigned_to else ()


def _other_side(event: Event, post: Post) -> Iterable[User]:
    duty = audience.reviewers(post)
    return {*audience.heads(post.agency_id), *duty}


def _coordinators(event: Event, post: Post) -> Iterable[User]:
    return audience.coordinators()


def _expired(event: Event, post: Post) -> Iterable[User]:
    return {*audience.writers(post), *audience.reviewers(post)}


_D, _Q = Topic.DECIDED, Topic.QUEUE
RULES: Mapping[str, Rule] = {
    Verb.SUBMIT: Rule(_Q, _reviewers, _("menunggu Anda"), "review"),
    Verb.FORWARD: Rule(_Q, _reviewers, _("menunggu Anda"), "review"),
    Verb.FIRST: Rule(_Q, _reviewers, _("menunggu persetujuan kedua"), "review"),
    Verb.ASSIGN: Rule(_Q, _named, _("dialihkan kepada Anda"), "review"),
    Verb.SIGN: Rule(_Q, _other_side, _("menunggu tanda tangan kedua untuk rilis bersama")),
    Verb.JOINT: Rule(_Q, _coordinators, _("dirilis bersama, perlu ditinjau sesudahnya")),
    Verb.SEND_BACK: Rule(_D, _writers, _("dikembalikan untuk diperbaiki")),
    Verb.APPROVE: Rule(_D, _writers, _("disetujui")),
    Verb.REJECT: Rule(_D, _writers, _("ditolak; alasannya tertulis")),
    Verb.AMEND: Rule(_D, _writers, _("sedang disunting peninjau")),
    Verb.EXPIRE: Rule(_D, _expired, _("lewat jadwal sebelum diputuskan; beri waktu baru")),
    Verb.REOPEN: Rule(_D, _writers, _("dibuka lagi; pengirimannya ditahan")),
    Verb.FAILED: Rule(Topic.DELIVERY, _menders, _("gagal tayang; baca sebabnya dan putuskan")),
    Verb.UNCERTAIN: Rule(
        Topic.DELIVERY, _menders, _("belum pasti tayang; jangan unggah sendiri, kami memeriksa")
    ),
    Verb.MISSED: Rule(Topic.DELIVERY, _menders, _("terlewat; putuskan kirim, jadwal ulang, batal")),
    Verb.HELD: Rule(Topic.DELIVERY, _menders, _("ditahan; baca penghalangnya")),
    Verb.GONE: Rule(Topic.DELIVERY, _menders, _("hilang dari platform; periksa")),
}


def news(event: Event, post: Post) -> News | None:
    """The line about an event; None when nobody is told of its verb."""
    rule = RULES.get(event.verb)
    if rule is None:
        return None
    said = f"{rule.sentence}{_by(event)}."
    return News(
        key=f"{rule.topic}:{post.pk}",
        topic=rule.topic,
        words=f"“{post.title}” {said}",
        outside=_("Unggahan #%(pk)s %(said)s") % {"pk": post.pk, "said": said},
        url=reverse(rule.leads_to, args=[post.pk]),
        post=post,
        urgent=post.urgent,
    )


def _by(event: Event) -> str:
    return str(_(", oleh %(who)s") % {"who": event.actor}) if event.actor else ""


def people(event: Event, post: Post) -> list[User]:
    """Whom the event concerns; nobody is told of their own deed."""
    found = RULES[event.verb].people(event, post)
    return [one for one in found if one.pk != event.actor_id]
