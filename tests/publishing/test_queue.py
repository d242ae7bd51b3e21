"""The queue: whose turn an item is, what its row says, how it is searched and paged."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Agency, Delegation, Role
from publishing.models import Delivery, Duty, Post
from publishing.queue import pages, tabs
from tests import factories
from tests.publishing.reviewing import Chair, now, titles

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)  # 09.00 WIB, a working day


@pytest.fixture
def humas(dewi):
    return Chair(dewi)


@pytest.fixture
def fajar(db):
    return factories.make_person("fajar@contoh.test", "Fajar Contoh", Role.REVIEWER)


def handed_in(sari, channels, text, **fields):
    return factories.make_submitted(sari, channels["x"], text=text, **fields)


# --- whose turn it is ---


def test_dewis_tab_leaves_out_what_she_wrote_and_what_somebody_else_was_given(
    dinkes, sari, channels, fajar
):
    yuli = factories.make_person("yuli@contoh.test", "Yuli Contoh", Role.REVIEWER, dinkes)
    handed_in(yuli, channels, "Tulisan Yuli")
    given = handed_in(sari, channels, "Untuk Fajar")
    handed_in(sari, channels, "Untuk siapa saja")
    Post.objects.filter(pk=given.pk).update(assigned_to=fajar)
    assert titles(Chair(yuli).see("queue")) == ["Untuk siapa saja"]
    assert titles(Chair(yuli).see("queue", tab="all")) == [
        *("Tulisan Yuli", "Untuk Fajar", "Untuk siapa saja"),
    ]
    assert "Untuk Fajar" in titles(Chair(fajar).see("queue"))


def test_a_pools_agencies_are_its_reviewers_and_the_rest_is_everybodys(
    sari, budi, dewi, fajar, channels, dinkes
):
    theirs = factories.make_channel(budi.agency, "x")
    handed_in(sari, channels, "Dari Dinkes")
    factories.make_submitted(budi, theirs, text="Dari Disdikbud")
    factories.make_pool(dinkes, fajar)
    assert titles(Chair(dewi).see("queue")) == ["Dari Disdikbud"]
    assert titles(Chair(fajar).see("queue")) == ["Dari Dinkes", "Dari Disdikbud"]


def test_who_stands_in_for_a_reviewer_has_their_pool_and_their_items(
    sari, dewi, fajar, channels, dinkes
):
    factories.make_pool(dinkes, fajar)
    given = handed_in(sari, channels, "Untuk Fajar")
    Post.objects.filter(pk=given.pk).update(assigned_to=fajar)
    assert titles(Chair(dewi).see("queue")) == []
    today = timezone.localdate()
    leave = {"begins": today, "ends": today, "basis": "ST 1", "asked_by": fajar}
    Delegation.objects.create(giver=fajar, taker=dewi, agreed_by=fajar, **leave)
    dewi.stands_in_until = today
    dewi.save()
    assert titles(Chair(dewi).see("queue")) == ["Untuk Fajar"]


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.AUDITOR}])
def test_what_was_given_to_somebody_who_left_is_everybodys_again(
    sari, dewi, fajar, channels, dinkes, change
):
    factories.make_pool(dinkes, fajar)
    given = handed_in(sari, channels, "Untuk Fajar")
    Post.objects.filter(pk=given.pk).update(assigned_to=fajar)
    type(fajar).objects.filter(pk=fajar.pk).update(**change)
    assert titles(Chair(dewi).see("queue")) == ["Untuk Fajar"]


@pytest.fixture
def of_dinkes(dinkes, fajar):
    """A pool of one."""
    return factories.make_pool(dinkes, fajar)


def test_what_waits_for_a_second_yes_is_in_no_pool(sari, dewi, fajar, channels, of_dinkes):
    post = factories.make_submitted(
        sari, channels["x"], kind="reply", details={"question": "Kapan jalan diperbaiki?"}
    )
    assert titles(Chair(dewi).see("queue")) == []
    Chair(fajar).press("approve", post)
    assert titles(Chair(dewi).see("queue")) == [post.title]


def test_what_the_only_reviewer_of_a_pool_edited_is_everybodys(
    sari, dewi, fajar, channels, of_dinkes
):
    post = handed_in(sari, channels, "Dari Dinkes")
    Chair(fajar).press("amend", post)
    factories.submit_checked(now(post), fajar)
    assert titles(Chair(dewi).see("queue")) == ["Dari Dinkes"]


def test_an_emergency_is_in_no_pool(sari, dewi, channels, of_dinkes):
    post = factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))
    assert titles(Chair(dewi).see("queue")) == [post.title]


def test_who_signed_for_a_joint_release_may_still_decide_it(sari, dewi, channels, clock):
    post = factories.make_checked(sari, channels["x"], **factories.urgent(publish_at=None))
    ends = timezone.now() + timedelta(hours=8)
    Duty.objects.create(person=dewi, begins=timezone.now(), ends=ends, named_by=dewi)
    clock.shift(timedelta(minutes=15))
    Chair(dewi).press("release", post)
    assert titles(Chair(dewi).see("queue")) == [post.title]


def test_late_holds_what_expired_and_what_the_worker_missed(sari, dewi, humas, channels):
    expired = handed_in(sari, channels, "Tidak sempat")
    Post.objects.filter(pk=expired.pk).update(status="expired")
    missed = factories.make_approved(sari, dewi, channels["x"], text="Terlewat worker")
    Delivery.objects.filter(post=missed).update(status="missed")
    assert sorted(titles(humas.see("queue", tab="late"))) == ["Terlewat worker", "Tidak sempat"]


# --- what a row says ---


def test_a_row_tells_the_hours_it_has_waited_at_work_and_that_it_is_late(
    sari, humas, channels, clock
):
    clock.move_to(WEDNESDAY, tick=False)
    handed_in(sari, channels, "Pengumuman", publish_at=None)
    clock.shift(timedelta(hours=1))
    page = humas.see("queue")
    assert "menunggu 1 jam kerja" in page.content.decode()
    assert "Terlambat" not in page.content.decode()
    clock.shift(timedelta(hours=1))  # the clock of an announcement is two hours
    assert "Terlambat" in humas.words("queue")


def test_the_night_does_not_count(sari, humas, channels, clock):
    clock.move_to(WEDNESDAY + timedelta(hours=6, minutes=30), tick=False)  # 15.30, until 16.00
    handed_in(sari, channels, "Sore hari", publish_at=None)
    clock.shift(timedelta(hours=17))  # 08.30 of the next day
    assert "menunggu 1 jam kerja" in humas.words("queue")


def test_an_emergency_counts_day_and_night(sari, humas, channels, clock):
    clock.move_to(WEDNESDAY + timedelta(hours=13), tick=False)  # 22.00
    factories.make_submitted(sari, channels["x"], **factories.urgent(publish_at=None))
    clock.shift(timedelta(minutes=16))
    page = humas.words("queue")
    assert "menunggu 16 menit" in page
    assert "Terlambat" in page


def test_a_text_like_an_earlier_one_is_marked(sari, humas, channels):
    said = "Petugas puskesmas datang ke balai nagari untuk imunisasi balita hari Sabtu pagi ini."
    handed_in(sari, channels, said)
    factories.make_checked(sari, channels["x"], text=f"{said} Datang.")
    assert "Serupa" in humas.words("queue")


def test_a_second_submission_says_that_it_is_one(sari, dewi, humas, channels):
    post = handed_in(sari, channels, "Pertama")
    humas.press("send_back", post, note="Sebut jamnya.")
    factories.submit_checked(now(post), sari)
    assert "Pengajuan ke-2" in humas.words("queue")


# --- searching and paging ---


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "imunisasi"}, ["Imunisasi"]),
        ({"platform": "facebook"}, ["Bazar"]),
        ({"kind": "clarification"}, []),
        ({"kind": "announcement", "q": "bazar"}, ["Bazar"]),
        ({"platform": "tidak-ada", "agency": "abc", "q": ""}, ["Imunisasi", "Bazar"]),
    ],
)
def test_the_queue_is_narrowed(sari, humas, channels, asked, found):
    handed_in(sari, channels, "Imunisasi")
    factories.make_submitted(sari, channels["facebook"], text="Bazar")
    assert titles(humas.see("queue", **asked)) == found


def test_the_queue_is_narrowed_to_one_agency(sari, budi, humas, channels):
    handed_in(sari, channels, "Dari Dinkes")
    other = factories.make_submitted(budi, factories.make_channel(budi.agency, "x"), text="Lain")
    assert titles(humas.see("queue", agency=other.agency_id)) == ["Lain"]
    empty = Agency.objects.create(code="KOSONG", name="Dinas Kosong", short_name="Kosong")
    assert "Tidak ada yang cocok" in humas.words("queue", agency=empty.pk)


def test_pages_follow_each_other_without_a_gap_or_a_repetition(sari, dewi, humas, channels):
    hour = factories.in_hours(5)
    for n in range(30):  # several at the same hour: the id tells them apart
        handed_in(sari, channels, f"Nomor {n:02}", publish_at=hour + timedelta(hours=n // 3))
    first = humas.see("queue")
    second = humas.see("queue", after=first.context["page"].next_key)
    assert titles(first) + titles(second) == [f"Nomor {n:02}" for n in range(30)]
    assert second.context["page"].next_key == ""
    assert "Ke awal" in second.content.decode()


def test_given_back_items_page_from_the_newest(sari, dewi, channels):
    for n in range(4):
        post = handed_in(sari, channels, f"Nomor {n}")
        Post.objects.filter(pk=post.pk).update(
            status="returned", updated_at=timezone.now() + timedelta(minutes=n)
        )
    found = tabs.posts(dewi, tabs.RETURNED)
    first = pages.page(found, size=3)
    rest = pages.page(found, first.next_key, size=3)
    assert [p.title[-1] for p in [*first.posts, *rest.posts]] == ["3", "2", "1", "0"]


@pytest.mark.parametrize(
    "key", ["", "x", "2026-13-01.5", "2026-11-25T00:00:00.5", "….9", "2026-11-25T00:00:00+00:00.x"]
)
def test_a_key_that_nobody_gave_out_begins_at_the_start(sari, humas, channels, key):
    handed_in(sari, channels, "Satu")
    assert titles(humas.see("queue", after=key)) == ["Satu"]


def test_the_queue_asks_the_same_for_one_item_and_for_a_full_page(
    sari, humas, channels, django_assert_max_num_queries
):
    asked = []
    for n in range(27):
        handed_in(sari, channels, f"Nomor {n}")
        if n in (0, 26):
            with django_assert_max_num_queries(10) as queries:
                assert humas.see("queue").status_code == 200
            asked.append(len(queries))
    assert asked[1] <= asked[0]


def test_an_empty_own_tab_says_how_much_waits_for_others_and_leads_there(
    sari, humas, channels, fajar
):
    given = handed_in(sari, channels, "Untuk Fajar")
    Post.objects.filter(pk=given.pk).update(assigned_to=fajar)
    page = humas.words("queue")
    assert "Tidak ada giliran Anda; 1 unggahan menunggu orang lain." in page
    assert "Lihat semua yang menunggu" in page
    assert "Antrean kosong" not in page
