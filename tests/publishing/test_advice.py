"""What Sari is told about the hour of her draft, and what is kept from her."""

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role
from publishing import rulebook, workflow
from publishing.models import Desk, Kind
from tests import factories
from tests.publishing.composing import page
from tests.publishing.week import FRESH, drafted, sentences, told, wib


@pytest.fixture(autouse=True)
def wednesday():
    """It is Wednesday, 25 November 2026, nine o'clock in WIB."""
    with time_machine.travel(wib(25, "09.00"), tick=False) as traveller:
        yield traveller


# --- the review's clock ---


def test_enough_time_on_a_working_day_needs_no_word(sari, channels):
    assert told(drafted(sari, channels["x"])) == []


def test_an_hour_too_near_is_told_with_the_first_that_fits(sari, channels, settings):
    settings.REVIEW_UNIT = "Prokopim"
    near = told(drafted(sari, channels["x"], at=wib(25, "11.00")))
    assert [one.level for one in near] == ["warn"]
    assert near[0].sentence == (
        "Tinjauan pengumuman biasanya 2 jam kerja; Prokopim mungkin tidak sempat "
        "sebelum Rabu, 25 November pukul 11.00."
    )
    assert near[0].todo == "Yang masih sempat: mulai Rabu, 25 November pukul 11.30."


def test_half_an_hour_after_the_clock_is_early_enough(sari, channels):
    assert told(drafted(sari, channels["x"], at=wib(25, "11.30"))) == []


def test_a_campaign_takes_a_working_day(sari, channels):
    late = drafted(sari, channels["x"], at=wib(26, "09.00"), kind=Kind.CAMPAIGN)
    assert "Tinjauan kampanye biasanya 1 hari kerja" in sentences(late)


def test_saturday_is_told_with_the_last_moment_to_hand_in(sari, channels):
    (one,) = told(drafted(sari, channels["x"], at=wib(28, "09.00")))
    assert one.level == "info"
    assert one.sentence == "Sabtu Humas libur."
    assert one.todo == "Ajukan paling lambat Jumat, 27 November pukul 14.30."


def test_a_weekend_that_costs_no_time_is_not_mentioned(sari, channels):
    assert told(drafted(sari, channels["x"], at=wib(30, "14.00"))) == []


def test_monday_morning_needs_a_draft_on_friday(sari, channels):
    said = sentences(drafted(sari, channels["x"], at=wib(30, "08.00")))
    assert "Sabtu dan Minggu Humas libur." in said
    assert "Ajukan paling lambat Jumat, 27 November pukul 14.30." in said


def test_christmas_is_called_by_its_name(sari, channels):
    said = sentences(drafted(sari, channels["x"], at=wib(25, "09.00", month=12)))
    assert "25 Desember: Hari Raya Natal." in said
    assert "24 Desember: Cuti Bersama" in said
    assert "Ajukan paling lambat Rabu, 23 Desember pukul 14.00." in said


def test_a_long_feast_is_counted_instead_of_listed(sari, channels):
    with time_machine.travel(wib(1, "09.00", month=3), tick=False):
        said = sentences(drafted(sari, channels["x"], at=wib(24, "09.00", month=3)))
    assert "Humas libur 7 hari, antara lain 18 Maret: Cuti Bersama Hari Suci Nyepi." in said


def test_on_saturday_sari_learns_that_sunday_is_too_near(wednesday, sari, channels):
    wednesday.move_to(wib(28, "10.00"), tick=False)
    (one,) = told(drafted(sari, channels["x"], at=wib(29, "10.00")))
    assert one.level == "warn"
    assert "Sabtu dan Minggu Humas libur." in one.sentence
    assert one.todo == "Yang masih sempat: mulai Senin, 30 November pukul 10.00."


def test_danger_is_reviewed_on_sunday_too(sari, channels):
    sunday = wib(29, "03.00")
    post = drafted(sari, channels["x"], at=sunday, **factories.urgent(valid_until=wib(30, "03.00")))
    assert told(post) == []
    soon = drafted(sari, channels["facebook"], at=wib(25, "09.30"), **factories.urgent())
    assert "Tinjauan darurat biasanya 15 menit" in sentences(soon)


def test_at_once_by_night_is_told_when_somebody_will_look(wednesday, sari, channels):
    post = factories.make_draft(sari, channels["x"], text=FRESH, publish_at=None)
    assert told(post) == []
    wednesday.move_to(wib(25, "20.00"), tick=False)
    (one,) = told(post)
    assert one.level == "info"
    assert "Tinjauan biasanya selesai Kamis, 26 November pukul 09.30." in one.sentence


def test_an_hour_that_is_over_is_told_and_nothing_else(sari, channels):
    post = drafted(sari, channels["x"], at=wib(25, "08.00"))
    assert [one.sentence for one in told(post)] == [
        "Waktu ini sudah lewat. Pilih waktu yang akan datang."
    ]


def test_what_is_handed_in_is_not_told_to_hurry(sari, channels):
    post = factories.make_submitted(sari, channels["x"], text=FRESH, publish_at=wib(25, "10.00"))
    assert told(post) == []


def test_a_cancelled_post_needs_no_advice(sari, channels):
    post = drafted(sari, channels["x"], at=wib(28, "09.00"))
    workflow.cancel(post, by=sari, seen=post.version)
    assert told(post) == []


# --- the page ---


