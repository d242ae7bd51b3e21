"""The page of one post: Sari follows it to its walls, Dewi settles what the worker cannot."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing import progress, workflow
from publishing.models import Attempt, Delivery, Post
from tests import factories

pytestmark = pytest.mark.django_db

OWNERS = ["submit", "withdraw", "reopen", "reschedule", "cancel"]
WAYS_OUT = ["send_again", "settle_found", "settle_absent", "resume", "put_off", "call_off"]


@pytest.fixture
def approved(sari, dewi, channels):
    return factories.make_approved(sari, dewi, channels["facebook"], channels["x"])


@pytest.fixture
def on_x(approved):
    return approved.deliveries.get(channel__platform="x")


def put(delivery, **fields):
    Delivery.objects.filter(pk=delivery.pk).update(**fields)
    delivery.refresh_from_db()


def doubt(delivery, **fields):
    """The worker sent it and never heard back."""
    Attempt.objects.create(delivery=delivery, fence=1, revision_sha256=delivery.revision.sha256)
    put(delivery, **{"status": "uncertain", "next_at": None} | fields)


def see(client, user, post, name="post"):
    client.force_login(user)
    return client.get(reverse(name, args=[post.pk]))


def press(client, user, verb, target, **fields):
    client.force_login(user)
    seen = {"version": target.version}
    return client.post(reverse(verb, args=[target.pk]), seen | fields)


def state(post):
    return Post.objects.get(pk=post.pk).status


# --- reading ---


def test_sari_follows_each_delivery(client, sari, approved, on_x, django_assert_max_num_queries):
    put(
        on_x,
        status="published",
        permalink="http://127.0.0.1:9/x/1",
        published_at=timezone.now(),
        remote_id="1",
    )
    client.force_login(sari)
    with django_assert_max_num_queries(17):
        page = client.get(reverse("post", args=[approved.pk])).content.decode()
    for words in (
        "Tayang",
        'href="http://127.0.0.1:9/x/1"',
        "Terjadwal",
        "Disetujui",
        "Dewi Contoh",
    ):
        assert words in page


def test_budi_does_not_find_the_page(client, budi, approved):
    assert see(client, budi, approved).status_code == 404
    assert see(client, budi, approved, "post_deliveries").status_code == 404


def test_a_retry_a_doubt_and_a_lost_channel_each_say_what_comes_next(client, sari, approved, on_x):
    later = timezone.now() + timedelta(minutes=4)
    put(on_x, reason="X sedang sibuk.", next_at=later)
    page = see(client, sari, approved).content.decode()
    assert f"X sedang sibuk. Dicoba lagi {progress.spoken(later)}." in page
    put(on_x, status="uncertain", reason="")
    page = see(client, sari, approved).content.decode()
    assert "Kami memeriksa ke X sebelum mencoba lagi." in page
    put(on_x, status="held", hold="channel", next_at=None)
    page = see(client, sari, approved).content.decode()
    assert "Dilanjutkan sendiri begitu kanal terhubung lagi." in page


def test_the_page_asks_again_only_while_something_is_on_its_way(client, sari, approved, on_x):
    assert "every 10s" not in see(client, sari, approved).content.decode()  # three hours to go
    assert see(client, sari, approved, "post_deliveries").status_code == 286
    put(on_x, status="sending")
    assert "every 10s" in see(client, sari, approved).content.decode()
    assert see(client, sari, approved, "post_deliveries").status_code == 200


def test_sari_reads_why_it_came_back(client, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"])
    newest = post.revisions.get()
    said = {"by": dewi, "seen": post.version, "revision": newest.sha256}
    workflow.send_back(post, **said, reason="fact", note="Tanggalnya keliru.")
    page = see(client, sari, post).content.decode()
    assert "Tanggalnya keliru." in page
    assert reverse("edit", args=[post.pk]) in page


def test_dewi_does_not_see_the_words_that_sari_is_still_changing(client, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"], text="Pengumuman pertama")
    newest = post.revisions.get()
    workflow.send_back(post, by=dewi, seen=post.version, revision=newest.sha256, note="Ubah.")
    draft = workflow.Draft(text="Belum selesai", channels={channels["x"].pk: ""})
    workflow.save_draft(post, draft, by=sari, seen=post.version)
    assert see(client, sari, post).context["shown"][0].text == "Belum selesai"
    assert see(client, dewi, post).context["shown"][0].text == "Pengumuman pertama"


def test_dewi_does_not_see_the_labels_that_sari_is_still_changing(client, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"], value="honesty")
    assert ("nilai", "Kejujuran") in see(client, dewi, post).context["for_reports"]
    newest = post.revisions.get()
    workflow.send_back(post, by=dewi, seen=post.version, revision=newest.sha256, note="Ubah.")
    draft = replace(workflow.kept(post), value="peace")
    workflow.save_draft(post, draft, by=sari, seen=post.version)
    assert ("nilai", "Perdamaian") in see(client, sari, post).context["for_reports"]
    assert see(client, dewi, post).context["for_reports"] == []


# --- the moves of its owners ---


@pytest.mark.parametrize("verb", OWNERS)
def test_budi_gets_404_on_every_move(client, budi, approved, verb):
    assert press(client, budi, verb, approved).status_code == 404


@pytest.mark.parametrize("verb", OWNERS)
def test_a_move_on_an_old_page_is_told_what_happened(client, sari, approved, verb):
    old = {"version": approved.version - 1, "date": "2027-02-03", "time": "09:00"}
    client.force_login(sari)
    if verb == "reschedule":
        later = timezone.localtime(approved.publish_at + timedelta(days=1))
        old |= {"date": f"{later:%Y-%m-%d}", "time": f"{later:%H:%M}"}
    response = client.post(reverse(verb, args=[approved.pk]), old)
    assert response.status_code == (403 if verb == "cancel" else 409)
    assert state(approved) == "approved"


def test_sari_hands_in_takes_back_and_gives_up(client, sari, channels):
    post = factories.make_draft(sari, channels["x"])
    for verb, reached in [("submit", "submitted"), ("withdraw", "draft"), ("cancel", "cancelled")]:
        assert press(client, sari, verb, Post.objects.get(pk=post.pk)).status_code == 302
        assert state(post) == reached


def test_an_unfinished_draft_goes_back_to_its_form_with_what_is_missing(client, sari, channels):
    post = factories.make_draft(sari, channels["x"], sources=[])
    response = press(client, sari, "submit", post)
    assert response.url == reverse("edit", args=[post.pk])
    assert state(post) == "draft"


def test_sari_opens_an_approved_post_again_and_nothing_is_sent(client, sari, approved):
    assert press(client, sari, "reopen", approved).status_code == 302
    assert state(approved) == "draft"
    assert set(approved.deliveries.values_list("status", flat=True)) == {"held"}


def test_sari_puts_it_off_by_a_day(client, sari, approved):
    later = timezone.localtime(approved.publish_at + timedelta(days=1))
    press(client, sari, "reschedule", approved, date=f"{later:%Y-%m-%d}", time=f"{later:%H:%M}")
    moved = Post.objects.get(pk=approved.pk)
    assert timezone.localtime(moved.publish_at).strftime("%d %H:%M") == later.strftime("%d %H:%M")
    assert approved.deliveries.first().not_before == moved.publish_at


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"date": "2020-01-01", "time": "09:00"}, "Waktu ini sudah lewat"),
        ({"date": "31/02/2027", "time": "09:00"}, "tanggal"),
        ({}, "Isi tanggalnya."),
    ],
)
def test_an_impossible_hour_is_answered_at_the_form(client, dewi, approved, asked, said):
    response = press(client, dewi, "reschedule", approved, **asked)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Post.objects.get(pk=approved.pk).publish_at == approved.publish_at


# --- ways out of a stuck delivery ---


@pytest.mark.parametrize("verb", WAYS_OUT)
def test_budi_gets_404_and_sari_403_on_every_way_out(client, sari, budi, on_x, verb):
    doubt(on_x)
    link = {"link": "https://x.test/contoh/status/1"}
    assert press(client, budi, verb, on_x, **link).status_code == 404
    assert press(client, sari, verb, on_x, **link).status_code == 403


@pytest.mark.parametrize("verb", WAYS_OUT)
def test_a_way_out_of_a_state_that_is_over_is_told_so(client, dewi, on_x, verb):
    doubt(on_x, status="published", remote_id="9")
    said = {"link": "https://x.test/contoh/status/1", "date": "2027-02-03", "time": "09:00"}
    response = press(client, dewi, verb, on_x, **said)
    assert response.status_code == 409
    assert reverse("post", args=[on_x.post_id]) in response.content.decode()


@pytest.mark.parametrize(
    ("verb", "stuck", "reached"),
    [
        ("send_again", {"status": "failed"}, "waiting"),
        ("settle_absent", {"status": "uncertain"}, "waiting"),
        ("resume", {"status": "missed"}, "waiting"),
        ("call_off", {"status": "held", "hold": "quota"}, "cancelled"),
    ],
)
def test_dewi_finds_the_button_and_it_works(client, dewi, approved, on_x, verb, stuck, reached):
    doubt(on_x, **stuck)
    assert reverse(verb, args=[on_x.pk]) in see(client, dewi, approved).content.decode()
    assert press(client, dewi, verb, on_x).url == reverse("post", args=[approved.pk])
    on_x.refresh_from_db()
    assert on_x.status == reached


def test_dewi_pastes_the_link_of_what_she_found(client, dewi, on_x):
    doubt(on_x)
    response = press(client, dewi, "settle_found", on_x, link="bukan tautan")
    assert response.status_code == 422
    assert 'value="bukan tautan"' in response.content.decode()
    press(client, dewi, "settle_found", on_x, link="https://x.test/contoh/status/1")
    on_x.refresh_from_db()
    assert (on_x.status, on_x.permalink) == ("published", "https://x.test/contoh/status/1")


def test_an_old_page_does_not_settle_a_later_doubt(client, dewi, on_x):
    doubt(on_x)
    old = on_x.version
    press(client, dewi, "settle_absent", on_x)
    put(on_x, status="uncertain", next_at=None)  # it was sent again, and doubted again
    on_x.version = old
    assert press(client, dewi, "settle_absent", on_x).status_code == 409
    on_x.refresh_from_db()
    assert on_x.status == "uncertain"


def test_dewi_gives_one_channel_another_hour(client, dewi, approved, on_x):
    put(on_x, status="missed", next_at=None)
    assert press(client, dewi, "put_off", on_x, date="2020-01-01", time="09:00").status_code == 422
    later = timezone.localtime(timezone.now() + timedelta(days=1))
    said = {"date": f"{later:%Y-%m-%d}", "time": f"{later:%H:%M}"}
    assert press(client, dewi, "put_off", on_x, **said).status_code == 302
    on_x.refresh_from_db()
    assert on_x.status == "waiting"
    assert timezone.localtime(on_x.not_before).strftime("%H:%M") == said["time"]
    assert on_x.deadline - on_x.not_before == timedelta(hours=1)
