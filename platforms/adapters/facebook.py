"""Facebook Pages through facebook-sdk: an invisible post first, then the switch that shows it."""

import json
from collections.abc import Mapping
from typing import Any

from platforms.adapters.base import (
    Absent,
    Account,
    Adapter,
    Finding,
    Health,
    Healthy,
    Job,
    Outcome,
    Payload,
    Preparation,
    Prepared,
    Published,
    Unknown,
)
from platforms.adapters.graph import TOKEN, App, Graph, is_ours
from platforms.adapters.limits import shared_problems
from platforms.adapters.trouble import Sign, Trouble, bytes_of, unclear
from platforms.adapters.wire import Way

PAGE = 25  # posts that one look reads


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
        try:
            done = self._next_piece(job)
        except Trouble as trouble:
            return trouble.patiently(_kept(job, trouble))
        return Prepared(done, done=self._complete(job, done))

    def publish(self, job: Job) -> Outcome:
        try:
            graph = self.app.graph(job.account)
            post = self._show(graph, job) if self.two_phase else self._send(graph, job)
        except Trouble as trouble:
            return self._not_published(job, trouble)
        return self._published(job, post)

    def find(self, job: Job) -> Finding:
        try:
            graph = self.app.graph(job.account)
            finding = self._ask_post(graph, job) if "post" in job.checkpoint else None
            return finding or self._look(graph, job)
        except Trouble as trouble:
            return trouble.reading()

    def verify(self, account: Account) -> Health:
        try:
            page = self.app.graph(account).named(account.remote_id, "id,name,username")
            self.app.demand(account, "pages_manage_posts")
        except Trouble as trouble:
            return trouble.preparing()
        return Healthy(str(page.get("username") or page.get("name") or account.handle))

    def _next_piece(self, job: Job) -> dict[str, Any]:
        graph, done = self.app.graph(job.account), dict(job.checkpoint)
        photos = list(done.get("photos", ()))
        if len(photos) < self._loose(job):
            done["photos"] = [*photos, self._upload(graph, job, len(photos), published="false")]
        elif self.two_phase and "post" not in done:
            done["post"] = self._post(graph, job, photos, published="false")
        return done

    def _loose(self, job: Job) -> int:
        """Photos that go up before the post; a single one published directly is the post."""
        count = len(job.payload.pictures)
        return 0 if count == 1 and not self.two_phase else count

    def _complete(self, job: Job, done: Mapping[str, Any]) -> bool:
        photos_up = len(done.get("photos", ())) == self._loose(job)
        return photos_up and (not self.two_phase or "post" in done)

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
        page = job.account.remote_id
        if not permalink.startswith("https://"):
            permalink = f"https://www.facebook.com/{page}/posts/{post.removeprefix(f'{page}_')}"
        return Published(post, self.way.public(permalink))

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
        fields = "id,message,created_time,permalink_url"
        since, edge = str(int(job.since.timestamp()) - 120), "published_posts"
        answer = graph.read(
            f"{job.account.remote_id}/{edge}", fields=fields, since=since, limit=str(PAGE)
        )
        posts = answer.get("data")
        if not isinstance(posts, list):
            raise unclear(self.label, "a list without data")
        for post in posts:
            stamp = post.get("created_time")
            if is_ours(post.get("message"), stamp, sent=job.payload.text, since=job.since):
                return self._published(job, str(post["id"]), str(post.get("permalink_url") or ""))
        if len(posts) >= PAGE:
            return Unknown("Terlalu banyak unggahan Facebook untuk diperiksa. Periksa sendiri.")
        return Absent()


def _kept(job: Job, trouble: Trouble) -> dict[str, Any]:
    """The checkpoint that remains: invisible posts and loose photos vanish after about a day."""
    lost = ("photos", "post") if trouble.sign is Sign.GONE else ()
    return {key: value for key, value in job.checkpoint.items() if key not in lost}
