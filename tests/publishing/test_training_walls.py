"""Between Mode latihan and the real work no page lets anything through, whoever reads it."""

import re
from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Role, User
from platforms.models import Channel
from publishing import decisions, plan, urls, vitals, workflow
from publishing.delivery import manual, pause
from publishing.models import Attempt, Delivery, Pause, Post
from publishing.workflow import training
from tests import factories
from tests.publishing.composing import filled
from tests.publishing.errand import browser, words

pytestmark = pytest.mark.django_db
PLAYED = "Zamrud"  # begins every text of a training here
REAL = "Kecubung"  # and every real one
Status = Delivery.Status
NAMES = [pattern.name for pattern in urls.urlpatterns]


def one_of_each(sari, dewi, channel, word) -> list[Post]:
    """A draft, what waits, what came back, what is stuck on a channel, and what is public."""
    draft = factories.make_draft(sari, channel, text=f"{word} satu dibuka besok.")
    waits = factories.make_submitted(sari, channel, text=f"{word} dua dibuka besok.")
    back = factories.make_submitted(sari, channel, text=f"{word} tiga dibuka besok.")
    newest = back.revisions.get()
    workflow.send_back(back, by=dewi, seen=back.version, revision=newest.sha256, note="Kurang.")
    stuck = factories.make_approved(sari, dewi, channel, text=f"{word} empat dibuka besok.")
    stuck.deliveries.move(status=Status.HELD, hold="pause", next_at=None)
    live = factories.make_approved(sari, dewi, channel, text=f"{word} lima dibuka besok.")
    live.deliveries.move(status=Status.PUBLISHED, remote_id="1", next_at=None)
    return [draft, waits, back, stuck, live]


@pytest.fixture
def played(ground, sari, dewi, channels) -> list[Post]:
    """What Sari and Dewi did in a training that is over."""
    training.start(sari)
    training.start(dewi)
    own = Channel.objects.get(agency=sari.agency, platform="x", is_training=True)
    posts = one_of_each(sari, dewi, own, PLAYED)
    training.leave(sari)
    training.leave(dewi)
    return posts


@pytest.fixture
def real(sari, dewi, channels, played) -> list[Post]:
    return one_of_each(sari, dewi, channels["x"], REAL)


@pytest.fixture
def people(sari, rina, dewi) -> list[User]:
    """Everybody whose role shows them something."""
    others = [Role.COORDINATOR, Role.AUDITOR, Role.LEADER, Role.ADMIN]
    made = [factories.make_person(f"{role}@contoh.test", f"{role.label}", role) for role in others]
    head = factories.make_person("h@contoh.test", "Hasan", Role.AGENCY_HEAD, sari.agency)
    return [sari, rina, dewi, head, *made]


def pages_without_a_number() -> list[str]:
    found = []
    for name in NAMES:
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    more = [f"{reverse('posts')}?status={status}" for status in ("attention", "live", "draft")]
    more += [f"{reverse('queue')}?status={status}" for status in ("returned", "expired")]
    return found + more + [f"{reverse('posts')}?q={PLAYED}"]


def pages_about(kind: str, pk: int) -> list[str]:
    """Every address with one number in it, of posts or of deliveries."""
    found = []
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        if route.startswith(kind) and re.findall("<[^>]+>", route) == ["<int:pk>"]:
            found.append(reverse(pattern.name, args=[pk]))
    return found


def written(page: str) -> str:
    """A page without the words that it was asked for."""
    return page.replace(f'value="{PLAYED}"', "").replace(f"q={PLAYED}", "")


# --- reading ---


def test_no_page_shows_an_exercise_to_anybody_at_work(played, people):
    for person in people:
        desk = browser(person)
        for url in pages_without_a_number():
            page = written(desk.get(url).content.decode())
            assert PLAYED not in page, (person.role, url)
            assert "latihan_dinkes" not in page, (person.role, url)


def test_no_page_shows_real_work_to_anybody_in_training(real, people):
    for person in people[:5]:
        User.objects.filter(pk=person.pk).update(in_training=True)
        desk = browser(person)
        for url in pages_without_a_number():
            page = desk.get(url).content.decode()
            assert REAL not in page, (person.role, url)


def test_no_address_opens_an_exercise_to_anybody_at_work(played, people):
    _draft, waits, _back, stuck, _live = played
    addresses = [url for post in (waits, stuck) for url in pages_about("posts/", post.pk)]
    addresses += pages_about("review/", waits.pk)
    addresses += pages_about("deliveries/", stuck.deliveries.get().pk)
    assert len(addresses) > 40
    for person in people[1:6]:
        desk = browser(person)
        for url in addresses:
            sent = {"version": 1, "text": "X", "do": "save"}
            for answer in (desk.get(url), desk.post(url, sent)):
                assert answer.status_code in (400, 403, 404, 405), (person.role, url)
                assert PLAYED not in answer.content.decode(), (person.role, url)
    assert not Post.objects.filter(text="X").exists()


def test_every_row_of_a_training_wears_its_badge(played, sari, dewi):
    for person in (sari, dewi):
        training.start(person)
    draft, waits, _back, stuck, live = played
    posts = browser(sari).get(reverse("posts")).content.decode()
    assert posts.count('class="status exercise"') == len(played)
    queue = browser(dewi).get(reverse("queue")).content.decode()
    assert queue.count('class="status exercise"') == 1
    for name, post in [("post", stuck), ("post", live), ("review", waits), ("edit", draft)]:
        page = browser(dewi if name == "review" else sari).get(reverse(name, args=[post.pk]))
        assert page.content.decode().count('class="status exercise"') >= 2 - (name == "edit")


