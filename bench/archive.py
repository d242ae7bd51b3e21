"""Posts by the thousand and all that hangs on them: pictures, submissions, deliveries, history."""

from accounts.models import Role
from bench.rows import insert, run
from platforms import registry

FACTS = 60  # of each agency
AGENCIES = 40
OPEN = (
    *("draft", "draft", "submitted", "submitted", "returned", "expired"),
    *("waiting", "waiting", "trouble", *["published"] * 11),
)
TROUBLES = ("failed", "held", "missed", "uncertain")
KINDS = ("announcement", "service", "event", "programme", "greeting", "campaign")
WORDS = (
    "format(E'%s pekan ke-%s di Balai Nagari %s.\\n\\nBawa buku KIA dan datang bersama keluarga."
    " Petugas melayani pukul 08.00 sampai 11.00 WIB, tanpa biaya.\\n\\n#SolokSelatan #Layanan%s',"
    " (ARRAY['Imunisasi', 'Posyandu', 'Perekaman KTP', 'Pasar murah', 'Uji kir', 'Bazar'])"
    "[1 + mod(n, 6)], n, mod(n, 47), n)"
)
STORY = f"""
CREATE TEMP TABLE story AS
SELECT n, a.id AS agency, w.id AS author, s.state, {WORDS} AS words,
    now() - n * interval '14 minutes' AS at,
    CASE WHEN s.state IN ('waiting', 'trouble', 'published') THEN 'approved' ELSE s.state END
        AS status,
    CASE WHEN s.state IN ('submitted', 'waiting') THEN now() + n * interval '10 minutes'
         WHEN s.state <> 'draft' THEN now() - n * interval '14 minutes' END AS publish_at,
    CASE WHEN s.state = 'draft' THEN 0
         WHEN mod(n, 3) = 0 AND s.state IN ('submitted', 'published') THEN 2 ELSE 1 END AS rounds
FROM generate_series({{first}}, {{last}}) n
CROSS JOIN LATERAL (SELECT CASE WHEN n <= 1000 THEN (ARRAY{list(OPEN)})[1 + mod(n / 10, 20)]
    ELSE CASE mod(n, 41) WHEN 0 THEN 'rejected' WHEN 1 THEN 'cancelled' WHEN 2 THEN 'draft'
         ELSE 'published' END END AS state) s
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM accounts_agency) a
    ON a.place = CASE WHEN mod(n, 10) = 0 THEN 0 ELSE 1 + mod(n, {AGENCIES - 1}) END
JOIN (SELECT agency_id, min(id) AS id FROM accounts_user WHERE role = 'author' GROUP BY 1) w
    ON w.agency_id = a.id
"""
CONTENT = """
jsonb_build_object('no_claims', false,
    'sources', '[{"document": "Jadwal layanan", "number": "400.7", "date": "2026-11-21",
        "url": "https://contoh.test/jadwal"}]'::jsonb,
    'channels', (SELECT jsonb_agg(jsonb_build_object('channel', c.id, 'platform', c.platform,
        'account', c.remote_id, 'handle', c.handle, 'text', left(s.words, 270) || ' (' || k || ')',
        'pictures', CASE WHEN mod(n, 2) = 0 THEN jsonb_build_array(jsonb_build_object(
            'sha256', n::text, 'alt', 'Petugas melayani warga di loket', 'width', 1080,
            'height', 1350, 'size', 200000, 'media', n / 2)) ELSE '[]'::jsonb END) ORDER BY c.id)
        FROM platforms_channel c WHERE c.agency_id = s.agency))
"""


def write(first: int, last: int) -> None:
    """Posts `first` to `last`, the newest is 1; inside a transaction of the caller's."""
    run(STORY.format(first=first, last=last))
    pictures()
    drafts()
    submissions()
    deliveries()
    events()


def pictures() -> None:
    """One for each second post, with every rendition that an upload makes."""
    shown = "FROM story s WHERE mod(n, 2) = 0"
    insert(
        "publishing.Media",
        shown,
        id="n / 2",
        agency_id="agency",
        uploaded_by_id="author",
        uploaded_at="at",
        name="'loket-' || n || '.jpg'",
        upload_sha256="encode(sha256(n::text::bytea), 'hex')",
        path="'media/' || n",
        width="1080",
        height="1350",
        alt="'Petugas melayani warga di loket'",
        licence="'own'",
        faces="'none'",
    )
    for use in (*dict(registry.platforms()), "thumb"):
        insert(
            "publishing.Rendition",
            shown,
            media_id="n / 2",
            use=f"'{use}'",
            sha256=f"encode(sha256(('{use}' || n)::bytea), 'hex')",
            path="'media/' || n",
            width="1080",
            height="1350",
            size="200000",
        )


