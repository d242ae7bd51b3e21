"""The last look before a call: does what was approved still keep the guidelines today?

An approval checks the words for the day they go out, under the rulebook of that hour. Only where
the day or the rulebook has changed since are they checked again; what nobody let pass is held.
"""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import rulebook
from publishing.fitness import CHANGING, Occasion, Placed, blocking, of_content, row
from publishing.models import Answer, Delivery, Finding

NEVER_CHECKED = 0  # approved before there were guidelines: a person read it, that must do


def certificate(day: date, edition: int) -> dict[str, Any]:
    """Fields of a delivery whose words were found fit to go out on that day, in WIB, by a rulebook
    no older than `edition`: ask for it before the words are checked."""
    return {"fit_edition": edition, "fit_on": day}


def trouble(delivery: Delivery) -> str:
    """Why a reviewer has to look at its words again before they go out; "" when they may."""
    today = timezone.localdate(max(delivery.not_before, timezone.now()))
    checked, edition = (delivery.fit_edition, delivery.fit_on), rulebook.current().edition
    if delivery.fit_edition == NEVER_CHECKED or checked == (edition, today):
        return ""
    standing = unwaived(delivery)
    if not standing:
        delivery.fit_edition, delivery.fit_on = edition, today
        Delivery.objects.filter(pk=delivery.pk).update(**certificate(today, edition))
        return ""
    _keep(delivery, standing)
    sentence = _("Pedoman berubah sejak disetujui. %(first)s Minta peninjau melihatnya lagi.")
    return sentence % {"first": standing[0].finding.sentence}


def unwaived(delivery: Delivery) -> list[Placed]:
    """What blocks the words of this channel as of now, without what a reviewer let pass."""
    post, revision = delivery.post, delivery.revision
    content = revision.content | {"channels": [revision.entry(delivery.channel_id)]}
    occasion = Occasion.of(post, revision, delivery.not_before)
    found = blocking(of_content(content, occasion, CHANGING))
    answers = Answer.objects.last_of(post) if found else {}
    waived = {key for key, answer in answers.items() if answer.kind == Answer.Kind.WAIVED}
    return [placed for placed in found if placed.finding.key not in waived]


def _keep(delivery: Delivery, standing: list[Placed]) -> None:
    Finding.objects.bulk_create(
        row(
            placed,
            Finding.Stage.SEND,
            post_id=delivery.post_id,
            revision_id=delivery.revision_id,
        )
        for placed in standing
    )