def test_real_rows_wear_none(real, sari):
    for url in (reverse("posts"), reverse("post", args=[real[-1].pk]), reverse("home")):
        assert 'class="status exercise"' not in browser(sari).get(url).content.decode()


# --- counting ---


def test_the_csv_and_the_plan_count_real_posts_only(played, sari):
    assert PLAYED not in browser(sari).get(reverse("plan_export")).content.decode()
    there = played[0].publish_at
    assert there
    day = timezone.localtime(there).date()
    monday = day - timedelta(days=day.weekday())
    weeks = [plan.week(sari.agency, monday, training=mode) for mode in (False, True)]
    assert [sum(len(day.entries) for day in week.days) for week in weeks] == [0, len(played)]


def test_a_planned_row_is_made_although_an_exercise_says_the_same(played, sari):
    draft = workflow.kept(played[0])
    assert workflow.already(sari.agency, [draft]) == [False]


def test_the_queue_is_counted_and_emptied_without_exercises(played, dewi):
    page = words(browser(dewi).get(reverse("queue")))
    assert "Belum ada unggahan yang disetujui." in page
    assert "Urungkan" not in page
    assert vitals.take().oldest_due is None


def test_the_list_of_channels_holds_no_training_channel(played, sari):
    boss = factories.make_person("boss@contoh.test", "Boss", Role.ADMIN)
    page = browser(boss).get("/channels/").content.decode()
    assert "contoh_dinkes" in page
    assert "latihan_dinkes" not in page


# --- what reaches beyond an exercise ---


def test_a_pause_is_begun_ended_and_decided_outside_trainings_only(real, dewi, people):
    before = pause.start(pause.Target(), reason="Banjir", by=dewi)
    coordinator = people[4]
    for person in (dewi, coordinator):
        User.objects.filter(pk=person.pk).update(in_training=True)
    desk, boss = browser(dewi), browser(coordinator)
    sent = {"what": "all:", "reason": "Mencoba tombol"}
    asked = [
        desk.get(reverse("pauses")),
        desk.post(reverse("pause"), sent),
        desk.post(reverse("decide"), {"choice": "call_off", "delivery": ["1.1"]}),
        boss.post(reverse("end_pause", args=[before.pk])),
    ]
    for answer in asked:
        assert answer.status_code == 403
        assert "Jeda menghentikan kanal sungguhan. Akhiri dulu Mode latihan." in words(answer)
    assert list(Pause.objects.active()) == [before]


def test_a_pause_lists_and_names_real_deliveries_only(played, real, dewi):
    sent = Delivery.objects.filter(status=Status.HELD)
    for delivery in sent:
        Attempt.objects.create(delivery=delivery, fence=1, revision_sha256="")
    began = pause.start(pause.Target(), reason="Banjir", by=dewi)
    assert {one.delivery.post for one in began.overtaken_by.all()} == {real[3]}
    assert [row.post for row in decisions.waiting()] == [real[3]]


def test_what_a_pause_held_in_a_training_is_settled_on_its_page(played, dewi):
    training.start(dewi)
    delivery = played[3].deliveries.get()
    page = words(browser(dewi).get(reverse("post", args=[played[3].pk])))
    assert any(str(move.label) in page for move in manual.MOVES)
    answer = browser(dewi).post(
        reverse("call_off", args=[delivery.pk]), {"version": delivery.version}
    )
    assert answer.status_code == 302
    delivery.refresh_from_db()
    assert delivery.status == Status.CANCELLED


@pytest.mark.parametrize("name", ["rules", "rules_words", "rules_bench", "rules_holidays"])
def test_nobody_rewrites_the_rules_in_a_training(ground, dewi, name):
    training.start(dewi)
    answer = browser(dewi).get(reverse(name))
    assert answer.status_code == 403
    assert "Akhiri dulu Mode latihan." in words(answer)
    assert reverse("rules") not in browser(dewi).get(reverse("home")).content.decode()


def test_a_plan_is_not_even_checked_in_a_training(ground, sari):
    training.start(sari)
    assert browser(sari).get(reverse("plan_import")).status_code == 403


# --- a page of one world, sent in the other ---


@pytest.mark.parametrize("in_training", [True, False])
def test_a_page_opened_in_the_other_mode_keeps_its_words_and_makes_no_draft(
    ground, sari, channels, in_training
):
    User.objects.filter(pk=sari.pk).update(in_training=in_training)
    sent = filled(text="Posyandu buka Sabtu.") | {"training": "0" if in_training else "1"}
    answer = browser(sari).post(reverse("write"), sent)
    assert answer.status_code == 409
    assert "Posyandu buka Sabtu." in answer.content.decode()
    quiet = browser(sari).post(reverse("write"), sent | {"do": "autosave"})
    assert quiet.status_code == 422
    assert "Belum tersimpan." in quiet.json()["said"]
    assert not Post.objects.exists()
    again = browser(sari).post(reverse("write"), sent | {"do": "recall"})
    assert f'name="training" value="{int(in_training)}"' in again.content.decode()


def test_a_picture_put_on_an_exercise_offers_its_channels(ground, sari, channels, picture_file):
    training.start(sari)
    headers = {"X-Requested-With": "XMLHttpRequest"}
    sent = {"pictures": picture_file("a.jpg"), "place": "1"}
    row = browser(sari).post(reverse("library_upload"), sent, headers=headers).content.decode()
    assert re.findall(r"@\w+_dinkes", row) == ["@latihan_dinkes"] * 2
    assert "contoh_dinkes" not in row
