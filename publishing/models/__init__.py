"""The nouns: what is written, what it shows, what happened to it, and where it went."""

from publishing.models.delivery import Attempt, Delivery, Lane
from publishing.models.event import Event
from publishing.models.heartbeat import Heartbeat
from publishing.models.media import Attachment, Media, Rendition
from publishing.models.pause import Pause
from publishing.models.post import Post, Source, Variant
from publishing.models.review import Review
from publishing.models.revision import Revision

__all__ = [
    "Attachment",
    "Attempt",
    "Delivery",
    "Event",
    "Heartbeat",
    "Lane",
    "Media",
    "Pause",
    "Post",
    "Rendition",
    "Review",
    "Revision",
    "Source",
    "Variant",
]
