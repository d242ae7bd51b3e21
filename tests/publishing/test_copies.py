"""Going on from an old post: a copy, a ralat, and the one channel that refused."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from platforms.models import Channel
from publishing import workflow
from publishing.delivery import manual
from publishing.models import Delivery, Kind, Media, Post
from publishing.workflow import Draft, NotAllowed
from tests import factories
from tests.publishing.composing import page
from tests.publishing.test_delivery import now_of, work
from tests.publishing.test_races import into_each_other

pytestmark = pytest.mark.django_db
SHORT_FOR_X = "Imunisasi gratis Sabtu ini."


def press(client, user, verb, pk, **sent):
    client.force_login(user)
    return client.post(reverse(verb, args=[pk]), sent)


def read(client, user, post):
    client.force_login(user)
    return page(client.get(reverse("post", args=[post.pk])))


def put(post, status, **fields):
    """What the worker would have left behind."""
    Delivery.objects.filter(post=post).update(status=status, next_at=None, **fields)


def newest():
    return Post.objects.order_by("-pk")[0]


@pytest.fixture
def live(sari, dewi, channels):
    """A post of Sari's that readers see, on Facebook and X."""
    own = {"x": "Imunisasi Sabtu.\nDatanglah."}
    post = factories.make_approved(sari, dewi, channels["facebook"], channels["x"], own_texts=own)
    put(post, "published", published_at=timezone.now())
    return post


@pytest.fixture
def refused(sari, dewi, channels, picture_file):
    """A post whose X delivery was refused for its content."""
    post = factories.make_approved(
        sari,
        dewi,
        channels["facebook"],
        channels["x"],
        own_texts={"x": SHORT_FOR_X},
        pictures=[picture_file()],
    )
    Delivery.objects.filter(post=post, channel=channels["x"]).update(
        status="failed", next_at=None, reason="X menolak teks ini."
    )
    return post.deliveries.get(channel=channels["x"])


# --- a copy ---


def test_sari_copies_a_post_with_all_that_it_says(client, sari, live, channels, picture_file):
    source = factories.make_draft(
        sari,
        channels["x"],
        pictures=[picture_file()],
        own_texts={"x": "Khusus X"},
        kind=Kind.EVENT,
        details={"what": "Posyandu", "who": "Balita", "where": "Koto Baru", "when": "Sabtu"},
        note="Foto sudah berizin.",
        place="sangir",
    )
    response = press(client, sari, "copy", source.pk)
    new = newest()
    assert response.url == reverse("edit", args=[new.pk])
    assert (new.copied_from, new.status, new.author) == (source, "draft", sari)
    said, copied = workflow.kept(source), workflow.kept(new)
    for part in ("text", "channels", "pictures", "sources", "kind", "details", "note", "place"):
        assert getattr(copied, part) == getattr(said, part)


def test_a_copy_gets_tomorrow_at_nine_and_sari_is_told(client, sari, live):
    press(client, sari, "copy", live.pk)
    at = timezone.localtime(newest().publish_at)
    assert at.date() == timezone.localdate() + timedelta(days=1)
    assert f"{at:%H.%M}" == "09.00"
    assert "pukul 09.00; ubah bila perlu" in read(client, sari, newest())


def test_an_end_before_the_new_hour_is_left_out_and_a_later_one_kept(sari, channels):
    for hours, stays in ((4, False), (72, True)):
        ends = factories.in_hours(hours)
        new = workflow.copy(factories.make_draft(sari, channels["x"], valid_until=ends), by=sari)
        assert new.valid_until == (ends if stays else None)


@pytest.mark.parametrize("status", Post.Status)
def test_every_state_can_be_copied(client, sari, channels, status):
    post = factories.make_draft(sari, channels["x"])
    Post.objects.filter(pk=post.pk).update(status=status)
    assert "Salin jadi draf baru" in read(client, sari, post)
    assert press(client, sari, "copy", post.pk).status_code == 302
    assert newest().copied_from == post


