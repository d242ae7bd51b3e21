"""Posts as Instagram's app interface lists them: their words, their hour, their address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from platforms.adapters.base import Listed
from platforms.adapters.private_session import LABEL
from platforms.adapters.trouble import unclear
from platforms.adapters.wire import Way

if TYPE_CHECKING:
    from platforms.adapters.private_client import PrivateClient

PAGE = 33  # posts; what the app asks for


@dataclass(frozen=True)
class Page:
    """Some of an account's posts, newest first but for pinned ones; `next` is the next's cursor."""

    posts: tuple[Listed, ...]
    next: str

    def reaches(self, since: datetime) -> bool:
        """Whether no post since then can be missing. What is pinned comes first, however old."""
        return not self.next or (bool(self.posts) and self.posts[-1].at < since)


def page(phone: "PrivateClient", way: Way, cursor: str = "") -> Page:
    """Read one page of the phone's own account; raises the Trouble that it was not readable."""
    asked = {"count": str(PAGE), "rank_token": phone.rank_token, "ranked_content": "true"}
    answer = phone.read(
        f"feed/user/{phone.user_id}/", **asked, **({"max_id": cursor} if cursor else {})
    )
    items = answer.get("items")
    if not isinstance(items, list):
        raise unclear(LABEL, "a list of another shape")
    more = str(answer.get("next_max_id") or "?") if answer.get("more_available") else ""
    return Page(tuple(listed(item, way) for item in items), more)


def listed(media: Any, way: Way) -> Listed:
    """A post out of an answer; raises the Trouble that it has another shape."""
    try:
        number, at = str(int(media["pk"])), datetime.fromtimestamp(int(media["taken_at"]), UTC)
        return Listed(number, _caption(media), at, permalink(media, way))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError) as error:
        raise unclear(LABEL, f"a post of another shape: {type(error).__name__}") from error


def permalink(media: Mapping[str, Any], way: Way) -> str:
    code = str(media.get("code") or "")
    return way.public(f"https://www.instagram.com/p/{code}/") if code else ""


def _caption(media: Mapping[str, Any]) -> str:
    caption = media.get("caption")
    return str(caption.get("text") or "") if caption else ""
