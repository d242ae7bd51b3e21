"""What leaves the house: letters, a gateway, Telegram; when, how often, and what is never in it."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Role
from publishing.models import Choice, Contact, Notice, Outgoing, Outlet
from publishing.notices import collect, outbox, outlets
from publishing.notices.telling import News, by_day, next_digest, tell
from tests import factories
from tests.publishing import standin

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 25, 2, tzinfo=UTC)  # 09.00 WIB
NIGHT = datetime(2026, 11, 25, 15, tzinfo=UTC)  # 22.00 WIB


@pytest.fixture(autouse=True)
def morning(clock):
    clock.move_to(MORNING, tick=False)


@pytest.fixture
def adi(db):
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


@pytest.fixture
def gateway(settings):
    with standin.playing() as played:
        settings.GATEWAY_URL = f"{played.url}/kirim"
        settings.GATEWAY_HEADERS = {"Authorization": "rahasia-gateway"}
        settings.GATEWAY_BODY = {"target": "{to}", "message": "{text}", "n": [1, "{to}"]}
        yield played


@pytest.fixture
def telegram(settings):
    with standin.playing() as played:
        settings.TELEGRAM_TOKEN, settings.TELEGRAM_URL = "7:rahasia", played.url
        yield played


def news(key="channel:1", said="Kanal X putus", **more) -> News:
    return News(key, more.pop("topic", "channel"), said, said, "/channels/1/", **more)


def reach(person, *, mail="never", gateway=False, telegram=False) -> None:
    for topic in ("channel", "machine"):
        Choice.objects.update_or_create(
            person=person,
            topic=topic,
            defaults={"mail": mail, "gateway": gateway, "telegram": telegram},
        )
    Contact.objects.update_or_create(
        person=person, defaults={"phone": "081234567890", "chat": "42"}
    )


def texts(played) -> list[str]:
    return [one["body"].get("message") or one["body"].get("text") for one in played.requests]


# --- when ---


@pytest.mark.parametrize(
    ("hour", "minute", "goes"),
    [
        (6, 0, (25, 6, 0)),
        (20, 59, (25, 20, 59)),
        (21, 0, (26, 6, 0)),
        (23, 30, (26, 6, 0)),
        (0, 5, (25, 6, 0)),
        (5, 59, (25, 6, 0)),
    ],
)
def test_the_night_holds_what_is_not_urgent_until_six(hour, minute, goes):
    moment = timezone.make_aware(datetime(2026, 11, 25, hour, minute))
    due = timezone.localtime(by_day(moment))
    assert (due.day, due.hour, due.minute) == goes
    assert by_day(moment, urgent=True) == moment


@pytest.mark.parametrize(("hour", "day"), [(7, 25), (8, 26)])
def test_the_digest_goes_at_half_past_seven(hour, day):
    due = next_digest(timezone.make_aware(datetime(2026, 11, 25, hour)))
    local = timezone.localtime(due)
    assert (local.day, local.hour, local.minute) == (day, 7, 30)


def test_at_night_a_letter_waits_and_an_urgent_one_does_not(adi, clock):
    clock.move_to(NIGHT, tick=False)
    tell([adi], news())
    tell([adi], news("machine:0", "Penjadwal berhenti", topic="machine", urgent=True))
    assert outbox.send_due() == 1
    assert "Penjadwal berhenti" in mail.outbox[0].body
    clock.shift(timedelta(hours=8))
    assert outbox.send_due() == 1
    assert "Kanal X putus" in mail.outbox[1].body


def test_a_digest_is_one_letter_of_all_lines(adi, clock):
    reach(adi, mail="digest")
    for n in range(3):
        tell([adi], news(f"channel:{n}", f"Kanal {n} putus"))
    assert outbox.send_due() == 0
    clock.shift(timedelta(hours=23))
    assert outbox.send_due() == 1
    [letter] = mail.outbox
    assert letter.subject == "OPD Hub: 3 pemberitahuan"
    assert all(f"Kanal {n} putus" in letter.body for n in range(3))


def test_of_very_many_lines_the_rest_is_on_the_page(adi):
    for n in range(25):
        tell([adi], news(f"channel:{n}", f"Kanal {n} putus"))
    outbox.send_due()
    assert "Dan 5 lainnya" in mail.outbox[0].body
    assert not Outgoing.objects.filter(closed_at=None).exists()


# --- what ---


def test_a_posts_words_never_leave_the_house(sari, dewi, channels, clock):
    post = factories.make_submitted(sari, channels["x"], text="Rahasia yang belum disetujui")
    Choice.objects.create(person=dewi, topic="queue", mail="now")
    clock.shift(timedelta(seconds=15))
    collect.collect()
    outbox.send_due()
    [letter] = mail.outbox
    assert f"Unggahan #{post.pk} menunggu Anda" in letter.body
    assert f"/review/{post.pk}/" in letter.body
    assert "Rahasia" not in f"{letter.body} {letter.subject}"


def test_what_grew_worse_before_it_went_is_told_as_it_is_now_and_once(adi, clock):
    clock.move_to(NIGHT, tick=False)
    tell([adi], news(said="Kanal X segera habis"))
    tell([adi], news(said="Kanal X putus"))
    clock.shift(timedelta(hours=8))
    assert outbox.send_due() == 1
    assert "Kanal X putus" in mail.outbox[0].body
    assert "segera habis" not in mail.outbox[0].body


def test_something_urgent_does_not_wait_for_the_digest_that_was_planned(adi):
    reach(adi, mail="digest")
    tell([adi], news())
    tell([adi], news(urgent=True))
    assert outbox.send_due() == 1
    assert Outgoing.objects.count() == 1


# --- by which way ---


def test_the_gateway_gets_its_template_filled_in(adi, gateway):
    reach(adi, gateway=True)
    tell([adi], news(said='Kanal "X" {to} putus'))
    assert outbox.send_due() == 1
    [request] = gateway.requests
    assert (request["path"], request["headers"]["Authorization"]) == ("/kirim", "rahasia-gateway")
    assert request["body"]["target"] == "081234567890"
    assert request["body"]["n"] == [1, "081234567890"]
    assert 'Kanal "X"' in request["body"]["message"]


def test_telegram_gets_a_message_of_the_bot(adi, telegram):
    reach(adi, telegram=True)
    tell([adi], news())
    outbox.send_due()
    [request] = telegram.requests
    assert request["path"] == "/bot7:rahasia/sendMessage"
    assert request["body"]["chat_id"] == "42"


def test_all_ways_at_once_and_each_once(adi, gateway, telegram):
    reach(adi, mail="now", gateway=True, telegram=True)
    tell([adi], news())
    assert outbox.send_due() == 3
    assert outbox.send_due() == 0
    assert (len(mail.outbox), len(gateway.requests), len(telegram.requests)) == (1, 1, 1)


def test_without_a_gateway_nothing_waits_for_it(adi):
    reach(adi, gateway=True, telegram=True)
    tell([adi], news())
    assert not Outgoing.objects.exists()


def test_who_left_meanwhile_gets_nothing(adi, gateway):
    reach(adi, gateway=True)
    tell([adi], news())
    type(adi).objects.update(is_active=False)
    assert outbox.send_due() == 0
    assert gateway.requests == []
    assert not Outgoing.objects.filter(closed_at=None).exists()


# --- what goes wrong ---


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_a_refusal_is_tried_again_and_then_arrives_once(adi, gateway, clock, status):
    reach(adi, gateway=True)
    tell([adi], news())
    gateway.answer(status)
    assert outbox.send_due() == 0
    assert outbox.send_due() == 0, "not before its minute"
    gateway.answer(200)
    clock.shift(timedelta(minutes=1))
    assert outbox.send_due() == 1
    assert len(texts(gateway)) == 2
    assert Outlet.objects.get().failures == 0


def test_a_gateway_that_says_when_is_heard(adi, gateway, clock):
    reach(adi, gateway=True)
    tell([adi], news())
    gateway.answer(429, Retry_After="600")
    outbox.send_due()
    clock.shift(timedelta(minutes=9))
    assert outbox.send_due() == 0
    assert len(gateway.requests) == 1
    gateway.answer(200)
    clock.shift(timedelta(minutes=1))
    assert outbox.send_due() == 1


def test_a_wrong_number_is_not_tried_again_and_says_nothing_about_the_gateway(adi, gateway):
    reach(adi, gateway=True)
    tell([adi], news())
    gateway.answer(400)
    outbox.send_due()
    row = Outgoing.objects.get()
    assert (row.was_sent, row.said) == (False, "ditolak (400)")
    assert row.closed_at is not None
    assert Outlet.objects.get().failures == 0


def test_an_answer_that_never_comes_is_a_doubt_and_not_a_second_message(
    adi, gateway, clock, monkeypatch
):
    monkeypatch.setattr(outlets, "PATIENCE", 0.2)
    reach(adi, gateway=True)
    tell([adi], news())
    gateway.answer(0)
    outbox.send_due()
    clock.shift(timedelta(days=1))
    outbox.send_due()
    assert len(gateway.requests) == 1
    assert Outgoing.objects.get().closed_at is not None
    assert Outlet.objects.get().failures == 1


def test_nobody_at_the_address_is_tried_five_times_and_given_up(adi, settings, clock):
    settings.GATEWAY_URL = "http://127.0.0.1:9/"
    reach(adi, gateway=True)
    tell([adi], news())
    for _try in range(8):
        outbox.send_due()
        clock.shift(timedelta(hours=5))
        clock.move_to(timezone.now().replace(hour=3), tick=False)  # by day
        clock.shift(timedelta(days=1))
    row = Outgoing.objects.get()
    assert (row.tries, row.was_sent) == (6, False)
    outlet = Outlet.objects.get()
    assert outlet.failures == 6
    assert outlet.failing_since is not None


def test_a_mail_server_that_is_down_delays_a_letter_and_loses_none(adi, clock, monkeypatch):
    def down(*args, **more):
        raise SMTPException("down")

    tell([adi], news())
    with monkeypatch.context() as patch:
        patch.setattr("accounts.letters.send_mail", down)
        assert outbox.send_due() == 0
    clock.shift(timedelta(minutes=1))
    assert outbox.send_due() == 1
    assert len(mail.outbox) == 1


def test_a_sender_that_died_leaves_a_doubt_and_not_a_second_message(adi, gateway, clock):
    reach(adi, gateway=True)
    tell([adi], news())
    Outgoing.objects.update(claimed_at=timezone.now(), tries=1)
    clock.shift(timedelta(minutes=11))
    assert outbox.send_due() == 0
    row = Outgoing.objects.get()
    assert (row.was_sent, row.said) == (False, "pengirim berhenti di tengah jalan")
    assert gateway.requests == []


def test_news_that_comes_while_the_last_message_is_on_its_way_gets_its_own(adi, gateway):
    reach(adi, gateway=True)
    tell([adi], news(said="Kanal X segera habis"))
    Outgoing.objects.update(claimed_at=timezone.now(), tries=1)
    tell([adi], news(said="Kanal X putus"))
    assert outbox.send_due() == 1
    assert texts(gateway)[0].startswith("Kanal X putus")
    assert Notice.objects.get().count == 2


def test_no_secret_of_a_way_out_reaches_the_log(adi, gateway, telegram, caplog):
    reach(adi, gateway=True, telegram=True)
    tell([adi], news())
    gateway.answer(500)
    telegram.answer(401)
    outbox.send_due()
    assert "no notice leaves by gateway: menjawab 500" in caplog.text
    assert "rahasia" not in caplog.text
    assert gateway.url not in caplog.text
