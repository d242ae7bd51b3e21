"""What the demo shows of the writing desk: kinds, facts, a ralat, pictures, earlier drafts."""

from datetime import timedelta
from itertools import pairwise

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from opd_hub.demo.stories import stories
from publishing import bank, findings, kinds, places, statements
from publishing.models import (
    Desk,
    Fact,
    Finding,
    Kind,
    Media,
    Pillar,
    Post,
    Programme,
    Revision,
    SavedDraft,
    Source,
    Variant,
)
from publishing.workflow.drafts import Draft, kept
from publishing.workflow.gaps import lacking, of_words


def gaps(post):
    """What it lacks, but for its hour: the hours of most are over."""
    found = of_words(findings.of_draft(post)) if post.is_editable else []
    return [gap.short for gap in [*lacking(post), *found] if gap.short != "perbaiki jadwal"]


class TheDesk:
    """Tests of the loaded month; `test_demo_data.TheMonth` runs them."""

    def test_only_the_drafts_that_say_so_lack_something(self):
        posts = list(Post.objects.all())
        unfinished = {story.text for story in stories(timezone.now()) if story.unfinished}
        found = {post.text: gaps(post) for post in posts if gaps(post)}
        assert set(found) == unfinished
        assert sorted(found.values()) == [["2 perlu dicek"], ["jawab soal wajah"], ["kapan"]]
        soon = [p for p in posts if p.status in ("draft", "returned") and p.text not in unfinished]
        assert len(soon) > 5
        assert {post.text: lacking(post) for post in soon if lacking(post)} == {}

    def test_what_the_guidelines_found_was_answered_and_nothing_was_stopped(self):
        submitted = Finding.objects.filter(stage=Finding.Stage.SUBMIT)
        assert submitted.filter(level="info").count() > 10
        assert not submitted.filter(level="block").exists()
        assert not submitted.filter(level="warn", answer=None).exists()
        at_their_hour = submitted.filter(at=F("revision__submitted_at"))
        assert at_their_hour.filter(post=F("revision__post")).count() == submitted.count()

    def test_every_kind_of_post_can_be_seen_and_most_posts_say_where(self):
        assert set(Post.objects.values_list("kind", flat=True)) == set(Kind.values)
        assert Post.objects.exclude(kind=Kind.ANNOUNCEMENT).count() >= 25
        placed = set(Post.objects.exclude(place="").values_list("place", flat=True))
        assert [key for key in placed if places.label(key) == key] == []
        assert Post.objects.exclude(place="").count() >= 25
        assert not Post.objects.filter(pillar="").exists()
        assert Post.objects.exclude(value="").values("value").distinct().count() >= 4

    def test_the_answers_are_those_of_the_kind_with_every_date_written_out(self):
        for post in Post.objects.all():
            asked = {question.key for question in kinds.of(post.kind).questions}
            assert set(post.details) == asked, post
            assert "{" not in str(list(post.details.values()))

    def test_what_was_handed_in_holds_its_kind_and_its_answers(self):
        for revision in Revision.objects.select_related("post"):
            assert revision.kind == revision.post.kind
            assert revision.content.get("details", {}) == revision.post.details

    def test_a_warning_ends_and_is_never_late(self):
        warnings = Revision.objects.filter(content__kind=Kind.EMERGENCY)
        assert len(warnings) >= 2
        for warning in warnings:
            assert warning.urgent
            assert warning.valid_until == warning.post.valid_until
            for delivery in warning.deliveries.all():
                assert delivery.not_before == warning.publish_at
                assert delivery.deadline == delivery.not_before + settings.URGENT_GRACE

    def test_a_published_mistake_and_its_ralat_name_each_other(self):
        ralat = Post.objects.get(kind=Kind.CORRECTION)
        wrong = Post.objects.get(corrections=ralat)
        assert list(wrong.corrections.all()) == [ralat]
        assert ralat.agency == wrong.agency
        assert ralat.revisions.get().content["corrects"] == wrong.pk
        assert wrong.deliveries.filter(published_at__lt=ralat.created_at, status="published")
        assert ralat.deliveries.filter(published_at__gt=ralat.created_at, status="published")
        assert not wrong.deliveries.exclude(published_at__lt=ralat.created_at)
        assert ralat.details["wrong"].strip("“”") in wrong.text

    def test_each_figure_in_the_facts_bank_has_its_source_and_owner(self):
        assert 10 <= Fact.objects.count() <= 15
        assert Fact.objects.values("agency").distinct().count() >= 5
        assert not Fact.objects.filter(document="").exists()
        assert not Fact.objects.filter(owner="").exists()
        assert not Fact.objects.filter(as_of__gt=timezone.localdate()).exists()
        assert Fact.objects.past().count() == 1

    def test_only_the_draft_with_the_expired_figure_is_flagged(self):
        troubled = {
            post.title: bank.facts_troubles(post)
            for post in Post.objects.all()
            if bank.facts_troubles(post)
        }
        [(title, [sentence])] = troubled.items()
        assert (
            Post.objects.get(status="draft", text__startswith=title).author.name == "Sari Puspita"
        )
        assert "lewat masa berlakunya" in sentence
        scheduled = Post.objects.filter(status="approved", publish_at__gt=timezone.now())
        assert scheduled.filter(facts__in=Fact.objects.valid()).exists()

    def test_what_a_source_supports_stands_in_the_text(self):
        supporting = Source.objects.exclude(supports="").select_related("post")
        assert len(supporting) >= 5
        for source in supporting:
            assert statements.missing(source.supports, bank.texts_of(source.post)) == []
        assert Source.objects.exclude(file=None).exists()
        assert not Source.objects.filter(owner="").exists()

    def test_pictures_say_whose_they_are_and_whose_faces_they_show(self):
        assert not Media.objects.filter(alt="").exists()
        assert not Media.objects.exclude(licence="own").exists()
        assert {media.credit for media in Media.objects.all()} == {
            media.agency.short_name for media in Media.objects.select_related("agency")
        }
        unused = Media.objects.filter(attachments=None)
        assert unused.filter(agency__code="DINKES").count() >= 2
        assert unused.filter(faces="").count() == 1
        months = {media.uploaded_at.strftime("%Y-%m") for media in Media.objects.all()}
        assert len(months) >= 2

    def test_a_picture_with_a_focal_point_is_cut_around_it_where_a_frame_is_narrower(self):
        post = Post.objects.get(attachments__media__name="poster-panorama.jpg")
        [entry] = [
            e for e in post.revisions.get().content["channels"] if e["platform"] == "instagram"
        ]
        assert len(entry["pictures"]) == 3
        wide = entry["pictures"][0]
        assert wide["width"] / wide["height"] <= 1.91
        rendition = Media.objects.get(pk=wide["media"]).rendition("instagram")
        assert (rendition.focal, rendition.sha256) == ("0,50", wide["sha256"])

    def test_agencies_have_a_desk_with_phrases_hours_and_a_plan(self):
        desks = Desk.objects.select_related("agency").prefetch_related("agency__channels")
        assert len(desks) >= 8
        for desk in desks:
            assert len(desk.snippets) == 3
            assert desk.tags
            assert desk.closing
            assert set(desk.plan) <= set(Pillar.values)
            channels = {channel.pk for channel in desk.agency.channels.all()}
            assert {int(pk) for pk in desk.slots} == channels
            assert all(desk.hours(pk) for pk in channels)
        assert 8 <= Programme.objects.count() <= 10
        assert Post.objects.exclude(programme=None).values("programme").distinct().count() >= 5

    def test_two_drafts_have_a_history_that_ends_with_what_stands_there(self):
        posts = Post.objects.exclude(saved=None).distinct()
        assert {post.author.name for post in posts} == {"Sari Puspita", "Budi Hartawan"}
        for post in posts:
            states = list(SavedDraft.objects.filter(post=post))
            assert len(states) >= 3
            assert Draft.from_json(states[0].content) == kept(post)
            assert states[0].at == post.updated_at <= timezone.now()
            assert all(a.at - b.at > timedelta(minutes=5) for a, b in pairwise(states))
            assert len({state.content["text"] for state in states}) == len(states)

    def test_repetitions_can_be_found(self):
        assert not Variant.objects.filter(words_key="").exists()
