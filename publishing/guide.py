"""Bantuan: which topics there are, what can be done about each, and whom it concerns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.policy import Action, may

_WRITERS = (Action.WRITE,)
_REVIEWERS = (Action.REVIEW,)
_WORK = _WRITERS + _REVIEWERS
_RULES = (Action.EDIT_RULES,)
_CHANNELS = (Action.SEE_CHANNELS,)
_PEOPLE = (Action.KEEP_PEOPLE, Action.PROPOSE_PEOPLE, Action.INVITE_AUTHORS)
_AGENCIES = (Action.KEEP_AGENCIES, Action.PROPOSE_AGENCIES)
_STOPPERS = (Action.PAUSE, Action.READ_ALL)


@dataclass(frozen=True)
class Topic:
    """One page. It concerns who may do one of `acts`; everybody, where there are none."""

    slug: str
    title: str | Promise
    about: str | Promise
    icon: str
    acts: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Task:
    """One thing to do and the page where it is done, for who may do one of `acts`."""

    topic: str
    label: str | Promise
    icon: str
    name: str  # of the address
    acts: tuple[Action, ...]
    query: str = ""
    first: bool = False  # stands on the first page of Bantuan

    @property
    def url(self) -> str:
        return reverse(self.name) + self.query


TOPICS: Mapping[str, Topic] = {
    topic.slug: topic
    for topic in (
        Topic(
            "review",
            _("Meninjau"),
            _("Antrean, perubahan, tiga keputusan, dan urungkan."),
            "outline/checklist",
            _REVIEWERS,
        ),
        Topic(
            "writing",
            _("Menulis unggahan"),
            _("Kanal, jenis, teks khusus, pratinjau, simpan otomatis, luring."),
            "outline/pencil",
            _WRITERS,
        ),
        Topic(
            "pictures",
            _("Gambar dan teks alternatif"),
            _("Ukuran, HEIC, titik fokus, izin pakai, dan izin wajah."),
            "outline/photo",
            _WRITERS,
        ),
        Topic(
            "sources",
            _("Sumber data dan bank fakta"),
            _("Dari mana angka dan klaim berasal, dan kapan sebuah fakta habis masanya."),
            "outline/file-certificate",
            _WRITERS,
        ),
        Topic(
            "schedule",
            _("Jadwal tayang"),
            _("Jam kosong, segera, darurat, batas waktu, dan peringatan."),
            "outline/calendar-clock",
            _WRITERS,
        ),
        Topic(
            "submitting",
            _("Pengajuan dan perbaikan"),
            _("Ajukan, tarik kembali, perbaiki, ralat, dan salin."),
            "outline/send",
            _WRITERS,
        ),
        Topic(
            "plan",
            _("Rencana dan impor CSV"),
            _("Target per pekan, dan banyak draf dari satu tabel."),
            "outline/table-import",
            _WRITERS,
        ),
        Topic(
            "share",
            _("Berbagi dari ponsel"),
            _("Dari galeri atau peramban ponsel langsung menjadi draf."),
            "outline/share",
            _WRITERS,
        ),
        Topic(
            "states",
            _("Status unggahan dan pengiriman"),
            _("Arti setiap status, dan apa yang perlu dilakukan."),
            "outline/list-check",
        ),
        Topic(
            "pause",
            _("Jeda pengiriman"),
            _("Menghentikan pengiriman dalam keadaan genting."),
            "outline/player-pause",
            _STOPPERS,
        ),
        Topic(
            "channels",
            _("Kanal dan sambungannya"),
            _("Arti setiap lampu, yang dilakukan bila putus, serah terima."),
            "outline/plug",
            _CHANNELS,
        ),
        Topic(
            "people",
            _("Pengguna dan OPD"),
            _("Undangan, peran, delegasi, dan perubahan menurut Perda."),
            "outline/users",
            _PEOPLE,
        ),
        Topic(
            "signing_in",
            _("Masuk dengan aman"),
            _("Faktor kedua, kode pemulihan, kunci sandi, dan sesi."),
            "outline/lock",
        ),
        Topic("notices", _("Pemberitahuan"), _("Lonceng, surel, jam tenang."), "outline/bell"),
        Topic(
            "rules",
            _("Aturan bahasa"),
            _("Daftar kata, pengecualian, masa khusus, hari libur, dan bangku uji."),
            "outline/vocabulary",
            _RULES,
        ),
        Topic(
            "training",
            _("Latihan"),
            _("Mencoba menulis dan meninjau tanpa ada yang tayang sungguhan."),
            "outline/school",
            _WORK,
        ),
        Topic(
            "keys",
            _("Pintasan papan ketik"),
            _("Untuk laptop dan komputer."),
            "outline/keyboard",
            _WORK,
        ),
    )
}
TASKS = (
    Task("review", _("Buka antrean"), "outline/checklist", "queue", _REVIEWERS, first=True),
    Task(
        "review",
        _("Lihat yang sedang diperbaiki"),
        "outline/message-2-exclamation",
        "queue",
        _REVIEWERS,
        "?status=returned",
    ),
    Task("writing", _("Tulis unggahan"), "outline/pencil", "write", _WRITERS, first=True),
    Task(
        "writing",
        _("Lanjutkan draf"),
        "outline/file-pencil",
        "posts",
        _WRITERS,
        "?status=draft",
        first=True,
    ),
    Task(
        "submitting",
        _("Perbaiki yang dikembalikan"),
        "outline/message-2-exclamation",
        "posts",
        _WRITERS,
        "?status=returned",
        first=True,
    ),
    Task("pictures", _("Buka Pustaka gambar"), "outline/photo", "library", _WRITERS, first=True),
    Task(
        "sources",
        _("Buka Bank fakta"),
        "outline/database",
        "facts",
        (Action.WRITE, Action.READ_ALL),
        first=True,
    ),
    Task(
        "submitting",
        _("Baca pedoman"),
        "outline/book",
        "guidebook",
        (Action.WRITE, Action.REVIEW),
        first=True,
    ),
    Task("writing", _("Atur tagar dan kalimat siap pakai"), "outline/settings", "desk", _WRITERS),
    Task("schedule", _("Atur jam tayang mingguan"), "outline/calendar-week", "desk", _WRITERS),
    Task("plan", _("Buka Rencana"), "outline/table", "plan", _WRITERS, first=True),
    Task("plan", _("Impor rencana dari CSV"), "outline/table-import", "plan_import", _WRITERS),
    Task(
        "states",
        _("Lihat yang perlu tindakan"),
        "outline/alert-triangle",
        "posts",
        (Action.SETTLE, Action.WRITE),
        "?status=attention",
        first=True,
    ),
    Task(
        "states",
        _("Baca unggahan semua OPD"),
        "outline/list-details",
        "posts",
        (Action.READ_ALL, Action.READ_SUBMITTED),
        first=True,
    ),
    Task(
        "pause", _("Buka jeda pengiriman"), "outline/player-pause", "pauses", _STOPPERS, first=True
    ),
    Task("training", _("Mulai atau akhiri latihan"), "outline/school", "training", _WORK),
    Task("channels", _("Lihat kanal"), "outline/plug", "channels", _CHANNELS, first=True),
    Task("channels", _("Hubungkan kanal"), "outline/link", "connect", (Action.CONNECT,)),
    Task("people", _("Lihat pengguna"), "outline/users", "people", _PEOPLE, first=True),
    Task("people", _("Lihat OPD"), "outline/building-community", "agencies", _AGENCIES),
    Task("rules", _("Buka Aturan bahasa"), "outline/vocabulary", "rules", _RULES, first=True),
    Task("rules", _("Uji sebuah teks"), "outline/test-pipe", "rules_bench", _RULES),
)
WELCOMES: Mapping[Role, str | Promise] = {
    Role.AUTHOR: _("Anda menulis unggahan OPD Anda. %(unit)s meninjaunya sebelum tayang."),
    Role.AGENCY_HEAD: _(
        "Anda bertanggung jawab atas unggahan OPD Anda: menulis, mengajukan, memperbaiki. "
        "%(unit)s meninjaunya sebelum tayang."
    ),
    Role.REVIEWER: _(
        "Anda meninjau unggahan semua OPD, dan memutuskan pengiriman yang tersangkut. "
        "Unggahan yang ikut Anda tulis diputuskan orang lain."
    ),
    Role.COORDINATOR: _(
        "Anda meninjau, memutuskan pengiriman yang tersangkut, dan mengakhiri jeda pengiriman."
    ),
    Role.ADMIN: _(
        "Anda mengurus OPD, pengguna, dan kanal. Isi unggahan bukan bagian dari peran Anda; "
        "dalam keadaan genting Anda dapat menjeda pengiriman."
    ),
    Role.AUDITOR: _("Anda membaca unggahan semua OPD beserta riwayatnya, tanpa mengubahnya."),
    Role.LEADER: _(
        "Peran Anda tidak menulis atau meninjau. Di sini Anda dapat membaca bagaimana sebuah "
        "unggahan sampai kepada warga."
    ),
}


def welcome(user: User, unit: str) -> str:
    """What this person is here to do, in a sentence or two; `unit` reviews."""
    return str(WELCOMES[Role(user.role)]) % {"unit": unit}


def topics(user: User) -> tuple[list[Topic], list[Topic]]:
    """Those that concern this person, and the others."""
    own = [topic for topic in TOPICS.values() if _concerns(topic.acts, user)]
    return own, [topic for topic in TOPICS.values() if topic not in own]


def first_tasks(user: User) -> list[Task]:
    """What this person does most, in the order of the work."""
    return [task for task in _open_to(user) if task.first]


def tasks_about(topic: Topic, user: User) -> list[Task]:
    """Where this person can do what the topic speaks of."""
    return [task for task in _open_to(user) if task.topic == topic.slug]


def _open_to(user: User) -> Iterable[Task]:
    return (task for task in TASKS if _concerns(task.acts, user))


def _concerns(acts: tuple[Action, ...], user: User) -> bool:
    return not acts or any(may(user, act) for act in acts)
