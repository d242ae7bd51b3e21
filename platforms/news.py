"""Letters about channels: to the admins, and to the heads of the agency whose channel it is."""

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import letters
from accounts.models import Role, User
from platforms.models import Incident

AT_ONCE = 20


def tell() -> int:
    """One letter for each incident that is new or grew worse since the last; how many went out.

    A letter that no mail server takes is tried again at the next turn.
    """
    news = Incident.objects.filter(closed_at=None).filter(
        Q(told_at=None) | Q(told_at__lt=F("changed_at"))
    )
    found = news.select_related("channel__agency").order_by("changed_at")[:AT_ONCE]
    return sum(_tell(incident) for incident in found)


def _tell(incident: Incident) -> bool:
    now, channel = timezone.now(), incident.channel
    context = {
        "incident": incident,
        "channel": channel,
        "address": settings.PUBLIC_URL + reverse("channel", args=[channel.pk]),
    }
    words = render_to_string("platforms/letters/incident.txt", context)
    subject = _("OPD Hub: %(channel)s %(what)s") % {
        "channel": channel,
        "what": incident.get_kind_display().lower(),
    }
    to = list(_who(incident).values_list("email", flat=True))
    if not letters.send(subject, words, to):
        return False
    Incident.objects.filter(pk=incident.pk).update(told_at=now)
    return True


def _who(incident: Incident) -> QuerySet[User]:
    heads = Q(role=Role.AGENCY_HEAD, agency=incident.channel.agency_id)
    return User.objects.filter(Q(role=Role.ADMIN) | heads, is_active=True)
