"""Makes the rows of a story through the same doors that people use."""

import re
import time
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts import codes
from accounts.models import Agency, Role, User
from platforms.models import Channel
from publishing import checklist, findings, guidebook, media, workflow
from publishing.models import Faces, Fact, Media, Pool, Post
from publishing.workflow import Draft, Placed, SourceLine

PASSWORD = "rumah gadang sembilan ruang"
SECRETS = {
    "instagram": {"token": "ig-token"},
    "facebook": {"token": "fb-token"},
    "x": {"access_token": "x-token", "access_secret": "x-secret"},
}
ALT = "Poster imunisasi di Balai Nagari Koto Baru"
SOURCE = SourceLine("Jadwal imunisasi Dinas Kesehatan", "400.7/112/DINKES/2026")


def make_person(
    email: str, name: str, role: Role, agency: Agency | None = None, *, pledged: bool = True
) -> User:
    """Somebody who has read the guidelines, unless told otherwise."""
    person = User.objects.create_user(email, PASSWORD, name=name, role=role, agency=agency)
    if pledged:
        guidebook.pledge(person)
    return person


def give_app(person: User) -> Authenticator:
    """An authenticator app on the person's phone."""
    app: Authenticator = TOTP.activate(person, generate_totp_secret()).instance
    return app


def code_on(app: Authenticator) -> str:
    """The code that the phone shows, or the next one when it was used."""
    app.refresh_from_db()
    return codes.present_code(app)


def code_of(secret: str) -> str:
    """The present code of an app that is being set up."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def secret_on(page) -> str:
    """What the page that sets up an app shows beside its QR code."""
    key = re.search(r'class="key">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert key
    return "".join(re.findall(r"<span>(\w+)</span>", key[1]))


def make_channel(agency: Agency, platform: str, **fields) -> Channel:
    """A connected channel, or an unconnected one with `sealed=""`."""
    known = f"contoh_{agency.code.lower()}"
    number = {"instagram": 17, "facebook": 10, "x": 14}[platform]
    channel = Channel(
        agency=agency,
        platform=platform,
        adapter_key=platform,
        remote_id=f"{number}{agency.pk:08d}",
        handle=known,
        name=agency.name,
    )
    channel.keep_secrets(SECRETS[platform])
    for name, value in fields.items():
        setattr(channel, name, value)
    channel.save()
    return channel


def in_hours(hours: float):
    return timezone.now() + timedelta(hours=hours)


def urgent(**fields):
    """What a draft of kind darurat says beside its words."""
    details = {"reference": "BPBD, 24/11/2026", "time": "24 November 2026 pukul 14.10 WIB"}
    return {"kind": "emergency", "details": details, "valid_until": in_hours(24)} | fields


def make_draft(author: User, *channels: Channel, pictures=(), own_texts=None, **fields) -> Post:
    """A draft that lacks nothing, unless told otherwise. `pictures` are uploaded files."""
    assert author.agency
    kept = [media.accept(file, agency=author.agency, by=author) for file in pictures]
    Media.objects.filter(pk__in=[one.pk for one in kept]).update(faces=Faces.NONE)
    own_texts = own_texts or {}
    draft = Draft(
        **{
            "text": "Imunisasi gratis Sabtu ini di Balai Nagari Koto Baru.",
            "channels": {c.pk: own_texts.get(c.platform, "") for c in channels},
            "pictures": [Placed(one.pk, ALT) for one in kept],
            "sources": [SOURCE],
            "publish_at": in_hours(3),
        }
        | fields
    )
    return workflow.create_draft(draft, by=author)


def make_fact(author: User, **fields) -> Fact:
    """A fact of the author's agency, without a last day."""
    said = {
        "name": "UMKM naik kelas",
        "figure": "1.323",
        "unit": "UMKM",
        "as_of": date(2025, 12, 31),
    }
    rests_on = {"document": "Laporan kinerja", "number": "500.3/1", "owner": "Bidang UMKM"}
    return Fact.objects.create(
        **{"agency": author.agency, "added_by": author} | said | rests_on | fields
    )


def pdf_file(name="sk.pdf", words=b"Keputusan", size=0) -> SimpleUploadedFile:
    """A small PDF as a browser uploads it; `size` bytes of padding make it a large one."""
    return SimpleUploadedFile(name, b"%PDF-1.7\n" + words + b" " * size + b"\n%%EOF\n")


def make_submitted(author: User, *channels: Channel, **fields) -> Post:
    post = make_draft(author, *channels, **fields)
    workflow.submit(post, by=author, seen=post.version)
    return post


def make_checked(author: User, *channels: Channel, **fields) -> Post:
    """A submitted post whose author says of every warning that it was checked."""
    post = make_draft(author, *channels, **fields)
    submit_checked(post, author)
    return post


def submit_checked(post: Post, author: User) -> None:
    for one in findings.unsettled(findings.of_draft(post)):
        workflow.answer(post, one.found.key, by=author, words="Sudah dicek.")
    workflow.submit(post, by=author, seen=post.version)


def make_approved(author: User, reviewer: User, *channels: Channel, **fields) -> Post:
    post = make_submitted(author, *channels, **fields)
    approve(post, reviewer)
    return post


def approve(post: Post, reviewer: User, **options) -> None:
    newest = post.revisions.order_by("-number")[0]
    options = {"checklist": checklist.AT_ONCE} | options
    options["revision"] = newest.sha256
    if not workflow.approve(post, by=reviewer, seen=post.version, **options):
        workflow.approve(post, by=a_second_reviewer(), seen=post.version, **options)


def approve_once(post: Post, reviewer: User) -> None:
    """One person's yes, be it the first of two."""
    read = post.revisions.order_by("-number")[0].sha256
    seen, everything = Post.objects.get(pk=post.pk).version, checklist.AT_ONCE
    workflow.approve(post, by=reviewer, seen=seen, revision=read, checklist=everything)


def a_second_reviewer() -> User:
    """Somebody else of the reviewing unit, for what needs two."""
    known = User.objects.filter(email="kedua@contoh.test").first()
    return known or make_person("kedua@contoh.test", "Kedua Contoh", Role.REVIEWER)


def make_pool(agency: Agency, *reviewers: User, name: str = "Kesehatan") -> Pool:
    """A pool that reviews what this agency hands in."""
    pool = Pool.objects.create(name=name)
    pool.agencies.add(agency)
    pool.reviewers.add(*reviewers)
    return pool
