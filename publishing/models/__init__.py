"""The nouns: what is written, what it shows, what happened to it, and where it went."""

from publishing.models.delivery import Attempt, Delivery, Lane
from publishing.models.desk import Desk, Programme
from publishing.models.event import Event
from publishing.models.fact import Document, Fact
from publishing.models.feed import CalendarFeed
from publishing.models.finding import Answer, Finding
from publishing.models.heartbeat import Heartbeat
from publishing.models.kind import Kind, Pillar, Value
from publishing.models.media import Attachment, Faces, Licence, Media, Rendition
from publishing.models.note import Note
from publishing.models.notice import (
    Alarm,
    Choice,
    Gate,
    Message,
    Notice,
    Reach,
    Told,
    Topic,
    Way,
)
from publishing.models.pause import Pause
from publishing.models.pledge import Pledge
from publishing.models.post import Post, Source, Variant
from publishing.models.review import Reading, Review, Signature
from publishing.models.revision import Revision
from publishing.models.roster import Duty, Pool
from publishing.models.rulebook import (
    Acronym,
    Allowance,
    Commemoration,
    Holiday,
    Official,
    Period,
    RetiredRule,
    Rulebook,
    WordEdit,
)
from publishing.models.saved import SavedDraft

__all__ = [
    "Acronym",
    "Alarm",
    "Allowance",
    "Answer",
    "Attachment",
    "Attempt",
    "CalendarFeed",
    "Choice",
    "Commemoration",
    "Delivery",
    "Desk",
    "Document",
    "Duty",
    "Event",
    "Faces",
    "Fact",
    "Finding",
    "Gate",
    "Heartbeat",
    "Holiday",
    "Kind",
    "Lane",
    "Licence",
    "Media",
    "Message",
    "Note",
    "Notice",
    "Official",
    "Pause",
    "Period",
    "Pillar",
    "Pledge",
    "Pool",
    "Post",
    "Programme",
    "Reach",
    "Reading",
    "Rendition",
    "RetiredRule",
    "Review",
    "Revision",
    "Rulebook",
    "SavedDraft",
    "Signature",
    "Source",
    "Told",
    "Topic",
    "Value",
    "Variant",
    "Way",
    "WordEdit",
]
