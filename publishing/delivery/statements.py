"""What runs for every post, in SQL: to ring, to claim, to intend, to record a plain success.

Each is one round trip (two where a connection meets it first) that decides and writes at once:
outside a transaction, what is sent together is one transaction of its own. The ORM says the same in
five times the time, and with sixteen threads in one interpreter that time is what limits a worker
(bench/publish.py).
"""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

# Lanes of one platform are claimed one after the other, so that its limit of calls in flight is
# never overrun: a statement's snapshot is taken when it begins, the count comes after the lock.
CLAIM = """
SET LOCAL enable_seqscan TO off;
SELECT pg_advisory_xact_lock(hashtext('publishing.lane'), hashtext(platform))
FROM platforms_channel WHERE id = %(channel)s;
UPDATE publishing_lane SET fence = fence + 1, lease_owner = %(owner)s,
    lease_until = %(lease_until)s, turn_at = %(now)s
WHERE channel_id = %(channel)s
  AND (lease_until IS NULL OR lease_until < %(now)s)
  AND (held_until IS NULL OR held_until <= %(now)s)
  AND (
    SELECT count(*) FROM publishing_lane other
    JOIN platforms_channel c ON c.id = other.channel_id
    JOIN platforms_channel mine ON mine.id = %(channel)s
      AND mine.platform = c.platform AND mine.is_training = c.is_training
    WHERE other.lease_until >= %(now)s AND other.channel_id <> %(channel)s
  ) < %(most)s
RETURNING fence, EXISTS (
    SELECT 1 FROM publishing_delivery WHERE channel_id = %(channel)s AND status = 'sending'
)
"""

# Who is called next: one lane of each agency, then its second, and so on; within that, who waited
# longest since its last turn; and never more than a platform may have at work (the sandbox of
# trainings is one of its own). A lost one is rung again, so it need not wait for the disk.
RING = """
SET LOCAL synchronous_commit TO off;
WITH busy AS (
    SELECT c.platform, c.is_training, count(*) AS n
    FROM publishing_lane l JOIN platforms_channel c ON c.id = l.channel_id
    WHERE l.lease_until >= %(now)s OR l.rung_at BETWEEN %(again)s AND %(soon)s
    GROUP BY c.platform, c.is_training
), free AS (
    SELECT l.channel_id, l.turn_at, c.platform, c.is_training, c.agency_id
    FROM publishing_lane l JOIN platforms_channel c ON c.id = l.channel_id
    WHERE (l.lease_until IS NULL OR l.lease_until < %(now)s)
      AND (l.held_until IS NULL OR l.held_until <= %(now)s)
      AND (l.rung_at IS NULL OR l.rung_at NOT BETWEEN %(again)s AND %(soon)s)
      AND (
        EXISTS (
            SELECT 1 FROM publishing_delivery d
            WHERE d.channel_id = l.channel_id AND d.status IN ('waiting', 'uncertain')
              AND d.next_at <= %(now)s
              AND NOT EXISTS (  -- a head that waits keeps its place for a while
                SELECT 1 FROM publishing_delivery h
                WHERE h.channel_id = d.channel_id AND h.status IN ('waiting', 'uncertain')
                  AND h.next_at > %(now)s AND h.not_before <= %(now)s
                  AND coalesce(h.waits_since, h.not_before) > %(place_until)s
                  AND (h.not_before, h.id) < (d.not_before, d.id)
              )
        ) OR EXISTS (
            SELECT 1 FROM publishing_delivery d
            WHERE d.channel_id = l.channel_id AND d.status = 'sending'
        )
      )
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY agency_id ORDER BY turn_at NULLS FIRST, channel_id)
        AS rank
    FROM free
), placed AS (
    SELECT channel_id, platform, is_training,
        row_number() OVER (ORDER BY rank, turn_at NULLS FIRST, channel_id) AS place,
        row_number() OVER (
            PARTITION BY platform, is_training ORDER BY rank, turn_at NULLS FIRST, channel_id
        ) AS nth
    FROM ranked
), chosen AS (
    SELECT channel_id, place FROM placed LEFT JOIN busy USING (platform, is_training)
    WHERE nth <= %(most)s - coalesce(busy.n, 0)
), locked AS (
    SELECT l.channel_id, chosen.place
    FROM publishing_lane l JOIN chosen ON chosen.channel_id = l.channel_id
    WHERE (l.lease_until IS NULL OR l.lease_until < %(now)s)
      AND (l.rung_at IS NULL OR l.rung_at NOT BETWEEN %(again)s AND %(soon)s)
    ORDER BY l.channel_id
    FOR UPDATE OF l SKIP LOCKED
), rung AS (
    UPDATE publishing_lane l SET rung_at = %(now)s FROM locked
    WHERE l.channel_id = locked.channel_id
    RETURNING l.channel_id, locked.place
)
SELECT channel_id FROM rung ORDER BY place
"""

