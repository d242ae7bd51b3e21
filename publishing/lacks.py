"""What a draft in a list lacks at first sight; the composer alone knows all of it."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.models import Attachment, Post, Source
from publishing.models.post import PostQuerySet

_OF_POST = {"post": OuterRef("pk")}


def told(posts: PostQuerySet) -> PostQuerySet:
    """With what `of` reads beside a row's own."""
    unnamed = Attachment.objects.filter(**_OF_POST, alt="")
    return posts.annotate(
        has_source=Exists(Source.objects.filter(**_OF_POST)), has_bare_picture=Exists(unnamed)
    )


def of(post: Any) -> str:
    """In one line: "teks, kanal, sumber data"; "" when nothing is missing at first sight."""
    if post.status != Post.Status.DRAFT:
        return ""
    missing = {
        _("teks"): not post.text.strip(),
        _("kanal"): not post.said_variants,
        _("sumber data"): not (post.no_claims or post.has_source),
        _("teks alternatif"): post.has_bare_picture,
        _("waktu yang akan datang"): post.publish_at and post.publish_at <= timezone.now(),
    }
    return ", ".join(words for words, so in missing.items() if so)
