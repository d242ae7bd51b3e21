"""The picture library's forms: a search, and what is said of one picture."""

import hashlib
from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import search_field
from accounts.models import Agency, User
from publishing import documents, media, wording
from publishing.forms.fields import WordsField
from publishing.models import Faces, Licence, Media
from publishing.models.media import MediaQuerySet

ALT_LENGTH = 1000
CONSENT_TYPES = ".pdf,.jpg,.jpeg,.png,.docx"
WHOLE = ("", _("Jangan dipotong"))
FOCI = (  # "x,y" in percent, as Media.focal says it; in the order in which they stand in a picture
    ("0,0", _("Kiri atas")),
    ("50,0", _("Tengah atas")),
    ("100,0", _("Kanan atas")),
    ("0,50", _("Kiri tengah")),
    ("50,50", _("Tengah")),
    ("100,50", _("Kanan tengah")),
    ("0,100", _("Kiri bawah")),
    ("50,100", _("Tengah bawah")),
    ("100,100", _("Kanan bawah")),
)


class LibrarySearch(forms.Form):
    """A GET form; nothing asked narrows nothing."""

    q = search_field(_("Cari gambar"))

    def narrow(self, pictures: MediaQuerySet) -> MediaQuerySet:
        """Those whose file name, alternative text or credit has the words."""
        self.full_clean()
        if not (q := self.cleaned_data.get("q")):
            return pictures
        return pictures.saying(q)

    @property
    def narrows(self) -> bool:
        return bool(self.cleaned_data.get("q"))


def attach_consent(
    picture: Media, upload: UploadedFile[bytes], *, agency: Agency, by: User
) -> None:
    """Keep a signed consent with the picture at once, so that no error elsewhere loses it.

    Raises documents.BadDocument with a sentence.
    """
    picture.consent_file = documents.accept(upload, agency=agency, by=by)
    picture.save(update_fields=["consent_file"])


class AboutPicture(forms.ModelForm[Media]):
    """What it shows, whose it is, by what right it is shown, and what must stay in sight.

    The page carries a mark of each value that it showed: of what several people say in old tabs,
    only what each of them changed is written. Without marks, what is kept counts as shown.
    """

    carriers: ClassVar[dict[str, tuple[str, ...]]] = {  # hidden input: the fields it marks
        "was": ("alt", "faces", "consent", "credit", "licence", "focal")
    }

    alt = WordsField(
        label=_("Teks alternatif"),
        required=False,
        max_length=ALT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )
    faces = forms.ChoiceField(
        label=_("Apakah wajah anak, pasien, atau penerima bantuan dapat dikenali?"),
        required=False,
        choices=Faces.choices,
        widget=forms.RadioSelect,
    )
    consent = WordsField(
        label=_("Rujukan persetujuan"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": _("mis. Surat persetujuan no. 12/2026")}),
    )
    consent_file = forms.FileField(
        label=_("Berkas persetujuan"),
        required=False,
        widget=forms.FileInput(attrs={"accept": CONSENT_TYPES}),
    )
    credit = WordsField(label=_("Kredit"), required=False, max_length=120)
    licence = forms.ChoiceField(
        label=_("Izin pakai"), required=False, choices=[("", _("Belum diisi")), *Licence.choices]
    )
    focal = forms.ChoiceField(
        label=_("Titik fokus"), required=False, choices=[WHOLE, *FOCI], widget=forms.RadioSelect
    )

    class Meta:
        model = Media
        fields = ("faces", "consent", "credit", "licence")

    def __init__(
        self, picture: Media, *, initial: dict[str, Any] | None = None, **options: Any
    ) -> None:
        kept = {"alt": picture.alt, "focal": picture.focal} | (initial or {})
        super().__init__(instance=picture, initial=kept, use_required_attribute=False, **options)

    @property
    def was(self) -> str:
        """The marks that the page carries."""
        return self.marks("was")

    def marks(self, carrier: str) -> str:
        return ",".join(self._shown[name] for name in self.carriers[carrier])

    @cached_property
    def _shown(self) -> dict[str, str]:
        """The mark of each value as the page showed it."""
        shown: dict[str, str] = {}
        for carrier, names in self.carriers.items():
            sent = self.data.get(self.add_prefix(carrier), "").split(",")
            kept = [_mark(self.initial.get(name)) for name in names]
            shown |= dict(zip(names, sent if len(sent) == len(names) else kept, strict=True))
        return shown

    def changes(self) -> set[str]:
        """The fields that this form changed. Only for a valid form."""
        return {n for n, mark in self._shown.items() if _mark(self.cleaned_data[n]) != mark}

    def write(self, names: Collection[str]) -> None:
        """Keep what was said in those fields. Only for a valid form."""
        picture, said = self.instance, self.cleaned_data
        fields = [name for name in ("alt", *self.Meta.fields) if name in names]
        if fields:
            picture.alt = said["alt"]
            picture.save(update_fields=fields)
        if "focal" in names:
            media.refocus(picture, _point(said["focal"]))
        self._shown |= {name: _mark(said[name]) for name in self._shown}


class PictureDetails(AboutPicture):
    """The form on a picture's own page."""

    def full_clean(self) -> None:
        super().full_clean()  # now the picture says what the form says
        unproven = self.is_bound and self.instance.lacks_consent
        if unproven and not self.cleaned_data.get("consent_file"):
            self.add_error("consent", said("Isi rujukan persetujuannya, atau unggah berkasnya."))

    def keep(self, *, by: User) -> bool:
        """Keep all of it; False, with the error on its field, when the consent cannot be kept."""
        if upload := self.cleaned_data["consent_file"]:
            try:
                attach_consent(self.instance, upload, agency=self.instance.agency, by=by)
            except documents.BadDocument as reason:
                self.add_error("consent_file", str(reason))
                return False
        self.write(self.changes())
        return True


def _mark(value: object) -> str:
    """Six characters that tell two values apart, far shorter than the values."""
    words = wording.clean(str(value or "")).strip()
    return hashlib.sha256(words.encode()).hexdigest()[:6]


def _point(focal: str) -> tuple[int, int] | None:
    if not focal:
        return None
    x, y = focal.split(",")
    return int(x), int(y)
