"""Stands in for an adapter that is not installed here: nothing breaks, and nothing is sent."""

from datetime import datetime

from platforms.adapters.base import (
    Account,
    Adapter,
    Fault,
    Finding,
    Health,
    Job,
    Outcome,
    Payload,
    Preparation,
    ReadBack,
    RecentPosts,
    Refused,
    Rehearsal,
    Sample,
    Unknown,
)
from platforms.adapters.connecting import Login, Return

NOBODY_COUNTS = 1_000_000


class Missing(Adapter):
    """Says no at every door. `like` is another adapter for the same platform, for the limits."""

    key = platform = "missing"
    label = "Adaptor nonaktif"
    text_limit = NOBODY_COUNTS
    picture_limit = NOBODY_COUNTS
    fold = 125
    secrets = ()

    def __init__(self, key: str, like: Adapter | None) -> None:
        self._like = like
        told = {"key": key, "label": f"{key} (nonaktif)"}
        if like:
            names = ("platform", "text_limit", "picture_limit", "picture_needed", "fold")
            told |= {name: getattr(like, name) for name in names}
        vars(self).update(told)
        self.reason = f"Adaptor {key} tidak diaktifkan di pemasangan ini."

    def weigh(self, text: str) -> int:
        return self._like.weigh(text) if self._like else len(text)

    def problems(self, payload: Payload) -> list[str]:
        return self._like.problems(payload) if self._like else []

    def prepare(self, job: Job) -> Preparation:
        return self._refused()

    def publish(self, job: Job) -> Outcome:
        return self._refused()

    def find(self, job: Job) -> Finding:
        return Unknown(self.reason, "no adapter")

    def read_back(self, account: Account, remote_id: str) -> ReadBack:
        return Unknown(self.reason, "no adapter")

    def verify(self, account: Account) -> Health:
        return self._refused()

    def rehearse(self, account: Account, sample: Sample) -> Rehearsal:
        return self._refused()

    def recent(self, account: Account, since: datetime) -> RecentPosts:
        return Unknown(self.reason, "no adapter")

    def login(self) -> Login:
        return _Closed(self._refused())

    def _refused(self) -> Refused:
        return Refused(self.reason, Fault.CHANNEL, "no adapter")


class _Closed(Login):
    """No account of this kind can be connected here."""

    key = "missing"
    label = "Adaptor nonaktif"
    before = ()

    def __init__(self, refusal: Refused) -> None:
        self.refusal = refusal

    def inspect(self, pasted: object) -> Return:
        return self.refusal