def test_a_channel_out_of_use_and_a_deleted_picture_do_not_come_along(sari, channels, picture_file):
    post = factories.make_draft(
        sari, channels["x"], channels["facebook"], pictures=[picture_file()]
    )
    Channel.objects.filter(pk=channels["x"].pk).update(is_active=False)
    post.attachments.all().delete()
    Media.objects.all().delete()
    new = workflow.copy(post, by=sari)
    assert [variant.channel for variant in new.variants.all()] == [channels["facebook"]]
    assert not new.attachments.exists()


def test_budi_gets_404_and_dewi_who_reviews_403(client, budi, dewi, refused):
    for verb, pk in (("copy", refused.post_id), ("correct", refused.post_id), ("mend", refused.pk)):
        before = Post.objects.count()
        assert press(client, budi, verb, pk, version=refused.version).status_code == 404
        assert press(client, dewi, verb, pk, version=refused.version).status_code == 403
        assert Post.objects.count() == before
    assert "Salin jadi draf baru" not in read(client, dewi, refused.post)


def test_a_copy_asks_for_post(client, sari, live):
    client.force_login(sari)
    for verb in ("copy", "correct"):
        assert client.get(reverse(verb, args=[live.pk])).status_code == 405


def test_both_pages_name_each_other_and_a_cancelled_copy_is_not_named(client, sari, live):
    new = workflow.copy(live, by=sari)
    assert f'Disalin ke: <a href="{reverse("post", args=[new.pk])}"' in read(client, sari, live)
    assert f'Disalin dari: <a href="{reverse("post", args=[live.pk])}"' in read(client, sari, new)
    workflow.cancel(new, by=sari, seen=new.version)
    assert "Disalin ke" not in read(client, sari, live)


# --- a ralat ---


def test_sari_begins_a_ralat_of_what_readers_saw(client, sari, live, channels):
    assert "Buat ralat" in read(client, sari, live)
    response = press(client, sari, "correct", live.pk)
    ralat = newest()
    assert response.url == reverse("edit", args=[ralat.pk])
    assert (ralat.corrects, ralat.copied_from, ralat.kind) == (live, None, "correction")
    assert {v.channel for v in ralat.variants.all()} == {channels["facebook"], channels["x"]}
    assert ralat.text.startswith("Ralat: … seharusnya ….")
    assert "“Imunisasi gratis Sabtu ini di Balai Nagari Koto Baru.”" in ralat.text
    assert [source.number for source in ralat.sources.all()] == [factories.SOURCE.number]
    assert not ralat.attachments.exists()
    assert ralat.publish_at is None
    assert "segera setelah disetujui; ubah bila perlu" in read(client, sari, ralat)


def test_only_channels_that_readers_saw_it_on_are_chosen(sari, live, channels):
    put(live, "failed")
    Delivery.objects.filter(post=live, channel=channels["x"]).update(status="gone")
    ralat = workflow.correct(live, by=sari)
    assert [variant.channel for variant in ralat.variants.all()] == [channels["x"]]
    assert "“Imunisasi Sabtu.”" in ralat.text


@pytest.mark.parametrize("status", ["published", "manual", "retracted", "gone"])
def test_what_was_public_can_be_put_right(sari, live, status):
    put(live, status)
    assert workflow.correct(live, by=sari).corrects == live


@pytest.mark.parametrize("status", ["waiting", "failed", "held", "missed", "cancelled"])
def test_what_nobody_saw_needs_no_ralat(client, sari, live, status):
    put(live, status)
    assert "Buat ralat" not in read(client, sari, live)
    response = press(client, sari, "correct", live.pk)
    assert response.status_code == 409
    assert "Unggahan ini belum tayang" in page(response)
    assert newest() == live


def test_a_second_press_leads_to_the_ralat_that_is_open(client, sari, rina, live):
    press(client, sari, "correct", live.pk)
    ralat = newest()
    assert press(client, rina, "correct", live.pk).url == reverse("edit", args=[ralat.pk])
    Post.objects.filter(pk=ralat.pk).update(status="submitted")
    assert press(client, rina, "correct", live.pk).url == reverse("post", args=[ralat.pk])
    assert newest() == ralat


@pytest.mark.parametrize("status", ["cancelled", "rejected", "approved"])
def test_a_ralat_that_is_over_makes_room_for_another(sari, live, status):
    first = workflow.correct(live, by=sari)
    Post.objects.filter(pk=first.pk).update(status=status)
    assert workflow.correct(live, by=sari) != first


