"""Writes a story down as if it had happened: post, submissions, reviews, and every event.

Rows are made with their final status and their own hours; no status is ever changed here.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Agency, User
from opd_hub.demo import judged, noted
from opd_hub.demo.dates import filled
from opd_hub.demo.drafts import BETWEEN, Stock, write_rows, write_states
from opd_hub.demo.hours import Hours
from opd_hub.demo.story import SentBack, Status, Story, Verdict
from platforms.models import Channel
from publishing import kinds, payloads
from publishing.checklist import AT_ONCE
from publishing.models import Event, Note, Post, Review, Revision
from publishing.models.revision import fingerprint

Verb = Event.Verb
Decision = Review.Decision


class History:
    """One post on its way through the reviewing unit."""

    def __init__(
        self, story: Story, hours: Hours, agency: Agency, author: User, reviewer: User
    ) -> None:
        self.story = story.on(hours.day)
        self.hours = hours
        self.agency = agency
        self.author = author
        self.reviewer = reviewer
        self.events: list[Event] = []

    @property
    def was_approved(self) -> bool:
        called_off = self.story.status == Status.CANCELLED and self.story.verdict is not None
        return self.story.status == Status.APPROVED or self.story.reopened or called_off

    def write(self, channels: list[Channel], stock: Stock) -> Revision | None:
        """Make the rows; gives the approved revision, or None when nothing was approved."""
        self.post = self._post(stock)
        write_rows(self.post, self.story, channels, stock)
        write_states(self.post, self.story.once, self.hours.created)
        self._tell(Verb.CREATE, self.hours.created, self.author)
        if self.story.never_submitted:
            return None
        self.post.writers.add(self.author)
        content = payloads.frozen(self.post)
        if self.story.sent_back is not None:
            self._first_round(content, self.story.sent_back)
        revision = self._submission(content, self.hours.submitted)
        self._decide(revision)
        return revision if self.was_approved else None

    def _post(self, stock: Stock) -> Post:
        story = self.story
        return Post.objects.create(
            agency=self.agency,
            author=self.author,
            saved_by=self.author,
            status=story.status,
            version=self._moves() + len(story.once) + 1,
            text=story.text,
            own_words=story.x,
            publish_at=self.hours.publish_at,
            valid_until=self._valid_until(),
            kind=story.kind,
            details=story.details,
            pillar=story.pillar or kinds.of(story.kind).pillar,
            value=story.value,
            programme=stock.programmes[story.programme] if story.programme else None,
            place=story.place,
            corrects=stock.told[story.corrects] if story.corrects else None,
            no_claims=story.source is None,
            note=story.note,
            created_at=self.hours.created,
            updated_at=self._last_move(),
            submitted_at=None if story.never_submitted else self.hours.submitted,
        )

    def _valid_until(self) -> datetime | None:
        if self.story.until is None:
            return None
        away, hour = self.story.until
        clock = time.fromisoformat(hour.replace(".", ":"))
        last = datetime.combine(self.hours.day + timedelta(days=away), clock)
        return timezone.make_aware(last)

    def _moves(self) -> int:
        story = self.story
        decided = story.status not in (Status.DRAFT, Status.SUBMITTED)
        again = story.reopened or (story.status == Status.CANCELLED and self.was_approved)
        submissions = 0 if story.never_submitted else 1 + 2 * (story.sent_back is not None)
        return submissions + decided + again + story.withdrawn + story.reopened

    def _last_move(self) -> datetime:
        if self.story.never_submitted:
            return self.hours.created + len(self.story.once) * BETWEEN
        if self.story.status == Status.EXPIRED:
            return self._expired_at()
        if self.story.status == Status.CANCELLED or self.story.reopened:
            return self.hours.afterwards
        submitted = self.story.status == Status.SUBMITTED
        return self.hours.submitted if submitted else self.hours.decided

    def _first_round(self, content: dict[str, Any], past: SentBack) -> None:
        """What was handed in first, and why it came back."""
        now, once = filled(past.now, self.hours.day), filled(past.once, self.hours.day)
        entries = [e | {"text": e["text"].replace(now, once)} for e in content["channels"]]
        earlier = self._submission(content | {"channels": entries}, self.hours.first_submitted)
        words = Verdict(past.note, past.reason)
        self._close(earlier, Decision.RETURNED, self.hours.sent_back, words)
        self._tell(Verb.SEND_BACK, self.hours.sent_back, self.reviewer, earlier, past.note)
        self._note(earlier, once, past)

    def _note(self, earlier: Revision, once: str, past: SentBack) -> None:
        """Beside the words that had to change; while it waits again, on a picture too."""
        written, answered = self.hours.sent_back - BETWEEN, self.hours.submitted - BETWEEN
        note = noted.keep(earlier, once, past.reason, self.reviewer, written)
        noted.answer(note, Note.Kind.FIXED, "", self.author, answered)
        if self.story.status != Status.SUBMITTED:
            return
        if pointed := noted.keep_pointed(earlier, self.reviewer, written):
            explained = Note.Kind.EXPLAINED
            noted.answer(pointed, explained, noted.ANSWERED, self.author, answered)

    def _submission(self, content: dict[str, Any], at: datetime) -> Revision:
        revision = Revision.objects.create(
            post=self.post,
            number=self.post.revisions.count() + 1,
            content=content,
            sha256=fingerprint(content),
            publish_at=self.post.publish_at,
            valid_until=self.post.valid_until,
            urgent=self.post.urgent,
            note=self.story.note,
            submitted_by=self.author,
            submitted_at=at,
        )
        revision.pictures.set(a.media_id for a in self.post.attachments.all())
        judged.keep(self.post, revision, self.author, at)
        self._tell(Verb.SUBMIT, at, self.author, revision)
        return revision

    def _decide(self, revision: Revision) -> None:
        """What became of the present submission."""
        if self.was_approved:
            self._approved(revision)
        elif self.story.withdrawn:
            self._close(revision, Decision.WITHDRAWN, self.hours.decided, by=self.author)
            self._tell(Verb.WITHDRAW, self.hours.decided, self.author)
        elif self.story.status == Status.EXPIRED:
            self._close(revision, Decision.EXPIRED, self._expired_at(), by=None)
            self._tell(Verb.EXPIRE, self._expired_at(), None)
        elif self.story.status == Status.CANCELLED:
            self._close(revision, Decision.CANCELLED, self.hours.afterwards, by=self.author)
            self._tell(Verb.CANCEL, self.hours.afterwards, self.author)
        elif self.story.verdict is not None:
            self._turned_down(revision, self.story.verdict)
        else:
            Review.objects.create(revision=revision, opened_at=revision.submitted_at)

    def _approved(self, revision: Revision) -> None:
        self._close(revision, Decision.APPROVED, self.hours.decided)
        self._tell(Verb.APPROVE, self.hours.decided, self.reviewer, revision)
        if self.story.reopened:
            self._tell(Verb.REOPEN, self.hours.afterwards, self.author)
        elif self.story.verdict is not None:
            note = self.story.verdict.note
            self._tell(Verb.CANCEL, self.hours.afterwards, self.reviewer, note=note)

    def _turned_down(self, revision: Revision, verdict: Verdict) -> None:
        rejected = self.story.status == Status.REJECTED
        decision = Decision.REJECTED if rejected else Decision.RETURNED
        verb = Verb.REJECT if rejected else Verb.SEND_BACK
        self._close(revision, decision, self.hours.decided, verdict)
        self._tell(verb, self.hours.decided, self.reviewer, revision, verdict.note)

    def _expired_at(self) -> datetime:
        return (self.hours.publish_at or self.hours.decided) + timedelta(seconds=4)

    def _close(
        self,
        revision: Revision,
        decision: Review.Decision,
        at: datetime,
        verdict: Verdict | None = None,
        **by: User | None,
    ) -> None:
        Review.objects.create(
            revision=revision,
            opened_at=revision.submitted_at,
            decision=decision,
            reason=verdict.reason if verdict else "",
            note=verdict.note if verdict else "",
            checklist=dict(AT_ONCE) if decision == Decision.APPROVED else {},
            decided_by=by.get("by", self.reviewer),
            decided_at=at,
        )

    def _tell(
        self,
        verb: Event.Verb,
        at: datetime,
        actor: User | None,
        revision: Revision | None = None,
        note: str = "",
    ) -> None:
        self.events.append(
            Event(post=self.post, verb=verb, at=at, actor=actor, revision=revision, note=note)
        )
