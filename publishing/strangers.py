"""Posts that appear on our channels and did not go out from here: the first sign of a hijack."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acts import Verb, record
from platforms import health
from platforms.adapters.base import Listed, Recent, RecentPosts, TryLater
from platforms.models import Channel, Health, Stranger
from platforms.vault import CannotOpen
from publishing.models import Delivery

logger = logging.getLogger(__name__)
Status = Delivery.Status

OVERLAP = timedelta(minutes=10)  # lists lag behind; what was seen is known by its number
TAKEN = timedelta(minutes=5)
AT_ONCE = 20
WORDS = 500  # characters that are kept of a stranger's text: enough to know it again
IN_DOUBT = (Status.SENDING, Status.UNCERTAIN, Status.MANUAL)  # may be on the wall without a number


def take_due() -> list[int]:
    """Channels whose walls to look at now; a fresh one begins with what comes from now on."""
    health.keep_rows()
    now = timezone.now()
    with transaction.atomic():
        usable = Health.objects.filter(channel__in=Channel.objects.connected().active())
        usable.filter(watch_at=None).update(watch_at=now + settings.WATCH_EVERY, watched_at=now)
        due = usable.filter(watch_at__lte=now).order_by("watch_at")
        locked = due.select_for_update(skip_locked=True, of=("self",))
        pks = list(locked.values_list("pk", flat=True)[:AT_ONCE])
        Health.objects.filter(pk__in=pks).update(watch_at=now + TAKEN)
    return pks


def watch(channel_id: int) -> list[Stranger]:
    """Look at one wall; posts that are nobody's here are kept, each once, and told."""
    row = Health.objects.select_related("channel__agency").filter(pk=channel_id).first()
    if row is None or row.watched_at is None:
        return []
    began = timezone.now()
    answer = _recent(row.channel, row)
    Health.objects.filter(pk=channel_id).update(watch_at=began + settings.WATCH_EVERY)
    if not isinstance(answer, Recent):
        return []
    new = [post for post in answer.posts if not _is_ours(row.channel, post)]
    found = [stranger for post in new if (stranger := _keep(row.channel, post))]
    Health.objects.filter(pk=channel_id).update(watched_at=began)
    return found


def _recent(channel: Channel, row: Health) -> RecentPosts:
    since = (row.watched_at or timezone.now()) - OVERLAP
    if channel.connected_at:  # what stood there before us is no news
        since = max(since, channel.connected_at)
    try:
        return channel.adapter.recent(channel.account(), since)
    except CannotOpen:
        return TryLater("", detail="sealed with a lost key")
    except Exception as error:  # the one blanket: an adapter that breaks its contract
        logger.exception("adapter %s broke its contract in recent", channel.adapter_key)
        return TryLater("", detail=repr(error))


def _is_ours(channel: Channel, post: Listed) -> bool:
    here = Delivery.objects.filter(channel=channel)
    if here.filter(remote_id=post.remote_id).exists():
        return True
    said = " ".join(post.text.split())
    doubtful = here.filter(status__in=IN_DOUBT).select_related("revision")
    return any(" ".join(_words(one).split()) == said for one in doubtful)


def _words(delivery: Delivery) -> str:
    return delivery.revision.payload(delivery.channel_id).text


@transaction.atomic
def _keep(channel: Channel, post: Listed) -> Stranger | None:
    """Keep it; None when it was seen before."""
    stranger, is_new = Stranger.objects.get_or_create(
        channel=channel,
        remote_id=post.remote_id,
        defaults={"text": post.text[:WORDS], "permalink": post.permalink, "at": post.at},
    )
    if not is_new:
        return None
    note = _("%(channel)s: unggahan %(number)s tidak dikirim dari OPD Hub")
    facts = {"channel": channel, "number": post.remote_id}
    record(Verb.STRANGER, by=None, agency=channel.agency, channel=channel.pk, note=note % facts)
    return stranger
