"""Which ways a person chose for a topic, and what holds until they choose."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from accounts.models import Role, User
from publishing.models.notice import Choice, Contact, Mail, Topic, Way

_NOW: Mapping[Topic, set[Role]] = {  # whose work stands still until they know
    Topic.DECIDED: {Role.AUTHOR},
    Topic.QUEUE: {Role.AGENCY_HEAD},
    Topic.CLOCK: {Role.COORDINATOR},
    Topic.DELIVERY: {Role.AUTHOR, Role.REVIEWER},
    Topic.CHANNEL: {Role.ADMIN, Role.AGENCY_HEAD},
    Topic.MACHINE: {Role.ADMIN},
}


@dataclass(frozen=True)
class Ways:
    """How one topic reaches one person outside."""

    mail: str
    gateway: bool = False
    telegram: bool = False


def usual(person: User, topic: Topic) -> Ways:
    """Before anybody chose: at once for whose work waits on it, else with the day's digest."""
    return Ways(Mail.NOW if person.role in _NOW[topic] else Mail.DIGEST)


def of(person: User) -> dict[Topic, Ways]:
    """All of a person's ways, in one query."""
    rows = {row.topic: row for row in Choice.objects.filter(person=person)}
    return {topic: _ways(rows.get(topic), person, topic) for topic in Topic}


def _ways(row: Choice | None, person: User, topic: Topic) -> Ways:
    return Ways(row.mail, row.gateway, row.telegram) if row else usual(person, topic)


def address(person: User, way: str) -> str:
    """Where this way reaches the person; "" where it does not, or nobody set it up."""
    if way == Way.MAIL:
        return person.email
    contact = Contact.objects.filter(person=person).first()
    if contact is None:
        return ""
    if way == Way.GATEWAY:
        return contact.phone if settings.GATEWAY_URL else ""
    return contact.chat if settings.TELEGRAM_TOKEN else ""


def keep(person: User, wanted: Mapping[Topic, Ways], phone: str, chat: str) -> None:
    """Write down what a person chose."""
    for topic, ways in wanted.items():
        Choice.objects.update_or_create(
            person=person,
            topic=topic,
            defaults={"mail": ways.mail, "gateway": ways.gateway, "telegram": ways.telegram},
        )
    Contact.objects.update_or_create(person=person, defaults={"phone": phone, "chat": chat})
