"""Pembagian tinjauan: pools, duty, trusted agencies, inner steps; who may set what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, Role
from publishing.models import Duty, Pool
from tests import factories
from tests.publishing.reviewing import Chair

pytestmark = pytest.mark.django_db


@pytest.fixture
def ratna(db):
    return Chair(factories.make_person("ratna@contoh.test", "Ratna Contoh", Role.COORDINATOR))


@pytest.fixture
def hendra(dinkes):
    head = factories.make_person("hendra@contoh.test", "Hendra Contoh", Role.AGENCY_HEAD, dinkes)
    return Chair(head)


def post(chair, route, /, *args, **sent):
    return chair.client.post(reverse(route, args=args), sent)


def moment(hours) -> str:
    return timezone.localtime(factories.in_hours(hours)).strftime("%Y-%m-%dT%H:%M")


# --- pools ---


def test_ratna_makes_a_pool_changes_it_and_drops_it(ratna, dewi, dinkes):
    members = {"reviewers": [dewi.pk], "agencies": [dinkes.pk]}
    post(ratna, "keep_pool", name="Kesehatan", **members)
    pool = Pool.objects.get()
    assert list(pool.reviewers.all()) == [dewi]
    assert "Kesehatan" in ratna.words("roster")
    assert 'value="Kesehatan"' in ratna.words("roster", pool=pool.pk)
    post(ratna, "keep_pool", pool=pool.pk, name="Kesehatan dan sosial", **members)
    assert Pool.objects.get().name == "Kesehatan dan sosial"
    post(ratna, "drop_pool", pool.pk)
    assert not Pool.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "Isi nama kelompoknya."),
        ({"name": "A", "reviewers": []}, "Pilih paling sedikit satu peninjau."),
        ({"name": "A", "agencies": []}, "Pilih paling sedikit satu OPD."),
        ({"name": "Ada"}, "Nama kelompok ini sudah dipakai."),
    ],
)
def test_a_pool_that_lacks_something_says_what(ratna, dewi, dinkes, sent, said):
    Pool.objects.create(name="Ada")
    whole = {"name": "Baru", "reviewers": [dewi.pk], "agencies": [dinkes.pk]}
    answer = post(ratna, "keep_pool", **(whole | sent))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Pool.objects.count() == 1


def test_who_does_not_review_is_in_no_pool(ratna, sari, dinkes):
    sent = {"name": "Baru", "reviewers": [sari.pk], "agencies": [dinkes.pk]}
    assert post(ratna, "keep_pool", **sent).status_code == 422


# --- duty ---


def test_ratna_names_who_is_on_duty_and_ends_it(ratna, dewi):
    post(ratna, "name_duty", person=dewi.pk, begins=moment(-1), ends=moment(8))
    duty = Duty.objects.now().get()
    assert duty.person == dewi
    post(ratna, "end_duty", duty.pk)
    assert not Duty.objects.now().exists()
    assert Duty.objects.exists(), "that she was on duty is kept"


def test_a_duty_to_come_is_struck(ratna, dewi):
    post(ratna, "name_duty", person=dewi.pk, begins=moment(5), ends=moment(8))
    post(ratna, "end_duty", Duty.objects.get().pk)
    assert not Duty.objects.exists()


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        (5, 2, "Akhirnya mendahului mulainya."),
        (-9, -2, "sudah lewat"),
        (3, 5, "sudah bertugas piket pada waktu itu"),
    ],
)
def test_a_duty_that_cannot_be_says_why(ratna, dewi, begins, ends, said):
    post(ratna, "name_duty", person=dewi.pk, begins=moment(2), ends=moment(4))
    answer = post(ratna, "name_duty", person=dewi.pk, begins=moment(begins), ends=moment(ends))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Duty.objects.count() == 1


def test_an_hour_that_does_not_exist_is_asked_again(ratna, dewi):
    answer = post(ratna, "name_duty", person=dewi.pk, begins="kemarin", ends="")
    assert "Waktu ini tidak ada." in answer.content.decode()
    assert "Isi sampai kapan piketnya." in answer.content.decode()


# --- agencies ---


def test_trust_is_logged_with_its_reason_and_taken_away_again(ratna, dinkes):
    post(ratna, "set_trust", dinkes.pk, wanted="1", because="Setahun tanpa perbaikan.")
    dinkes.refresh_from_db()
    assert dinkes.trusted
    line = Act.objects.get(verb="trust")
    assert (line.actor, line.note) == (ratna.person, "Setahun tanpa perbaikan.")
    post(ratna, "set_trust", dinkes.pk, wanted="0", because="Dua ralat bulan ini.")
    dinkes.refresh_from_db()
    assert not dinkes.trusted
    assert Act.objects.filter(verb="distrust").count() == 1


def test_trust_without_a_reason_is_refused(ratna, dinkes):
    answer = post(ratna, "set_trust", dinkes.pk, wanted="1", because=" ")
    assert answer.status_code == 409
    assert "Tulis alasannya" in answer.content.decode()
    dinkes.refresh_from_db()
    assert not dinkes.trusted


def test_a_head_sets_the_inner_step_of_the_own_agency_only(hendra, dinkes, budi):
    page = hendra.words("roster")
    assert "Dinkes" in page
    assert "Disdikbud" not in page
    post(hendra, "set_inner_step", dinkes.pk, wanted="1")
    dinkes.refresh_from_db()
    assert dinkes.inner_step
    assert post(hendra, "set_inner_step", budi.agency_id, wanted="1").status_code == 403
    assert post(hendra, "set_trust", dinkes.pk, wanted="1", because="x").status_code == 403
    assert Act.objects.filter(verb="inner_step").count() == 1


def test_setting_what_is_set_leaves_no_line(ratna, dinkes):
    for _ in range(2):
        post(ratna, "set_inner_step", dinkes.pk, wanted="1")
    assert Act.objects.filter(verb="inner_step").count() == 1


def test_a_reviewer_reads_the_roster_and_changes_nothing(dewi, dinkes):
    chair = Chair(dewi)
    page = chair.words("roster")
    assert "Belum ada petugas piket." in page
    assert "Tambah piket" not in page
    assert post(chair, "keep_pool", name="A").status_code == 403
    later = timezone.now() + timedelta(hours=1)
    duty = Duty.objects.create(person=dewi, begins=timezone.now(), ends=later, named_by=dewi)
    assert post(chair, "end_duty", duty.pk).status_code == 403


@pytest.mark.parametrize("pool", ["9" * 30, "x", "0"])
def test_a_pool_of_no_number_is_a_blank_form(ratna, pool):
    assert "Tambah kelompok" in ratna.words("roster", pool=pool)
