"""What an app on a phone shares with us: words and pictures, as a draft."""

from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest

from accounts.models import Agency, User
from publishing import calendar, wording
from publishing.forms.pictures import Tray
from publishing.workflow import Draft, Placed


@dataclass(frozen=True)
class Shared:
    """Its words, as one text, and how many pictures came with them."""

    words: str
    pictures: int

    @classmethod
    def receiving(cls, request: HttpRequest) -> Self:
        """Title, text and link, each once: many apps put the others in the text too."""
        title, text, url = (
            wording.clean(request.POST.get(name, "")).strip() for name in ("title", "text", "url")
        )
        parts = [title if title not in text else "", text, url if url not in text else ""]
        words = "\n\n".join(part for part in parts if part)
        return cls(words[: wording.MOST_CHARACTERS], len(request.FILES.getlist("pictures")))

    def draft(self, tray: Tray) -> Draft:
        """A draft without channels, for tomorrow at nine."""
        pictures = [Placed(media.pk, media.alt) for media in tray.pictures]
        at = calendar.first_offer()
        return Draft(text=self.words, channels={}, pictures=pictures, publish_at=at)


def pictures_in(request: HttpRequest, *, agency: Agency, by: User) -> Tray:
    """The usable pictures, kept for `agency`; the others are refused with a sentence each."""
    tray = Tray(agency)
    tray.take(request.FILES.getlist("pictures"), by=by)
    return tray
