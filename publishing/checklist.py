"""What a reviewer looks at before deciding: the items, the answers to them, what is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from publishing.models import Revision

# {key of an item: "ok" | "bad"}, and {"all": True} when all was ticked at once
Answers: TypeAlias = Mapping[str, Any]
OK, BAD = "ok", "bad"
AT_ONCE: Answers = {"all": True}
MOST_NAMED = 3  # items that a sentence calls by name


@dataclass(frozen=True)
class Item:
    """One thing to look at. "Yes" to its question is what it ought to be."""

    key: str
    name: str | Promise
    question: str | Promise


@dataclass(frozen=True)
class Group:
    """Items of one origin."""

    name: str | Promise
    items: Sequence[Item]


# what the regency's first article on its social media forbids, by its own five names
FORBIDDEN = Group(
    _t("Lima larangan"),
    (
        Item("provocation", _t("Provokasi"), _t("apakah tulisannya tidak memancing amarah?")),
        Item(
            "division",
            _t("Memecah belah"),
            _t("apakah tidak mengadu suku, agama, golongan, atau daerah?"),
        ),
        Item(
            "judging", _t("Menghakimi"), _t("apakah tidak menyalahkan orang sebelum ada putusan?")
        ),
        Item("slander", _t("Fitnah"), _t("apakah tidak menuduh tanpa bukti?")),
        Item("hoax", _t("Hoaks"), _t("apakah tiap klaim punya sumber yang dapat dibuka?")),
    ),
)
# of government social media (government.md 2)
PRINCIPLES = Group(
    _t("Enam asas"),
    (
        Item("credible", _t("Kredibel"), _t("apakah angka, tanggal, tempat, dan kontak benar?")),
        Item(
            "integrity", _t("Integritas"), _t("apakah jujur dan tidak untuk kepentingan pribadi?")
        ),
        Item("professional", _t("Profesional"), _t("apakah santun, jelas, dan mudah dipahami?")),
        Item("responsive", _t("Responsif"), _t("apakah menjawab keperluan warga pada waktunya?")),
        Item("integrated", _t("Terintegrasi"), _t("apakah sejalan dengan keterangan OPD lain?")),
        Item("representative", _t("Keterwakilan"), _t("apakah ini suara instansi, bukan pribadi?")),
    ),
)
PICTURES = Group(
    _t("Gambar"),
    (
        Item(
            "children", _t("Wajah anak"), _t("apakah tidak tampak, atau orang tuanya mengizinkan?")
        ),
        Item(
            "people",
            _t("Pasien, korban, penerima bantuan"),
            _t("apakah tidak dapat dikenali, atau mengizinkan?"),
        ),
        Item(
            "papers",
            _t("Dokumen"),
            _t("apakah KTP, KK, surat, layar, dan pelat nomor tidak terbaca?"),
        ),
    ),
)
_ALL = [item for group in (FORBIDDEN, PRINCIPLES, PICTURES) for item in group.items]


@dataclass(frozen=True)
class Line:
    """An item with what is answered so far: "", "ok" or "bad"."""

    item: Item
    answer: str


@dataclass(frozen=True)
class Part:
    """A group as the form shows it."""

    name: str | Promise
    lines: list[Line]

    @property
    def names(self) -> str:
        return ", ".join(str(line.item.name).lower() for line in self.lines)

    @property
    def is_begun(self) -> bool:
        return any(line.answer for line in self.lines)


class Unchecked(Exception):
    """An approval whose checklist does not allow it: `items` stand in its way, first one first."""

    def __init__(self, message: str, items: list[Item]) -> None:
        self.items = items
        super().__init__(message % {"items": _listed(items)})


def for_revision(revision: Revision) -> list[Group]:
    """What is to be looked at in this submission."""
    shows_pictures = any(entry["pictures"] for entry in revision.content["channels"])
    return [FORBIDDEN, PRINCIPLES, *([PICTURES] if shows_pictures else [])]


def filled(revision: Revision, answers: Answers) -> list[Part]:
    """The form, with what is answered so far."""
    return [
        Part(group.name, [Line(item, answers.get(item.key, "")) for item in group.items])
        for group in for_revision(revision)
    ]


def read(sent: Mapping[str, str]) -> dict[str, Any]:
    """The answers in what a form sent; whatever else it sent is dropped."""
    said = {item.key: sent.get(f"check-{item.key}") for item in _ALL}
    answers: dict[str, Any] = {key: word for key, word in said.items() if word in (OK, BAD)}
    return {**answers, **(AT_ONCE if sent.get("checked") == "all" else {})}


def missing(revision: Revision, answers: Answers) -> list[Item]:
    """What nobody looked at yet."""
    return [] if answers.get("all") else [i for i in _items(revision) if i.key not in answers]


def marked(answers: Answers) -> list[Item]:
    """What was found wanting."""
    return [item for item in _ALL if answers.get(item.key) == BAD]


def kept(revision: Revision, answers: Answers) -> dict[str, Any]:
    """`answers` as a decision keeps them: to the items of this revision only."""
    keys = {"all", *(item.key for item in _items(revision))}
    return {key: answer for key, answer in answers.items() if key in keys}


def require_clear(revision: Revision, answers: Answers) -> None:
    """Raise Unchecked unless everything was looked at and nothing found wanting."""
    if wrong := marked(kept(revision, answers)):
        raise Unchecked(_("Anda menandai %(items)s. Minta perbaikan, atau ubah penilaian."), wrong)
    if left := missing(revision, answers):
        raise Unchecked(
            _("Belum diperiksa: %(items)s. Periksa, atau centang “Semua sudah saya periksa”."),
            left,
        )


def of_marked(answers: Answers) -> str:
    """What was found wanting, in words: names and questions of the items."""
    said = [f"{item.name} – {item.question}" for item in marked(answers)]
    return _("Yang ditandai: %(items)s") % {"items": " ".join(said)} if said else ""


def told(answers: Answers) -> str:
    """A kept checklist in words: how it was gone through, and what was found wanting."""
    singly = len([key for key in answers if key != "all"])
    if answers.get("all"):
        way = (
            _("Diperiksa sekaligus, %(n)s hal tersendiri.") if singly else _("Diperiksa sekaligus.")
        )
    else:
        way = _("Diperiksa satu per satu: %(n)s hal.") if singly else ""
    return f"{way % {'n': singly}} {of_marked(answers)}".strip()


def _items(revision: Revision) -> list[Item]:
    return [item for group in for_revision(revision) for item in group.items]


def _listed(items: Sequence[Item]) -> str:
    """Their names as people list them: "Provokasi, Fitnah, Hoaks, dan 8 hal lain"."""
    names = [str(item.name) for item in items[:MOST_NAMED]]
    if more := len(items) - len(names):
        names.append(_("%(n)s hal lain") % {"n": more})
    if len(names) < 3:
        return _(" dan ").join(names)
    return _("%(first)s, dan %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
