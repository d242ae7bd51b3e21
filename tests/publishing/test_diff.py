"""What changed between two submissions, as Dewi reads it."""

import pytest

from publishing import diff, workflow
from publishing.models import Source
from tests import factories

pytestmark = pytest.mark.django_db


def resubmit(post, author):
    workflow.submit(post, by=author, seen=post.version)
    return list(post.revisions.all())


def send_back(post, reviewer):
    newest = post.revisions.last()
    workflow.send_back(post, by=reviewer, seen=post.version, revision=newest.sha256, note="Ubah.")


def redraft(post, author, **fields):
    """Sari sends the whole form again, with `fields` changed."""
    draft = workflow.Draft(
        **{
            "text": post.text,
            "channels": {v.channel_id: v.text for v in post.variants.all()},
            "pictures": [(a.media_id, a.alt) for a in post.attachments.all()],
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
    first, second = [(a.media_id, a.alt) for a in post.attachments.all()]
    other = factories.make_draft(sari, channels["instagram"], pictures=[picture_file(color="lime")])
    third = (other.attachments.get().media_id, "Balai nagari")
    found = changes(post, sari, dewi, pictures=[third, first])
    kinds = {(change.kind, change.number, change.media) for change in found.pictures}
    assert kinds == {("added", 1, third[0]), ("removed", 2, second[0])}


def test_a_new_order_of_the_same_pictures_removes_none(sari, dewi, channels, picture_file):
    files = [picture_file("satu.jpg", color="red"), picture_file("dua.jpg", color="blue")]
    post = factories.make_submitted(sari, channels["instagram"], pictures=files)
    row = [(a.media_id, a.alt) for a in post.attachments.all()]
    found = changes(post, sari, dewi, pictures=row[::-1])
    assert {change.kind for change in found.pictures} == {"moved"}


def test_a_new_alternative_text_is_a_change_of_its_own(sari, dewi, channels, picture_file):
    post = factories.make_submitted(sari, channels["instagram"], pictures=[picture_file()])
    kept = post.attachments.get()
    found = changes(post, sari, dewi, pictures=[(kept.media_id, "Poster imunisasi hari Sabtu")])
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
