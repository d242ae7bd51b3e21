"""What changed between two submissions, as Dewi reads it."""

import pytest

from publishing import diff, picture_row, workflow
from publishing.models import Revision, Source
from publishing.workflow import Placed
from tests import factories

pytestmark = pytest.mark.django_db


def resubmit(post, author):
    workflow.submit(post, by=author, seen=post.version)
    return list(post.revisions.all())


def send_back(post, reviewer):
    newest = post.revisions.last()
    workflow.send_back(post, by=reviewer, seen=post.version, revision=newest.sha256, note="Ubah.")


def placed(post, *left_out):
    """The pictures as they stand; each of `left_out` is the channels that do not show that one."""
    without = [*left_out, *[()] * 10]
    return [
        Placed(a.media_id, a.alt, tuple(channel.pk for channel in without[n]))
        for n, a in enumerate(post.attachments.all())
    ]


def redraft(post, author, **fields):
    """Sari sends the whole form again, with `fields` changed."""
    draft = workflow.Draft(
        **{
            "text": post.text,
            "channels": {v.channel_id: v.text for v in post.variants.all()},
            "pictures": placed(post),
            "sources": [factories.SOURCE],
            "publish_at": post.publish_at,
        }
        | fields
    )
    workflow.save_draft(post, draft, by=author, seen=post.version)


def changes(post, author, reviewer, **fields):
    send_back(post, reviewer)
    redraft(post, author, **fields)
    return diff.between(*resubmit(post, author))


def test_a_changed_date_reads_as_one_change_and_not_as_two():
    assert diff.words("Datang Minggu, 29 November", "Datang Sabtu, 28 November") == [
        ("same", "Datang "),
        ("del", "Minggu, 29"),
        ("ins", "Sabtu, 28"),
        ("same", " November"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("", "baru"), ("lama", ""), ("a b\n\nc 👶🏽", "a\nb c 👶"), ("sama", "sama"), (" ", "\n")],
)
def test_the_parts_join_to_both_texts(old, new):
    parts = diff.words(old, new)
    assert "".join(text for kind, text in parts if kind != "ins") == old
    assert "".join(text for kind, text in parts if kind != "del") == new


def test_an_edit_in_a_text_as_long_as_facebook_allows_is_one_edit():
    old = "kata " * 12_000
    changed = old[:30_000] + "baru " + old[30_000:]
    assert [part for part in diff.words(old, changed) if part[0] != "same"] == [("ins", "baru ")]


def test_the_same_edit_on_three_channels_is_read_once(sari, dewi, channels):
    post = factories.make_submitted(sari, channels["facebook"], channels["x"])
    found = changes(post, sari, dewi, text="Imunisasi gratis Minggu ini di Balai Nagari Koto Baru.")
    (change,) = found.texts
    assert sorted(change.where) == ["facebook", "x"]
    assert ("ins", "Minggu") in change.parts
    assert found.count == 1


def test_dewi_sees_which_picture_is_new_and_which_is_gone(sari, dewi, channels, picture_file):
    files = [picture_file("satu.jpg", color="red"), picture_file("dua.jpg", color="blue")]
    post = factories.make_submitted(sari, channels["instagram"], pictures=files)
    first, second = placed(post)
    other = factories.make_draft(sari, channels["instagram"], pictures=[picture_file(color="lime")])
    third = Placed(other.attachments.get().media_id, "Balai nagari yang baru selesai")
    found = changes(post, sari, dewi, pictures=[third, first])
    seen = {(change.kind, change.number, change.media) for change in found.pictures}
    assert seen == {("added", 1, third.media), ("removed", 2, second.media)}


def test_a_new_order_of_the_same_pictures_removes_none(sari, dewi, channels, picture_file):
    files = [picture_file("satu.jpg", color="red"), picture_file("dua.jpg", color="blue")]
    post = factories.make_submitted(sari, channels["instagram"], pictures=files)
    found = changes(post, sari, dewi, pictures=placed(post)[::-1])
    assert {change.kind for change in found.pictures} == {"moved"}


def test_a_new_alternative_text_is_a_change_of_its_own(sari, dewi, channels, picture_file):
    post = factories.make_submitted(sari, channels["instagram"], pictures=[picture_file()])
    kept = post.attachments.get()
    found = changes(
        post, sari, dewi, pictures=[Placed(kept.media_id, "Poster imunisasi hari Sabtu")]
    )
    (change,) = found.alts
    assert change.where == (1,)
    assert not found.pictures


def test_sources_time_channels_and_the_claim_answer_are_compared(sari, dewi, channels):
    post = factories.make_submitted(sari, channels["facebook"])
    found = changes(
        post,
        sari,
        dewi,
        channels={channels["x"].pk: ""},
        sources=[workflow.SourceLine("Surat edaran bupati")],
        publish_at=factories.in_hours(30),
        no_claims=True,
    )
    assert (found.channels_added, found.channels_removed) == (["x"], ["facebook"])
    assert [source["document"] for source in found.sources_added] == ["Surat edaran bupati"]
    assert len(found.sources_removed) == 1
    assert found.moved
    assert found.no_claims is True
    assert Source.objects.filter(post=post).count() == 1


# --- each channel its own pictures ---


@pytest.fixture
def album(sari, channels, picture_file):
    """Two pictures, the first only on Facebook's and the second on both channels."""
    files = [picture_file("satu.jpg", color="red"), picture_file("dua.jpg", color="blue")]
    post = factories.make_draft(sari, channels["facebook"], channels["x"], pictures=files)
    redraft(post, sari, pictures=placed(post, [channels["x"]]))
    workflow.submit(post, by=sari, seen=post.version)
    return post


