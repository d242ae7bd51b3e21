"""A clarification is whole: the claim, a verdict, the fact, a reference, a date."""

import re
from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text
from guidelines.rules.dates import dates_in
from guidelines.rules.rule import POSTS, Rule

_I = re.IGNORECASE
_CLAIM = re.compile(
    r"[\"“”]|\b(?:klaim|beredar|narasi|isu|kabar|pesan berantai|unggahan yang menyebut|"
    r"informasi)\b",
    _I,
)
_LABEL = re.compile(
    r"\[(?:salah|hoaks|keliru|menyesatkan|belum terbukti|benar|di luar konteks)\]|"
    r"\b(?:SALAH|HOAKS|KELIRU|MENYESATKAN|BELUM TERBUKTI|DI LUAR KONTEKS)\b|"
    r"\b(?:tidak benar|menyesatkan|hoaks|keliru|belum terbukti|di luar konteks|"
    r"adalah salah|adalah benar)\b",
    _I,
)
_FACT = re.compile(r"\b(?:fakta(?:nya)?|yang benar|sebenarnya|penjelasan|keadaan sebenarnya)\b", _I)
_REFERENCE = re.compile(
    r"\b(?:rujukan|sumber|referensi|berdasarkan|sesuai|menurut|surat|keterangan resmi|"
    r"rilis|https?://)",
    _I,
)


def whole(text: Text, context: Context) -> Iterator[Hit]:
    """Of kind klarifikasi: what is missing, from its answers and from the text."""
    if context.kind != "clarification":
        return
    said, told = context.answers, text.plain.search
    parts = {
        "kabar yang beredar": said.get("statement", "").strip() or told(_CLAIM),
        "penilaian (salah, menyesatkan, benar)": said.get("label", "").strip() or told(_LABEL),
        "faktanya": said.get("fact", "").strip() or told(_FACT),
        "rujukan": said.get("reference", "").strip() or context.sources or told(_REFERENCE),
        "tanggal": _is_dated(text, context),
    }
    missing = [name for name, there in parts.items() if not there]
    if missing:
        sentence = f"Klarifikasi belum lengkap: {', '.join(missing)}."
        advice = "Lengkapi, agar warga tahu mana yang benar dan siapa yang menyatakannya."
        yield Hit(Level.BLOCK, 0, 0, sentence, advice)


def _is_dated(text: Text, context: Context) -> bool:
    """Whether a day is named: in the text, in the reference, or by its sources."""
    if any(True for _ in dates_in(text, context)) or any(s.dated for s in context.sources):
        return True
    reference = Text(context.answers.get("reference", ""))
    return any(True for _ in dates_in(reference, context)) or bool(
        re.search(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", reference.original)
    )


RULES = (Rule("KLARIFIKASI-LENGKAP", "Klarifikasi yang belum lengkap", whole, POSTS),)
