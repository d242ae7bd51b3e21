"""Of which text of a post, for which platforms and by which rulebook a finding speaks."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Agency
from publishing import findings, fitness, rulebook
from publishing.models import Finding, Programme, Rulebook
from tests import factories

pytestmark = pytest.mark.django_db
TAGS = "Panen raya di Nagari Koto Baru. #SolokSelatan #PanenRaya #Petani"


def on_tags(post):
    return [one.found for one in findings.of_draft(post) if one.found.code == "TAGAR-BANYAK"]


def test_words_for_x_alone_have_room_for_two_tags(sari, channels):
    [found] = on_tags(factories.make_draft(sari, channels["x"], text=TAGS))
    assert (found.level, found.sentence) == ("warn", "Ada 3 tagar; paling banyak 2.")


def test_words_that_x_shares_with_others_are_only_hinted_at(sari, channels):
    both = factories.make_draft(sari, channels["facebook"], channels["x"], text=TAGS)
    [found] = on_tags(both)
    assert (found.level, found.sentence) == ("info", "Ada 3 tagar; di X cukup 2.")


def test_words_that_do_not_go_to_x_may_have_five(sari, channels):
    assert on_tags(factories.make_draft(sari, channels["facebook"], text=TAGS)) == []


def test_the_words_of_one_channel_are_judged_for_it_and_the_shared_ones_without_it(sari, channels):
    own = {"x": "Panen raya di Nagari Koto Baru. #SolokSelatan"}
    chosen = channels["facebook"], channels["x"]
    assert on_tags(factories.make_draft(sari, *chosen, text=TAGS, own_texts=own)) == []


def test_who_writes_about_a_programme_is_reminded_of_its_tag(sari, channels):
    programme = Programme.objects.create(name="Seragam sekolah gratis", tag="#SeragamGratis")
    chosen = {"kind": "programme", "details": {"result": "Seragam dibagikan."}}
    post = factories.make_draft(sari, channels["x"], programme=programme.pk, **chosen)
    [hint] = [one.found for one in findings.of_draft(post) if one.found.code == "TAGAR-WAJIB"]
    assert (hint.level, hint.advice) == ("info", "Tambahkan #SeragamGratis.")
    with_it = "Seragam gratis dibagikan di Sangir. #seragamgratis"
    post = factories.make_draft(sari, channels["x"], text=with_it, programme=programme.pk, **chosen)
    assert "TAGAR-WAJIB" not in {one.found.code for one in findings.of_draft(post)}


@pytest.mark.parametrize("tag", ["SeragamGratis", "#Seragam Gratis", "#", "#a #b"])
def test_a_programmes_tag_is_one_tag(tag):
    with pytest.raises(ValidationError, match="Satu tagar"):
        Programme(name="Seragam sekolah gratis", tag=tag).full_clean()


def test_a_finding_keeps_the_edition_that_it_was_found_by(sari, channels):
    """Also when Humas writes in the rulebook between the look and the record."""
    post = factories.make_draft(sari, channels["x"], text=TAGS)
    [seen, *_] = findings.of_draft(post)
    rulebook.changed()
    kept = fitness.row(seen.placed, Finding.Stage.REFUSED, post=post)
    assert kept.edition == Rulebook.objects.get().edition - 1


def test_an_agency_that_is_new_or_renamed_is_known_without_a_change_by_humas(sari):
    assert "Dinas Perikanan" not in rulebook.current().agencies
    edition = rulebook.current().edition
    Agency.objects.create(code="DKP", name="Dinas Perikanan", short_name="DKP")
    rulebook.forget()  # the seconds pass
    assert "Dinas Perikanan" in rulebook.current().agencies
    assert rulebook.current().edition == edition
