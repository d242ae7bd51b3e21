"""Loads the whole demo in one transaction: either all of it stands, or nothing does."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, User
from opd_hub.demo.agencies import make_agencies, make_channels
from opd_hub.demo.bank import make_facts
from opd_hub.demo.desks import make_desks, make_programmes
from opd_hub.demo.drafts import Stock
from opd_hub.demo.health import make_health
from opd_hub.demo.history import History
from opd_hub.demo.hours import hours
from opd_hub.demo.library import Library
from opd_hub.demo.people import author_of, make_people
from opd_hub.demo.playground import Playground
from opd_hub.demo.rules import make_rules
from opd_hub.demo.sendings import Sendings
from opd_hub.demo.stories import stories
from platforms.models import Channel
from publishing.models import Delivery, Event, Lane
from publishing.notices import channels as notices_of_channels
from publishing.notices import clocks
from publishing.notices.collect import collect
from publishing.notices.doubts import tell_doubts

OTHER_WORKER = "mesin-lain"  # holds the lanes whose calls are shown as under way
HOLDS_FOR = timedelta(hours=12)


@transaction.atomic
def load() -> None:
    """Fill an empty installation. Raises `playground.NoSandbox`."""
    with Playground() as playground:
        agencies = make_agencies()
        people = make_people(agencies)
        channels = make_channels(agencies)
        Lane.objects.bulk_create(Lane(channel=channel) for channel in channels)
        playground.open_accounts(channels)
        make_health(channels, people)
        make_desks(agencies, channels)
        make_rules(people)
        stock = Stock(Library(), make_programmes(), make_facts(agencies, people))
        stock.library.lay_in(agencies, people, timezone.now())
        _tell_stories(agencies, people, channels, stock, playground)
        _tell_people()
    _hand_over_lanes()


def _tell_stories(
    agencies: dict[str, Agency],
    people: dict[str, User],
    channels: list[Channel],
    stock: Stock,
    sandbox: Playground,
) -> None:
    now = timezone.now()
    by_id = {channel.pk: channel for channel in channels}
    by_agency = defaultdict(list)
    for channel in channels:
        by_agency[channel.agency.code].append(channel)
    events: list[Event] = []
    for number, story in enumerate(stories(now)):
        reviewer = people["fajar" if number % 5 == 4 else "dewi"]
        author = people[author_of(story.agency)]
        history = History(
            story, hours(story, number, now), agencies[story.agency], author, reviewer
        )
        approved = history.write(by_agency[story.agency], stock)
        events += history.events
        if approved is not None:
            sendings = Sendings(history, approved, sandbox, now)
            sendings.write(by_id)
            events += sendings.events
    Event.objects.bulk_create(sorted(events, key=lambda event: event.at))


def _tell_people() -> None:
    """What happened lately is under everybody's bell; of the past no letter goes out."""
    collect(outside=False)
    tell_doubts(outside=False)
    clocks.watch(outside=False)
    notices_of_channels.tell_incidents(outside=False)
    notices_of_channels.tell_strangers(outside=False)


def _hand_over_lanes() -> None:
    """Calls under way belong to another worker, so that ours leaves them alone."""
    busy = Delivery.objects.filter(status=Delivery.Status.SENDING).values("channel")
    Lane.objects.filter(pk__in=busy).update(
        lease_owner=OTHER_WORKER, lease_until=timezone.now() + HOLDS_FOR, fence=1
    )