def chosen(found):
    return [(change.platform, change.number, change.shown) for change in found.choices]


def test_a_picture_that_x_shows_now_and_one_that_facebook_lost_are_changes_of_their_own(
    sari, dewi, channels, album
):
    found = changes(album, sari, dewi, pictures=placed(album, [], [channels["facebook"]]))
    assert sorted(chosen(found)) == [("facebook", 2, False), ("x", 1, True)]
    assert not found.pictures
    assert found.count == 2


def test_a_choice_that_stayed_is_no_change(sari, dewi, channels, album):
    assert changes(album, sari, dewi, pictures=placed(album, [channels["x"]])).count == 0


def test_a_new_picture_is_expected_on_every_channel_and_told_where_it_is_not(
    sari, dewi, channels, album, picture_file
):
    other = factories.make_draft(sari, channels["x"], pictures=[picture_file(color="lime")])
    new = Placed(other.attachments.get().media_id, "Balai nagari yang baru", (channels["x"].pk,))
    kept = placed(album, [channels["x"]])
    found = changes(album, sari, dewi, pictures=[*kept, new])
    assert [(change.kind, change.number) for change in found.pictures] == [("added", 3)]
    assert chosen(found) == [("x", 3, False)]


def test_a_picture_that_no_channel_shows_any_more_is_a_removed_one(sari, dewi, channels, album):
    both = [channels["facebook"], channels["x"]]
    found = changes(album, sari, dewi, pictures=placed(album, both))
    assert [(change.kind, change.number) for change in found.pictures] == [("removed", 1)]
    assert chosen(found) == []


def test_a_picture_with_another_focal_point_is_told_for_the_platform_that_cuts_it(
    sari, dewi, channels, album
):
    send_back(album, dewi)
    redraft(album, sari, pictures=placed(album, [channels["x"]]))
    old, new = resubmit(album, sari)
    new.content["channels"][0]["pictures"][1]["sha256"] = "0" * 64
    (change,) = diff.between(old, new).frames
    assert (change.where, change.number) == (("facebook",), 2)


def row_of(*rows):
    channels = [{"pictures": [{"media": media} for media in row]} for row in rows]
    return "".join(
        picture["media"] for picture in picture_row.of(Revision(content={"channels": channels}))
    )


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        ([], ""),
        (["AB", "AB"], "AB"),
        (["A", "ABC"], "ABC"),
        (["AC", "BC"], "ABC"),
        (["BD", "ABC"], "ABCD"),
        (["DE", "ADE", "BCE"], "ADBCE"),
        (["A", "B"], "AB"),
    ],
)
def test_the_row_holds_what_any_channel_shows_in_the_order_of_the_post(rows, whole):
    assert row_of(*rows) == whole


# --- kinds, answers, and revisions of before there were any ---

ANSWERS = {
    "statement": "Vaksin berbayar mulai Senin",
    "label": "hoax",
    "fact": "Vaksinasi tetap gratis",
    "reference": "Siaran pers Dinas Kesehatan, 24/11/2026",
}


def test_dewi_sees_another_kind_and_what_was_answered_in_the_words_of_the_form(
    sari, dewi, channels
):
    post = factories.make_submitted(sari, channels["x"])
    found = changes(post, sari, dewi, kind="clarification", details=ANSWERS)
    assert found.kind == ("announcement", "clarification")
    assert ("Penilaian", "", "Hoaks") in found.details
    assert found.count == 1 + len(ANSWERS)


def test_one_answer_that_changed_is_one_change(sari, dewi, channels):
    post = factories.make_submitted(sari, channels["x"], kind="clarification", details=ANSWERS)
    found = changes(
        post, sari, dewi, kind="clarification", details=ANSWERS | {"label": "misleading"}
    )
    assert found.details == [("Penilaian", "Hoaks", "Menyesatkan")]
    assert found.count == 1


def test_another_post_to_put_right_is_a_change(sari, dewi, channels):
    old, new = (Revision(content={"channels": [], "sources": [], "no_claims": True}) for _ in "ab")
    new.content |= {"kind": "correction", "corrects": 7}
    found = diff.between(old, new)
    assert found.corrects == (None, 7)
    assert found.count == 2


def test_a_revision_of_before_there_were_kinds_differs_in_nothing_but_what_was_changed(
    sari, channels, picture_file
):
    post = factories.make_submitted(sari, channels["instagram"], pictures=[picture_file()])
    newest = post.revisions.get()
    of_then = {"document": "Surat edaran bupati", "number": "", "date": "", "url": ""}
    content = {
        "channels": newest.content["channels"],
        "sources": [of_then],
        "no_claims": False,
    }
    old = Revision(post=post, number=0, content=content, publish_at=newest.publish_at)
    found = diff.between(old, newest)
    assert found.sources_removed == [of_then]
    assert found.count == 2  # one source for another


def test_an_emergency_of_before_there_were_kinds_is_still_one():
    content = {"channels": [], "sources": [], "no_claims": True}
    old = Revision(content=content, urgent=True)
    new = Revision(content=content | {"kind": "emergency", "details": {}}, urgent=True)
    assert diff.between(old, new).count == 0
    assert diff.between(Revision(content=content), new).kind == ("announcement", "emergency")


def test_a_quote_under_another_source_is_one_source_gone_and_one_new():
    row = {"document": "Jadwal imunisasi", "number": "", "date": "", "url": ""}
    content = {"channels": [], "no_claims": False}
    old = Revision(content=content | {"sources": [row]})
    new = Revision(content=content | {"sources": [row | {"supports": ["Sabtu ini"]}]})
    found = diff.between(old, new)
    assert found.sources_removed == [row]
    assert found.sources_added == [row | {"supports": ["Sabtu ini"]}]
