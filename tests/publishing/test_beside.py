"""Who else speaks at that hour, about that topic, or said it before: what Sari is told of it."""

import pytest
import time_machine
from django.utils import timezone

from publishing import advice, workflow
from publishing.models import Delivery, Desk, Kind, Post, Programme
from tests import factories
from tests.publishing.week import FRESH, drafted, sentences, told, wib


@pytest.fixture(autouse=True)
def wednesday():
    """It is Wednesday, 25 November 2026, nine o'clock in WIB."""
    with time_machine.travel(wib(25, "09.00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def kominfo(budi):
    """Budi's agency has a channel too."""
    return factories.make_channel(budi.agency, "x")


# --- the same channel ---


def test_another_post_of_the_channel_within_half_an_hour_is_named(sari, rina, channels):
    hour = wib(26, "14.20")
    other = factories.make_submitted(rina, channels["x"], text="Punya Rina", publish_at=hour)
    (one,) = told(drafted(sari, channels["x"], channels["facebook"]))
    assert one.level == "warn"
    assert "X @contoh_dinkes juga dipakai unggahan lain" in one.sentence
    assert "Facebook" not in one.sentence
    assert "pukul 14.20" in one.sentence
    assert one.other == other


@pytest.mark.parametrize("clock", ["13.30", "14.30"])
def test_half_an_hour_apart_is_far_enough(clock, sari, rina, channels):
    factories.make_submitted(rina, channels["x"], text="Punya Rina", publish_at=wib(26, clock))
    assert told(drafted(sari, channels["x"])) == []


def test_another_channel_is_no_crowd(sari, rina, channels):
    hour = wib(26, "14.00")
    factories.make_submitted(rina, channels["facebook"], text="Punya Rina", publish_at=hour)
    assert told(drafted(sari, channels["x"])) == []


def test_what_was_given_up_leaves_its_hour_free(sari, rina, channels):
    hour = wib(26, "14.00")
    other = factories.make_submitted(rina, channels["x"], text="Punya Rina", publish_at=hour)
    workflow.cancel(other, by=rina, seen=other.version)
    assert told(drafted(sari, channels["x"])) == []


def test_rinas_draft_counts_only_for_those_who_may_see_it(sari, rina, channels):
    drafted(rina, channels["x"], text="Draf Rina")
    post = drafted(sari, channels["x"])
    assert told(post) == []
    assert [str(one.other) for one in told(post, drafts=True)] == ["Draf Rina"]


def test_another_agencys_post_on_a_channel_that_moved_is_not_named(sari, budi, channels, kominfo):
    """The channel was Budi's agency's when his post was handed in."""
    hour = wib(26, "14.00")
    factories.make_submitted(budi, kominfo, text="Rahasia Budi", publish_at=hour)
    type(kominfo).objects.filter(pk=kominfo.pk).update(agency=sari.agency)
    kominfo.refresh_from_db()
    (one,) = told(drafted(sari, kominfo), drafts=True)
    assert "unggahan lain" in one.sentence
    assert "Rahasia" not in one.sentence
    assert one.other is None


# --- the same topic ---


def test_another_agency_on_the_same_tag_in_the_hour_is_told_without_its_words(
    sari, budi, channels, kominfo
):
    factories.make_submitted(
        budi, kominfo, text="Sekolah ikut #ImunisasiAnak.", publish_at=wib(26, "14.45")
    )
    post = drafted(sari, channels["x"], text="Ayo #imunisasianak di puskesmas.")
    (one,) = told(post)
    assert one.level == "info"
    assert one.sentence == (
        "Disdikbud juga mengunggah tentang #imunisasianak pada Kamis, 26 November pukul 14.45."
    )
    assert one.other is None


def test_tags_that_stand_under_everything_are_no_topic(sari, budi, channels, kominfo):
    Desk.objects.create(agency=budi.agency, tags="#SolokSelatan")
    text = "Lomba #SolokSelatan"
    factories.make_submitted(budi, kominfo, text=text, publish_at=wib(26, "14.00"))
    post = drafted(sari, channels["x"], text="Vaksin #SolokSelatan")
    assert told(post) == []
    Desk.objects.update(tags="")
    assert "#solokselatan" in sentences(post)
    Desk.objects.create(agency=sari.agency, tags="#soloksELATAN")
    assert told(post) == []


def test_a_longer_tag_is_another_topic(sari, budi, channels, kominfo):
    text = "Ini #ImunisasiAnakSekolah"
    factories.make_submitted(budi, kominfo, text=text, publish_at=wib(26, "14.00"))
    assert told(drafted(sari, channels["x"], text="Ini #ImunisasiAnak")) == []


def test_the_same_programme_or_the_same_kind_for_the_same_place_is_a_topic(
    sari, budi, channels, kominfo
):
    programme = Programme.objects.create(name="Seragam sekolah gratis")
    about = {"programme": programme.pk, "place": "sangir"}
    factories.make_submitted(budi, kominfo, text="Satu", publish_at=wib(26, "14.00"), **about)
    one = drafted(sari, channels["x"], programme=programme.pk)
    assert "tentang program Seragam sekolah gratis" in sentences(one)
    assert "pengumuman untuk tempat yang sama" in sentences(
        drafted(sari, channels["facebook"], place="sangir")
    )
    assert told(drafted(sari, channels["instagram"], place="sangir", kind=Kind.CAMPAIGN)) == []


def test_an_hour_later_is_another_hour_and_budis_drafts_stay_secret(sari, budi, channels, kominfo):
    late = wib(26, "15.00")
    factories.make_submitted(budi, kominfo, text="Ini #ImunisasiAnak", publish_at=late)
    drafted(budi, kominfo, text="Ini #ImunisasiAnak")
    assert told(drafted(sari, channels["x"], text="Ayo #ImunisasiAnak"), drafts=True) == []


def test_400_tags_are_still_two_queries(sari, budi, channels, django_assert_max_num_queries):
    tags = " ".join(f"#tagar{n:03}" for n in range(400))
    theirs, ours = factories.make_channel(budi.agency, "facebook"), channels["facebook"]
    factories.make_checked(budi, theirs, text=tags, publish_at=wib(26, "14.00"))
    factories.make_checked(sari, ours, text=tags, publish_at=wib(26, "14.10"))
    post = drafted(sari, ours, text=tags)
    found = advice.loaded(Post.objects.all()).get(pk=post.pk)
    with django_assert_max_num_queries(2):
        assert len(advice.about(found, timezone.now(), drafts=True)) == 3


# --- the same words ---


def test_words_of_last_week_on_the_same_channel_are_told(wednesday, sari, dewi, channels):
    wednesday.move_to(wib(2, "09.00"), tick=False)
    hour = wib(2, "14.00")
    old = factories.make_approved(sari, dewi, channels["x"], text=FRESH, publish_at=hour)
    wednesday.move_to(wib(25, "09.00"), tick=False)
    post = drafted(sari, channels["x"], channels["facebook"], text=f"{FRESH.upper()} !")
    (one,) = told(post)
    assert one.level == "warn"
    assert one.sentence == (
        "Kata-kata yang sama sudah diajukan untuk X @contoh_dinkes, Senin, 2 November pukul 14.00."
    )
    assert one.other == old
    assert told(drafted(sari, channels["facebook"])) == []
    wednesday.move_to(wib(3, "09.00", month=12), tick=False)
    Post.objects.filter(pk=post.pk).update(publish_at=wib(3, "14.00", month=12))
    assert told(post) == []


def test_what_still_waits_counts_and_what_was_refused_or_given_up_does_not(sari, dewi, channels):
    first = factories.make_submitted(sari, channels["x"], text=FRESH, publish_at=None)
    post = drafted(sari, channels["x"])
    Post.objects.filter(pk=post.pk).update(copied_from=first)
    assert "Kata-kata yang sama" in sentences(post)
    newest = first.revisions.get().sha256
    workflow.reject(
        first, by=dewi, seen=first.version, revision=newest, reason="fact", note="Keliru."
    )
    assert told(post) == []


def test_mending_a_post_for_the_channel_that_refused_it_is_no_repetition(sari, dewi, channels):
    old = factories.make_approved(
        sari, dewi, channels["x"], channels["facebook"], text=FRESH, publish_at=wib(25, "14.00")
    )
    Delivery.objects.filter(post=old, channel=channels["x"]).update(status="cancelled")
    assert told(drafted(sari, channels["x"])) == []
    assert "Facebook Dinas Kesehatan" in sentences(drafted(sari, channels["facebook"]))


def test_two_posts_without_words_do_not_repeat_each_other(sari, channels):
    factories.make_draft(sari, channels["x"], text="!!!", publish_at=wib(26, "12.00"))
    assert told(factories.make_draft(sari, channels["x"], text="…", publish_at=None)) == []
