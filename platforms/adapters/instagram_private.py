"""Instagram as its own app speaks to it, through instagrapi: for accounts without the official way.

Not the official way: Instagram's terms forbid it, and the account may be suspended for it. It is
off unless ENABLE_INSTAGRAM_PRIVATE=1. Workers only use a session; they never sign in.
"""

import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from platforms.adapters.base import (
    Absent,
    Account,
    Finding,
    Health,
    Healthy,
    Job,
    Light,
    Listed,
    Outcome,
    Preparation,
    Prepared,
    Published,
    ReadBack,
    Recent,
    RecentPosts,
    Rehearsal,
    Rehearsed,
    Sample,
    Seen,
    TryLater,
    Unknown,
)
from platforms.adapters.connecting import Login
from platforms.adapters.graph import earliest, is_ours
from platforms.adapters.instagram_content import InstagramContent, demand_own_number
from platforms.adapters.private_login import WARNING, PrivateLogin
from platforms.adapters.private_media import (
    Page,
    listed,
    page,
    permalink,
)
from platforms.adapters.private_phone import Phones, pause_on
from platforms.adapters.private_session import LABEL, SECRETS, Session
from platforms.adapters.trouble import Sign, Trouble, bytes_of, calmed, numbered, unclear
from platforms.adapters.turns import Turns, in_this_process
from platforms.adapters.wire import Way

FRESH = timedelta(hours=6)  # how long an upload is relied on
PAGES = 4  # that one look at recent posts reads


