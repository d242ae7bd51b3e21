"""By which ways a person wants what: their own choice, else the usual pace of its topic."""

from collections.abc import Iterable, Mapping

from django.conf import settings

from accounts.models import Role, User
from accounts.policy import hats
from publishing.models import Choice, Message, Topic, Way

Pace = Choice.Pace
_TURN = (Topic.TURN, Topic.SUBMITTED)
_HUMAS = (Topic.DEADLINE, Topic.TROUBLE, Topic.CHANNEL)
_AGENCY = (
    Topic.RETURNED,
    Topic.APPROVED,
    Topic.REJECTED,
    Topic.DEADLINE,
    Topic.TROUBLE,
)
# what reaches a role at all: nobody is asked about anything else
TOPICS: Mapping[Role, tuple[Topic, ...]] = {
    Role.AUTHOR: _AGENCY,
    Role.AGENCY_HEAD: (*_TURN, *_AGENCY, Topic.CHANNEL),
    Role.REVIEWER: (*_TURN, *_AGENCY[:3], *_HUMAS),
    Role.COORDINATOR: (*_TURN, *_AGENCY[:3], *_HUMAS),
    Role.ADMIN: (Topic.CHANNEL, Topic.SYSTEM),
    Role.AUDITOR: (),
    Role.LEADER: (Topic.DIGEST,),
}
# the queue itself shows what waits for all; an emergency goes out at once all the same (outbox.py)
_PACES: Mapping[Topic, Choice.Pace] = {
    Topic.SUBMITTED: Pace.DIGEST,
    Topic.APPROVED: Pace.DIGEST,
    Topic.DIGEST: Pace.DIGEST,
}


def topics_of(person: User) -> tuple[Topic, ...]:
    """What this person may choose about: what reaches them, or somebody for whom they stand in."""
    reached = {topic for hat in hats(person) for topic in TOPICS[hat.role]}
    return tuple(topic for topic in Topic if topic in reached)


def ways() -> list[Way]:
    """The ways outside that this installation has."""
    there = {
        Way.EMAIL: True,
        Way.GATEWAY: bool(settings.GATEWAY_URL),
        Way.TELEGRAM: bool(settings.TELEGRAM_TOKEN),
    }
    return [way for way in Way if there[way]]


def usual(person: User, topic: str) -> Choice:
    """How it is without a choice of theirs."""
    return Choice(person=person, topic=topic, email=_PACES.get(Topic(topic), Pace.NOW))


def of(people: Iterable[User], topic: str) -> dict[int, Choice]:
    """The choice of each about one topic, in one query."""
    wanted = list(people)
    made = {one.person_id: one for one in Choice.objects.filter(person__in=wanted, topic=topic)}
    return {one.pk: made.get(one.pk) or usual(one, topic) for one in wanted}


def all_of(person: User) -> dict[str, Choice]:
    """The choices of one person about everything that can reach them."""
    made = {one.topic: one for one in Choice.objects.filter(person=person)}
    return {topic: made.get(topic) or usual(person, topic) for topic in topics_of(person)}


def refused_letters(person: User) -> str:
    """What came of the last letter to this person, when it could not be handed over; else ""."""
    ended = (Message.State.SENT, Message.State.DOUBTFUL, Message.State.FAILED)
    letters = Message.objects.filter(person=person, way=Way.EMAIL, state__in=ended)
    last = letters.order_by("-ended_at", "-pk").first()
    return last.said if last is not None and last.state == Message.State.FAILED else ""
