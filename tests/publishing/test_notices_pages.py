"""The bell, the page, what opens one, the choices, what is forgotten."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from accounts import leave
from accounts.models import Delegation, Role
from publishing import workflow
from publishing.models import Choice, Message, Notice, Reach, Topic
from publishing.notices import digest, tasks
from publishing.notices.collect import collect
from publishing.notices.tell import Word, tell
from tests import factories

pytestmark = pytest.mark.django_db
CHOICES = "/notices/choices/"


def say(person, key="delivery:12", **more) -> None:
    said = {"topic": Topic.TROUBLE, "sentence": "Unggahan #12 gagal tayang.", "path": "/posts/"}
    tell(Word(key, **(said | more)), {person.pk})


def text(page) -> str:
    return str(page.content.decode())


# --- the bell and the page ---


def test_the_bell_counts_what_is_unread(desk, sari):
    assert "belum dibaca" not in text(desk.get("/"))
    say(sari)
    say(sari, key="delivery:13")
    assert "Pemberitahuan, 2 belum dibaca" in text(desk.get("/"))


def test_the_bell_opens_the_newest_ten(desk, sari):
    for number in range(12):
        say(sari, key=f"delivery:{number}", sentence=f"Unggahan #{number} ditahan.")
    newest = text(desk.get("/notices/newest/"))
    assert newest.count("<a ") == 10
    assert "Unggahan #11 ditahan." in newest
    assert "Unggahan #1 ditahan." not in newest


def test_who_was_signed_out_gets_no_login_form_inside_the_bell(client, db):
    assert client.get("/notices/newest/", headers={"HX-Request": "true"}).status_code == 401


def test_lines_about_one_post_stand_together_under_its_title(desk, sari, draft):
    say(sari, key="a", post=draft, sentence="Satu.")
    say(sari, key="b", sentence="Dua.")
    say(sari, key="c", post=draft, sentence="Tiga.")
    page = text(desk.get("/notices/"))
    assert page.count(draft.title) == 1
    assert page.index("Tiga.") < page.index("Satu.") < page.index("Dua.")


@pytest.fixture
def taken_back(sari, dewi, channels):
    """Handed in, told to Dewi, taken back and rewritten."""
    post = factories.make_submitted(sari, channels["x"])
    collect()
    workflow.withdraw(post, by=sari, seen=post.version)
    type(post).objects.filter(pk=post.pk).update(text="Rahasia yang belum selesai.")
    Notice.objects.filter(person=dewi).update(read_at=None)
    return post


@pytest.mark.parametrize("address", ["/notices/", "/notices/newest/"])
def test_a_reviewer_does_not_read_the_first_line_of_what_was_taken_back(
    client, dewi, taken_back, address
):
    client.force_login(dewi)
    page = text(client.get(address))
    assert "Rahasia" not in page
    assert f'<span class="of">Unggahan #{taken_back.pk}</span>' in page


def test_a_line_about_what_was_taken_back_is_read_and_says_so(client, dewi, taken_back):
    client.force_login(dewi)
    line = Notice.objects.get(person=dewi)
    page = client.get(f"/notices/{line.pk}/", follow=True)
    assert page.status_code == 200
    assert "tidak dapat Anda buka sekarang" in text(page)
    line.refresh_from_db()
    assert line.read_at is not None


def test_an_author_who_moved_reads_no_first_lines_of_the_old_agency(desk, sari, draft, budi):
    say(sari, post=draft)
    sari.work_for(budi.agency)
    sari.save()
    page = text(desk.get("/notices/"))
    assert draft.title not in page
    assert f"Unggahan #{draft.pk}" in page


def test_opening_one_marks_it_read_and_leads_to_the_thing(desk, sari):
    say(sari)
    line = Notice.objects.get()
    answer = desk.get(f"/notices/{line.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/posts/")
    line.refresh_from_db()
    assert line.read_at is not None


def test_somebody_else_s_is_no_such_thing_and_stays_unread(desk, rina):
    say(rina)
    line = Notice.objects.get()
    assert desk.get(f"/notices/{line.pk}/").status_code == 404
    assert desk.get("/notices/999999/").status_code == 404
    line.refresh_from_db()
    assert line.read_at is None


def test_all_are_marked_at_once_and_only_one_s_own(desk, sari, rina):
    say(sari)
    say(sari, key="x")
    say(rina)
    desk.post("/notices/read/")
    assert Notice.objects.filter(person=sari, read_at=None).count() == 0
    assert Notice.objects.filter(person=rina, read_at=None).count() == 1


def test_pages_of_25_by_key_lose_and_repeat_nothing(desk, sari):
    for number in range(60):
        say(sari, key=f"k{number}", sentence=f"Unggahan #{number} ditahan.")
    seen, address = [], "/notices/"
    while address:
        page = desk.get(address).context["page"]
        seen += [line.pk for group in page.groups for line in group.lines]
        address = f"/notices/?after={page.next_key.replace('+', '%2B')}" if page.next_key else ""
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize("key", ["x", "2026-13-45.1", "2026-12-01T00:00:00+07:00.abc", "."])
def test_a_key_that_nobody_gave_out_begins_at_the_start(desk, sari, key):
    say(sari)
    assert "Unggahan #12" in text(desk.get("/notices/", {"after": key}))


def test_an_empty_page_says_something(desk):
    assert "Belum ada pemberitahuan" in text(desk.get("/notices/"))


def test_a_training_s_lines_are_shown_in_the_training_only(desk, sari, draft):
    type(draft).objects.filter(pk=draft.pk).update(is_training=True)
    draft.refresh_from_db()
    say(sari, post=draft, sentence="Latihan.")
    say(sari, key="x", sentence="Sungguhan.")
    assert "Latihan." not in text(desk.get("/notices/newest/"))
    sari.in_training = True
    sari.save()
    page = text(desk.get("/notices/newest/"))
    assert "Latihan." in page
    assert "Sungguhan." not in page


def test_the_page_asks_the_same_few_questions_for_many(
    desk, sari, draft, django_assert_max_num_queries
):
    for number in range(40):
        say(sari, key=f"k{number}", post=draft if number % 2 else None)
    with django_assert_max_num_queries(10):
        page = desk.get("/notices/")
    assert len(page.content) < 60 * 1024


# --- the choices ---


def sent(person, **more):
    rows = {f"{topic}-email": "now" for topic in ("returned", "approved", "rejected", "deadline")}
    return rows | {"trouble-email": "now"} | more


def test_sari_chooses_for_each_topic(desk, sari):
    answer = desk.post(CHOICES, sent(sari, **{"approved-email": "never"}))
    assert answer.status_code == 302
    assert Choice.objects.get(person=sari, topic="approved").email == "never"
    assert 'value="never" selected' in text(desk.get(CHOICES))


def test_only_what_can_reach_her_is_asked_about(desk):
    page = text(desk.get(CHOICES))
    assert "Dikembalikan" in page
    assert "Sistem lewat" not in page
    assert "WhatsApp" not in page


def test_who_stands_in_for_a_reviewer_chooses_about_what_reaches_a_reviewer(desk, sari, dewi):
    assert "Giliran Anda" not in text(desk.get(CHOICES))
    today = timezone.localdate()
    wanted = Delegation(giver=dewi, taker=sari, begins=today, ends=today, basis="SK 1")
    leave.delegate(wanted, by=factories.make_person("a@contoh.test", "Adi", Role.ADMIN))
    assert "Giliran Anda" in text(desk.get(CHOICES))


def test_a_number_is_kept_as_gateways_want_it(desk, sari, settings):
    settings.GATEWAY_URL = "http://127.0.0.1:9/"
    more = {"phone": "0812-3456 7890", "trouble-gateway": "on"}
    assert desk.post(CHOICES, sent(sari, **more)).status_code == 302
    assert Reach.objects.get(person=sari).phone == "+6281234567890"
    assert Choice.objects.get(person=sari, topic="trouble").gateway


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("kantor", "Tulis nomornya dengan angka saja."),
        ("", "Isi ini dulu, atau kosongkan pilihan lewat cara ini."),
        ("0" * 30, "Nomor ini terlalu panjang."),
    ],
)
def test_a_number_that_is_none_is_said_so_and_nothing_is_lost(desk, sari, settings, phone, said):
    settings.GATEWAY_URL = "http://127.0.0.1:9/"
    more = {"phone": phone, "trouble-gateway": "on", "approved-email": "never"}
    answer = desk.post(CHOICES, sent(sari, **more))
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="never" selected' in text(answer)
    assert not Reach.objects.exists()


def test_a_pace_that_is_none_is_said_so(desk, sari):
    answer = desk.post(CHOICES, sent(sari, **{"trouble-email": "kadang"}))
    assert answer.status_code == 422
    assert "Pilih salah satu dari daftar." in text(answer)


def test_a_chat_is_a_number(desk, sari, settings):
    settings.TELEGRAM_TOKEN = "9:x"
    assert desk.post(CHOICES, sent(sari, chat="@sari")).status_code == 422
    assert desk.post(CHOICES, sent(sari, chat="4711")).status_code == 302


def test_whom_nothing_reaches_reads_so(client, db):
    auditor = factories.make_person("a@contoh.test", "Auditor", Role.AUDITOR)
    client.force_login(auditor)
    assert "Peran Anda tidak menerima" in text(client.get(CHOICES))


def test_the_profile_leads_to_the_choices(desk):
    assert reverse("notice_settings") in text(desk.get("/profil/"))


# --- leaders, and what is forgotten ---


def test_a_leader_gets_one_letter_a_day_at_half_past_seven(clock, db):
    leader = factories.make_person("bupati@contoh.test", "Bupati", Role.LEADER)
    clock.move_to(timezone.localtime().replace(hour=7, minute=29), tick=False)
    assert digest.sum_up() == 0
    clock.move_to(timezone.localtime().replace(hour=7, minute=30), tick=False)
    assert (digest.sum_up(), digest.sum_up()) == (1, 0)
    assert Message.objects.get(person=leader).due_at == timezone.now()
    assert "Kemarin 0 pengiriman tayang." in Notice.objects.get(person=leader).sentence


def test_a_letter_of_the_day_that_broke_is_written_a_minute_later(clock, db, monkeypatch):
    leader = factories.make_person("bupati@contoh.test", "Bupati", Role.LEADER)
    clock.move_to(timezone.localtime().replace(hour=7, minute=30), tick=False)

    def broken(*args, **more):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(digest, "tell", broken)
        with pytest.raises(OperationalError):
            digest.sum_up()
    assert digest.sum_up() == 1
    assert Notice.objects.filter(person=leader).exists()


def test_what_was_read_90_days_ago_is_forgotten_and_what_is_unread_stays(sari, clock):
    say(sari)
    say(sari, key="unread")
    Notice.objects.filter(key="delivery:12").update(read_at=timezone.now())
    clock.move_to(timezone.now() + timedelta(days=91), tick=False)
    tasks.forget()
    assert [one.key for one in Notice.objects.all()] == ["unread"]
