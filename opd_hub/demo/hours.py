"""When things happened to a story: written, handed in, answered, all in working hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from opd_hub.demo.stories import hour_of
from opd_hub.demo.story import Story
from publishing.models import Post

OPENS, LAST_ERRAND = 8, 14  # o'clock: an errand begun by then is answered the same day
BEFORE = timedelta(hours=4)  # the least time between handing in and going out


@dataclass(frozen=True)
class Hours:
    """The hours of one story, each later than the one above it."""

    publish_at: datetime | None
    created: datetime
    first_submitted: datetime
    sent_back: datetime
    submitted: datetime  # the present submission
    decided: datetime
    afterwards: datetime  # opened again, called off

    @property
    def day(self) -> date:
        """The day that its text speaks from."""
        return timezone.localdate(self.publish_at or self.decided)


def hours(story: Story, number: int, now: datetime) -> Hours:
    """The hours of the `number`th story; different numbers fall on different minutes."""
    asked = hour_of(story, now)
    again = timedelta(minutes=96 if story.sent_back else 0)
    since = BEFORE + timedelta(minutes=number * 37 % 300)
    if story.status == Post.Status.SUBMITTED:  # a queue of this morning: a few are late, not all
        since = again + timedelta(minutes=10 + number * 37 % 140)
    first = _at_the_desk(min(asked, now) - since)
    submitted = first + again
    return Hours(
        publish_at=None if story.at_once else asked,
        created=first - timedelta(minutes=34),
        first_submitted=first,
        sent_back=first + timedelta(minutes=51),
        submitted=submitted,
        decided=submitted + timedelta(minutes=42),
        afterwards=submitted + timedelta(minutes=75),
    )


def _at_the_desk(moment: datetime) -> datetime:
    """`moment`, or the last working hour before it in which the errand could begin."""
    local = timezone.localtime(moment)
    if local.hour < OPENS:
        local = (local - timedelta(days=1)).replace(hour=LAST_ERRAND - 1 - local.minute % 4)
    elif local.hour >= LAST_ERRAND:
        local = local.replace(hour=LAST_ERRAND - 1 - local.minute % 4)
    return local - timedelta(days=max(0, local.weekday() - 4))
