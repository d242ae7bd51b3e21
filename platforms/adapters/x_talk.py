"""One account's conversation with X, through tweepy, for the length of one call."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import requests
import tweepy

from platforms.adapters.base import Light, Quota
from platforms.adapters.trouble import Sign, Trouble, are_named, lost, unclear
from platforms.adapters.wire import Line, Way
from platforms.adapters.x_answers import contents, lapsed

LABEL = "X"
UPLOAD = "https://api.twitter.com/2/media/upload"  # tweepy 4.17 knows only the retired v1.1
FIELDS = ["created_at", "text", "entities", "note_tweet"]


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

    def lights(self, *, reading: bool) -> dict[Light, bool]:
        """What the last answer says that these keys may; reading is ours to allow."""
        level = str(self._header("x-access-level"))
        told = {Light.SEND: "write" in level} if level else {}
        return told | {Light.COMMENTS: reading, Light.INSIGHT: reading}

    def quota(self) -> Quota | None:
        """Posts of the last day by X's own count, where it tells."""
        total = self._header("x-user-limit-24hour-limit")
        left = self._header("x-user-limit-24hour-remaining")
        if not (total.isdecimal() and left.isdecimal()):
            return None
        return Quota(max(int(total) - int(left), 0), int(total), timedelta(days=1))

    def _header(self, name: str) -> str:
        return "" if self.line.last is None else self.line.last.headers.get(name, "")

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
        raise unclear(LABEL, "a timeline of another shape")

    def _data(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The `data` object of an answer, which names what was made."""
        data = self._ask(call, *args, **kwargs).get("data")
        if isinstance(data, dict) and data.get("id"):
            return data
        raise unclear(LABEL, "an answer without an id")

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
            raise lost(failure, LABEL) from failure
        return contents(self.line.last, self.hidden)
