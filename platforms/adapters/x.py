"""X through tweepy: media first, then one tweet, and its timeline after a doubt."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from platforms.adapters.base import (
    Absent,
    Account,
    Adapter,
    Fault,
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
    Refused,
    Rehearsal,
    Rehearsed,
    Sample,
    Secret,
    Seen,
    Unknown,
)
from platforms.adapters.connecting import Login
from platforms.adapters.limits import shared_problems
from platforms.adapters.trouble import (
    Sign,
    Trouble,
    bytes_of,
    calmed,
    moment,
    numbered,
    opened,
)
from platforms.adapters.weights import weighted_length
from platforms.adapters.wire import Way
from platforms.adapters.x_answers import says, shown
from platforms.adapters.x_login import XLogin
from platforms.adapters.x_talk import Talk

PAGE = 100  # tweets that one look reads
SKEW = timedelta(minutes=1)  # our clock and X's may differ


class X(Adapter):
    """Checkpoint: `media` ids in order, `alts` told so far, `cursor` the newest tweet before us."""

    key = platform = "x"
    label = "X"
    text_limit = 280
    picture_limit = 4
    fold = 280
    secrets = (
        Secret("access_token", "Token akses"),
        Secret("access_secret", "Rahasia token akses"),
    )

    def __init__(
        self,
        *,
        consumer_key: str = "",
        consumer_secret: str = "",
        reading: bool = False,
        base_url: str = "",
        allow_remote: bool = False,
        timeout: tuple[float, float] = (5, 30),
    ) -> None:
        self.consumer = (consumer_key, consumer_secret)
        self.reading = reading
        self.way = Way.to(base_url, allow_remote=allow_remote, timeout=timeout)

    def weigh(self, text: str) -> int:
        return weighted_length(text)

    def problems(self, payload: Payload) -> list[str]:
        return shared_problems(self, payload, bytes_limit=5 * 1024**2)

    def prepare(self, job: Job) -> Preparation:
        step = self._step(job)
        try:
            if not step:
                self._secrets(job.account)
                return Prepared(job.checkpoint, done=True)
            done = calmed(self._take(step, job), step)
        except Trouble as trouble:
            return trouble.patiently(_kept(job, trouble), step)
        return Prepared(done, done=not self._step(replace(job, checkpoint=done)))

    def publish(self, job: Job) -> Outcome:
        try:
            tweet = self._talk(job.account).post(job.payload.text, job.checkpoint.get("media", ()))
        except Trouble as trouble:
            return self._not_posted(job, trouble)
        return self._published(job, tweet)

    def find(self, job: Job) -> Finding:
        if not self.reading:
            return Unknown("Membaca linimasa X tidak diaktifkan. Periksa sendiri di X.")
        try:
            return self._look(job)
        except Trouble as trouble:
            return trouble.reading()

    def read_back(self, account: Account, remote_id: str) -> ReadBack:
        if not self.reading:
            return Unknown("Membaca dari X tidak diaktifkan; belum dapat diperiksa.")
        try:
            tweet = self._talk(account).tweet(numbered(remote_id, self.label))
        except Trouble as trouble:
            return trouble.reading_back()
        return Seen(shown(tweet), self._permalink(account, str(tweet["id"])))

    def verify(self, account: Account) -> Health:
        try:
            talk = self._talk(account)
            me = talk.me()
        except Trouble as trouble:
            return trouble.preparing()
        if account.remote_id not in ("", str(me.get("id"))):
            reason = f"Kunci ini milik akun lain: @{me.get('username')}. Sambungkan ulang."
            return Refused(reason, Fault.CHANNEL)
        return Healthy(
            str(me.get("username", "")),
            str(me.get("name", "")),
            lights=talk.lights(reading=self.reading),
            quota=talk.quota(),
        )

    def rehearse(self, account: Account, sample: Sample) -> Rehearsal:
        try:
            talk = self._talk(account)
            media = talk.upload(sample.jpeg)
            talk.describe(media, "Gambar uji")
        except Trouble as trouble:
            return trouble.preparing()
        return Rehearsed(
            ("Gambar uji diunggah ke X.", "Teks alternatifnya dipasang.", "Tidak ada yang tayang.")
        )

    def recent(self, account: Account, since: datetime) -> RecentPosts:
        if not self.reading:
            return Unknown("Membaca dari X tidak diaktifkan; belum dapat diperiksa.")
        try:
            page = self._talk(account).timeline(account.remote_id, PAGE, start_time=since)
        except Trouble as trouble:
            return trouble.reading()
        posts = tuple(self._listed(account, tweet) for tweet in page.tweets)
        return Recent(posts, whole=not page.meta.get("next_token"))

    def login(self) -> Login:
        return XLogin(self.way, self.consumer)

    def _listed(self, account: Account, tweet: Mapping[str, Any]) -> Listed:
        number = str(tweet["id"])
        at = moment(tweet.get("created_at"))
        return Listed(number, shown(tweet), at, self._permalink(account, number))

    def _talk(self, account: Account) -> Talk:
        secrets = self._secrets(account)
        return Talk(self.way, self._consumer(account), secrets)

    def _consumer(self, account: Account) -> tuple[str, str]:
        """The keys of the app that was authorised: the account's own, or the installation's."""
        own = account.secrets.get("consumer_key", ""), account.secrets.get("consumer_secret", "")
        return own if all(own) else self.consumer

    def _secrets(self, account: Account) -> Mapping[str, str]:
        """The account's secrets, or the trouble that keys are missing, ours or its own."""
        if not all(self._consumer(account)):
            reason = "Kunci aplikasi X belum diatur. Minta administrator mengisinya."
            raise Trouble(Refused(reason, Fault.CHANNEL, "missing consumer key"))
        return opened(account, self.secrets, self.label)

    def _step(self, job: Job) -> str:
        """The name of the next missing piece, "" when none is missing."""
        done = job.checkpoint
        media, alts = len(done.get("media", ())), int(done.get("alts", 0))
        if alts < media:
            return f"alt {alts + 1}"
        if media < len(job.payload.pictures):
            return f"media {media + 1}"
        return "cursor" if self.reading and "cursor" not in done else ""

    def _take(self, step: str, job: Job) -> dict[str, Any]:
        done, pictures = dict(job.checkpoint), job.payload.pictures
        talk, media, alts = self._talk(job.account), done.get("media", ()), done.get("alts", 0)
        match step.split():
            case ["alt", _]:
                talk.describe(media[alts], pictures[alts].alt)
                done["alts"] = alts + 1
            case ["media", _]:
                done["media"] = [*media, talk.upload(bytes_of(job, pictures[len(media)]))]
            case ["cursor"]:
                done["cursor"] = talk.newest(job.account.remote_id)
        return done

    def _published(self, job: Job, tweet: Mapping[str, Any]) -> Published:
        return Published(str(tweet["id"]), self._permalink(job.account, str(tweet["id"])))

    def _permalink(self, account: Account, tweet: str) -> str:
        return self.way.public(f"https://x.com/{account.handle}/status/{tweet}")

    def _not_posted(self, job: Job, trouble: Trouble) -> Outcome:
        if trouble.sign is Sign.DUPLICATE and job.since:  # our own earlier call went through
            reason = "X sudah memiliki teks ini: unggahan sebelumnya mungkin sudah tayang."
            return Unknown(reason, trouble.outcome.detail)
        return trouble.publishing(_kept(job, trouble))

    def _look(self, job: Job) -> Finding:
        cursor = str(job.checkpoint.get("cursor", ""))
        if not cursor and not job.since:
            return Unknown("Tidak ada patokan untuk mencari di linimasa X. Periksa sendiri.")
        bound = {"since_id": cursor} if cursor else {"start_time": _before(job)}
        page = self._talk(job.account).timeline(job.account.remote_id, PAGE, **bound)
        for tweet in page.tweets:
            if str(tweet["id"]) not in job.known and says(tweet, job.payload.text):
                return self._published(job, tweet)
        if page.meta.get("next_token"):
            return Unknown("Linimasa X terlalu panjang untuk diperiksa. Periksa sendiri.")
        return Absent()


def _before(job: Job) -> Any:
    return job.since and job.since - SKEW


def _kept(job: Job, trouble: Trouble) -> dict[str, Any]:
    """The checkpoint that remains: X forgets media after a day."""
    lost = ("media", "alts") if trouble.sign is Sign.STALE else ()
    return {key: value for key, value in job.checkpoint.items() if key not in lost}
