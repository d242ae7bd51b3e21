"""What the guidelines found in the month's submissions, and what their authors said to it."""

from datetime import datetime

from accounts.models import User
from guidelines import Level
from guidelines.rules import RULES
from publishing.fitness import Occasion, Placed, of_content, row
from publishing.models import Answer, Finding, Post, Revision

# the month is over: what depends on the day would be judged as of today
_UNDATED = tuple(rule for rule in RULES if not rule.dated)
CHECKED = "Sudah dicek: memang benar demikian."


def keep(post: Post, revision: Revision, author: User, at: datetime) -> None:
    """Write down what was found in `revision` at that hour, each warning answered in one tap."""
    occasion = Occasion.of(post, revision, post.publish_at)
    found = of_content(revision.content, occasion, _UNDATED)
    answers = {placed.finding.key: _answer(post, placed, author, at) for placed in found}
    Finding.objects.bulk_create(
        row(
            placed,
            Finding.Stage.SUBMIT,
            post=post,
            revision=revision,
            answer=answers[placed.finding.key],
            at=at,
        )
        for placed in found
    )


def _answer(post: Post, placed: Placed, author: User, at: datetime) -> Answer | None:
    found = placed.finding
    if found.level == Level.INFO:
        return None
    answer, _made = Answer.objects.get_or_create(
        post=post,
        key=found.key,
        defaults={
            "code": found.code,
            "kind": Answer.Kind.CHECKED,
            "words": CHECKED,
            "about": found.words,
            "sentence": found.sentence,
            "by": author,
            "at": at,
        },
    )
    return answer