def test_the_link_survives_saving_submitting_and_copying(sari, live):
    ralat = workflow.correct(live, by=sari)
    workflow.save_draft(ralat, workflow.kept(ralat), by=sari, seen=ralat.version)
    assert Post.objects.get(pk=ralat.pk).corrects == live
    copied = workflow.copy(ralat, by=sari)
    assert (copied.corrects, copied.copied_from) == (live, ralat)


def test_the_pages_say_what_corrects_what_and_how_far_it_is(client, sari, live):
    ralat = workflow.correct(live, by=sari)
    assert "Ralat atas: <a" in read(client, sari, ralat)
    told = read(client, sari, live)
    assert "Ralat disiapkan: <a" in told
    assert "Sudah diralat" not in told
    channel = ralat.variants.all()[0].channel
    frozen = workflow.kept(ralat)
    assert frozen.kind == Kind.CORRECTION
    Post.objects.filter(pk=ralat.pk).update(status="approved")
    Delivery.objects.create(
        post=ralat,
        revision=live.revisions.get(),
        channel=channel,
        status="published",
        not_before=timezone.now(),
        deadline=timezone.now(),
    )
    assert "Sudah diralat: <a" in read(client, sari, live)


@pytest.mark.parametrize("status", ["cancelled", "rejected"])
def test_a_ralat_that_was_given_up_is_not_announced(client, sari, live, status):
    ralat = workflow.correct(live, by=sari)
    Post.objects.filter(pk=ralat.pk).update(status=status)
    assert "Ralat disiapkan" not in read(client, sari, live)
    assert "Ralat atas" in read(client, sari, ralat)


def test_dewi_reads_that_there_is_one_but_not_a_draft_that_is_not_hers_to_see(
    client, sari, dewi, live
):
    ralat = workflow.correct(live, by=sari)
    told = read(client, dewi, live)
    assert f"Ralat disiapkan: unggahan #{ralat.pk}" in told
    assert reverse("post", args=[ralat.pk]) not in told


def test_a_ralat_of_a_ralat_is_allowed(sari, live):
    ralat = workflow.correct(live, by=sari)
    Delivery.objects.filter(post=live).update(post=ralat)
    Post.objects.filter(pk=ralat.pk).update(status="approved")
    assert workflow.correct(ralat, by=sari).corrects == ralat


# --- mended for one channel ---


def test_sari_mends_one_channel_with_exactly_what_it_said(client, sari, refused, channels):
    assert "Perbaiki untuk kanal ini" in read(client, sari, refused.post)
    response = press(client, sari, "mend", refused.pk, version=refused.version)
    new = newest()
    assert response.url == reverse("edit", args=[new.pk])
    assert (new.text, new.copied_from) == (SHORT_FOR_X, refused.post)
    assert [(v.channel, v.text) for v in new.variants.all()] == [(channels["x"], "")]
    [shown] = new.attachments.all()
    assert (shown.media_id, shown.alt) == (refused.post.attachments.get().media_id, factories.ALT)


def test_the_refused_delivery_ends_and_its_page_says_where_it_goes_on(client, sari, refused):
    press(client, sari, "mend", refused.pk, version=refused.version)
    assert now_of(refused) == "cancelled"
    said = f"Dilanjutkan sebagai unggahan #{newest().pk}."
    assert said in read(client, sari, refused.post)
    event = refused.events.get()
    assert (event.verb, event.actor) == ("settled", sari)
    assert event.note == f"Perbaiki untuk kanal ini. {said}"
    assert refused.post.deliveries.get(channel__platform="facebook").status == "waiting"


def test_a_picture_that_x_did_not_show_does_not_come_along(sari, dewi, channels, picture_file):
    post = factories.make_draft(
        sari, channels["x"], pictures=[picture_file("a.jpg"), picture_file("b.jpg", color="red")]
    )
    first, second = (a.media_id for a in post.attachments.all())
    post.variants.update(left_out=[first])
    workflow.submit(post, by=sari, seen=post.version)
    factories.approve(post, dewi)
    put(post, "failed")
    new = workflow.mend(post.deliveries.get(), by=sari, seen=post.deliveries.get().version)
    assert [a.media_id for a in new.attachments.all()] == [second]


