"""What people say about a finding: the author that it was checked, a reviewer that it may pass."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Action
from guidelines import Level
from publishing import asking, findings
from publishing.findings import Standing
from publishing.models import Answer, Finding, Post, Revision
from publishing.workflow.moves import TooLate, require

MOST_WORDS = 500  # of an answer
AROUND = 120  # letters of the text on each side, that a reviewer reads with the words themselves


class WordsNeeded(Exception):
    """An answer without a reason; the message says what is missing."""


class Gone(TooLate):
    """An answer to what no longer stands in the post."""


@transaction.atomic
def answer(post: Post, key: str, *, by: User, words: str, mistaken: bool = False) -> Answer:
    """The author answers what was found in the draft: a warning was checked, or the rule is
    `mistaken`; of a block a reviewer is asked.

    Raises NotAllowed, WordsNeeded, TooLate when nothing of that key stands there.
    """
    require(by, Action.WRITE, post)
    if not post.is_editable:
        raise TooLate(_("Unggahan ini tidak dapat disunting lagi."))
    one = _standing(findings.of_draft(post), key)
    level = one.found.level
    if level == Level.INFO:
        raise TooLate(_("Ini hanya saran. Tidak perlu dijawab."))
    if level == Level.BLOCK:
        return _write(post, one, Answer.Kind.ASKED, by, words)
    return _write(post, one, Answer.Kind.MISTAKEN if mistaken else Answer.Kind.CHECKED, by, words)


def decide(post: Post, key: str, *, by: User, waive: bool, words: str) -> Answer:
    """A reviewer lets pass what blocks, or does not. Raises NotAllowed, WordsNeeded, TooLate.

    A request about words that are gone is over, and so is the question.
    """
    require(by, Action.WAIVE, post)
    try:
        return _decide(post, key, by=by, waive=waive, words=words)
    except Gone:
        let_lapse(post, findings.now(post), by=by)
        raise


@transaction.atomic
def _decide(post: Post, key: str, *, by: User, waive: bool, words: str) -> Answer:
    one = _standing(findings.now(post), key)
    if one.found.level != Level.BLOCK:
        raise TooLate(_("Temuan ini tidak menahan unggahan."))
    return _write(post, one, Answer.Kind.WAIVED if waive else Answer.Kind.REFUSED, by, words)


def let_lapse(post: Post, standing: Iterable[Standing], *, by: User) -> None:
    """Close the requests about what no longer stands in a post; the last word on it is kept."""
    keys = {one.found.key for one in standing}
    gone = [asked for asked in asking.unanswered().filter(post=post) if asked.key not in keys]
    lapsed = Answer.Kind.LAPSED
    Answer.objects.bulk_create(
        Answer(post=post, key=asked.key, code=asked.code, kind=lapsed, about=asked.about, by=by)
        for asked in gone
    )


def keep_refusal(post: Post) -> None:
    """Remember what a submission foundered on, each thing once."""
    _keep(post, findings.unsettled(findings.of_draft(post)), Finding.Stage.REFUSED)


def keep_stop(post: Post, standing: Iterable[Standing]) -> None:
    """Remember what an approval foundered on, each thing once."""
    _keep(post, standing, Finding.Stage.STOPPED, post.revisions.last())


def _keep(
    post: Post,
    standing: Iterable[Standing],
    stage: Finding.Stage,
    revision: Revision | None = None,
) -> None:
    there = post.findings.filter(stage=stage, revision=revision)
    known = set(there.values_list("key", flat=True))
    fresh = [one for one in standing if one.found.key not in known]
    findings.record(post, fresh, stage, revision)


def _standing(found: list[Standing], key: str) -> Standing:
    for one in found:
        if one.found.key == key:
            return one
    raise Gone(_("Bagian itu sudah diubah. Muat ulang halaman ini."))


def _write(post: Post, one: Standing, kind: Answer.Kind, by: User, words: str) -> Answer:
    words = " ".join(words.replace("\0", "").split())
    if not words:
        raise WordsNeeded(_("Tulis alasannya, satu kalimat cukup."))
    found, text = one.found, one.placed.passage.text
    about = text[max(0, found.start - AROUND) : found.end + AROUND].replace("\0", "")
    return Answer.objects.create(
        post=post,
        key=found.key,
        code=found.code,
        kind=kind,
        words=words[:MOST_WORDS],
        about=about,
        sentence=found.sentence,
        by=by,
    )
