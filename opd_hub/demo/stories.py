"""The month's stories of every agency, in the order in which they go out."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from opd_hub.demo.story import Story
from opd_hub.demo.texts_desk import AT_THE_DESK
from opd_hub.demo.texts_health import HEALTH
from opd_hub.demo.texts_learning import LEARNING
from opd_hub.demo.texts_regency import REGENCY
from opd_hub.demo.texts_roads import ROADS


def stories(now: datetime) -> list[Story]:
    """All of them, earliest hour first: timelines are filled from the bottom."""
    told = [*HEALTH, *LEARNING, *ROADS, *REGENCY, *AT_THE_DESK]
    return sorted(told, key=lambda story: hour_of(story, now))


def hour_of(story: Story, now: datetime) -> datetime:
    """When the story goes out, or (as soon as approved) now."""
    if story.at_once:
        return now
    if story.minutes is not None:
        return (now + timedelta(minutes=story.minutes)).replace(second=0, microsecond=0)
    day = timezone.localdate(now) + timedelta(days=story.day)
    clock = time.fromisoformat(story.hour.replace(".", ":"))
    return timezone.make_aware(datetime.combine(day, clock))
