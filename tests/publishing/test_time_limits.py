"""Batas waktu: Sari says until when her post is valid and how urgent it is; Dewi reads it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing import workflow
from publishing.models import Post
from tests.factories import SOURCE, approve, make_submitted, urgent
from tests.publishing.composing import WORDS, edit, filled, page
from tests.publishing.errand import browser, words

pytestmark = pytest.mark.django_db
NOT_VALID = "Unggahan ini sudah tidak berlaku pada waktu tayangnya. Ubah salah satu."


def typed(days: float, hour: str = "09:00") -> str:
    """A moment as the browser's datetime-local sends it."""
    return f"{timezone.localtime(timezone.now() + timedelta(days=days)):%Y-%m-%d}T{hour}"


def read_by(user, post) -> str:
    return words(browser(user).get(reverse("review", args=[post.pk])))


# --- Sari's form ---


def test_sari_says_until_when_it_is_valid_and_that_it_is_urgent_and_finds_both_again(desk, draft):
    until = typed(3, "17:30")
    sent = filled(draft, until=until, kind="emergency")
    assert desk.post(edit(draft), sent).status_code == 302
    draft.refresh_from_db()
    assert f"{timezone.localtime(draft.valid_until):%Y-%m-%dT%H:%M}" == until
    assert draft.urgent
    again = page(desk.get(edit(draft)))
    assert f'value="{until}"' in again
    assert '<option value="emergency" selected>Darurat</option>' in again


def test_a_form_without_limits_takes_them_away(desk, draft):
    desk.post(edit(draft), filled(draft, until=typed(3), kind="emergency"))
    draft.refresh_from_db()
    desk.post(edit(draft), filled(draft))
    draft.refresh_from_db()
    assert (draft.valid_until, draft.urgent) == (None, False)


@pytest.mark.parametrize("until", [typed(2, "08:59"), typed(2, "09:00"), "2020-01-01T09:00"])
def test_a_validity_that_ends_by_the_hour_is_not_handed_in_and_nothing_typed_is_lost(
    desk, draft, channels, until
):
    sent = filled(draft, do="submit", channels=[channels["x"].pk], until=until)
    answer = desk.post(edit(draft), sent)
    assert answer.status_code == 422
    shown = page(answer)
    assert NOT_VALID in shown
    assert WORDS in shown
    assert f'value="{until}"' in shown
    assert Post.objects.get(pk=draft.pk).status == "draft"


def test_a_validity_that_ends_a_minute_after_the_hour_is_handed_in(desk, draft, channels):
    sent = filled(draft, do="submit", channels=[channels["x"].pk], until=typed(2, "09:01"))
    assert desk.post(edit(draft), sent).status_code == 302
    assert Post.objects.get(pk=draft.pk).status == "submitted"


def test_as_soon_as_possible_with_a_validity_that_is_over_is_not_handed_in(desk, draft, channels):
    sent = filled(
        draft, do="submit", channels=[channels["x"].pk], when="asap", until="2020-01-01T09:00"
    )
    answer = desk.post(edit(draft), sent)
    assert answer.status_code == 422
    assert NOT_VALID in page(answer)


def test_a_moment_that_does_not_exist_gets_a_sentence_and_is_kept_as_it_was_typed(desk, draft):
    answer = desk.post(edit(draft), filled(draft, until="31/02/2026 17.00", text="Teks Sari"))
    assert answer.status_code == 422
    assert "Waktu ini tidak ada. Contoh: 28/11/2026 17.00." in page(answer)
    assert 'value="31/02/2026 17.00"' in page(answer)
    assert "Teks Sari" in page(answer)


# --- Dewi's page ---


@pytest.fixture
def limited(sari, channels):
    """Handed in: urgent, and valid until the day after tomorrow."""
    until = timezone.now() + timedelta(days=2)
    return make_submitted(sari, channels["x"], **urgent(valid_until=until))


def test_dewi_reads_until_when_it_is_valid_and_that_it_is_urgent(dewi, limited):
    until = timezone.localtime(limited.valid_until)
    told = read_by(dewi, limited)
    assert "berlaku sampai" in told
    assert f"{until:%H.%M} WIB · darurat" in told


def test_a_post_without_limits_says_nothing_of_them(sari, dewi, channels):
    told = read_by(dewi, make_submitted(sari, channels["x"]))
    assert "berlaku sampai" not in told
    assert "darurat" not in told


def resubmitted(post: Post, sari, dewi, channels, **fields) -> Post:
    """Dewi asks for a change; Sari makes it and hands it in again."""
    read = post.revisions.get().sha256
    workflow.send_back(post, by=dewi, seen=post.version, revision=read, note="Sampai kapan?")
    draft = workflow.Draft(
        **{
            "text": post.text,
            "channels": {channels["x"].pk: ""},
            "sources": [SOURCE],
            "publish_at": post.publish_at,
            "valid_until": post.valid_until,
            "kind": post.kind,
            "details": post.details,
        }
        | fields
    )
    workflow.save_draft(post, draft, by=sari, seen=post.version)
    workflow.submit(post, by=sari, seen=post.version)
    return post


def test_the_list_of_changes_says_when_limits_were_set(sari, dewi, channels):
    post = make_submitted(sari, channels["x"])
    until = timezone.now() + timedelta(days=4)
    told = read_by(dewi, resubmitted(post, sari, dewi, channels, **urgent(valid_until=until)))
    assert "Berlaku sampai: tanpa batas" in told
    assert f"{timezone.localtime(until):%H.%M}" in told
    assert "Jenis: Pengumuman Darurat" in told


def test_the_list_of_changes_says_when_limits_were_taken_away(sari, dewi, channels, limited):
    told = read_by(
        dewi, resubmitted(limited, sari, dewi, channels, valid_until=None, kind="announcement")
    )
    assert "Berlaku sampai:" in told
    assert "tanpa batas" in told
    assert "Jenis: Darurat Pengumuman" in told


def test_limits_that_stayed_are_no_change(sari, dewi, channels, limited):
    told = read_by(dewi, resubmitted(limited, sari, dewi, channels))
    assert "Tidak ada yang berubah" in told


def test_what_counts_are_the_limits_that_dewi_saw(sari, dewi, channels, limited):
    seen = limited.valid_until
    Post.objects.update(
        valid_until=None, kind="announcement"
    )  # the draft's row is not what was approved
    limited.refresh_from_db()
    approve(limited, dewi)
    delivery = limited.deliveries.get()
    assert delivery.deadline == delivery.not_before + timedelta(minutes=15)
    assert delivery.revision.valid_until == seen
