"""Keeps files as evidence: a decree, a table, a consent; checked by their bytes, kept unchanged."""

import hashlib
import io
import struct
import unicodedata
import zipfile
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.policy import Action, may
from publishing.delivery import shelf
from publishing.models import Document, Media, Post, Revision

MOST_BYTES = 15 * 1024 * 1024
_NAME_LENGTH = 200
_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".docx": _OFFICE + "wordprocessingml.document",
    ".xlsx": _OFFICE + "spreadsheetml.sheet",
}
_ALIKE = {".jpeg": ".jpg"}  # a name may keep the other spelling
# how such a file begins, and what stands near its end when nothing was cut off
_MARKS = {
    ".pdf": (b"%PDF-", b"%%EOF"),
    ".jpg": (b"\xff\xd8\xff", b"\xff\xd9"),
    ".png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
}
_TAIL = 2048  # bytes; scanners and phones append a little of their own
_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


class BadDocument(Exception):
    """This file cannot be kept; the message says why and what to do, for its author."""


def accept(upload: UploadedFile[bytes], *, agency: Agency, by: User) -> Document:
    """Keep an uploaded PDF, JPEG, PNG, DOCX or XLSX; the same bytes are stored once per agency.

    Raises BadDocument with a sentence for the author.
    """
    raw = _read(upload)
    digest = hashlib.sha256(raw).hexdigest()
    if known := Document.objects.filter(agency=agency, sha256=digest).first():
        return known
    suffix = _suffix_of(raw)
    with transaction.atomic():
        document, _fresh = Document.objects.get_or_create(
            agency=agency,
            sha256=digest,
            defaults={
                "uploaded_by": by,
                "name": clean_name(upload.name or "", suffix),
                "path": shelf.keep(raw, suffix),
                "size": len(raw),
            },
        )
    return document


def may_see(user: User, document: Document) -> bool:
    """Whether this person may have the file.

    Writers of its agency may, who reads everything may, and whoever may see a post that rested on
    it when it was handed in, or showed a picture then whose consent it is.
    """
    own = may(user, Action.WRITE) and user.agency_id == document.agency_id
    return own or may(user, Action.READ_ALL) or _is_shown(user, document)


def content_type(document: Document) -> str:
    """The media type of a kept file, from what its bytes were when it came."""
    return TYPES[PurePosixPath(document.path).suffix]


def clean_name(name: str, suffix: str) -> str:
    """`name` without folders, control characters and marks that turn the writing around.

    At most 200 characters, and its ending is that of the bytes: ".pdf" for a PDF.
    """
    bare = name.replace("\\", "/").rpartition("/")[2]
    bare = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in bare)
    stem = " ".join(bare.split()).strip(". ") or _("berkas")
    ending = PurePosixPath(stem).suffix
    if _ALIKE.get(ending.lower(), ending.lower()) == suffix:
        stem = stem[: -len(ending)]
    else:
        ending = suffix
    return stem[: _NAME_LENGTH - len(ending)].rstrip(". ") + ending


def _read(upload: UploadedFile[bytes]) -> bytes:
    if not upload.size:
        raise BadDocument(_("Berkas ini kosong (0 bita). Pilih lagi berkasnya."))
    if upload.size > MOST_BYTES:
        raise BadDocument(_("Berkas ini lebih dari 15 MB. Kecilkan dulu, atau isi tautannya saja."))
    return bytes(upload.read())


def _suffix_of(raw: bytes) -> str:
    """What the bytes really are. Raises BadDocument for everything else."""
    for suffix, (head, end) in _MARKS.items():
        if raw.startswith(head):
            if end in raw[-_TAIL:]:
                return suffix
            raise BadDocument(_("Berkas ini rusak atau terpotong. Unggah lagi dari aslinya."))
    if raw.startswith(b"PK\x03\x04"):
        return _suffix_of_package(raw)
    raise _unfit()


def _suffix_of_package(raw: bytes) -> str:
    """Word and Excel write a zip; only its list of contents is read, nothing is unpacked."""
    try:
        parts = set(zipfile.ZipFile(io.BytesIO(raw)).namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        message = _("Berkas ini rusak atau terpotong. Unggah lagi dari aslinya.")
        raise BadDocument(message) from error
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise BadDocument(_("Berkas ini berisi makro. Simpan ulang tanpa makro, atau sebagai PDF."))
    for suffix, part in _PARTS.items():
        if part in parts:
            return suffix
    raise _unfit()


def _unfit() -> BadDocument:
    return BadDocument(
        _("Berkas ini bukan PDF, JPEG, PNG, DOCX, atau XLSX. Simpan ulang sebagai PDF.")
    )


def _is_shown(user: User, document: Document) -> bool:
    """What was handed in counts; what a returned post holds since then is the agency's own."""
    posts = Post.objects.visible_to(user).filter(agency_id=document.agency_id)
    frozen = Revision.objects.filter(
        post__in=posts, content__sources__contains=[{"file": {"id": document.pk}}]
    )
    consented = Media.objects.filter(revisions__post__in=posts, consent_file=document)
    return consented.exists() or frozen.exists()
