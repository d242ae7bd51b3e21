"""Pictures: the cleaned original, its renditions per platform, its place in a post."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.policy import Action, may
from publishing.models.post import Post


class MediaQuerySet(models.QuerySet["Media"]):
    def visible_to(self, user: User) -> Self:
        """Own agency's pictures, and those that posts this person may see show, or once showed."""
        if may(user, Action.READ_ALL):
            return self
        posts = Post.objects.visible_to(user)
        shown = models.Q(attachments__post__in=posts) | models.Q(revisions__post__in=posts)
        own = models.Q(agency_id=user.agency_id) if may(user, Action.WRITE) else models.Q(pk__in=[])
        return self.filter(own | shown).distinct()


class Media(models.Model):
    """A picture without its EXIF, stored once per agency and named by its hash."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="media")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    name = models.CharField(_("nama berkas"), max_length=200)  # as it was on the person's device
    upload_sha256 = models.CharField(max_length=64)  # of the bytes that were uploaded
    path = models.CharField(max_length=200)  # of the cleaned original, below MEDIA_ROOT
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = MediaQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "upload_sha256"], name="one_picture_stored_once_per_agency"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Rendition(models.Model):
    """A picture made for one use: a platform's JPEG ("x", "facebook", …) or "thumb" (WebP)."""

    media = models.ForeignKey(Media, models.CASCADE, related_name="renditions")
    use = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=200)  # below MEDIA_ROOT
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # bytes

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["media", "use"], name="one_rendition_per_use")
        ]

    def __str__(self) -> str:
        return f"{self.media} ({self.use})"


class Attachment(models.Model):
    """A picture in a draft: its place in the row, and what it says to people who cannot see it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="attachments")
    media = models.ForeignKey(Media, models.PROTECT, related_name="attachments")
    position = models.PositiveIntegerField()
    alt = models.CharField(_("teks alternatif"), max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "media"], name="one_picture_once_per_post")
        ]

    def __str__(self) -> str:
        return f"{self.media} · {self.post}"
