"""Every page in both sizes and schemes: accessible, inside its policy, inside its window."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Agency, Role
from publishing import workflow
from publishing.delivery import pause
from publishing.models import Delivery, Post
from tests.browser.conftest import Desk
from tests.factories import (
    approve,
    in_hours,
    make_approved,
    make_channel,
    make_draft,
    make_person,
    make_submitted,
)

pytestmark = pytest.mark.django_db(transaction=True)


def newest(post: Post) -> str:
    return post.revisions.latest("number").sha256


def test_a_broken_page_would_be_noticed(open_desk, db):
    desk = open_desk()
    desk.go("/masuk/")
    desk.page.evaluate("document.querySelector('h1').style.color = '#eee'")
    desk.page.evaluate("document.body.append(Object.assign(new Image(), {src: '/x'}))")
    assert {"image-alt", "color-contrast"} <= {flaw.partition(":")[0] for flaw in desk.flaws()}
    desk.page.evaluate("document.documentElement.style.minWidth = '3000px'")
    assert desk.overflow() > 0
    desk.page.evaluate("document.body.setAttribute('style', 'margin: 0')")
    assert any("Content Security Policy" in complaint for complaint in desk.complaints)


@pytest.mark.parametrize(
    "path", ["/masuk/", "/sandi/lupa/", "/sandi/lupa/terkirim/", "/tidak/ada/"]
)
def test_the_door(look, db, path):
    look(None, path)


def test_a_letter_of_the_demo(look, client, sari, settings):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    client.post("/sandi/lupa/", {"email": sari.email})
    look(None, "/demo/surat/")


def test_a_reset_link_that_is_used_up(look, db):
    look(None, "/sandi/baru/1-abc-def/")


def test_a_reset_link_that_works(look, client, sari):
    client.post("/sandi/lupa/", {"email": sari.email})
    [path] = re.findall(r"https?://[^/]+(/sandi/baru/\S+)", str(mail.outbox[0].body))
    look(None, path)


def test_a_mishap_on_our_side(look, db, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr("accounts.views.letters._letters", lambda: 1 / 0)

    def expect_it(desk: Desk) -> None:
        desk.page.get_by_role("heading", name="Ada gangguan di sisi kami").wait_for()
        assert "500" in desk.complaints.pop()

    look(None, "/demo/surat/", expect_it)


def test_home_and_posts_with_nothing_to_do(look, sari):
    look(sari, "/")
    look(sari, "/posts/")


def test_home_and_posts_of_a_busy_week(look, sari, dewi, channels, pictures):
    make_every_state(sari, dewi, channels, pictures)
    look(sari, "/")
    look(sari, "/posts/")
    look(dewi, "/")


def test_home_of_who_keeps_the_machinery_and_of_who_reads_it_all(look, sari, dewi, channels):
    make_submitted(sari, channels["x"])
    look(make_person("adi@contoh.test", "Adi Contoh", Role.ADMIN), "/")
    look(make_person("ani@contoh.test", "Ani Contoh", Role.AUDITOR), "/")


def test_home_of_a_head_for_whom_a_post_waits(look, sari, dinkes, channels):
    Agency.objects.update(inner_step=True)
    sari.agency.refresh_from_db()
    make_submitted(sari, channels["x"])
    look(make_person("hendra@contoh.test", "Hendra Contoh", Role.AGENCY_HEAD, dinkes), "/")


def test_home_of_a_leader_with_more_concerns_than_fit(look, db):
    for n in range(15):
        agency = Agency.objects.create(code=f"OPD{n}", name=f"Dinas ke-{n}", short_name=f"D{n}")
        make_channel(agency, "x")

    def open_the_rest(desk: Desk) -> None:
        desk.page.get_by_text("3 hal lainnya").click()

    look(make_person("tuti@contoh.test", "Tuti Contoh", Role.LEADER), "/", open_the_rest)


def test_home_of_somebody_who_only_reads(look, db):
    look(make_person("yusuf@contoh.test", "Yusuf Contoh", Role.LEADER), "/")


def test_an_empty_composer(look, sari, channels):
    look(sari, "/posts/new/")


def test_a_full_composer_with_a_text_too_long_for_x(look, sari, channels, pictures):
    text = "Posyandu Balita. " * 25
    post = make_draft(sari, *channels.values(), pictures=pictures(), text=text)
    look(sari, f"/posts/{post.pk}/edit/", thorough=True)


def test_a_composer_that_refused_to_submit(look, sari, channels):
    post = make_draft(sari, channels["x"], sources=[], publish_at=in_hours(-1))

    def submit(desk: Desk) -> None:
        desk.page.get_by_role("button", name="Ajukan untuk ditinjau").click()
        desk.page.get_by_role("alert").first.wait_for()

    look(sari, f"/posts/{post.pk}/edit/", submit)


def test_two_people_in_one_draft(look, sari, rina, channels):
    post = make_draft(sari, channels["x"])

    def save_after_rina(desk: Desk) -> None:
        post.refresh_from_db()
        draft = workflow.Draft(f"Tulisan Rina {post.version}", {channels["x"].pk: ""})
        workflow.save_draft(post, draft, by=rina, seen=post.version)
        desk.page.get_by_role("button", name="Simpan draf").last.click()
        desk.page.get_by_text("Versi Rina Contoh").wait_for()

    look(sari, f"/posts/{post.pk}/edit/", save_after_rina)


def test_a_returned_post_in_the_composer_and_on_its_page(look, sari, dewi, channels):
    post = returned(sari, dewi, channels)
    look(sari, f"/posts/{post.pk}/edit/")
    look(sari, f"/posts/{post.pk}/")


def test_the_queue_and_a_first_submission(look, sari, dewi, channels, pictures):
    look(dewi, "/review/")
    post = make_submitted(sari, *channels.values(), pictures=pictures())
    look(dewi, "/review/")
    look(dewi, f"/review/{post.pk}/")


def test_a_second_submission_with_what_changed(look, sari, dewi, channels):
    post = returned(sari, dewi, channels)
    draft = workflow.Draft("Imunisasi gratis Minggu ini.", {channels["x"].pk: ""}, no_claims=True)
    workflow.save_draft(post, draft, by=sari, seen=post.version)
    workflow.save_draft(post, draft_of(post, channels), by=sari, seen=post.version)
    workflow.submit(post, by=sari, seen=post.version)
    look(dewi, f"/review/{post.pk}/")


def test_a_reviewer_before_their_own_work(look, dinkes, channels):
    fajar = make_person("fajar@contoh.test", "Fajar Contoh", Role.REVIEWER, dinkes)
    look(fajar, f"/review/{make_submitted(fajar, channels['x']).pk}/")


def test_an_approval_that_comes_too_late(look, sari, dewi, channels):
    post = make_submitted(sari, channels["x"], publish_at=timezone.now() + timedelta(minutes=4))

    def press(desk: Desk) -> None:
        desk.page.get_by_label("Semua sudah saya periksa").check()
        desk.page.get_by_role("button", name="Setujui & jadwalkan").click()
        desk.page.get_by_role("button", name="Setujui dan kirim sekarang").wait_for()

    look(dewi, f"/review/{post.pk}/", press)


def test_an_approval_without_a_look(look, sari, dewi, channels, pictures):
    post = make_submitted(sari, *channels.values(), pictures=pictures())

    def press(desk: Desk) -> None:
        page = desk.page
        page.get_by_role("button", name="Setujui & jadwalkan").click()
        page.get_by_text("Belum diperiksa: Provokasi").wait_for()
        assert page.evaluate("document.activeElement.name") == "check-provocation"
        page.get_by_label("Semua sudah saya periksa").check()
        page.keyboard.press("a")
        assert page.evaluate("document.activeElement.dataset.key") == "a"

    look(dewi, f"/review/{post.pk}/", press)


def test_an_approval_after_a_withdrawal(look, sari, dewi, channels):
    post = make_submitted(sari, channels["x"])

    def too_late(desk: Desk) -> None:
        post.refresh_from_db()
        workflow.withdraw(post, by=sari, seen=post.version)
        desk.page.get_by_label("Semua sudah saya periksa").check()
        desk.page.get_by_role("button", name="Setujui & jadwalkan").click()
        desk.page.get_by_text("ditarik kembali oleh Sari Contoh").first.wait_for()
        post.refresh_from_db()
        workflow.submit(post, by=sari, seen=post.version)

    look(dewi, f"/review/{post.pk}/", too_late)


def test_a_page_that_is_not_for_this_person(look, sari):
    look(sari, "/review/")


def test_a_draft_and_a_submission_on_their_pages(look, sari, channels, pictures):
    post = make_draft(sari, *channels.values(), pictures=pictures())
    look(sari, f"/posts/{post.pk}/")
    workflow.submit(post, by=sari, seen=post.version)
    look(sari, f"/posts/{post.pk}/")


def test_deliveries_in_every_state(look, sari, dewi, channels, pictures):
    for post in make_every_state(sari, dewi, channels, pictures):
        look(dewi, f"/posts/{post.pk}/")


def test_the_emergency_stop_while_it_lasts_and_after_it(look, sari, dewi, channels, pictures):
    rudi = make_person("rudi@contoh.test", "Rudi Contoh", Role.COORDINATOR)
    look(rudi, "/pauses/")
    begun = pause.start(pause.Target(), reason="Gempa: tunggu keterangan BPBD.", by=dewi)
    make_every_state(sari, dewi, channels, pictures)
    Delivery.objects.filter(status="held").update(hold="pause")
    look(rudi, "/pauses/")
    look(sari, "/")
    pause.end(begun, by=rudi)
    look(dewi, "/pauses/")


def returned(sari, dewi, channels) -> Post:
    post = make_submitted(sari, channels["x"])
    note = "Tanggalnya keliru. Lihat undangan."
    workflow.send_back(post, by=dewi, seen=post.version, revision=newest(post), note=note)
    return post


def draft_of(post: Post, channels) -> workflow.Draft:
    text = "Imunisasi gratis Minggu ini di Balai Nagari Koto Baru."
    return workflow.Draft(text, {channels["x"].pk: ""}, no_claims=True, publish_at=in_hours(9))


def make_every_state(sari, dewi, channels, pictures) -> list[Post]:
    """Two approved posts whose six deliveries cover what a person may have to read."""
    states = [
        {"facebook": "published", "instagram": "failed", "x": "uncertain"},
        {"facebook": "held", "instagram": "missed", "x": "waiting"},
    ]
    posts = []
    for number, by_platform in enumerate(states):
        files = pictures()
        text = f"Posyandu nomor {number} di Balai Nagari Koto Baru."
        post = make_approved(sari, dewi, *channels.values(), pictures=files, text=text)
        for platform, status in by_platform.items():
            Delivery.objects.filter(post=post, channel=channels[platform]).update(
                status=status,
                next_at=None if status != "waiting" else in_hours(3),
                reason="Platform menolak gambar ini. Ganti gambarnya, lalu kirim ulang.",
                permalink="https://contoh.test/1" if status == "published" else "",
            )
        posts.append(post)
    make_draft(sari, channels["x"])
    approve(make_submitted(sari, channels["x"]), dewi)
    return posts
