"""Makes the rows of a story through the same doors that people use."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Agency, Role, User
from platforms.models import Channel
from publishing import media, workflow
from publishing.models import Post
from publishing.workflow import Draft, SourceLine

PASSWORD = "rumah gadang sembilan ruang"
SECRETS = {
    "instagram": {"token": "ig-token"},
    "facebook": {"token": "fb-token"},
    "x": {"access_token": "x-token", "access_secret": "x-secret"},
}
SOURCE = SourceLine("Jadwal imunisasi Dinas Kesehatan", "400.7/112/DINKES/2026")


def make_person(email: str, name: str, role: Role, agency: Agency | None = None) -> User:
    return User.objects.create_user(email, PASSWORD, name=name, role=role, agency=agency)


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


def make_draft(author: User, *channels: Channel, pictures=(), own_texts=None, **fields) -> Post:
    """A draft that lacks nothing, unless told otherwise. `pictures` are uploaded files."""
    assert author.agency
    kept = [media.accept(file, agency=author.agency, by=author) for file in pictures]
    own_texts = own_texts or {}
    draft = Draft(
        **{
            "text": "Imunisasi gratis Sabtu ini di Balai Nagari Koto Baru.",
            "channels": {c.pk: own_texts.get(c.platform, "") for c in channels},
            "pictures": [(one.pk, "Poster imunisasi di Balai Nagari Koto Baru") for one in kept],
            "sources": [SOURCE],
            "publish_at": in_hours(3),
        }
        | fields
    )
    return workflow.create_draft(draft, by=author)


def make_submitted(author: User, *channels: Channel, **fields) -> Post:
    post = make_draft(author, *channels, **fields)
    workflow.submit(post, by=author, seen=post.version)
    return post


def make_approved(author: User, reviewer: User, *channels: Channel, **fields) -> Post:
    post = make_submitted(author, *channels, **fields)
    approve(post, reviewer)
    return post


def approve(post: Post, reviewer: User, **options) -> None:
    newest = post.revisions.order_by("-number")[0]
    workflow.approve(post, by=reviewer, seen=post.version, revision=newest.sha256, **options)
