"""Instagram's own publishing API through facebook-sdk: containers, patience, one publish."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from platforms.adapters.base import (
    Absent,
    Account,
    Finding,
    Health,
    Healthy,
    Job,
    Listed,
    Outcome,
    Preparation,
    Prepared,
    Published,
    Quota,
    ReadBack,
    Recent,
    RecentPosts,
    Refused,
    Rehearsal,
    Rehearsed,
    Sample,
    Seen,
    TryLater,
    Unknown,
)
from platforms.adapters.connecting import Login
from platforms.adapters.containers import Container, Containers
from platforms.adapters.graph import TOKEN, App, Graph, earliest, is_ours
from platforms.adapters.instagram_content import NAME, InstagramContent, demand_own_number
from platforms.adapters.meta import of_container
from platforms.adapters.meta_health import INSTAGRAM, grant, version_warning
from platforms.adapters.meta_login import MetaLogin
from platforms.adapters.probe import Probe
from platforms.adapters.trouble import PUBLISH, Sign, Trouble, calmed, moment, numbered
from platforms.adapters.wire import Way

PAGE = 25  # media that one look reads
MANY = 100  # media that a watch over the wall reads


class Instagram(InstagramContent):
    """Checkpoint: as `Containers` keeps it. Meta fetches the pictures from `Shelf.url`.

    With `probe` we fetch each from there ourselves before Meta is told of it.
    """

    key = "instagram"
    label = NAME
    secrets = TOKEN

    def __init__(
        self,
        *,
        app_id: str = "",
        app_secret: str = "",
        version: str = "v25.0",
        probe: bool = True,
        base_url: str = "",
        allow_remote: bool = False,
        timeout: tuple[float, float] = (5, 30),
    ) -> None:
        self.way = Way.to(base_url, allow_remote=allow_remote, timeout=timeout)
        self.app = App(self.way, self.label, app_id, app_secret, version)
        self.probe = Probe() if probe else None

    def prepare(self, job: Job) -> Preparation:
        try:
            work = Containers(self.app.graph(job.account), job, self.probe)
        except Trouble as trouble:
            return trouble.patiently(job.checkpoint, "")
        step = work.step
        try:
            work.advance()
        except Trouble as trouble:
            return _unhurried(trouble.patiently(work.done, step), work.graph.rest)
        return Prepared(calmed(work.done, step), done=work.complete, rest=work.graph.rest)

    def publish(self, job: Job) -> Outcome:
        if job.checkpoint.get("published"):
            return Unknown("Instagram menyebut unggahan ini sudah tayang. Alamatnya dicari.")
        try:
            graph = self.app.graph(job.account)
            container = str(job.checkpoint["container"])
            media = graph.make(f"{job.account.remote_id}/media_publish", creation_id=container)
        except Trouble as trouble:
            return self._not_published(job, trouble)
        return Published(str(media["id"]), rest=graph.rest)  # its address takes another request

    def find(self, job: Job) -> Finding:
        try:
            graph = self.app.graph(job.account)
            return self._settle(graph, job)
        except Trouble as trouble:
            return trouble.reading()

    def read_back(self, account: Account, remote_id: str) -> ReadBack:
        try:
            demand_own_number(remote_id, official=True)
            graph = self.app.graph(account)
            media = graph.named(numbered(remote_id, self.label), "id,caption,permalink")
        except Trouble as trouble:
            return trouble.reading_back()
        permalink = self.way.public(str(media.get("permalink") or ""))
        return Seen(str(media.get("caption") or ""), permalink)

    def verify(self, account: Account) -> Health:
        try:
            graph = self.app.graph(account)
            profile = graph.named(account.remote_id, "id,username,name")
            warning = version_warning(graph, self.app.version)
            quota = _quota(graph, account)
            known = grant(self.app, account.secrets["token"])
        except Trouble as trouble:
            return trouble.preparing()
        return Healthy(
            str(profile.get("username") or account.handle),
            str(profile.get("name") or ""),
            lights=known.lights(INSTAGRAM) if known else {},
            expires_at=known.expires_at if known else None,
            quota=quota,
            warning=warning,
        )

    def rehearse(self, account: Account, sample: Sample) -> Rehearsal:
        try:
            graph = self.app.graph(account)
            asked = {"image_url": sample.url, "caption": "Uji kirim"}
            container = str(graph.make(f"{account.remote_id}/media", **asked)["id"])
            state = graph.read(container, fields="status_code,status")
        except Trouble as trouble:
            return trouble.preparing()
        if state.get("status_code") == "ERROR":
            return of_container(str(state.get("status") or "")).preparing()
        return Rehearsed(
            (
                "Instagram mengambil gambar uji dari server ini.",
                "Wadahnya dibuat dan dibiarkan kedaluwarsa dalam 24 jam.",
                "Tidak ada yang tayang.",
            )
        )

    def recent(self, account: Account, since: datetime) -> RecentPosts:
        try:
            found = self.app.graph(account).listed(
                f"{account.remote_id}/media",
                fields="id,caption,permalink,timestamp",
                since=str(int(since.timestamp())),
                limit=str(MANY),
            )
            posts = tuple(self._listed(media) for media in found)
        except Trouble as trouble:
            return trouble.reading()
        return Recent(posts, whole=len(found) < MANY)

    def login(self) -> Login:
        return MetaLogin(self.app)

    def _listed(self, media: Mapping[str, Any]) -> Listed:
        permalink = self.way.public(str(media.get("permalink") or ""))
        text, at = str(media.get("caption") or ""), moment(media.get("timestamp"))
        return Listed(str(media["id"]), text, at, permalink)

    def _not_published(self, job: Job, trouble: Trouble) -> Outcome:
        if trouble.sign in (Sign.GONE, Sign.STALE, Sign.NOT_READY):
            # Prepare asks the container first; a worn one that is still not public is replaced.
            worn = trouble.sign is not Sign.NOT_READY and _is_worn(job, trouble)
            kept = {**job.checkpoint, "finished": False} | ({"worn": True} if worn else {})
            return trouble.publishing(kept)
        if trouble.sign is Sign.DUPLICATE and job.since:
            reason = "Instagram mungkin sudah menayangkan unggahan ini."
            return Unknown(reason, trouble.outcome.detail)
        return trouble.publishing(job.checkpoint)

    def _settle(self, graph: Graph, job: Job) -> Finding:
        work = Containers(graph, job)
        match work.state():
            case Container.FINISHED:
                return Absent(proved=True)
            case Container.EXPIRED | Container.ERROR:
                work.drop_container()
                return Absent(proved=True, checkpoint=work.done)
            case Container.IN_PROGRESS:
                return TryLater("Instagram masih menyiapkan gambarnya.")
            case Container.PUBLISHED:
                shown = "Sudah tayang di Instagram; alamatnya belum terbaca."
                return self._look(graph, job) or TryLater(shown)
            case Container.MISSING:
                return self._look(graph, job) or Absent()

    def _look(self, graph: Graph, job: Job) -> Finding | None:
        if not job.since:
            return Unknown("Tidak ada patokan waktu untuk mencari di Instagram. Periksa sendiri.")
        found = graph.listed(
            f"{job.account.remote_id}/media",
            fields="id,caption,permalink,timestamp",
            since=str(int(earliest(job.since).timestamp())),
            limit=str(PAGE),
        )
        for media in found:
            if str(media["id"]) in job.known:
                continue
            stamp = media.get("timestamp")
            if is_ours(media.get("caption"), stamp, sent=job.payload.text, since=job.since):
                permalink = self.way.public(str(media.get("permalink") or ""))
                return Published(str(media["id"]), permalink)
        if len(found) >= PAGE:
            return Unknown("Terlalu banyak unggahan Instagram untuk diperiksa. Periksa sendiri.")
        return None


def _quota(graph: Graph, account: Account) -> Quota | None:
    """Posts of the last day by Instagram's own count; documents disagree about its limit."""
    edge = f"{account.remote_id}/content_publishing_limit"
    [counted, *_] = graph.read(edge, fields="quota_usage,config").get("data") or [{}]
    config = counted.get("config") or {}
    used, total = counted.get("quota_usage"), config.get("quota_total")
    if not (isinstance(used, int) and isinstance(total, int)):
        return None
    return Quota(used, total, timedelta(seconds=int(config.get("quota_duration") or 86400)))


def _unhurried(outcome: Refused | TryLater, rest: timedelta | None) -> Refused | TryLater:
    """Polls are most of what we ask: they too slow down when Meta wants quiet."""
    if isinstance(outcome, TryLater) and outcome.after and rest:
        return replace(outcome, after=max(outcome.after, rest))
    return outcome


def _is_worn(job: Job, trouble: Trouble) -> bool:
    """Whether the container has had as many tries as this trouble gives it."""
    same = trouble.patience.same if trouble.patience else 0
    return trouble.strike(job.checkpoint, PUBLISH) % (same + 1) == 0
