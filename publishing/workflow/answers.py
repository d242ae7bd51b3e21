"""What people say about a finding: the author that it was checked, a reviewer that it may pass."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policy import Action
from guidelines import Level
from publishing import findings
from publishing.findings import Standing
from publishing.models import Answer, Finding, Post
from publishing.workflow.moves import TooLate, require

MOST_WORDS = 500  # of an answer
AROUND = 120  # letters of the text on each side, that a reviewer reads with the words themselves


class WordsNeeded(Exception):
    """An answer without a reason; the message says what is missing."""


@transaction.atomic
def answer(post: Post, key: str, *, by: User, words: str) -> Answer:
    """The author answers what was found in the draft: a warning is checked, a block asks a
    reviewer. Raises NotAllowed, WordsNeeded, TooLate when nothing of that key stands there."""
    require(by, Action.WRITE, post)
    if not post.is_editable:
        raise TooLate(_("Unggahan ini tidak dapat disunting lagi."))
    one = _standing(findings.of_draft(post), key)
    level = one.found.level
    if level == Level.INFO:
        raise TooLate(_("Ini hanya saran. Tidak perlu dijawab."))
    kind = Answer.Kind.ASKED if level == Level.BLOCK else Answer.Kind.CHECKED
    return _write(post, one, kind, by, words)


@transaction.atomic
def decide(post: Post, key: str, *, by: User, waive: bool, words: str) -> Answer:
    """A reviewer lets pass what blocks, or does not. Raises NotAllowed, WordsNeeded, TooLate."""
    require(by, Action.WAIVE, post)
    revision = None if post.is_editable else post.revisions.last()
    found = (
        findings.of_revision(post, revision, post.publish_at)
        if revision
        else findings.of_draft(post)
    )
    one = _standing(found, key)
    if one.found.level != Level.BLOCK:
        raise TooLate(_("Temuan ini tidak menahan unggahan."))
    return _write(post, one, Answer.Kind.WAIVED if waive else Answer.Kind.REFUSED, by, words)


def stopped(post: Post) -> list[Standing]:
    """What stands between the words of a draft and its submission; kept when it is refused."""
    return findings.unsettled(findings.of_draft(post))


def keep_refusal(post: Post) -> None:
    """Remember what a submission foundered on, each thing once."""
    refused = Finding.Stage.REFUSED
    known = set(post.findings.filter(stage=refused).values_list("key", flat=True))
    fresh = [one for one in stopped(post) if one.found.key not in known]
    findings.record(post, fresh, refused)


def _standing(found: list[Standing], key: str) -> Standing:
    for one in found:
        if one.found.key == key:
            return one
    raise TooLate(_("Bagian itu sudah diubah. Muat ulang halaman ini."))


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
