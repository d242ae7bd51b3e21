"""Facebook Pages through facebook-sdk: an invisible post first, then the switch that shows it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from platforms.adapters.base import (
    Absent,
    Account,
    Adapter,
    Finding,
    Health,
    Healthy,
    Job,
    Listed,
    Outcome,
    Payload,
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
    Unknown,
)
from platforms.adapters.connecting import Login
from platforms.adapters.graph import TOKEN, App, Graph, earliest, is_ours
from platforms.adapters.limits import shared_problems
from platforms.adapters.meta_health import FACEBOOK, grant, version_warning
from platforms.adapters.meta_login import MetaLogin
from platforms.adapters.trouble import (
    Sign,
    Trouble,
    bytes_of,
    calmed,
    moment,
    numbered,
    unclear,
)
from platforms.adapters.wire import Way

PAGE = 25  # posts that one look reads
MANY = 100  # posts that a watch over the wall reads


class Facebook(Adapter):
    """Checkpoint: `photos` ids in order; `post` the invisible post, when publishing in two phases.

    Showing an invisible post is repeatable, so a doubt about it can always be settled. That
    way rests on one observation of the real platform, hence the switch to the direct one.
    """

    key = platform = "facebook"
    label = "Facebook"
    text_limit = 63_206
    picture_limit = 10
    fold = 477
    secrets = TOKEN

    def __init__(
        self,
        *,
        app_id: str = "",
        app_secret: str = "",
        version: str = "v25.0",
        two_phase: bool = True,
        base_url: str = "",
        allow_remote: bool = False,
        timeout: tuple[float, float] = (5, 30),
    ) -> None:
        self.way = Way.to(base_url, allow_remote=allow_remote, timeout=timeout)
        self.app = App(self.way, self.label, app_id, app_secret, version)
        self.two_phase = two_phase

    def weigh(self, text: str) -> int:
        return len(text)

    def problems(self, payload: Payload) -> list[str]:
        return shared_problems(self, payload, bytes_limit=10 * 1024**2 - 1)

    def prepare(self, job: Job) -> Preparation:
        step = self._step(job)
        try:
            graph = self.app.graph(job.account)
            done = calmed(self._take(step, graph, job), step)
        except Trouble as trouble:
            if not job.checkpoint.get("photos"):  # nothing of ours was named: the page is missing
                trouble = trouble.at_once() if trouble.sign is Sign.GONE else trouble
            return trouble.patiently(_kept(job, trouble), step)
        return Prepared(done, done=not self._step(replace(job, checkpoint=done)), rest=graph.rest)

    def publish(self, job: Job) -> Outcome:
        try:
            graph = self.app.graph(job.account)
            post = self._show(graph, job) if self.two_phase else self._send(graph, job)
        except Trouble as trouble:
            return self._not_published(job, trouble)
        return replace(self._published(job, post), rest=graph.rest)

    def find(self, job: Job) -> Finding:
        try:
            graph = self.app.graph(job.account)
            finding = self._ask_post(graph, job) if "post" in job.checkpoint else None
            return finding or self._look(graph, job)
        except Trouble as trouble:
            return trouble.reading()

    def read_back(self, account: Account, remote_id: str) -> ReadBack:
        try:
            fields = "id,message,is_published,permalink_url"
            post = self.app.graph(account).named(numbered(remote_id, self.label), fields)
        except Trouble as trouble:
            return trouble.reading_back()
        if post.get("is_published") is False:
            return Unknown("Unggahan ini sedang disembunyikan di Facebook. Periksa di Facebook.")
        link = self._permalink(account, remote_id, str(post.get("permalink_url") or ""))
        return Seen(str(post.get("message") or ""), link)

    def verify(self, account: Account) -> Health:
        try:
            graph = self.app.graph(account)
            page = graph.named(account.remote_id, "id,name,username")
            warning = version_warning(graph, self.app.version)
            known = grant(self.app, account.secrets["token"])
        except Trouble as trouble:
            return trouble.preparing()
        name = str(page.get("name") or "")
        return Healthy(
            str(page.get("username") or name or account.handle),
            name,
            lights=known.lights(FACEBOOK, account.remote_id) if known else {},
            expires_at=known.expires_at if known else None,
            warning=warning,
        )

    def rehearse(self, account: Account, sample: Sample) -> Rehearsal:
        try:
            graph = self.app.graph(account)
            photo = {"source": ("uji.jpg", sample.jpeg, "image/jpeg")}
            loose = str(graph.make(f"{account.remote_id}/photos", photo, published="false")["id"])
            media = json.dumps([{"media_fbid": loose}])
            hidden = {"message": "Uji kirim", "published": "false", "attached_media": media}
            post = str(graph.make(f"{account.remote_id}/feed", **hidden)["id"])
            graph.erase(post)
        except Trouble as trouble:
            return trouble.preparing()
        return Rehearsed(
            (
                "Gambar uji diunggah tanpa ditayangkan.",
                "Unggahan tersembunyi dibuat, lalu dihapus.",
                "Tidak ada yang tayang.",
            )
        )

    def recent(self, account: Account, since: datetime) -> RecentPosts:
        try:
            posts = self.app.graph(account).listed(
                f"{account.remote_id}/published_posts",
                fields="id,message,created_time,permalink_url",
                since=str(int(since.timestamp())),
                limit=str(MANY),
            )
            found = tuple(self._listed(account, post) for post in posts)
        except Trouble as trouble:
            return trouble.reading()
        return Recent(found, whole=len(posts) < MANY)

    def login(self) -> Login:
        return MetaLogin(self.app)

    def _listed(self, account: Account, post: Mapping[str, Any]) -> Listed:
        number, told = str(post["id"]), str(post.get("permalink_url") or "")
        at = moment(post.get("created_time"))
        link = self._permalink(account, number, told)
        return Listed(number, str(post.get("message") or ""), at, link)

    def _step(self, job: Job) -> str:
        """The name of the next missing piece, "" when none is missing."""
        photos = len(job.checkpoint.get("photos", ()))
        if photos < self._loose(job):
            return f"photo {photos + 1}"
        return "post" if self.two_phase and "post" not in job.checkpoint else ""

    def _take(self, step: str, graph: Graph, job: Job) -> dict[str, Any]:
        photos = list(job.checkpoint.get("photos", ()))
        if step == "post":
            return {**job.checkpoint, "post": self._post(graph, job, photos, published="false")}
        if step:
            photos.append(self._upload(graph, job, len(photos), published="false"))
            return {**job.checkpoint, "photos": photos}
        return dict(job.checkpoint)

    def _loose(self, job: Job) -> int:
        """Photos that go up before the post; a single one published directly is the post."""
        count = len(job.payload.pictures)
        return 0 if count == 1 and not self.two_phase else count

    def _upload(self, graph: Graph, job: Job, index: int, **fields: str) -> str:
        picture = job.payload.pictures[index]
        photo = (f"gambar-{index + 1}.jpg", bytes_of(job, picture), "image/jpeg")
        fields["alt_text_custom"] = picture.alt
        answer = graph.make(f"{job.account.remote_id}/photos", {"source": photo}, **fields)
        return str(answer.get("post_id") or answer["id"])

    def _post(self, graph: Graph, job: Job, photos: list[str], **fields: str) -> str:
        if photos:
            fields["attached_media"] = json.dumps([{"media_fbid": photo} for photo in photos])
        feed = f"{job.account.remote_id}/feed"
        return str(graph.make(feed, message=job.payload.text, **fields)["id"])

    def _show(self, graph: Graph, job: Job) -> str:
        post = str(job.checkpoint["post"])
        if graph.write(post, is_published="true").get("success") is not True:
            raise unclear(self.label, "is_published=true without success")
        return post

    def _send(self, graph: Graph, job: Job) -> str:
        if len(job.payload.pictures) == 1:
            return self._upload(graph, job, 0, message=job.payload.text)
        return self._post(graph, job, list(job.checkpoint.get("photos", ())))

    def _not_published(self, job: Job, trouble: Trouble) -> Outcome:
        if trouble.sign in (Sign.DUPLICATE, Sign.GONE) and job.since:
            reason = "Facebook mungkin sudah menayangkan unggahan ini."
            return Unknown(reason, trouble.outcome.detail)
        return trouble.publishing(_kept(job, trouble))

    def _published(self, job: Job, post: str, permalink: str = "") -> Published:
        return Published(post, self._permalink(job.account, post, permalink))

    def _permalink(self, account: Account, post: str, told: str) -> str:
        """The address that Facebook told, or else the one that it gives to every post."""
        if told.startswith("https://"):
            return self.way.public(told)
        page = account.remote_id
        number = post.removeprefix(f"{page}_")
        return self.way.public(f"https://www.facebook.com/{page}/posts/{number}")

    def _ask_post(self, graph: Graph, job: Job) -> Finding | None:
        """What the platform says of our post; None when it does not know it."""
        post = str(job.checkpoint["post"])
        try:
            answer = graph.read(post, fields="is_published,permalink_url")
        except Trouble as trouble:
            if trouble.sign is Sign.GONE:
                return None
            raise
        if "is_published" not in answer:
            raise unclear(self.label, "a post without is_published")
        if not answer["is_published"]:
            return Absent(proved=True)
        return self._published(job, post, str(answer.get("permalink_url") or ""))

    def _look(self, graph: Graph, job: Job) -> Finding:
        if not job.since:
            return Unknown("Tidak ada patokan waktu untuk mencari di Facebook. Periksa sendiri.")
        posts = graph.listed(
            f"{job.account.remote_id}/published_posts",
            fields="id,message,created_time,permalink_url",
            since=str(int(earliest(job.since).timestamp())),
            limit=str(PAGE),
        )
        for post in posts:
            if str(post["id"]) in job.known:
                continue
            stamp = post.get("created_time")
            if is_ours(post.get("message"), stamp, sent=job.payload.text, since=job.since):
                return self._published(job, str(post["id"]), str(post.get("permalink_url") or ""))
        if len(posts) >= PAGE:
            return Unknown("Terlalu banyak unggahan Facebook untuk diperiksa. Periksa sendiri.")
        return Absent()


def _kept(job: Job, trouble: Trouble) -> dict[str, Any]:
    """The checkpoint that remains: invisible posts and loose photos vanish after about a day."""
    lost = ("photos", "post") if trouble.sign in (Sign.GONE, Sign.STALE) else ()
    return {key: value for key, value in job.checkpoint.items() if key not in lost}
