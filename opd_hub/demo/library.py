"""The demo's pictures as each agency keeps them: drawn once, accepted once per agency."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Agency, User
from opd_hub.demo.gallery import POSTERS
from opd_hub.demo.people import author_of
from publishing import media
from publishing.models import Attachment, Faces, Licence, Media, Post

UNUSED = {  # agency -> posters that no post shows yet
    "DINKES": ("sabun", "asi"),
    "DISDIKBUD": ("bermain",),
    "PARPORA": ("songket",),
}
BETWEEN = timedelta(days=26)  # two pictures that were put there without a post


class Library:
    """Takes a poster's name, gives the agency's own copy of it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], Media] = {}

    def hang(self, poster: str, post: Post, place: int) -> None:
        """Attach the poster to the post, with its alternative text."""
        kept = self._keep(poster, post.agency, post.author, post.created_at)
        Attachment.objects.create(post=post, media=kept, position=place, alt=kept.alt)

    def lay_in(
        self, agencies: Mapping[str, Agency], people: Mapping[str, User], now: datetime
    ) -> None:
        """Keep the pictures that wait for a post."""
        for code, posters in UNUSED.items():
            for n, poster in enumerate(posters, start=1):
                self._keep(poster, agencies[code], people[author_of(code)], now - n * BETWEEN)

    def _keep(self, poster: str, agency: Agency, by: User, at: datetime) -> Media:
        key = (poster, agency.pk)
        if key not in self._kept:
            self._kept[key] = _accepted(poster, agency, by, at)
        return self._kept[key]


def _accepted(poster: str, agency: Agency, by: User, at: datetime) -> Media:
    upload = SimpleUploadedFile(f"poster-{poster}.jpg", _drawn(poster), "image/jpeg")
    kept, drawing = media.accept(upload, agency=agency, by=by), POSTERS[poster]
    kept.uploaded_at = at
    kept.alt, kept.credit, kept.licence = drawing.alt, agency.short_name, Licence.OWN
    kept.faces = Faces.NONE if drawing.faces_answered else ""
    kept.save()
    if drawing.focal:
        media.refocus(kept, drawing.focal)
    return kept


@cache
def _drawn(poster: str) -> bytes:
    return POSTERS[poster].jpeg()
