"""A regency by SQL, for pages to be measured in: `python -m bench.regency FIRST LAST`.

Post n is fourteen minutes older than post n - 1, a hundred a day. What is still open (drafts, the
queue, what comes next, what went wrong) lies in the first thousand, as in life: growth is history.
With FIRST = 1 it also makes what posts stand on. Every tenth post is of the first agency.
"""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402 - settings first

from accounts.models import Role  # noqa: E402
from bench import archive  # noqa: E402
from bench.archive import AGENCIES, FACTS  # noqa: E402
from bench.rows import insert, run  # noqa: E402

AUTHORS = 3  # of each agency
DOCUMENTS = 20
# what pages make themselves is numbered from here
OWN_NUMBERS = """
SELECT setval(pg_get_serial_sequence(name, 'id'), 10000000)
FROM unnest(ARRAY['publishing_post', 'publishing_media']) name
"""
PLATFORMS = ("instagram", "facebook", "x")


def people() -> None:
    """Agencies with their authors and channels; who reviews, leads, audits and runs it all."""
    run("SELECT setval(pg_get_serial_sequence('accounts_agency', 'id'), 100)")
    insert(
        "accounts.Agency",
        f"FROM generate_series(1, {AGENCIES}) n",
        id="n",
        code="'A' || n",
        name="'Dinas Contoh ' || n",
        short_name="'Dinas ' || n",
    )
    for role in Role:
        own = role in (Role.AUTHOR, Role.AGENCY_HEAD)
        many = AUTHORS if role == Role.AUTHOR else 1
        insert(
            "accounts.User",
            f"FROM generate_series(1, {many if own else 3}) k"
            + (" CROSS JOIN accounts_agency a" if own else ""),
            email=f"'{role}-' || k" + (" || '-' || a.id" if own else "") + " || '@contoh.test'",
            name=f"'{role.label} ' || k",
            role=f"'{role}'",
            agency_id="a.id" if own else "NULL",
        )
    for number, platform in enumerate(PLATFORMS):
        insert(
            "platforms.Channel",
            "FROM accounts_agency a",
            agency_id="a.id",
            platform=f"'{platform}'",
            adapter_key=f"'{platform}'",
            remote_id=f"{number + 1}00000 + a.id",
            handle="'contoh_' || a.id",
            name="a.name",
            sealed="'sealed'",  # pages ask only whether there is something
        )
    insert("publishing.Lane", "FROM platforms_channel c", channel_id="c.id")
    beat = {"kind": "'scheduler'", "name": "'mesin:1'", "seen_at": "now() + interval '1 day'"}
    insert("publishing.Heartbeat", "", **beat)


def desks() -> None:
    """What agencies write with: programmes, weekly hours, plan, documents, facts."""
    insert("publishing.Programme", "FROM generate_series(1, 12) n", name="'Program ' || n")
    hours = '\'[[0, "08:00"], [2, "12:00"], [4, "16:00"]]\'::jsonb'
    insert(
        "publishing.Desk",
        "FROM accounts_agency a",
        agency_id="a.id",
        tags="'#SolokSelatan'",
        closing="'Hubungi kami di loket.'",
        snippets='\'[{"title": "Jam layanan", "text": "Senin sampai Jumat"}]\'::jsonb',
        slots=f"(SELECT jsonb_object_agg(c.id, {hours}) FROM platforms_channel c"
        " WHERE c.agency_id = a.id)",
        plan='\'{"service": 3, "programme": 2, "education": 1}\'::jsonb',
    )
    author = (
        "FROM accounts_agency a CROSS JOIN generate_series(1, {many}) n JOIN LATERAL (SELECT id"
        " FROM accounts_user WHERE agency_id = a.id ORDER BY id LIMIT 1) w ON true"
    )
    insert(
        "publishing.Document",
        author.format(many=DOCUMENTS),
        agency_id="a.id",
        uploaded_by_id="w.id",
        name="'Surat ' || n",
        sha256="encode(sha256((a.id || '-' || n)::bytea), 'hex')",
        path="'documents/' || n",
        size="1000",
    )
    insert(
        "publishing.Fact",
        author.format(many=FACTS),
        agency_id="a.id",
        name="'Balita diimunisasi, nagari ' || n",
        figure="(1000 + n)::text",
        unit="'balita'",
        as_of="current_date - n",
        document="'Laporan bulanan'",
        owner="'Bidang P2P'",
        expires="current_date + n - 12",
        added_by_id="w.id",
        updated_at="now()",
    )


def main(first: int, last: int) -> None:
    with transaction.atomic():
        if first > 1:
            # the first thousand were checked: a foreign key's check costs more than its row
            run("SET LOCAL session_replication_role = replica")
        if first == 1:
            people()
            desks()
            run(OWN_NUMBERS)
        archive.write(first, last)
    run("VACUUM ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
