"""What each kind of post asks of its author: questions, a skeleton, a pillar, a review track.

Review clocks are those of product.md 3. Questions marked required stand between a draft and its
submission; the answers are part of what is reviewed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing import spans
from publishing.models import Kind, Pillar


@dataclass(frozen=True)
class Question:
    """One thing that a kind asks. `choices` empty: answered in words."""

    key: str
    label: str | Promise
    example: str | Promise = ""
    choices: Sequence[tuple[str, str | Promise]] = ()
    required: bool = True


@dataclass(frozen=True)
class Track:
    """How soon a kind is to be reviewed, and by how many (product.md 3)."""

    clock: timedelta
    around_the_clock: bool = False  # else the clock runs in working hours only
    approvers: int = 1
    trusted_approvers: int = 1  # of an agency that the coordinator marked as trusted

    @property
    def spoken(self) -> str:
        """Its clock in words: "2 jam kerja", "15 menit, siang dan malam"."""
        if self.around_the_clock:
            return str(_("%(span)s, siang dan malam") % {"span": self.length})
        return self.counted(self.length)

    @property
    def length(self) -> str:
        """How long its clock is: "1 hari", "2 jam", "15 menit"."""
        days = self.clock.days
        return str(_("%(n)s hari") % {"n": days}) if days else spans.rough(self.clock)

    def counted(self, said: str) -> str:
        """A span in words with what its clock counts: "2 jam kerja"; of a danger as it is."""
        return said if self.around_the_clock else str(_("%(span)s kerja") % {"span": said})


ORDINARY = Track(timedelta(hours=4))
SERVICE = Track(timedelta(hours=2))
CAMPAIGN = Track(timedelta(days=1))
SENSITIVE = Track(timedelta(hours=4), approvers=2, trusted_approvers=2)
ANSWER = Track(timedelta(hours=4), approvers=2)
EMERGENCY = Track(timedelta(minutes=15), around_the_clock=True, approvers=2, trusted_approvers=2)


@dataclass(frozen=True)
class Pattern:
    """Everything that follows from a kind."""

    hint: str | Promise
    pillar: Pillar
    track: Track = ORDINARY
    questions: Sequence[Question] = ()
    skeleton: str | Promise = ""  # {key} stands for an answer
    needs_end: bool = False  # valid until must be given
    needs_programme: bool = False
    needs_wrong_post: bool = False


LABELS = (
    ("hoax", _("Hoaks")),
    ("wrong", _("Keliru")),
    ("misleading", _("Menyesatkan")),
    ("out_of_context", _("Di luar konteks")),
    ("true", _("Benar")),
)

_WHERE = Question("where", _("Di mana"), _("Balai Nagari Koto Baru"))
_REFERENCE = Question("reference", _("Rujukan resmi"), _("Siaran pers Dinas Kesehatan, 24/11/2026"))

PATTERNS: Mapping[Kind, Pattern] = {
    Kind.ANNOUNCEMENT: Pattern(
        _("Kabar resmi untuk warga."),
        Pillar.SERVICE,
        SERVICE,
        skeleton=_("Pengumuman: …\n\nBerlaku mulai …\nUntuk siapa: …\n\nInformasi lebih lanjut: …"),
    ),
    Kind.SERVICE: Pattern(
        _("Cara memperoleh layanan."),
        Pillar.SERVICE,
        SERVICE,
        (
            Question("service", _("Layanan apa"), _("Perekaman KTP elektronik")),
            _WHERE,
            Question("when", _("Kapan"), _("Senin–Jumat, 08.00–15.00 WIB")),
            Question("contact", _("Narahubung"), _("Loket Dukcapil"), required=False),
        ),
        _("{service}\n\n🗓 {when}\n📍 {where}\n☎ {contact}\n\nSyarat: …\nBiaya: gratis"),
    ),
    Kind.DISRUPTION: Pattern(
        _("Layanan terganggu atau berhenti sementara."),
        Pillar.SERVICE,
        SERVICE,
        (
            Question("service", _("Layanan yang terganggu"), _("Air bersih")),
            _WHERE,
            Question("since", _("Sejak kapan"), _("Rabu, 25 November 2026, 06.00 WIB")),
            Question("until", _("Perkiraan pulih"), _("Sore ini, 17.00 WIB")),
        ),
        _(
            "Gangguan {service} di {where}\n\nSejak: {since}\nPerkiraan pulih: {until}\n\n"
            "Penyebab: …\nYang dapat dilakukan warga: …"
        ),
    ),
    Kind.EVENT: Pattern(
        _("Kegiatan yang akan atau sudah berlangsung."),
        Pillar.PROGRAMME,
        ORDINARY,
        (
            Question("what", _("Apa"), _("Posyandu balita")),
            Question("who", _("Siapa"), _("Balita 0–59 bulan dan orang tuanya")),
            _WHERE,
            Question("when", _("Kapan"), _("Sabtu, 28 November 2026, 08.00–11.00 WIB")),
        ),
        _("{what}\n\nUntuk: {who}\n🗓 {when}\n📍 {where}\n\n…"),
    ),
    Kind.PROGRAMME: Pattern(
        _("Program kabupaten dan hasilnya."),
        Pillar.PROGRAMME,
        ORDINARY,
        (Question("result", _("Sasaran atau hasil"), _("1.323 UMKM naik kelas")),),
        _("{result}\n\nSiapa yang dapat ikut: …\nCara ikut: …"),
        needs_programme=True,
    ),
    Kind.GREETING: Pattern(
        _("Hari besar, selamat, dukacita."),
        Pillar.VALUES,
        ORDINARY,
        (Question("occasion", _("Peristiwa"), _("Hari Guru Nasional, 25 November")),),
        _("Selamat {occasion}.\n\n…"),
    ),
    Kind.CAMPAIGN: Pattern(
        _("Ajakan yang berjalan beberapa waktu."),
        Pillar.EDUCATION,
        CAMPAIGN,
        (Question("call", _("Ajakannya"), _("Saring sebelum sharing")),),
        _("{call}\n\nMengapa penting: …\nYang dapat Anda lakukan: …"),
    ),
    Kind.CLARIFICATION: Pattern(
        _("Menjawab kabar yang beredar, dengan rujukan."),
        Pillar.CLARIFICATION,
        SENSITIVE,
        (
            Question("statement", _("Kabar yang beredar"), _("“Vaksin berbayar mulai Senin”")),
            Question("label", _("Penilaian"), choices=LABELS),
            Question("fact", _("Faktanya"), _("Vaksinasi di puskesmas tetap gratis")),
            _REFERENCE,
        ),
        _("[{label}] {statement}\n\nFakta: {fact}\n\nRujukan: {reference}"),
    ),
    Kind.CORRECTION: Pattern(
        _("Membetulkan unggahan kita yang keliru."),
        Pillar.CLARIFICATION,
        SERVICE,
        (
            Question("wrong", _("Yang keliru"), _("“Sabtu, 27 November”")),
            Question("right", _("Yang benar"), _("Sabtu, 28 November")),
        ),
        _("Ralat: {wrong} seharusnya {right}.\n\n…"),
        needs_wrong_post=True,
    ),
    Kind.REPLY: Pattern(
        _("Jawaban terbuka atas pertanyaan warga."),
        Pillar.SERVICE,
        ANSWER,
        (Question("question", _("Pertanyaan warga"), _("Kapan jalan Sungai Kunyit diperbaiki?")),),
        _("Ada yang bertanya: {question}\n\nJawaban kami: …"),
    ),
    Kind.EMERGENCY: Pattern(
        _("Bahaya bagi warga. Ditinjau siang dan malam."),
        Pillar.SERVICE,
        EMERGENCY,
        (
            _REFERENCE,
            Question("time", _("Waktu keterangan"), _("25 November 2026 pukul 14.10 WIB")),
        ),
        _(
            "PERINGATAN: …\n\nKeterangan per {time} ({reference}).\n\n"
            "Yang terjadi: …\nDi mana: …\nYang harus dilakukan: …"
        ),
        needs_end=True,
    ),
}


def of(kind: str) -> Pattern:
    """The pattern of a kind, by its key."""
    return PATTERNS[Kind(kind)]


def known(details: Mapping[str, str]) -> dict[str, str]:
    """Those of `details` that answer a question of some kind, whichever it is."""
    keys = {question.key for pattern in PATTERNS.values() for question in pattern.questions}
    return {key: answer for key, answer in details.items() if key in keys}


def asked(kind: str, details: Mapping[str, str]) -> dict[str, str]:
    """An answer for every question of `kind`, "" where there is none, and for no other."""
    return {q.key: details.get(q.key, "") for q in of(kind).questions}


def skeleton(kind: str, details: Mapping[str, str]) -> str:
    """The kind's skeleton with the answers filled in; what is unanswered stays "…"."""
    pattern = of(kind)
    answers = {q.key: spoken(q, details.get(q.key, "")) or "…" for q in pattern.questions}
    return str(pattern.skeleton).format(**answers)


def spoken(question: Question, answer: str) -> str:
    """An answer as people read it: the label of a choice, or the words."""
    return next((str(label) for key, label in question.choices if key == answer), answer)


def answers(kind: str, details: Mapping[str, str]) -> list[tuple[str, str]]:
    """(label, words) of everything that was answered, in the order of the questions."""
    asked = of(kind).questions
    return [
        (str(q.label), spoken(q, details[q.key])) for q in asked if details.get(q.key, "").strip()
    ]
