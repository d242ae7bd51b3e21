"""Words of the lexicon as forms: one to add, and a search among those that are there."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import search_field
from guidelines import lexicon
from guidelines.normal import Text
from publishing.forms.fields import WordsField

LONGEST = 100
ALLOWING = frozenset({"acronyms", "known_sites"})  # what stands on these lists marks nothing
# What agencies say every day. A word that would mark one of these deserves a second look.
ORDINARY = (
    "Posyandu balita buka Senin, 30 November 2026 pukul 08.00 WIB di Balai Nagari Koto Baru.",
    "Perekaman KTP-el melayani warga Kecamatan Sangir mulai besok, gratis, bawa kartu keluarga.",
    "Jalan Padang Aro–Lubuk Gadang ditutup sementara karena longsor, gunakan jalur lain.",
    "Air PDAM mati di tiga jorong sampai sore, petugas sedang memperbaiki pipa yang rusak.",
    "Bupati menyerahkan seragam sekolah kepada anak didik baru di SD Negeri 05 Sungai Pagu.",
    "Kasus demam berdarah naik; bersihkan bak mandi dan segera ke puskesmas bila anak demam.",
    "Dinas Pertanian membagikan bibit padi kepada kelompok tani dan memeriksa sapi serta anjing.",
    "Pasar murah hari Jumat menjual beras, minyak goreng, dan gula dengan harga terjangkau.",
    "Terima kasih kepada relawan, TNI, Polri, dan warga yang membantu korban banjir tadi malam.",
    "Pendaftaran beasiswa ditutup 15 Desember; informasi lengkap di kantor dan situs kami.",
)


class WordSearch(forms.Form):
    """A GET form; what cannot be understood narrows nothing."""

    q = search_field(_("Cari kata"), longest=LONGEST)

    @property
    def words(self) -> str:
        self.full_clean()
        return str(self.cleaned_data.get("q", "")).casefold()


class WordForm(forms.Form):
    """A word for the list `name`. `taken`: the entries that hold; `sure`: in spite of the
    ordinary sentence that the word would mark."""

    use_required_attribute = False

    word = WordsField(
        label=_("Kata atau frasa"),
        max_length=LONGEST,
        help_text=_("Akhiri dengan * untuk semua akhiran: “viral*” juga menemukan “viralkan”."),
        error_messages={
            "required": _("Tulis katanya."),
            "max_length": _("Paling panjang 100 huruf."),
        },
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, name: str, taken: Iterable[str] = (), **options: Any) -> None:
        self.marks = name not in ALLOWING
        self.takes_endings = self.marks and not lexicon.is_pairs(name)
        self.taken = {word.casefold() for word in taken}
        self.marked = ""  # the ordinary sentence that the word would mark
        super().__init__(*args, **options)
        if not self.marks:
            self.fields["word"].help_text = _("Yang ada di daftar ini tidak ditandai.")

    def clean_word(self) -> str:
        word = " ".join(unicodedata.normalize("NFKC", self.cleaned_data["word"]).split())
        stem = word.rstrip("*").strip()
        if sum(letter.isalnum() for letter in stem) < 2:
            raise forms.ValidationError(_("Terlalu pendek: tulis paling sedikit dua huruf."))
        if "*" in word and not self.takes_endings:
            raise forms.ValidationError(_("Daftar ini tidak mengenal bintang (*)."))
        if "*" in stem or word.endswith(("**", " *")):
            raise forms.ValidationError(_("Bintang (*) hanya satu, tepat di akhir kata."))
        if len(word) > LONGEST:
            raise forms.ValidationError(_("Paling panjang 100 huruf."))
        if word.casefold() in self.taken:
            raise forms.ValidationError(
                _("“%(word)s” sudah ada di daftar ini."), params={"word": word}
            )
        return word

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        word = cleaned.get("word")
        self.marked = would_mark(word) if word and self.marks else ""
        if self.marked and not cleaned.get("sure"):
            self.add_error(
                "word",
                forms.ValidationError(
                    _("Kata ini akan menandai kalimat biasa: “%(sentence)s” Tetap tambahkan?"),
                    params={"sentence": self.marked},
                ),
            )
        return cleaned

    @property
    def asks(self) -> bool:
        """Whether nothing is wrong but that somebody has to be sure."""
        return bool(self.marked) and bool(self.errors)


class PairForm(WordForm):
    """A word for a list of pairs, and what to write instead of it."""

    instead = WordsField(
        label=_("Tulis sebagai gantinya"),
        max_length=LONGEST,
        error_messages={
            "required": _("Tulis gantinya."),
            "max_length": _("Paling panjang 100 huruf."),
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["word"].help_text = _("Seperti orang biasa menulisnya, misalnya “silahkan”.")

    def clean_instead(self) -> str:
        instead = " ".join(self.cleaned_data["instead"].split())
        if instead.casefold() == self.cleaned_data.get("word", "").casefold():
            raise forms.ValidationError(_("Gantinya sama dengan katanya."))
        return instead


def form_for(name: str) -> type[WordForm]:
    """The form that adds to this list."""
    return PairForm if lexicon.is_pairs(name) else WordForm


def would_mark(word: str) -> str:
    """The first ordinary sentence in which a rule would find this word; "" when in none."""
    entry = frozenset({word})
    plain, stretched = lexicon.compiled(entry), lexicon.compiled(entry, stretched=True)
    for sentence in ORDINARY:
        read = Text(sentence)
        if read.plain.search(plain) or read.bare.search(stretched):
            return sentence
    return ""