# Everything that a call needs to be allowed, asked and granted at once. The pauses' lock comes
# first (pause.py), then the statement that reads them: whatever pause committed before is seen.
# It waits for nobody for long: its hour, and a pause that wants to begin, would be overrun.
INTEND = """
SET LOCAL lock_timeout TO '2s';
SET LOCAL enable_seqscan TO off;
SELECT pg_advisory_xact_lock_shared(%(pauses)s);
WITH clock AS (
    SELECT abs(extract(epoch FROM clock_timestamp() - %(now)s)) <= %(tolerated)s AS is_true
), lane AS (
    UPDATE publishing_lane SET lease_until = %(lease_until)s
    WHERE channel_id = %(channel)s AND fence = %(fence)s AND lease_until > %(now)s
    RETURNING channel_id
), begun AS (
    UPDATE publishing_delivery d
    SET status = 'sending', version = d.version + 1, tries = d.tries + 1,
        begun_at = coalesce(d.begun_at, %(now)s)
    FROM lane, clock
    WHERE d.id = %(delivery)s AND d.channel_id = lane.channel_id AND clock.is_true
      AND d.status = 'waiting' AND d.revision_id = %(revision)s
      AND d.not_before <= %(now)s AND d.deadline > %(now)s
      AND EXISTS (SELECT 1 FROM publishing_post p WHERE p.id = d.post_id AND p.status = 'approved')
      AND EXISTS (
        SELECT 1 FROM platforms_channel c
        WHERE c.id = d.channel_id AND c.is_active AND c.sealed <> '' AND c.refused_at IS NULL
          AND c.remote_id = %(account)s
          AND NOT EXISTS (
            SELECT 1 FROM publishing_pause s
            WHERE s.ended_at IS NULL AND (
                s.scope = 'all'
                OR s.scope = 'platform' AND s.platform = c.platform
                OR s.scope = 'agency' AND s.agency_id = c.agency_id
                OR s.scope = 'channel' AND s.channel_id = c.id
            )
          )
      )
    RETURNING d.id
), attempt AS (
    INSERT INTO publishing_attempt
        (delivery_id, fence, revision_sha256, started_at, outcome, detail)
    SELECT id, %(fence)s, %(sha256)s, %(now)s, '', '' FROM begun
    RETURNING id
)
SELECT (SELECT id FROM attempt), (SELECT count(*) FROM lane), (SELECT is_true FROM clock)
"""

# It need not wait for the disk: if a power cut loses it, the intent is still there, and the
# delivery becomes a doubt that a look settles. An intent always waits.
PUBLISHED = """
SET LOCAL synchronous_commit TO off;
SET LOCAL enable_seqscan TO off;
WITH lane AS (
    SELECT channel_id FROM publishing_lane
    WHERE channel_id = %(channel)s AND fence = %(fence)s FOR UPDATE
), put AS (
    UPDATE publishing_delivery d
    SET status = 'published', version = d.version + 1, hold = '', reason = '', next_at = NULL,
        absent_at = NULL, remote_id = %(remote_id)s, permalink = %(permalink)s,
        published_at = %(now)s, read_back_at = %(read_back_at)s
    FROM lane WHERE d.id = %(delivery)s AND d.status = 'sending'
    RETURNING d.id, d.post_id, d.revision_id
), closed AS (
    UPDATE publishing_attempt a
    SET ended_at = %(now)s, outcome = 'published', detail = %(remote_id)s
    FROM put WHERE a.id = %(attempt)s AND a.ended_at IS NULL
), told AS (
    INSERT INTO publishing_event (post_id, revision_id, delivery_id, verb, note, at)
    SELECT post_id, revision_id, id, 'published', %(permalink)s, %(now)s FROM put
)
SELECT count(*) FROM put
"""


# What a name in the statements above stands for.
TYPES = {
    **dict.fromkeys(("now", "again", "soon", "place_until"), "timestamptz"),
    **dict.fromkeys(("lease_until", "read_back_at"), "timestamptz"),
    **dict.fromkeys(("channel", "delivery", "revision", "attempt", "fence", "most"), "bigint"),
    "tolerated": "float8",
    **dict.fromkeys(("owner", "sha256", "account", "remote_id", "permalink"), "text"),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # what each connection has prepared


@dataclass(frozen=True)
class Planned:
    """A statement as a connection keeps it prepared: parsing and planning it anew took longer than
    running it. What stands before its last part is short, and sent as it is.
    """

    name: str
    prepare: str
    execute: str


@cache
def planned(statement: str) -> Planned:
    """Cut `statement` into what is said first and what is prepared under a name of its own."""
    first, _, last = statement.rpartition(";\n")
    names = list(dict.fromkeys(PLACEHOLDER.findall(last)))
    name = f"delivery_{sha256(last.encode()).hexdigest()[:16]}"
    numbered = PLACEHOLDER.sub(lambda found: f"${names.index(found[1]) + 1}", last)
    types = ", ".join(TYPES[each] for each in names)
    given = ", ".join(f"%({each})s" for each in names)
    return Planned(
        name,
        prepare=f"PREPARE {name} ({types}) AS {numbered}",
        execute=f"{first};\nEXECUTE {name} ({given})" if first else f"EXECUTE {name} ({given})",
    )


def rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run one of the statements above, and give what its last part returns."""
    plan = planned(statement)
    with connection.cursor() as cursor:
        known = _known.setdefault(connection.connection, set())
        if plan.name not in known:
            cursor.execute(plan.prepare)
            known.add(plan.name)
        cursor.execute(plan.execute, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
