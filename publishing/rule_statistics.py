"""How each rule fares: how often it spoke up, was heeded, was overruled; and who may be silenced.

A rule that people overrule more often than not teaches them to click warnings away; it is
proposed for retirement, and a person decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from accounts.models import User
from guidelines.rules import BY_CODE
from guidelines.rules.rule import Rule
from publishing import rulebook
from publishing.models import Answer, Finding, RetiredRule, Revision

COUNTED = timedelta(days=90)
ENOUGH = 10  # times, before a share says anything
_STAGES = (Finding.Stage.REFUSED, Finding.Stage.SUBMIT)
_OVERRULING = (Answer.Kind.MISTAKEN, Answer.Kind.WAIVED)
# what keeps people safe, and the office within the law
_GUARDED = ("PII-", "MENGANCAM-WARGA", "SARA", "TUDUHAN-NAMA", "PEMILU", "TAUTAN-JUDOL")


class NotSilenced(Exception):
    """A rule that guards people and is never switched off; the message is for a colleague."""


@dataclass(frozen=True)
class Fate:
    """A rule's last ninety days, in findings: the same words in the same post count once."""

    rule: Rule
    stood: int  # when somebody wanted to hand in
    mended: int  # held a submission up, and was gone from a later one
    checked: int  # looked into and right: the rule asked a good question
    overridden: int  # "salah tangkap", or let pass by a reviewer, and handed in all the same
    retired: RetiredRule | None

    @property
    def share(self) -> int:
        """Overridden, in whole percent of what stood."""
        return round(100 * self.overridden / self.stood) if self.stood else 0

    @property
    def is_proposed(self) -> bool:
        """Whether most people overruled it, often enough to mean something."""
        mostly = self.overridden * 2 > self.stood >= ENOUGH
        return mostly and self.retired is None and self.may_retire

    @property
    def may_retire(self) -> bool:
        return may_retire(self.rule.code)


def may_retire(code: str) -> bool:
    """Whether Humas may switch this rule off: not what guards personal data and citizens."""
    return code in BY_CODE and not code.startswith(_GUARDED)


def fates() -> list[Fate]:
    """Every rule there is, the most often overruled first, then the busiest; two queries."""
    retired = {row.code: row for row in RetiredRule.objects.select_related("by")}
    counts: dict[str, Mapping[str, int]] = {
        row["code"]: row for row in _counted(timezone.now() - COUNTED)
    }
    found = [_fate(rule, counts.get(rule.code, {}), retired) for rule in BY_CODE.values()]
    return sorted(found, key=_rank)


def _rank(fate: Fate) -> tuple[bool, int, int, str]:
    return not fate.is_proposed, -fate.overridden, -fate.stood, fate.rule.code


def proposed(found: Iterable[Fate]) -> list[Fate]:
    return [one for one in found if one.is_proposed]


@transaction.atomic
def retire(code: str, reason: str, by: User) -> None:
    """Switch a rule off. Raises NotSilenced."""
    if not may_retire(code):
        raise NotSilenced(code)
    defaults = {"reason": reason, "by": by, "at": timezone.now()}
    RetiredRule.objects.update_or_create(code=code, defaults=defaults)
    rulebook.changed()


@transaction.atomic
def restore(code: str) -> None:
    """Switch a rule on again."""
    if RetiredRule.objects.filter(code=code).delete()[0]:
        rulebook.changed()


def _fate(rule: Rule, counts: Mapping[str, int], retired: dict[str, RetiredRule]) -> Fate:
    names = ("stood", "mended", "checked", "overridden")
    stood, mended, checked, overridden = (counts.get(name, 0) for name in names)
    return Fate(rule, stood, mended, checked, overridden, retired.get(rule.code))


def _counted(since: datetime) -> QuerySet[Finding, Any]:
    recent = Finding.objects.filter(at__gte=since, stage__in=_STAGES, post__is_training=False)
    one = Concat(Cast("post", CharField()), Value(" "), "key")
    handed_in = Q(stage=Finding.Stage.SUBMIT)
    checked = handed_in & Q(answer__kind=Answer.Kind.CHECKED)
    overruled = handed_in & Q(answer__kind__in=_OVERRULING)
    mended = Q(Exists(_later_without()), stage=Finding.Stage.REFUSED)
    return (
        recent.order_by()
        .values("code")
        .annotate(
            stood=Count(one, distinct=True),
            mended=Count(one, distinct=True, filter=mended),
            checked=Count(one, distinct=True, filter=checked),
            overridden=Count(one, distinct=True, filter=overruled),
        )
    )


def _later_without() -> QuerySet[Revision]:
    """Submissions of the same post after the finding, in which its words no longer stood."""
    again = Finding.objects.filter(
        revision=OuterRef("pk"), stage=Finding.Stage.SUBMIT, key=OuterRef(OuterRef("key"))
    )
    later = Revision.objects.filter(post=OuterRef("post"), submitted_at__gte=OuterRef("at"))
    return later.filter(~Exists(again))
