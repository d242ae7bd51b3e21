"""X through tweepy: media first, then one tweet, and its timeline after a doubt."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

import requests
import tweepy

from platforms.adapters.base import (
    Absent,
    Account,
    Adapter,
    Fault,
    Finding,
    Health,
    Healthy,
    Job,
    Outcome,
    Payload,
    Preparation,
    Prepared,
    Published,
    ReadBack,
    Refused,
    Secret,
    Seen,
    Unknown,
)
from platforms.adapters.limits import shared_problems
from platforms.adapters.trouble import (
    Sign,
    Trouble,
    are_named,
    bytes_of,
    calmed,
    lost,
    numbered,
    opened,
    unclear,
)
from platforms.adapters.weights import weighted_length
from platforms.adapters.wire import Line, Way
from platforms.adapters.x_answers import contents, lapsed, says, shown

UPLOAD = "https://api.twitter.com/2/media/upload"  # tweepy 4.17 knows only the retired v1.1
PAGE = 100  # tweets that one look reads
FIELDS = ["created_at", "text", "entities", "note_tweet"]
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
            me = self._talk(account).me()
        except Trouble as trouble:
            return trouble.preparing()
        if account.remote_id not in ("", str(me.get("id"))):
            reason = f"Kunci ini milik akun lain: @{me.get('username')}. Sambungkan ulang."
            return Refused(reason, Fault.CHANNEL)
        return Healthy(str(me.get("username", "")))

    def _talk(self, account: Account) -> "Talk":
        return Talk(self.way, self.consumer, self._secrets(account))

    def _secrets(self, account: Account) -> Mapping[str, str]:
        """The account's secrets, or the trouble that keys are missing, ours or its own."""
        if not all(self.consumer):
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


class Page(NamedTuple):
    """One page of a timeline, newest tweet first."""

    tweets: list[dict[str, Any]]
    meta: dict[str, Any]


class Talk:
    """One account's conversation with X, for the length of one call."""

    def __init__(self, way: Way, consumer: tuple[str, str], secrets: Mapping[str, str]) -> None:
        keys = (*consumer, secrets["access_token"], secrets["access_secret"])
        self.client = tweepy.Client(None, *keys, return_type=dict)
        self.client.session = self.line = Line(way.door)
        self.hidden = keys

    def post(self, text: str, media: list[str]) -> dict[str, Any]:
        return self._data(self.client.create_tweet, text=text, media_ids=media or None)

    def upload(self, jpeg: bytes) -> str:
        files = {"media": ("gambar.jpg", jpeg, "image/jpeg")}
        data = {"media_category": "tweet_image"}
        auth = tweepy.OAuth1UserHandler(*self.hidden).apply_auth()
        answer = self._data(self.line.post, UPLOAD, files=files, data=data, auth=auth)
        return str(answer["id"])

    def describe(self, media: str, alt: str) -> None:
        told = {"id": media, "metadata": {"alt_text": {"text": alt}}}
        try:
            self._ask(self.client.request, "POST", "/2/media/metadata", json=told, user_auth=True)
        except Trouble as trouble:
            raise lapsed(trouble) if trouble.sign is Sign.GONE else trouble from trouble

    def me(self) -> dict[str, Any]:
        return self._data(self.client.get_me, user_fields=["username"], user_auth=True)

    def tweet(self, id: str) -> dict[str, Any]:
        return self._data(self.client.get_tweet, id, tweet_fields=FIELDS, user_auth=True)

    def newest(self, user: str) -> str:
        """Id of the newest tweet, "" when there is none yet."""
        return str(self.timeline(user, 5).meta.get("newest_id", ""))

    def timeline(self, user: str, size: int, **bound: Any) -> Page:
        answer = self._ask(
            self.client.get_users_tweets,
            user,
            max_results=size,
            exclude=["retweets"],
            tweet_fields=FIELDS,
            user_auth=True,
            **bound,
        )
        tweets, meta = answer.get("data", []), answer.get("meta", {})
        if isinstance(meta, dict) and are_named(tweets):
            return Page(tweets, meta)
        raise unclear(X.label, "a timeline of another shape")

    def _data(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The `data` object of an answer, which names what was made."""
        data = self._ask(call, *args, **kwargs).get("data")
        if isinstance(data, dict) and data.get("id"):
            return data
        raise unclear(X.label, "an answer without an id")

    def _ask(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Call the library, then judge the answer itself.

        tweepy stumbles over some answers (a reset that is no integer, `errors: null`, an
        empty 201), so its exceptions count only when no answer came at all.
        """
        failure: Exception = ValueError("no answer")
        self.line.last = None
        try:
            call(*args, **kwargs)
        except (
            requests.RequestException,
            tweepy.TweepyException,
            AttributeError,
            TypeError,
            ValueError,
        ) as error:
            failure = error
        if self.line.last is None:
            raise lost(failure, X.label) from failure
        return contents(self.line.last, self.hidden)
