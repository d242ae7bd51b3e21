"""Pictures: the cleaned original, its renditions per platform, its place in a post."""

from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.policy import Action, may
from publishing.models.fact import Document
from publishing.models.post import Post

VERSION_LENGTH = 16  # of a SHA-256, in the address of a picture


class MediaQuerySet(models.QuerySet["Media"]):
    def visible_to(self, user: User) -> Self:
        """Own agency's pictures, and those that posts this person may see show, or once showed."""
        if may(user, Action.READ_ALL):
            return self
        posts = Post.objects.visible_to(user)
        this = Media.objects.filter(pk=models.OuterRef("pk"))
        shown = Exists(this.filter(attachments__post__in=posts))
        once_shown = Exists(this.filter(revisions__post__in=posts))
        own = models.Q(agency_id=user.agency_id) if may(user, Action.WRITE) else models.Q(pk__in=[])
        return self.filter(own | shown | once_shown)

    def saying(self, words: str) -> Self:
        """With these words in the file's name, the alternative text or the credit."""
        there = models.Q(name__icontains=words) | models.Q(alt__icontains=words)
        return self.filter(there | models.Q(credit__icontains=words))


class Licence(models.TextChoices):
    """By what right the agency may show a picture."""

    OWN = "own", _("Foto atau karya OPD sendiri")
    PERMITTED = "permitted", _("Dengan izin pemiliknya")
    OPEN = "open", _("Lisensi terbuka (mis. CC BY) atau domain publik")


class Faces(models.TextChoices):
    """Whether children, patients or recipients of aid can be recognised; "" is unanswered."""

    NONE = "none", _("Tidak ada")
    CONSENTED = "consented", _("Ada, dengan persetujuan")


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
    alt = models.CharField(_("teks alternatif"), max_length=1000, blank=True)  # offered at reuse
    credit = models.CharField(_("kredit"), max_length=120, blank=True)
    licence = models.CharField(_("izin pakai"), max_length=10, choices=Licence, blank=True)
    faces = models.CharField(_("wajah"), max_length=10, choices=Faces, blank=True)
    consent = models.CharField(_("rujukan persetujuan"), max_length=200, blank=True)
    consent_file = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="consents"
    )
    # what must stay in sight when a platform's frame is narrower, in percent; null: nothing is cut
    focal_x = models.PositiveSmallIntegerField(null=True, blank=True)
    focal_y = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = MediaQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-uploaded_at", "-id"], name="media_of_agency"),
            GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"),
                OpClass(Upper("alt"), name="gin_trgm_ops"),
                OpClass(Upper("credit"), name="gin_trgm_ops"),
                name="media_by_words",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "upload_sha256"], name="one_picture_stored_once_per_agency"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def focal(self) -> str:
        """ "x,y" in percent of what must stay in sight; "" when nothing may be cut."""
        return "" if self.focal_x is None else f"{self.focal_x},{self.focal_y}"

    def rendition(self, use: str, version: str | None = None) -> "Rendition":
        """What stands for `use` now, or stood at `version` (see `address_of`).

        Reads `renditions.all()`, so prefetch it. Raises KeyError for an unknown use.
        """
        made = list(self.renditions.all())
        focal = self.focal
        if version is not None:
            named = (one.focal for one in made if version and one.sha256.startswith(version))
            focal = next(named, version)
        of_use = {one.focal: one for one in made if one.use == use}
        return of_use.get(focal) or of_use[""]

    def address(self, use: str) -> str:
        """Where signed-in people see it as it is cut now; another address once that changes."""
        return address_of(self.pk, use, self.focal)

    @property
    def thumb(self) -> str:
        """The address of its thumbnail."""
        return self.address("thumb")

    @property
    def whole(self) -> str:
        """The address of the picture in full, of which no frame has cut anything."""
        return address_of(self.pk, "facebook")

    @property
    def rights(self) -> list[str]:
        """By what right it may be shown, in plain sentences; what is unanswered is left out."""
        rows = [
            self.licence
            and gettext("Izin pakai: %(what)s.") % {"what": self.get_licence_display()},
            self.credit and gettext("Kredit: %(whom)s.") % {"whom": self.credit},
            self._faces_sentence(),
        ]
        return [row for row in rows if row]

    def _faces_sentence(self) -> str:
        if self.faces == Faces.NONE:
            return gettext("Tidak memperlihatkan wajah anak, pasien, atau penerima bantuan.")
        if self.faces != Faces.CONSENTED:
            return ""
        rests_on = ", ".join(filter(None, [self.consent, str(self.consent_file or "")]))
        sentence = gettext("Wajah anak, pasien, atau penerima bantuan tampak dengan persetujuan")
        return f"{sentence}: {rests_on}." if rests_on else f"{sentence}."

    @property
    def lacks_consent(self) -> bool:
        """Whether faces are shown by a consent that nothing refers to."""
        proven = self.consent.strip() or self.consent_file_id
        return self.faces == Faces.CONSENTED and not proven

    def hands(self) -> set[int]:
        """Who had a hand in it (accounts.policy.Work)."""
        return {self.uploaded_by_id}


def address_of(media: int, use: str, version: str = "") -> str:
    """Where signed-in people see a picture; the bytes behind one address never change.

    `version` is a focal point, or the beginning of the SHA-256 of a rendition that shares its cut:
    so a frozen revision shows what it sends. "" is the picture with nothing cut.
    """
    address = reverse("picture", args=[media, use])
    return f"{address}?v={version}" if version else address


class Rendition(models.Model):
    """A picture made for one use: a platform's JPEG ("x", "facebook", …) or "thumb" (WebP)."""

    media = models.ForeignKey(Media, models.CASCADE, related_name="renditions")
    use = models.CharField(max_length=20)
    focal = models.CharField(max_length=7, blank=True)  # "x,y" where it was cut; "": nothing was
    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=200)  # below MEDIA_ROOT
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # bytes

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["media", "use", "focal"], name="one_rendition_per_use")
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
