"""The review desk in a browser: three actions for a clean post, two people at one item, an
emergency at night, what ran out of time; and how its pages look."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Agency, Role
from publishing import workflow
from publishing.models import Delivery, Duty, Post
from publishing.workflow.clock import expire
from tests import factories
from tests.browser.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)


def person(name: str, role: Role, agency=None):
    return factories.make_person(f"{name.lower()}@contoh.test", f"{name} Contoh", role, agency)


def status(post: Post) -> str:
    return Post.objects.get(pk=post.pk).status


def long_ago(post: Post, **fields) -> None:
    """As if it had been handed in a while ago."""
    earlier = timezone.now() - timedelta(minutes=16)
    Post.objects.filter(pk=post.pk).update(submitted_at=earlier, **fields)


def test_a_clean_post_is_decided_with_three_actions_and_taken_back_with_a_fourth(
    desk_of, sari, dewi, channels
):
    post = factories.make_submitted(sari, channels["x"])
    desk = desk_of(dewi)
    page, done = desk.go("/review/"), 0

    def act(action) -> None:
        nonlocal done
        action()
        done += 1

    act(lambda: page.get_by_role("link", name=post.title).click())
    act(lambda: page.get_by_label("Semua sudah saya periksa").check())
    act(lambda: page.get_by_role("button", name="Setujui & jadwalkan").click())
    expect(page.get_by_text("Disetujui.")).to_be_visible()
    assert (done, status(post)) == (3, "approved")
    page.get_by_role("button", name="Urungkan").click()
    expect(page.get_by_text("kembali ke antrean").first).to_be_visible()
    assert status(post) == "submitted"
    assert not Delivery.objects.exclude(status="cancelled").exists()
    assert desk.complaints == []


def test_several_approved_by_mistake_are_taken_back_with_one_press(desk_of, sari, dewi, channels):
    posts = [factories.make_submitted(sari, channels["x"], text=f"Bersih {n}") for n in range(2)]
    desk = desk_of(dewi, size="phone")
    for post in posts:
        with desk.page.expect_response("**/opened/"):
            desk.go(f"/review/{post.pk}/")
    page = desk.go("/review/")
    for box in page.get_by_role("checkbox", name="Pilih: Bersih").all():
        box.check()
    page.get_by_role("button", name="Setujui yang dicentang").click()
    page.get_by_label("Daftar periksanya sudah saya periksa").check()
    page.get_by_role("button", name="Setujui semuanya").click()
    page.get_by_role("button", name="Urungkan semuanya").click()
    expect(page.get_by_text("2 persetujuan diurungkan.")).to_be_visible()
    assert [status(post) for post in posts] == ["submitted"] * 2
    assert desk.complaints == []


def test_two_reviewers_at_one_item(desk_of, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"])
    fajar = desk_of(person("Fajar", Role.REVIEWER), size="phone", scheme="dark")
    first = desk_of(dewi).go(f"/review/{post.pk}/")
    first.get_by_role("button", name="Saya yang periksa").click()
    expect(first.get_by_text("Anda yang memeriksa, sampai")).to_be_visible()
    second = fajar.go(f"/review/{post.pk}/")
    expect(second.get_by_text("Sedang ditinjau Dewi Contoh")).to_be_visible()
    second.get_by_label("Semua sudah saya periksa").check()
    second.get_by_role("button", name="Setujui & jadwalkan").click()
    expect(second.get_by_text("Dewi Contoh sedang memeriksa unggahan ini")).to_be_visible()
    second.get_by_role("link", name="Lihat keadaan sekarang").click()
    second.get_by_role("button", name="Ambil alih").click()
    second.get_by_label("Semua sudah saya periksa").check()
    second.get_by_role("button", name="Setujui & jadwalkan").click()
    expect(second.get_by_text("Disetujui.")).to_be_visible()
    first.get_by_label("Semua sudah saya periksa").check()
    first.get_by_role("button", name="Setujui & jadwalkan").click()
    expect(first.get_by_text("disetujui oleh Fajar Contoh").first).to_be_visible()
    assert fajar.complaints == []


def test_an_emergency_that_nobody_decides_is_released_by_two(desk_of, sari, dinkes, channels):
    hendra, rudi = person("Hendra", Role.AGENCY_HEAD, dinkes), person("Rudi", Role.COORDINATOR)
    ratna = person("Ratna", Role.COORDINATOR)
    ends = timezone.now() + timedelta(hours=8)
    Duty.objects.create(person=rudi, begins=timezone.now(), ends=ends, named_by=rudi)
    post = factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))
    long_ago(post)
    for who in (hendra, rudi):
        desk = desk_of(who, size="phone")
        page = desk.go(f"/posts/{post.pk}/")
        page.get_by_label("Sudah saya baca kata demi kata").check()
        page.get_by_role("button", name="Tanda tangani").click()
        page.locator("#confirm [data-yes]").click()
        page.get_by_role("status").get_by_text("kedua" if who == hendra else "Dirilis").wait_for()
    assert status(post) == "approved"
    expect(page.get_by_label("Hasil peninjauan")).to_have_count(0)
    assert desk.complaints == []
    desk = desk_of(ratna, size="phone")
    page = desk.go(f"/posts/{post.pk}/")
    page.get_by_label("Hasil peninjauan").fill("Sesuai keterangan BPBD.")
    page.get_by_role("button", name="Catat", exact=True).click()
    expect(page.get_by_text("Ditinjau Ratna Contoh")).to_be_visible()
    assert desk.complaints == []


def test_what_ran_out_of_time_is_rescued_by_its_author(desk_of, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"])
    Post.objects.filter(pk=post.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
    expire()
    late = desk_of(dewi).go("/review/?tab=late")
    expect(late.get_by_role("link", name=post.title)).to_be_visible()
    page = desk_of(sari).go(f"/posts/{post.pk}/")
    page.get_by_text("Beri jadwal baru").click()
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_label("Tanggal").fill(tomorrow.isoformat())
    page.get_by_label("Pukul (WIB)").fill("09:00")
    page.get_by_role("button", name="Pakai waktu ini").click()
    expect(page.get_by_text("Menunggu tinjauan").first).to_be_visible()
    late.goto(late.url.replace("tab=late", "tab=mine"))
    expect(late.get_by_role("link", name=post.title)).to_be_visible()


# --- how the pages look ---


@pytest.fixture
def full_queue(sari, dewi, channels, picture_file):
    """One of each sort: late, grave, half approved, second round, held by somebody."""
    fajar = person("Fajar", Role.REVIEWER)
    make = factories.make_submitted
    long_ago(make(sari, channels["facebook"], pictures=[picture_file()], publish_at=None))
    grave = factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))
    long_ago(grave)
    factories.approve_once(grave, fajar)
    held = make(sari, channels["x"], text="Yang dipegang Fajar")
    workflow.take(held, by=fajar)
    return [make(sari, channels["x"], text=f"Bersih nomor {n}") for n in range(2)]


def test_the_queue_of_a_busy_morning(look, dewi, full_queue):
    def open_the_search(desk: Desk) -> None:
        desk.page.get_by_text("Cari dan saring").click()

    look(dewi, "/review/?tab=all", open_the_search, thorough=True)


def test_several_at_once(look, dewi, full_queue):
    def tick_and_list(desk: Desk) -> None:
        for post in full_queue:
            with desk.page.expect_response("**/opened/"):
                desk.go(f"/review/{post.pk}/")
        page = desk.go("/review/")
        for box in page.get_by_role("checkbox", name="Pilih: Bersih").all():
            box.check()
        page.get_by_role("button", name="Setujui yang dicentang").click()
        expect(page.get_by_text("2 unggahan ini disetujui persis")).to_be_visible()

    look(dewi, "/review/", tick_and_list)


def test_an_item_that_somebody_holds_and_that_needs_two(look, dewi, full_queue):
    held = Post.objects.get(text="Yang dipegang Fajar")
    look(dewi, f"/review/{held.pk}/")
    grave = Post.objects.get(kind="emergency")
    look(dewi, f"/review/{grave.pk}/")
    look(dewi, f"/posts/{grave.pk}/hand_on/")


def test_the_roster(look, dewi, dinkes):
    ratna = person("Ratna", Role.COORDINATOR)
    ends = timezone.now() + timedelta(hours=8)
    Duty.objects.create(person=dewi, begins=timezone.now(), ends=ends, named_by=ratna)
    pool = factories.make_pool(dinkes, dewi)
    look(ratna, f"/review/roster/?pool={pool.pk}")


def test_what_a_head_sees_of_the_inner_step(look, sari, dinkes, channels):
    Agency.objects.update(inner_step=True)
    sari.agency.refresh_from_db()
    hendra = person("Hendra", Role.AGENCY_HEAD, dinkes)
    post = factories.make_submitted(sari, channels["x"])
    look(hendra, f"/posts/{post.pk}/")


def test_a_change_meanwhile_is_shown_word_by_word(look, sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"])

    def decide_on_yesterdays_page(desk: Desk) -> None:
        now = Post.objects.get(pk=post.pk)
        workflow.withdraw(now, by=sari, seen=now.version)
        text = f"{now.text} Bawa buku KIA nomor {now.version}."
        draft = workflow.Draft(
            text,
            {channels["x"].pk: ""},
            sources=[factories.SOURCE],
            publish_at=now.publish_at,
        )
        workflow.save_draft(now, draft, by=sari, seen=now.version)
        factories.submit_checked(now, sari)
        desk.page.get_by_label("Semua sudah saya periksa").check()
        desk.page.get_by_role("button", name="Setujui & jadwalkan").click()
        desk.page.get_by_role("heading", name="Sudah berubah").wait_for()
        expect(desk.page.locator("ins").first).to_contain_text("Bawa buku KIA")

    look(dewi, f"/review/{post.pk}/", decide_on_yesterdays_page)
