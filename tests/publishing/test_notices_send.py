"""What goes outside: when, by which way, once; and what a way that fails costs."""

import json
import logging
import socket
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import Role
from publishing import vitals
from publishing.models import Choice, Gate, Message, Notice, Reach, Topic
from publishing.notices import machinery
from publishing.notices.send import send_due
from publishing.notices.tell import Word, tell
from tests import factories
from tests.publishing.test_notices_channels import MAIL_SERVER, is_down

pytestmark = pytest.mark.django_db
State = Message.State


class Carrier:
    """Somebody who takes messages over HTTP; answers with `codes` in turn, then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[str, Any, Any]] = []
        self.codes: list[int | str] = []
        self.headers: dict[str, str] = {}
        self.words = b""  # of every answer
        self.enough = threading.Event()
        carrier = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                carrier.got.append((self.path, json.loads(body), dict(self.headers)))
                code = carrier.codes.pop(0) if carrier.codes else 200
                if code == "silence":
                    carrier.enough.wait(5)
                    return
                self.send_response(int(code))
                for name, value in carrier.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(carrier.words)))
                self.end_headers()
                self.wfile.write(carrier.words)

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.enough.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def carrier(settings):
    played = Carrier()
    settings.GATEWAY_URL = f"{played.url}/send"
    settings.GATEWAY_HEADERS = {"Authorization": "kunci-rahasia"}
    settings.GATEWAY_BODY = {"target": "{to}", "message": ["{text}"]}
    settings.TELEGRAM_URL = played.url
    settings.TELEGRAM_TOKEN = "9:token-rahasia"
    settings.NOTICE_TIMEOUT = (1, 0.3)
    yield played
    played.close()


@pytest.fixture
def clock():
    """A working Wednesday at ten, WIB."""
    at = timezone.make_aware(datetime(2026, 12, 2, 10))
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture
def adi(db):
    return factories.make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN)


def wants(person, topic=Topic.TROUBLE, email="never", **ways) -> None:
    Choice.objects.update_or_create(person=person, topic=topic, defaults={"email": email, **ways})
    Reach.objects.update_or_create(
        person=person, defaults={"phone": "+6281234567890", "chat": "4711"}
    )


def say(*people, sentence="Unggahan #12 gagal tayang.", key="delivery:12", **more) -> None:
    word = Word(key, more.pop("topic", Topic.TROUBLE), sentence, "/posts/12/", **more)
    tell(word, {person.pk for person in people})


def to(clock, hour, minute=0, days=0) -> None:
    local = timezone.localtime() + timedelta(days=days)
    clock.move_to(local.replace(hour=hour, minute=minute), tick=False)


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


# --- when ---


def test_a_letter_goes_out_at_once_and_once(sari, clock):
    say(sari)
    assert (send_due(), send_due()) == (1, 0)
    [letter] = mail.outbox
    assert letter.to == [sari.email]
    assert "Unggahan #12 gagal tayang." in letter.subject
    assert f"/notices/{Notice.objects.get().pk}/" in letter.body


def test_at_night_everything_waits_until_six(sari, clock):
    to(clock, 21, 0)
    say(sari)
    assert send_due() == 0
    to(clock, 5, 59, days=1)
    assert send_due() == 0
    to(clock, 6, 0)
    assert send_due() == 1


def test_an_emergency_wakes_people(sari, clock):
    to(clock, 2)
    say(sari, urgent=True)
    assert send_due() == 1


def test_what_became_an_emergency_at_night_waits_no_longer(sari, clock):
    to(clock, 23)
    say(sari)
    say(sari, urgent=True)
    assert send_due() == 1


def test_a_retry_does_not_fall_into_the_night(sari, clock, monkeypatch):
    to(clock, 20, 59)
    say(sari)
    with monkeypatch.context() as patch:
        patch.setattr(MAIL_SERVER, is_down)
        send_due()
    to(clock, 21, 30)
    assert send_due() == 0
    to(clock, 6, 0, days=1)
    assert send_due() == 1


def test_an_update_before_it_went_out_is_what_the_message_tells(sari, clock):
    to(clock, 22)
    say(sari, sentence="Unggahan #12 gagal tayang di X.")
    say(sari, sentence="Unggahan #12 gagal tayang di Facebook.")
    to(clock, 6, 1, days=1)
    assert send_due() == 1
    [letter] = mail.outbox
    assert "di Facebook" in letter.body
    assert "di X" not in letter.body


def test_what_was_read_in_the_app_meanwhile_is_not_sent(sari, clock):
    to(clock, 22)
    say(sari)
    Notice.objects.update(read_at=timezone.now())
    to(clock, 7, 0, days=1)
    assert send_due() == 0
    assert states() == ["dropped"]


def test_what_waits_for_the_morning_goes_out_now_when_it_becomes_a_matter_of_hours(sari, clock):
    wants(sari, Topic.SUBMITTED, email="digest")
    say(sari, topic=Topic.SUBMITTED, sentence="Unggahan #12 diajukan.")
    assert send_due() == 0
    say(sari, topic=Topic.DEADLINE, sentence="Waktu tinjauan Unggahan #12 sudah habis.")
    assert send_due() == 1
    assert "sudah habis" in mail.outbox[0].body


def test_what_waits_for_now_does_not_wait_for_the_morning_because_of_what_came_after(sari, clock):
    to(clock, 5)
    wants(sari, Topic.APPROVED, email="digest")
    say(sari)
    say(sari, topic=Topic.APPROVED, sentence="Unggahan #12 disetujui.")
    to(clock, 6)
    assert send_due() == 1


def test_a_retry_that_waits_keeps_its_pace_whatever_comes_after(sari, clock, monkeypatch):
    say(sari)
    with monkeypatch.context() as patch:
        patch.setattr(MAIL_SERVER, is_down)
        send_due()
    say(sari)
    assert send_due() == 0


def test_the_daily_letter_is_one_at_half_past_seven(sari, clock):
    wants(sari, email="digest")
    for number in range(3):
        say(sari, key=f"delivery:{number}", sentence=f"Unggahan #{number} gagal tayang.")
    assert send_due() == 0
    to(clock, 7, 30, days=1)
    assert send_due() == 1
    [letter] = mail.outbox
    assert letter.body.count("gagal tayang") == 3


def test_much_at_once_is_one_letter(sari, clock):
    for number in range(30):
        say(sari, key=f"delivery:{number}")
    assert send_due() == 1
    assert "30 pemberitahuan" in mail.outbox[0].subject


def test_who_wants_no_letters_gets_none_and_still_reads_it(sari, clock):
    wants(sari, email="never")
    say(sari)
    assert send_due() == 0
    assert Notice.objects.get().read_at is None


# --- the gateway and Telegram ---


def test_the_gateway_gets_the_number_and_the_text_in_its_template(sari, clock, carrier):
    wants(sari, gateway=True)
    say(sari)
    assert send_due() == 1
    [(path, body, headers)] = carrier.got
    assert path == "/send"
    assert body["target"] == "+6281234567890"
    assert body["message"][0].startswith("Unggahan #12 gagal tayang.\nhttp")
    assert headers["Authorization"] == "kunci-rahasia"


def test_a_text_that_looks_like_a_template_is_no_template(sari, clock, carrier):
    wants(sari, gateway=True)
    say(sari, sentence="Unggahan #12 {to} {text}")
    send_due()
    assert "Unggahan #12 {to} {text}" in carrier.got[0][1]["message"][0]


def test_telegram_gets_the_chat_and_the_text(sari, clock, carrier):
    wants(sari, telegram=True)
    say(sari)
    assert send_due() == 1
    [(path, body, _headers)] = carrier.got
    assert path == "/bot9:token-rahasia/sendMessage"
    assert body["chat_id"] == "4711"


def test_a_way_that_the_installation_lacks_is_no_way(sari, clock, settings):
    wants(sari, gateway=True, telegram=True)
    say(sari)
    assert states() == []


@pytest.mark.parametrize("way", ["gateway", "telegram"])
@pytest.mark.parametrize(
    ("code", "state", "again"),
    [
        (200, "sent", 0),
        (400, "failed", 0),
        (401, "waiting", 1),
        (429, "waiting", 1),
        (500, "waiting", 1),
        (502, "doubtful", 0),
        ("silence", "doubtful", 0),
    ],
)
def test_what_an_answer_means(sari, clock, carrier, way, code, state, again):
    """Again only what was certainly not taken."""
    wants(sari, **{way: True})
    say(sari)
    carrier.codes = [code]
    carrier.headers = {"Retry-After": "30"}
    send_due()
    assert states() == [state]
    to(clock, 10, 30)
    assert send_due() == again
    assert len(carrier.got) == 1 + again


def test_retry_after_is_kept_for_everybody(sari, rina, clock, carrier):
    wants(sari, gateway=True)
    wants(rina, gateway=True)
    say(sari, rina)
    carrier.codes, carrier.headers = [429], {"Retry-After": "600"}
    assert send_due() == 0
    assert len(carrier.got) == 1
    to(clock, 10, 9)
    assert send_due() == 0
    to(clock, 10, 11)
    assert send_due() == 2


def test_a_refused_connection_is_tried_again_until_the_tries_are_up(sari, clock, carrier, settings):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.GATEWAY_URL = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    wants(sari, gateway=True)
    say(sari)
    for day in range(12):
        send_due()
        to(clock, 10, day, days=1)
    message = Message.objects.get()
    assert (message.state, message.tries) == ("failed", len(settings.MESSAGE_WAITS) + 1)


def test_a_bot_that_one_person_blocked_does_not_fail_for_the_others(sari, clock, carrier):
    wants(sari, telegram=True)
    say(sari)
    carrier.codes = [403]
    send_due()
    assert states() == ["failed"]
    assert not Gate.objects.exists()


def test_a_sender_that_died_in_the_call_is_not_doubled(sari, clock, carrier, monkeypatch):
    wants(sari, gateway=True)
    say(sari)

    def die(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("publishing.notices.send._record", die)
        with pytest.raises(KeyboardInterrupt):
            send_due()
    to(clock, 10, 30)
    assert send_due() == 0
    assert len(carrier.got) == 1
    assert states() == ["doubtful"]


def test_no_secret_is_kept_or_logged(sari, clock, carrier, settings, caplog):
    caplog.set_level(logging.DEBUG)
    wants(sari, gateway=True, telegram=True)
    settings.TELEGRAM_URL = "http://127.0.0.1:9"
    settings.GATEWAY_URL = "http://127.0.0.1:9/?token=kunci-rahasia"
    say(sari)
    send_due()
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("publishing")]
    said = [*ours, *Message.objects.values_list("said", flat=True)]
    assert not any("rahasia" in one for one in said)


# --- a way that fails ---


def test_a_refused_key_is_told_to_the_admins_shown_to_all_and_closes_by_itself(
    sari, adi, clock, carrier, client
):
    wants(sari, gateway=True)
    say(sari)
    carrier.codes = [401]
    send_due()
    assert machinery.look() >= 1
    assert Notice.objects.filter(person=adi, key="system:gate:gateway", read_at=None).exists()
    assert vitals.take().is_mute
    client.force_login(sari)
    assert "tidak terkirim" in client.get("/").content.decode()
    to(clock, 10, 30)
    assert send_due() == 2  # Adi's letter too
    machinery.look()
    assert not vitals.take().is_mute
    assert "terkirim lagi" in Notice.objects.get(person=adi, key="system:gate:gateway").sentence


def test_one_hiccup_alarms_nobody_and_three_do(sari, clock, carrier):
    wants(sari, gateway=True)
    carrier.codes = [500, 500, 500]
    say(sari)
    for minute in (0, 2, 10):
        to(clock, 10, minute)
        assert not vitals.take().is_mute
        send_due()
    assert vitals.take().is_mute


def test_one_bad_number_is_no_failing_gateway(sari, clock, carrier):
    wants(sari, gateway=True)
    for number in range(5):
        say(sari, key=f"delivery:{number}")
        carrier.codes = [400]
        send_due()
    assert not vitals.take().is_mute


def ask_for_messages(*people) -> None:
    for person in people:
        wants(person, gateway=True)
        say(person, key=f"delivery:{person.pk}")


def test_a_gateway_that_refuses_everybody_is_said_to_fail_and_loses_the_last_ones_no_more(
    sari, rina, budi, dewi, adi, clock, carrier
):
    ask_for_messages(sari, rina, budi)
    carrier.codes = [402, 402, 402]
    send_due()
    assert vitals.take().is_mute
    machinery.look()
    assert "Dijawab 402." in Notice.objects.get(person=adi, key="system:gate:gateway").sentence
    assert states()[:3] == ["failed", "failed", "waiting"]
    to(clock, 10, 30)
    send_due()
    machinery.look()
    assert not vitals.take().is_mute
    assert states()[2] == "sent"


def test_people_whose_numbers_are_wrong_among_many_alarm_nobody(
    sari, rina, budi, dewi, clock, carrier
):
    ask_for_messages(sari, rina)
    carrier.codes = [400, 200]
    send_due()
    carrier.codes = [400, 400]
    ask_for_messages(budi, dewi)
    send_due()
    assert not vitals.take().is_mute


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (b'{"status": true, "id": ["80367170"]}', "sent"),
        (b'{"status": false, "reason": "kunci-rahasia"}', "failed"),
        (b'{"detail": "ok"}', "failed"),
        (b"<html>Masuk</html>", "failed"),
        (b"", "failed"),
    ],
)
def test_a_gateway_that_says_no_with_a_200_has_not_sent(
    sari, clock, carrier, settings, words, state
):
    settings.GATEWAY_GOOD = {"status": True}
    ask_for_messages(sari)
    carrier.words = words
    send_due()
    assert states() == [state]
    assert not Message.objects.filter(said__contains="rahasia").exists()


def test_an_unpaid_gateway_that_answers_200_is_seen(sari, rina, budi, clock, carrier, settings):
    settings.GATEWAY_GOOD = {"status": True}
    ask_for_messages(sari, rina, budi)
    carrier.words = b'{"status": false}'
    send_due()
    assert vitals.take().is_mute


# --- an address that takes no letters ---


def refused(code):
    def refuse(backend, letters):
        raise SMTPRecipientsRefused(dict.fromkeys(letters[0].to, (code, b"no such user")))

    return refuse


def test_a_mistyped_address_is_its_owner_s_trouble_and_shown_to_them(
    sari, clock, client, monkeypatch
):
    client.force_login(sari)
    assert "tidak sampai" not in client.get("/notices/choices/").content.decode()
    monkeypatch.setattr(MAIL_SERVER, refused(550))
    for number in range(4):
        say(sari, key=f"delivery:{number}")
        send_due()
    assert set(states()) == {"failed"}
    assert not vitals.take().is_mute
    page = client.get("/notices/choices/").content.decode()
    assert f"Surat terakhir kepada {sari.email} tidak sampai." in page


def test_a_mailbox_that_is_full_for_now_is_tried_again_and_alarms_nobody(sari, clock, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(MAIL_SERVER, refused(450))
        for minute in (0, 2, 10):
            to(clock, 10, minute)
            say(sari)
            send_due()
    assert not vitals.take().is_mute
    to(clock, 11)
    assert send_due() == 1


def test_a_mail_server_that_refuses_every_address_is_the_server_s_trouble(
    sari, rina, budi, clock, monkeypatch
):
    monkeypatch.setattr(MAIL_SERVER, refused(554))
    say(sari, rina, budi)
    send_due()
    assert vitals.take().is_mute
