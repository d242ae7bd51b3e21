"""What the facts and sources of a draft are worth today, and how a fact gets into a text."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing import statements
from publishing.models import Fact, Post, Source

WATCHED = (*Post.EDITABLE, Post.Status.SUBMITTED)  # while somebody can still mend it


def insert(text: str, fact: Fact) -> str:
    """`text` with the fact's figure and unit at its end: nobody knows where the cursor was."""
    return f"{text.rstrip()} {fact.said}".strip()


def facts_troubles(post: Post) -> list[str]:
    """A sentence for each fact that is expired, retired or changed, and for each source gone by.

    Asks for what is not yet prefetched of `facts`, `sources` and `variants`.
    """
    prefetch_related_objects([post], "facts", "sources", "variants")
    return troubles(post.facts.all(), post.sources.all(), texts_of(post))


def texts_of(post: Post) -> list[str]:
    """Everything that a draft says: the shared text, and those of its channels' own."""
    return [post.text, *(variant.text for variant in post.variants.all())]


def troubles(facts: Iterable[Fact], sources: Iterable[Source], texts: Sequence[str]) -> list[str]:
    """The same of what is at hand: a form that was not saved yet has its own words."""
    of_facts = [_of_fact(fact, texts) for fact in facts]
    return [
        *filter(None, of_facts),
        *(_of_source(one) for one in sources if gone_by(one.valid_until)),
    ]


def flagged(posts: Iterable[Post]) -> set[int]:
    """Ids of those of `posts` that have a trouble and can still be mended, for a flag in a list.

    At most three queries, however many posts.
    """
    watched = [post for post in posts if post.status in WATCHED]
    prefetch_related_objects(watched, "facts", "sources", "variants")
    return {post.pk for post in watched if facts_troubles(post)}


def gone_by(last_day: date | None) -> bool:
    """Whether `last_day`, the last good one, is over in WIB."""
    return last_day is not None and last_day < timezone.localdate()


def _of_fact(fact: Fact, texts: Sequence[str]) -> str:
    """What is wrong with a fact that is used in `texts`; empty when nothing is."""
    if fact.retired_at:
        said = _("Fakta “%(fact)s” sudah dihapus dari Bank fakta. Hapus dari teks, atau ganti.")
        return said % {"fact": fact}
    if fact.is_past and fact.expires:
        said = _(
            "Fakta “%(fact)s” lewat masa berlakunya: berlaku sampai %(day)s. "
            "Perbarui di Bank fakta, atau hapus dari teks."
        )
        return said % {"fact": fact, "day": _written(fact.expires)}
    if any(statements.says(text, fact.said) for text in texts):
        return ""
    said = _(
        "Fakta “%(name)s” kini berbunyi “%(said)s”, dan teks tidak memuatnya. "
        "Perbarui teksnya, atau lepaskan fakta ini."
    )
    return said % {"name": fact.name, "said": fact.said}


def _of_source(source: Source) -> str:
    said = _(
        "Sumber “%(document)s” lewat masa berlakunya: berlaku sampai %(day)s. "
        "Ganti dengan yang terbaru."
    )
    day = _written(source.valid_until) if source.valid_until else ""
    return said % {"document": source.document, "day": day}


def _written(day: date) -> str:
    return date_format(day, "j F Y")
