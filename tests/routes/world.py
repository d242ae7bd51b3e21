"""One of everything that an address can name, and somebody of each role to ask for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import Agency, AgencyChange, Delegation, Invitation, Role, User
from platforms import connect, health
from platforms.models import Custody, Handover, Stranger
from publishing import media
from publishing.agenda.feed import digest
from publishing.delivery import pulse
from publishing.models import CalendarFeed, Delivery, Duty, Notice, Pause, Pool, Post
from publishing.models.heartbeat import SCHEDULER
from tests import factories
from tests.publishing import noted
from tests.routes import table

DOOR = "/masuk/"
DAY = timedelta(days=1)
# routes of allauth and the stock admin that no table of ours speaks of
FOREIGN = ("admin:",)


def routes() -> dict[str, str]:
    """Every named route of ours, with its address's pattern."""
    return dict(_walk(get_resolver()))


def _walk(resolver: Any, prefix: str = "") -> Any:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.name, prefix + str(entry.pattern)
        elif isinstance(entry, URLResolver) and entry.namespace is None:
            yield from _walk(entry, prefix + str(entry.pattern))


@dataclass
class World:
    """The people by who they are in the table, and what each route is asked for."""

    people: dict[str, User]
    named: dict[str, dict[str, Any]]  # route -> what its address names
    bodies: dict[str, dict[str, Any]]  # route -> what is posted there; else what pages send along
    session: dict[str, Any]

    def client(self, who: str) -> Client:
        """A browser in which `who` is signed in, on the way to connect a channel."""
        client = Client()
        if who in self.people:
            client.force_login(self.people[who])
            session = client.session
            session.update(self.session)
            session.save()
        return client

    def body(self, route: str) -> dict[str, Any]:
        return self.bodies.get(route, {})


def build(dinkes: Agency, picture: Any) -> World:
    """Everything, in one agency; `other` and its agency have none of it."""
    people = _people(dinkes)
    writer = factories.make_person("tulis@contoh.test", "Tulis", Role.AUTHOR, dinkes)
    channel = factories.make_channel(dinkes, "x", endorsed_at=None)
    draft = factories.make_draft(writer, channel)
    submitted = factories.make_submitted(writer, channel, pictures=[])
    failed = factories.make_approved(writer, _reviewer(), channel, publish_at=None)
    Delivery.objects.filter(post=failed).update(status="failed")
    fact = factories.make_fact(writer)
    kept = media.accept(picture, agency=dinkes, by=writer)
    delivery = Delivery.objects.get(post=failed)
    health.turned_away(channel, "Ditolak.")
    pk = {
        "draft": draft.pk,
        "submitted": submitted.pk,
        "delivery": delivery.pk,
        "channel": channel.pk,
        "fact": fact.pk,
        "media": kept.pk,
        "person": writer.pk,
        "agency": dinkes.pk,
        **_rest(people, dinkes, channel),
    }
    state = connect.Errand("x", dinkes.pk, state="keadaan")
    session: dict[str, Any] = {}
    connect.remember(session, state)
    pulse.beat(SCHEDULER, timedelta())  # or the page for machines says that nobody keeps time
    bodies = _bodies(draft, submitted, delivery) | {"switch_agency": {"agency": dinkes.pk}}
    bodies |= _noted(submitted)
    return World(people, _named(pk), bodies, session)


def _reviewer() -> User:
    """A reviewer who is nobody of the table: whoever approved may not be asked about it again."""
    known = User.objects.filter(email="tinjau@contoh.test").first()
    return known or factories.make_person("tinjau@contoh.test", "Tinjau", Role.REVIEWER)


def _people(dinkes: Agency) -> dict[str, User]:
    other = Agency.objects.create(code="LAIN", name="Dinas Lain", short_name="Lain")
    roles = {
        table.AUTHOR: (Role.AUTHOR, dinkes),
        table.HEAD: (Role.AGENCY_HEAD, dinkes),
        table.OTHER: (Role.AUTHOR, other),
        table.REVIEWER: (Role.REVIEWER, None),
        table.COORD: (Role.COORDINATOR, None),
        table.ADMIN: (Role.ADMIN, None),
        table.AUDITOR: (Role.AUDITOR, None),
        table.LEADER: (Role.LEADER, None),
    }
    return {
        who: factories.make_person(f"{who}@contoh.test", who.title(), role, agency)
        for who, (role, agency) in roles.items()
    }


def _rest(people: dict[str, User], dinkes: Agency, channel: Any) -> dict[str, int]:
    """What is about people, agencies and channels."""
    admin, today = people[table.ADMIN], timezone.localdate()
    invitation = Invitation.objects.create(
        email="baru@contoh.test",
        name="Baru",
        role=Role.AUTHOR,
        agency=dinkes,
        asked_by=admin,
        agreed_by=admin,
    )
    change = AgencyChange.objects.create(
        agency=dinkes,
        kind="rename",
        on=today + timedelta(days=30),
        basis="Perda",
        new_name="Baru",
        asked_by=admin,
    )
    leave = Delegation.objects.create(
        giver=people[table.AUTHOR],
        taker=people[table.HEAD],
        begins=today,
        ends=today,
        basis="SK",
        asked_by=admin,
    )
    stranger = Stranger.objects.create(channel=channel, remote_id="9", at=timezone.now())
    Custody.objects.create(channel=channel, holder="Sari")
    Handover.objects.create(channel=channel, giver="Sari", taker="Rina", by=admin)
    pause = Pause.objects.create(
        scope="platform", platform="facebook", reason="uji", started_by=admin
    )
    now = timezone.now()
    duty = Duty.objects.create(
        person=people[table.COORD], begins=now + DAY, ends=now + 2 * DAY, named_by=admin
    )
    feed = CalendarFeed.objects.create(
        agency=dinkes, owner=people[table.AUTHOR], name="Ponsel", digest=digest("rahasia")
    )
    return {
        "feed": feed.pk,
        "notice": Notice.objects.create(person=people[table.COORD], key="uji", path="/").pk,
        "pool": Pool.objects.create(name="Kelompok").pk,
        "duty": duty.pk,
        "invitation": invitation.pk,
        "change": change.pk,
        "leave": leave.pk,
        "stranger": stranger.pk,
        "pause": pause.pk,
    }