class InstagramPrivate(InstagramContent):
    """Checkpoint: `uploads`, the numbers of the pictures that Instagram holds, in their order."""

    key = "instagram_private"
    label = LABEL
    secrets = SECRETS

    def __init__(
        self,
        *,
        base_url: str = "",
        allow_remote: bool = False,
        timeout: tuple[float, float] = (5, 30),
        lock: Turns = in_this_process,
        rest: timedelta = timedelta(minutes=10),
        pause: Callable[[float], None] | None = None,
    ) -> None:
        self.way = Way.to(base_url, allow_remote=allow_remote, timeout=timeout)
        self.phones = Phones(self.way, lock, pause or pause_on(self.way))
        self.rest = rest

    def login(self) -> Login:
        """How a person signs in; only here is a password ever used."""
        return PrivateLogin(self.phones)

    def prepare(self, job: Job) -> Preparation:
        uploads, pictures = _fresh(job), job.payload.pictures
        step = f"upload {len(uploads) + 1}"
        try:
            Session.of(job.account)
            if len(uploads) >= len(pictures):
                return Prepared(_keeping(job, uploads), done=True)
            jpeg = bytes_of(job, pictures[len(uploads)])
            number = _number(uploads)
            with self.phones.of(job.account) as phone:
                phone.upload(jpeg, number, in_album=len(pictures) > 1)
        except Trouble as trouble:
            return trouble.patiently(_keeping(job, uploads), step)
        kept = calmed(_keeping(job, [*uploads, number]), step)
        return Prepared(kept, done=len(uploads) + 1 == len(pictures))

    def publish(self, job: Job) -> Outcome:
        uploads = _uploads(job)
        try:
            Session.of(job.account)
            if len(uploads) != len(job.payload.pictures) or not uploads:
                raise Trouble(TryLater("Gambar belum terunggah semua."), Sign.STALE)
            with self.phones.of(job.account) as phone:
                media = phone.configure(job.payload.text, job.payload.pictures, uploads)
        except Trouble as trouble:
            kept = [] if trouble.sign is Sign.STALE else uploads
            return trouble.publishing(_keeping(job, kept))
        return Published(str(media["pk"]), permalink(media, self.way), rest=self._rest())

    def find(self, job: Job) -> Finding:
        try:
            if not job.since:
                Session.of(job.account)
                reason = "Tidak ada patokan waktu untuk mencari di Instagram. Periksa sendiri."
                return Unknown(reason)
            with self.phones.of(job.account) as phone:
                return self._settle(job, job.since, page(phone, self.way))
        except Trouble as trouble:
            return trouble.reading()

    def read_back(self, account: Account, remote_id: str) -> ReadBack:
        try:
            demand_own_number(remote_id, official=False)
            number = numbered(remote_id, LABEL)
            with self.phones.of(account) as phone:
                items = phone.read(f"media/{number}/info/").get("items")
            if not isinstance(items, list) or len(items) != 1:
                raise unclear(LABEL, "a post of another shape")
            post = listed(items[0], self.way)
        except Trouble as trouble:
            return trouble.reading_back()
        return Seen(post.text, post.permalink)

    def verify(self, account: Account) -> Health:
        try:
            with self.phones.of(account) as phone:
                profile = phone.profile()
        except Trouble as trouble:
            return trouble.preparing()
        handle = str(profile.get("username") or account.handle)
        lights = {Light.SEND: True}
        return Healthy(handle, str(profile.get("full_name") or ""), lights, warning=WARNING)

    def rehearse(self, account: Account, sample: Sample) -> Rehearsal:
        """Everything but the last tap: the session, and an upload of which no post is made."""
        try:
            with self.phones.of(account) as phone:
                handle = phone.profile().get("username")
                phone.upload(sample.jpeg, _number([]), in_album=False)
        except Trouble as trouble:
            return trouble.preparing()
        return Rehearsed(
            (
                f"Sesi diterima Instagram sebagai @{handle}.",
                "Gambar contoh diunggah ke Instagram, tanpa ditayangkan.",
            )
        )

    def recent(self, account: Account, since: datetime) -> RecentPosts:
        """The account's newest posts since then, whoever made them."""
        pages: list[Page] = []
        try:
            with self.phones.of(account) as phone:
                while len(pages) < PAGES and not (pages and pages[-1].reaches(since)):
                    pages.append(page(phone, self.way, pages[-1].next if pages else ""))
        except Trouble as trouble:
            return trouble.reading()
        posts = {post.remote_id: post for each in pages for post in each.posts if post.at >= since}
        newest_first = sorted(posts.values(), key=lambda post: post.at, reverse=True)
        return Recent(tuple(newest_first), whole=pages[-1].reaches(since))

    def _settle(self, job: Job, since: datetime, seen: Page) -> Finding:
        ours = (post for post in seen.posts if post.remote_id not in job.known)
        if post := next((post for post in ours if _is_ours(post, job, since)), None):
            return Published(post.remote_id, post.permalink, rest=self._rest())
        if not seen.reaches(earliest(since)):
            return Unknown("Terlalu banyak unggahan Instagram untuk diperiksa. Periksa sendiri.")
        return Absent()

    def _rest(self) -> timedelta | None:
        """No person posts by the clock: the pause after a post, and up to a fifth more."""
        return self.rest * (1 + secrets.randbelow(200) / 1000) if self.rest else None


def _is_ours(post: Listed, job: Job, since: datetime) -> bool:
    return is_ours(post.text, post.at.isoformat(), sent=job.payload.text, since=since)


def _uploads(job: Job) -> list[str]:
    return list(job.checkpoint.get("uploads", ()))


def _fresh(job: Job) -> list[str]:
    """The uploads so far; none of them when the oldest may have been forgotten by now."""
    uploads, oldest = _uploads(job), (time.time() - FRESH.total_seconds()) * 1000
    return [] if uploads and int(uploads[0]) < oldest else uploads


def _keeping(job: Job, uploads: list[str]) -> dict[str, Any]:
    return {**job.checkpoint, "uploads": uploads} if uploads or job.checkpoint else {}


def _number(uploads: list[str]) -> str:
    """A new upload's number, as the app makes it: milliseconds since 1970."""
    now = int(time.time() * 1000)
    return str(max(now, int(uploads[-1]) + 1) if uploads else now)
