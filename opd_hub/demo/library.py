"""The demo's pictures as each agency keeps them: drawn once, accepted once per agency."""

from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from opd_hub.demo.gallery import POSTERS
from publishing import media
from publishing.models import Attachment, Media, Post


class Library:
    """Takes a poster's name, gives the agency's own copy of it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Media] = {}

    def hang(self, poster: str, post: Post) -> None:
        """Attach the poster to the post, with its alternative text."""
        key = (poster, post.agency_id)
        if key not in self._kept:
            self._kept[key] = _accepted(poster, post)
        Attachment.objects.create(
            post=post, media=self._kept[key], position=0, alt=POSTERS[poster].alt
        )


def _accepted(poster: str, post: Post) -> Media:
    upload = SimpleUploadedFile(f"poster-{poster}.jpg", _drawn(poster), "image/jpeg")
    return media.accept(upload, agency=post.agency, by=post.author)


@cache
def _drawn(poster: str) -> bytes:
    return POSTERS[poster].jpeg()
