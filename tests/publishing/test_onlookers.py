"""Who only looks on, or belongs to another agency, changes nothing at any address."""

import pytest
from django.urls import reverse

from accounts.models import Role, User
from publishing import workflow
from publishing.delivery import pause
from publishing.models import Delivery, Event, Pause, Post
from tests.factories import approve, in_hours, make_approved, make_draft, make_person
from tests.publishing.composing import edit, filled
from tests.publishing.errand import browser

pytestmark = pytest.mark.django_db

OF_A_POST = [
    *("submit", "withdraw", "reopen", "reschedule", "cancel", "approve", "undo", "send_back"),
    "reject",
]
OF_A_DELIVERY = ["send_again", "settle_found", "settle_absent", "resume", "put_off", "call_off"]
STATES = ["waiting", "uncertain", "failed", "missed", "held", "published"]
FILLED = {
    "date": "2027-12-31",
    "time": "09:00",
    "note": "Sudah.",
    "reason": "repeated",
    "link": "https://x.com/contoh/status/1",
    "asap": "1",
    "checked": "all",
}


@pytest.fixture(params=["leader", "auditor", "admin", "budi"])
def onlooker(request, db) -> User:
    """A leader, an auditor, an admin of accounts; or Budi, who writes for another agency."""
    if request.param == "budi":
        budi: User = request.getfixturevalue("budi")
        return budi
    role = Role(request.param)
    return make_person(f"{role}@contoh.test", "Melihat Saja", role)


def everything() -> list[object]:
    """All that somebody could have changed."""
    return [list(kept.objects.order_by("pk").values()) for kept in (Post, Delivery, Event, Pause)]


def allowed(onlooker, verbs, target, **seen) -> dict[str, int]:
    """What this person was answered where it was neither "you may not" nor "not found"."""
    desk = browser(onlooker)
    sent = FILLED | {"version": target.version} | seen
    answers = {verb: desk.post(reverse(verb, args=[target.pk]), sent).status_code for verb in verbs}
    return {verb: status for verb, status in answers.items() if status not in {403, 404}}


@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
def test_no_onlooker_moves_a_post_from_any_state(sari, dewi, channels, onlooker, state):
    post = make_draft(sari, channels["x"], publish_at=in_hours(5))
    if state != "draft":
        workflow.submit(post, by=sari, seen=post.version)
    if state == "approved":
        approve(post, dewi)
    newest = post.revisions.last()
    before = everything()
    assert allowed(onlooker, OF_A_POST, post, revision=newest.sha256 if newest else "") == {}
    assert everything() == before


def test_no_onlooker_settles_a_delivery_in_any_state(sari, dewi, channels, onlooker):
    delivery = make_approved(sari, dewi, channels["x"]).deliveries.get()
    for status in STATES:
        Delivery.objects.update(status=status, next_at=None)
        before = everything()
        assert allowed(onlooker, OF_A_DELIVERY, delivery) == {}
        assert everything() == before


def test_no_onlooker_writes_into_saris_draft(sari, channels, onlooker):
    draft = make_draft(sari, channels["x"])
    before = everything()
    answer = browser(onlooker).post(edit(draft), filled(draft, text="Bukan kata Sari."))
    assert answer.status_code in {403, 404}
    assert everything() == before


def test_no_onlooker_ends_a_pause_or_decides_on_what_it_held(sari, dewi, channels, onlooker):
    delivery = make_approved(sari, dewi, channels["x"]).deliveries.get()
    begun = pause.start(pause.Target(), reason="Gempa.", by=dewi)
    Delivery.objects.update(status="held", hold="pause", next_at=None)
    before = everything()
    ticked = {"delivery": f"{delivery.pk}.{delivery.version}", "choice": "resume"}
    assert browser(onlooker).post(reverse("end_pause", args=[begun.pk])).status_code == 403
    assert browser(onlooker).post(reverse("decide"), ticked).status_code == 403
    assert everything() == before


def test_of_the_onlookers_only_the_admin_may_stop_everything(onlooker):
    answer = browser(onlooker).post(reverse("pause"), {"what": "all", "reason": "Gempa."})
    may = onlooker.role == Role.ADMIN
    assert (answer.status_code, Pause.objects.count()) == ((302, 1) if may else (403, 0))


def test_a_stranger_is_led_to_the_door_from_every_address(client, db):
    for verb in (*OF_A_POST, *OF_A_DELIVERY):
        answer = client.post(reverse(verb, args=[1]), FILLED)
        assert answer.url.startswith(reverse("account_login"))
