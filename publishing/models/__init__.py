"""The nouns: what is written, what it shows, what happened to it, and where it went."""

from publishing.models.delivery import Attempt, Delivery, Lane
from publishing.models.desk import Desk, Programme
from publishing.models.event import Event
from publishing.models.fact import Document, Fact
from publishing.models.heartbeat import Heartbeat
from publishing.models.kind import Kind, Pillar, Value
from publishing.models.media import Attachment, Faces, Licence, Media, Rendition
from publishing.models.pause import Pause
from publishing.models.post import Post, Source, Variant
from publishing.models.review import Review
from publishing.models.revision import Revision
from publishing.models.saved import SavedDraft

__all__ = [
    "Attachment",
    "Attempt",
    "Delivery",
    "Desk",
    "Document",
    "Event",
    "Faces",
    "Fact",
    "Heartbeat",
    "Kind",
    "Lane",
    "Licence",
    "Media",
    "Pause",
    "Pillar",
    "Post",
    "Programme",
    "Rendition",
    "Review",
    "Revision",
    "SavedDraft",
    "Source",
    "Value",
    "Variant",
]