def _bodies(draft: Post, submitted: Post, delivery: Delivery) -> dict[str, dict[str, Any]]:
    """The version that a page sends along with a move, and the revision that was read."""
    revision = submitted.revisions.order_by("-number")[0].sha256
    state = draft.saved.all()[0].pk
    seen = {
        "version": draft.version,
        "revision": revision,
        "note": "Alasan",
        "key": "x",
        "state": state,
    }
    judged = seen | {"version": submitted.version}
    moved = {"version": delivery.version, "seen": delivery.version}
    decisions = (
        "amend forward release approve waive send_back reject decide_finding withdraw reopen "
        "reschedule cancel calendar_move calendar_move_back"
    )
    settled = [
        "send_again",
        "settle_found",
        "settle_absent",
        "resume",
        "put_off",
        "mend",
        "call_off",
    ]
    edits = "submit restore answer_finding"
    struck = {"on": "2026-12-25"}
    return (
        dict.fromkeys(edits.split(), seen)
        | dict.fromkeys((*decisions.split(), "undo", "copy", "correct"), judged)
        | dict.fromkeys((*settled, "call_off"), moved)
        | dict.fromkeys(("rules_strike", "rules_restore_day"), struck)
        | {"rules_list": {"do": "add"}}
    )


def _noted(submitted: Post) -> dict[str, dict[str, Any]]:
    """A note beside what waits, and what is said to it."""
    seen = {"revision": submitted.revisions.order_by("-number")[0].sha256}
    note = noted.write(submitted, _reviewer())
    said = {"thread": note.pk, f"reply-{note.pk}": "Alasan"}
    names = "reply_note settle_note reopen_note withdraw_note answer_note"
    new = seen | {"note-place": "whole", "note-words": "Catatan"}
    return dict.fromkeys(names.split(), said) | {"add_note": new}


def _named(pk: dict[str, int]) -> dict[str, dict[str, Any]]:
    """What each address names; those that name nothing are left out."""
    by_name = {
        "draft": "edit editing drafts restore advice findings answer_finding submit",
        "submitted": "post post_deliveries withdraw reopen reschedule cancel copy correct undo "
        "approve waive send_back reject review decide_finding review_pane review_past "
        "calendar_move calendar_move_back "
        "review_opened take put_back hand_on assign amend forward release look_afterwards notes "
        "add_note reply_note settle_note reopen_note withdraw_note answer_note",
        "notice": "notice",
        "pool": "drop_pool",
        "duty": "end_duty",
        "feed": "revoke_feed",
        "delivery": "send_again settle_found settle_absent resume put_off mend call_off",
        "channel": "channel probe rehearse endorse disable enable switch_adapter take_incident "
        "custody confirm_custody hand_over tick_off",
        "stranger": "settle_stranger",
        "person": "person change_person deactivate reactivate clear_factor",
        "invitation": "invite_again withdraw_invitation",
        "leave": "agree_delegation end_delegation",
        "agency": "agency change_agency set_trust set_inner_step",
        "change": "agree_change decline_change",
        "fact": "fact retire_fact restore_fact",
        "media": "library_more library_picture library_remove",
        "pause": "end_pause",
    }
    named: dict[str, dict[str, Any]] = {
        route: {"pk": pk[thing]} for thing, list in by_name.items() for route in list.split()
    }
    login = "connect_preflight connect_set_out connect_return connect_paste connect_sign_in"
    named |= {route: {"login": "x"} for route in f"{login} connect_keep".split()}
    return named | {
        "join": {"key": "tidak-ada"},
        "calendar_day": {"on": "2026-11-27"},
        "calendar_feed": {"secret": "rahasia"},
        "picture": {"pk": pk["media"], "use": "thumb"},
        "help_topic": {"slug": "states"},
        "rules_list": {"name": "insults"},
        "rules_section": {"slug": "acronyms"},
        "rules_row": {"slug": "acronyms", "pk": 999},
        "rules_remove": {"slug": "acronyms", "pk": 999},
        "rules_end": {"slug": "officials", "pk": 999},
        "rules_retire": {"code": "EJAAN"},
        "rules_restore": {"code": "EJAAN"},
        "document": {"pk": 999},
        "fetch": {"token": "tidak-ada"},
        "end_session": {"pk": 999},
        "mfa_edit_webauthn": {"pk": 999},
        "mfa_remove_webauthn": {"pk": 999},
        "account_reset_password_from_key": {"uidb36": "1", "key": "tidak-ada"},
    }
