"""A Revision: the immutable snapshot of everything that a post will send, and its hash."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from platforms.adapters.base import Payload, Picture
from platforms.models import Channel
from publishing.models.kind import Kind
from publishing.models.post import Post


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one byte form of `content`: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


class Revision(models.Model):
    """One submission ("pengajuan ke-n"). A trigger refuses update and delete.

    `content` is {"channels": [{"channel", "platform", "account", "handle", "text",
    "pictures": [{"sha256", "alt", "width", "height", "size", "media"}]}],
    "sources": [{"document", "number", "date", "url", and when given "owner", "valid_until",
    "file": {"id", "name", "sha256"}, "supports": [quote]}], "no_claims": bool, and unless it is
    an announcement "kind" and "details": {question: answer}; of a ralat "corrects": post id}.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    publish_at = models.DateTimeField(null=True)  # as asked; rescheduling keeps the approval
    valid_until = models.DateTimeField(null=True)  # never sent after it, whoever asks
    urgent = models.BooleanField(default=False)  # a short grace: late news of danger misleads
    note = models.TextField(blank=True)
    pictures = models.ManyToManyField("publishing.Media", related_name="revisions")
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "number"], name="one_revision_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.post} #{self.number}"

    @property
    def kind(self) -> Kind:
        """Of before there were kinds: an announcement, or an emergency that was ticked as such."""
        ordinary = Kind.EMERGENCY if self.urgent else Kind.ANNOUNCEMENT
        return Kind(self.content.get("kind", ordinary))

    def deadline(self, not_before: datetime) -> datetime:
        """Until when it may begin to go out if it is meant for `not_before` (product.md 4)."""
        late = not_before + (settings.URGENT_GRACE if self.urgent else settings.GRACE)
        return min(late, self.valid_until) if self.valid_until else late

    def is_intact(self) -> bool:
        """Whether the stored content is still what the hash was taken of."""
        return fingerprint(self.content) == self.sha256

    def is_for(self, channel: Channel) -> bool:
        """Whether this revision was approved for the account that `channel` now stands for."""
        entries = self.content["channels"]
        return any(
            entry["channel"] == channel.pk and entry["account"] == channel.remote_id
            for entry in entries
        )

    def entry(self, channel_id: int) -> dict[str, Any]:
        """What this revision says for one channel. Raises KeyError when it says nothing there."""
        for entry in self.content["channels"]:
            if entry["channel"] == channel_id:
                return dict(entry)
        raise KeyError(channel_id)

    def payload(self, channel_id: int) -> Payload:
        """The payload for one channel, exactly as approved. Raises KeyError."""
        entry = self.entry(channel_id)
        pictures = (
            Picture(p["sha256"], p["alt"], p["width"], p["height"], p["size"])
            for p in entry["pictures"]
        )
        return Payload(entry["text"], tuple(pictures))
