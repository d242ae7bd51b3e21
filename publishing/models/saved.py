"""A SavedDraft: what a draft said at one moment, to look at and to bring back."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import User
from publishing.models.post import Post


class SavedDraft(models.Model):
    """One kept state of a draft; `content` is `workflow.drafts.Draft` as JSON."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="saved")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    content = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["post", "-at"], name="saved_drafts_of_post")]

    def __str__(self) -> str:
        return f"{self.post} · {self.at:%H:%M}"