def test_sari_reads_it_as_part_of_tulis_or_as_a_page(desk, sari, channels):
    post = drafted(sari, channels["x"], at=wib(28, "09.00"))
    address = reverse("advice", args=[post.pk])
    fragment = desk.get(address, headers={"HX-Request": "true"})
    assert "Sabtu Humas libur." in page(fragment)
    assert "<html" not in page(fragment)
    assert "HX-Request" in fragment["Vary"]
    whole = page(desk.get(address))
    assert "Sabtu Humas libur." in whole
    assert "<h1>Periksa jadwal</h1>" in whole
    assert reverse("edit", args=[post.pk]) in whole


def test_the_crowded_hour_links_to_rinas_draft(desk, sari, rina, channels):
    other = drafted(rina, channels["x"], text="Draf Rina")
    post = drafted(sari, channels["x"])
    shown = page(desk.get(reverse("advice", args=[post.pk])))
    assert f'<a href="{reverse("post", args=[other.pk])}">Draf Rina</a>' in shown


def test_dewi_reads_it_of_what_was_handed_in_and_is_not_shown_drafts_or_slots(
    client, sari, rina, dewi, channels
):
    weekly = {str(channels["x"].pk): [[0, "09:00"]]}
    Desk.objects.create(agency=sari.agency, slots=weekly)
    drafted(rina, channels["x"], text="Draf Rina")
    post = factories.make_submitted(sari, channels["x"], text=FRESH, publish_at=wib(26, "14.00"))
    client.force_login(dewi)
    response = client.get(reverse("advice", args=[post.pk]))
    assert response.status_code == 200
    assert "Draf Rina" not in page(response)
    assert response.context["slots"] == []


def handed_in_at_once(author, channel, text=FRESH):
    return factories.make_submitted(author, channel, text=text, publish_at=None)


def test_dewi_is_told_that_what_goes_out_at_once_crowds_another_post(client, sari, dewi, channels):
    soon = factories.make_approved(
        sari, dewi, channels["x"], text="Sudah dijadwalkan.", publish_at=wib(25, "09.20")
    )
    post = handed_in_at_once(sari, channels["x"])
    (one,) = told(post)
    assert one.sentence.startswith("X @contoh_dinkes juga dipakai unggahan lain")
    assert one.other == soon


def test_what_was_approved_at_once_crowds_too(sari, dewi, channels):
    factories.make_approved(sari, dewi, channels["x"], text="Baru disetujui.", publish_at=None)
    assert "juga dipakai unggahan lain" in sentences(handed_in_at_once(sari, channels["x"]))


def test_a_draft_to_go_out_at_once_has_no_hour_yet(sari, rina, channels):
    drafted(rina, channels["x"], at=wib(25, "09.20"), text="Draf Rina")
    post = factories.make_draft(sari, channels["x"], text=FRESH, publish_at=None)
    assert told(post, drafts=True) == []


def test_dewi_is_led_to_the_same_words_of_another_agency_and_its_author_is_not(
    client, sari, budi, dewi, channels
):
    there = factories.make_channel(budi.agency, "x")
    other = factories.make_submitted(budi, there, text=FRESH, publish_at=wib(26, "09.00"))
    post = factories.make_submitted(sari, channels["x"], text=FRESH, publish_at=wib(27, "14.00"))
    address = reverse("advice", args=[post.pk])
    client.force_login(dewi)
    shown = page(client.get(address))
    assert "Disdikbud sudah mengajukan kata-kata yang sama untuk X @contoh_disdikbud" in shown
    assert f'<a href="{reverse("post", args=[other.pk])}">' in shown
    client.force_login(sari)
    assert "kata-kata yang sama" not in page(client.get(address))


def test_dewi_is_led_to_another_agencys_post_on_the_topic_and_its_author_is_not(
    client, sari, budi, dewi, channels
):
    there, hour = factories.make_channel(budi.agency, "x"), wib(26, "14.00")
    other = factories.make_submitted(budi, there, text="Ayo ke #Posyandu.", publish_at=hour)
    post = factories.make_submitted(sari, channels["x"], text=f"{FRESH} #Posyandu", publish_at=hour)
    address, link = reverse("advice", args=[post.pk]), reverse("post", args=[other.pk])
    client.force_login(dewi)
    assert f'href="{link}"' in page(client.get(address))
    client.force_login(sari)
    assert "Disdikbud juga mengunggah tentang #posyandu" in page(client.get(address))
    assert f'href="{link}"' not in page(client.get(address))


def test_budi_finds_nothing_and_an_auditor_is_told_who_may(client, sari, budi, channels):
    address = reverse("advice", args=[drafted(sari, channels["x"]).pk])
    client.force_login(budi)
    assert client.get(address).status_code == 404
    client.force_login(factories.make_person("audit@contoh.test", "Ani Contoh", Role.AUDITOR))
    assert client.get(address).status_code == 403


def test_a_fragment_costs_seven_queries(desk, sari, rina, channels, django_assert_num_queries):
    Desk.objects.create(agency=sari.agency, slots={str(channels["x"].pk): [[0, "09:00"]]})
    for _n in range(3):
        drafted(rina, channels["x"])
    address = reverse("advice", args=[drafted(sari, *channels.values()).pk])
    rulebook.current()  # read once in a while, not for every page
    with django_assert_num_queries(7):  # session, person, post, channels; twice advice; slots
        desk.get(address, headers={"HX-Request": "true"})
