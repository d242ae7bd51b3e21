"""The bell, the page, a line that leads on, and one's own ways."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing.models import Choice, Contact, Notice
from publishing.models.notice import Topic
from publishing.notices import choices
from publishing.notices.bell import MOST
from publishing.notices.telling import News, tell
from tests.publishing.reviewing import Chair

pytestmark = pytest.mark.django_db


def line(person, n=1, **more) -> Notice:
    tell(
        [person], News(f"channel:{n}", Topic.CHANNEL, f"Kanal {n} putus", "x", "/channels/", **more)
    )
    return Notice.objects.get(person=person, key=f"channel:{n}")


@pytest.fixture
def desk_of(sari):
    return Chair(sari)


def test_the_bell_counts_what_is_unread_and_shows_the_newest_ten(sari, desk_of):
    for n in range(12):
        line(sari, n)
    page = desk_of.words("home")
    assert '<span class="count">12' in page
    newest = desk_of.words("newest_notices")
    assert newest.count("<li") == 10
    assert "Kanal 11 putus" in newest
    assert "Kanal 1 putus" not in newest


def test_the_bell_stops_counting_at_ninety_nine(sari, desk_of):
    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(person=sari, key=f"k{n}", topic="channel", words="x", outside="x", url="/", at=now)
        for n in range(120)
    )
    assert f'<span class="count">{MOST}' in desk_of.words("home")


def test_a_line_leads_to_where_something_can_be_done_and_is_read(sari, desk_of):
    one = line(sari)
    answer = desk_of.client.post(reverse("open_notice", args=[one.pk]))
    assert answer.url == "/channels/"
    assert '<span class="count">' not in desk_of.words("notices")


def test_nobody_reads_the_lines_of_another(sari, rina):
    one = line(rina)
    desk = Chair(sari)
    assert desk.client.post(reverse("open_notice", args=[one.pk])).status_code == 404
    assert "Kanal 1 putus" not in desk.words("notices")
    desk.client.post(reverse("read_notices"))
    assert Notice.objects.get().read_at is None


def test_all_are_read_at_once(sari, desk_of):
    line(sari, 1)
    line(sari, 2)
    desk_of.client.post(reverse("read_notices"))
    assert not Notice.objects.filter(read_at=None).exists()


def test_pages_follow_each_other(sari, desk_of, clock):
    for n in range(30):
        line(sari, n)
        clock.shift(timedelta(seconds=n % 2))
    first = desk_of.see("notices").context["page"]
    second = desk_of.see("notices", after=first.next_key).context["page"]
    shown = [one.key for one in (*first.notices, *second.notices)]
    assert len(set(shown)) == 30
    assert second.next_key == ""


@pytest.mark.parametrize("after", ["x", "999999", "-1", "9" * 30])
def test_a_key_of_nobodys_begins_at_the_start(sari, desk_of, after):
    line(sari)
    assert len(desk_of.see("notices", after=after).context["page"].notices) == 1


def test_in_a_training_the_lines_of_the_work_are_away(sari, desk_of):
    line(sari)
    type(sari).objects.update(in_training=True)
    assert "Kanal 1 putus" not in desk_of.words("notices")


# --- one's own ways ---


def sent(**more):
    return {f"mail_{topic}": "now" for topic in Topic} | more


def test_sari_chooses_her_ways(sari, desk_of):
    answer = desk_of.client.post(reverse("notice_ways"), sent(mail_channel="never"))
    assert answer.status_code == 302
    assert choices.of(sari)[Topic.CHANNEL].mail == "never"
    assert choices.of(sari)[Topic.DECIDED].mail == "now"
    assert 'value="never" selected' in desk_of.words("notice_ways")


def test_without_a_gateway_nobody_is_asked_for_a_number(desk_of):
    page = desk_of.words("notice_ways")
    assert "Nomor telepon" not in page
    assert "Telegram" not in page


def test_with_a_gateway_the_number_is_kept_and_asked_for_when_it_lacks(sari, desk_of, settings):
    settings.GATEWAY_URL = "http://127.0.0.1:9/"
    wanted = sent(gateway_channel="on")
    refused = desk_of.client.post(reverse("notice_ways"), wanted)
    assert refused.status_code == 422
    assert "Isi ini agar pemberitahuan dapat sampai." in refused.content.decode()
    desk_of.client.post(reverse("notice_ways"), wanted | {"phone": "0812-3456-7890"})
    assert Contact.objects.get().phone == "081234567890"
    assert choices.of(sari)[Topic.CHANNEL].gateway


@pytest.mark.parametrize("phone", ["12", "abcdefgh", "+62 812 abc"])
def test_a_number_that_is_none_is_asked_again(desk_of, settings, phone):
    settings.GATEWAY_URL = "http://127.0.0.1:9/"
    answer = desk_of.client.post(reverse("notice_ways"), sent(phone=phone))
    assert answer.status_code == 422
    assert "Nomor ini tidak lengkap." in answer.content.decode()
    assert not Choice.objects.exists()


def test_a_way_that_does_not_exist_is_refused(desk_of):
    answer = desk_of.client.post(reverse("notice_ways"), sent(mail_queue="merpati"))
    assert answer.status_code == 422
    assert not Choice.objects.exists()