def drafts() -> None:
    """The posts themselves, with their channels, pictures and sources."""
    insert(
        "publishing.Post",
        "FROM story s ORDER BY n DESC",
        id="n",
        agency_id="agency",
        author_id="author",
        saved_by_id="author",
        status="status",
        version="3",
        text="words",
        own_words="CASE WHEN mod(n, 5) = 0 THEN left(words, 200) ELSE '' END",
        publish_at="publish_at",
        kind=f"(ARRAY{list(KINDS)})[1 + mod(n, {len(KINDS)})]",
        pillar="'service'",
        programme_id="(SELECT min(id) FROM publishing_programme) + mod(n, 12)",
        created_at="at - interval '5 hours'",
        updated_at="at",
        submitted_at="CASE WHEN state <> 'draft' THEN at - interval '4 hours' END",
        corrects_id="CASE WHEN mod(n, 100) = 10 AND n + 10 <= (SELECT max(n) FROM story)"
        " THEN n + 10 END",
    )
    run("INSERT INTO publishing_post_writers (post_id, user_id) SELECT n, author FROM story")
    insert(
        "publishing.Variant",
        "FROM story s JOIN platforms_channel c ON c.agency_id = s.agency ORDER BY n DESC, c.id",
        post_id="n",
        channel_id="c.id",
        text="CASE WHEN c.platform = 'x' AND mod(n, 5) = 0 THEN left(words, 200) ELSE '' END",
        words_key="encode(sha256(convert_to(words, 'UTF8')), 'hex')",
    )
    insert(
        "publishing.Attachment",
        "FROM story s WHERE mod(n, 2) = 0",
        post_id="n",
        media_id="n / 2",
        position="0",
        alt="'Petugas melayani warga di loket'",
    )
    insert(
        "publishing.Source",
        "FROM story s",
        post_id="n",
        document="'Jadwal layanan'",
        number="'400.7'",
        url="'https://contoh.test/jadwal'",
    )
    run(
        "INSERT INTO publishing_post_facts (post_id, fact_id) SELECT n, (SELECT min(id)"
        f" FROM publishing_fact WHERE agency_id = agency) + mod(n, {FACTS})"
        " FROM story WHERE mod(n, 7) = 0"
    )


def submissions() -> None:
    """Every submission with its review; the earlier of two was sent back."""
    insert(
        "publishing.Revision",
        "FROM story s CROSS JOIN generate_series(1, s.rounds) k ORDER BY n DESC, k",
        post_id="n",
        number="k",
        content=CONTENT,
        sha256="encode(sha256((n || '-' || k)::bytea), 'hex')",
        publish_at="publish_at",
        note="'Mohon diperiksa jamnya.'",
        submitted_by_id="author",
        submitted_at="at - interval '4 hours'",
    )
    run(
        "CREATE TEMP TABLE handed AS SELECT s.*, r.id AS revision, r.number = s.rounds AS newest"
        " FROM story s JOIN publishing_revision r ON r.post_id = s.n"
    )
    run(
        "INSERT INTO publishing_revision_pictures (revision_id, media_id)"
        " SELECT revision, n / 2 FROM handed WHERE mod(n, 2) = 0"
    )
    decided = (
        "CASE WHEN NOT newest THEN 'returned' WHEN state = 'submitted' THEN '' ELSE status END"
    )
    insert(
        "publishing.Review",
        "FROM handed h",
        revision_id="revision",
        opened_at="at - interval '4 hours'",
        decision=decided,
        note=f"CASE WHEN {decided} = 'returned' THEN 'Sebutkan jam mulainya.' ELSE '' END",
        decided_by_id=f"CASE WHEN {decided} <> '' THEN {_one_of(Role.REVIEWER)} END",
        decided_at=f"CASE WHEN {decided} <> '' THEN at - interval '2 hours' END",
    )


def deliveries() -> None:
    """Three of each approved post; of those in trouble, the one on X is."""
    troubled = "state = 'trouble' AND c.platform = 'x'"
    status = (
        f"CASE WHEN state = 'waiting' THEN 'waiting' WHEN {troubled}"
        f" THEN (ARRAY{list(TROUBLES)})[1 + mod(n / 200, {len(TROUBLES)})] ELSE 'published' END"
    )
    insert(
        "publishing.Delivery",
        "FROM handed h JOIN platforms_channel c ON c.agency_id = h.agency"
        " WHERE newest AND status = 'approved' ORDER BY n DESC, c.id",
        post_id="n",
        revision_id="revision",
        channel_id="c.id",
        status=status,
        hold=f"CASE WHEN {status} = 'held' THEN 'pause' ELSE '' END",
        not_before="publish_at",
        deadline="publish_at + interval '1 hour'",
        next_at="CASE WHEN state = 'waiting' THEN publish_at END",
        remote_id=f"CASE WHEN {status} = 'published' THEN n || '-' || c.id ELSE '' END",
        permalink=f"CASE WHEN {status} = 'published' THEN 'https://contoh.test/' || n ELSE '' END",
        published_at=f"CASE WHEN {status} = 'published' THEN at END",
        reason=f"CASE WHEN {troubled} THEN 'Platform menolak gambarnya.' ELSE '' END",
        created_at="at - interval '2 hours'",
    )
    sent = "FROM publishing_delivery d JOIN handed h ON h.revision = d.revision_id"
    insert(
        "publishing.Attempt",
        f"{sent} WHERE d.status <> 'waiting'",
        delivery_id="d.id",
        fence="1",
        revision_sha256="''",
        started_at="at",
        ended_at="at",
        outcome="'published'",
    )
    insert(
        "publishing.Event",
        f"{sent} WHERE d.status = 'published'",
        post_id="n",
        revision_id="revision",
        delivery_id="d.id",
        verb="'published'",
        note="d.permalink",
        at="at",
    )


def events() -> None:
    """Begun by its author, handed in, approved."""
    insert(
        "publishing.Event",
        "FROM story s",
        post_id="n",
        actor_id="author",
        verb="'create'",
        at="at - interval '5 hours'",
    )
    for verb, actor, hours, where in (
        ("submit", "author", 4, "true"),
        ("approve", _one_of(Role.REVIEWER), 2, "newest AND status = 'approved'"),
    ):
        insert(
            "publishing.Event",
            f"FROM handed h WHERE {where}",
            post_id="n",
            revision_id="revision",
            actor_id=actor,
            verb=f"'{verb}'",
            at=f"at - interval '{hours} hours'",
        )


def _one_of(role: Role) -> str:
    return f"(SELECT min(id) FROM accounts_user WHERE role = '{role}')"