def test_an_old_page_mends_nothing(client, sari, dewi, refused):
    seen = refused.version
    manual.send_again(refused, by=dewi, seen=seen)
    before = Post.objects.count()
    response = press(client, sari, "mend", refused.pk, version=seen)
    assert response.status_code == 409
    assert reverse("post", args=[refused.post_id]) in page(response)
    assert Post.objects.count() == before
    assert now_of(refused) == "waiting"


def test_a_delivery_that_failed_again_is_not_mended_by_an_old_page(client, sari, refused):
    Delivery.objects.filter(pk=refused.pk).update(version=refused.version + 2)
    response = press(client, sari, "mend", refused.pk, version=refused.version)
    assert (response.status_code, now_of(refused)) == (409, "failed")


@pytest.mark.parametrize("status", ["waiting", "published", "uncertain", "held", "cancelled"])
def test_only_what_was_refused_is_mended(client, sari, refused, status):
    Delivery.objects.filter(pk=refused.pk).update(status=status)
    assert press(client, sari, "mend", refused.pk, version=refused.version).status_code == 409


def test_two_presses_mend_it_once(client, sari, refused):
    seen = refused.version
    press(client, sari, "mend", refused.pk, version=seen)
    made = Post.objects.count()
    assert press(client, sari, "mend", refused.pk, version=seen).status_code == 409
    assert Post.objects.count() == made


def test_the_author_mends_and_settles_nothing_else(sari, budi, dewi, refused):
    assert [move.verb for move in manual.available(sari, refused)] == ["mend"]
    assert [move.verb for move in manual.available(dewi, refused)] == ["send_again", "call_off"]
    assert manual.available(budi, refused) == []
    with pytest.raises(NotAllowed):
        workflow.mend(refused, by=dewi, seen=refused.version)


def test_a_text_that_x_refused_is_mended_shortened_reviewed_and_tayang(
    client, sari, dewi, channels, box, clock
):
    post = factories.make_approved(sari, dewi, channels["x"], publish_at=None)
    delivery = post.deliveries.get()
    box.fault("x", "publish", "forbidden", "before")
    work(clock, 11)
    assert now_of(delivery) == "failed"
    box.heal()
    press(client, sari, "mend", delivery.pk, version=delivery.version)
    new = newest()
    shorter = workflow.kept(new)
    workflow.save_draft(
        new,
        Draft(**{**vars(shorter), "text": SHORT_FOR_X, "publish_at": None}),
        by=sari,
        seen=new.version,
    )
    workflow.submit(new, by=sari, seen=new.version)
    factories.approve(new, dewi)
    work(clock, 11)
    assert now_of(new.deliveries.get()) == "published"
    assert [sent["text"] for sent in box.ledger()] == [SHORT_FOR_X]
    assert now_of(delivery) == "cancelled"


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_begin_one_ralat_and_one_plan(sari, rina, live):
    begin = partial(workflow.correct, live)
    first, second = into_each_other(partial(begin, by=sari), partial(begin, by=rina))
    assert first == second
    make = partial(workflow.create_plan, [Draft(text="Donor darah", channels={})])
    first, second = into_each_other(partial(make, by=sari), partial(make, by=rina))
    assert (len(first), len(second)) == (1, 0)


def test_more_copies_cost_no_more_queries(client, sari, live, django_assert_max_num_queries):
    for _n in range(8):
        workflow.copy(live, by=sari)
    workflow.correct(live, by=sari)
    client.force_login(sari)
    with django_assert_max_num_queries(18):
        told = page(client.get(reverse("post", args=[live.pk])))
    assert told.count("Disalin ke") == 5


def test_a_copy_asked_for_twice_by_one_page_is_one_draft(desk, draft):
    sent = {"version": draft.version, "page": "a1b2c3d4.0"}
    first, second = (desk.post(reverse("copy", args=[draft.pk]), sent) for _ in range(2))
    assert first.url == second.url
    assert Post.objects.filter(copied_from=draft).count() == 1
    other = desk.post(reverse("copy", args=[draft.pk]), sent | {"page": "e5f6.0"})
    assert other.url != first.url
