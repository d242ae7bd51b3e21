"""Numbers and addresses that belong to a person: NIK, NIP, telephone, e-mail, plate, account."""

import re
from calendar import monthrange
from collections.abc import Iterator

from guidelines.context import Context
from guidelines.finding import Hit, Level
from guidelines.normal import Text, View
from guidelines.rules.rule import Rule

# Provinces of the Ministry of Home Affairs' codes, with the ones of 2022.
_PROVINCES = re.compile(r"1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7]")
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")
_NPWP = re.compile(
    r"\bNPWP\b[^\d\n]{0,20}(\d{2}\.?\d{3}\.?\d{3}\.?\d[-.]?\d{3}\.?\d{3})(?!\d)", re.I
)
_NIP = re.compile(
    r"(?<!\d)(?:19[4-9]\d|20[01]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ .]?"
    r"(?:19[7-9]\d|20[0-4]\d)(?:0[1-9]|1[0-2]|21)[ .]?[12][ .]?\d{3}(?!\d)"
)
_PHONE = re.compile(r"(?<![\d/.,])(?:\+?62|0)[\s.\-()]{0,2}8[1-9]\d(?:[\s.\-]?\d){6,10}(?!\d)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+\-]{1,64}@(?P<domain>[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5})")
_AREAS = (
    "A AA AB AD AE AG B BA BB BD BE BG BH BK BL BM BN BP D DA DB DC DD DE DG DH DK DL DM DN DP DR "
    "DT DW E EA EB ED F G H K KB KH KT KU L M N P PA PB PG PS PT R S T W Z"
)
_PLATE = re.compile(
    rf"(?<![\w-])(?P<area>{_AREAS.replace(' ', '|')})[ \-]?(?P<n>\d{{1,4}})[ \-]?"
    r"(?P<tail>[A-Z]{1,3})(?![\w-])"
)
_NO_TAIL = re.compile(r"RI|KM|WI[BT]|WITA|HP|CC|KG|PP|SD|MM|CM|HA|KK|R[TW]|UU|PC|TV|[GM]B|[KM]")
_VEHICLE = re.compile(
    r"\b(?:mobil|motor|sepeda motor|truk|bus|minibus|pikap|angkot|ambulans|kendaraan|nopol|"
    r"nomor polisi|plat|pelat|pengendara|sopir|pengemudi|avanza|innova|xenia|vario|beat)\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:no(?:mor)?\.?\s{0,2})?(?:rek|rekening|"
    r"norek)\b[^\d\n]{0,40}(?P<number>\d(?:[ .\-]?\d){8,17})",
    re.IGNORECASE,
)
_HOLDER = re.compile(r"\b(?:a\.?\s?n\.?|atas nama)\s{0,3}:?\s{0,3}(?P<name>[^\n,;()]{3,60})", re.I)
_INSTITUTION = re.compile(
    r"\b(?:baznas|bazda|dinas|badan|kas|bendahara|pemda|pemkab|rsud|panitia|yayasan|masjid|musala|"
    r"gereja|lembaga|bank|koperasi|pmi|kecamatan|nagari|sekretariat|upz|lazis\w*|perumda|blud)\b",
    re.IGNORECASE,
)


def _digits(words: str) -> str:
    return re.sub(r"\D", "", words)


def _born(number: str) -> bool:
    """Whether digits 7 to 12 are a day of birth; 40 is added to a woman's day."""
    day, month, year = int(number[6:8]), int(number[8:10]), int(number[10:12])
    day -= 40 if day > 40 else 0
    if not 1 <= month <= 12:
        return False
    last = max(monthrange(1900 + year or 2000, month)[1], monthrange(2000 + year, month)[1])
    return 1 <= day <= last


def _is_population_number(number: str) -> bool:
    parts = (number[2:4], number[4:6], number[12:])
    known = (
        _PROVINCES.fullmatch(number[:2]) is not None
        and "00" not in parts[:2]
        and parts[2] != "0000"
    )
    return known and _born(number)


def population_number(text: Text, context: Context) -> Iterator[Hit]:
    """NIK, number of a family card, or the tax number that is the same: sixteen digits, a birthday
    among them."""
    for match in text.plain.find(_SIXTEEN):
        number = _digits(match[0])
        if _is_population_number(number):
            masked = f"{number[:8]}******{number[-2:]}"
            sentence = "Ada NIK atau nomor KK. Nomor ini tidak boleh dibuka kepada umum."
            advice = f"Hapus, atau samarkan: {masked}."
            yield Hit(Level.BLOCK, *text.plain.span(match), sentence, advice)
    for match in text.plain.find(_NPWP):
        sentence = "Ada nomor pajak (NPWP) seseorang atau lembaga."
        yield Hit(Level.WARN, *text.plain.span(match, 1), sentence, "Hapus bila milik perorangan.")


def staff_number(text: Text, context: Context) -> Iterator[Hit]:
    """NIP: eighteen digits with a birthday and a month of appointment."""
    for match in text.plain.find(_NIP):
        sentence = "NIP tidak perlu ditampilkan di media sosial."
        yield Hit(Level.WARN, *text.plain.span(match), sentence, "Cukup nama dan jabatannya.")


def telephone(text: Text, context: Context) -> Iterator[Hit]:
    """A mobile number that is not in the list of service numbers."""
    for match in text.plain.find(_PHONE):
        number = _digits(match[0])
        number = "0" + number[2:] if number.startswith("62") else number
        if 10 <= len(number) <= 13 and number not in context.phones:
            sentence = "Nomor ini tidak ada di daftar nomor layanan. Mungkin nomor pribadi."
            advice = "Pakai nomor layanan kantor, atau minta Humas menambahkannya ke daftar."
            yield Hit(Level.WARN, *text.plain.span(match), sentence, advice)


def mail(text: Text, context: Context) -> Iterator[Hit]:
    """An e-mail address outside *.go.id and *.desa.id that is not in the list."""
    for match in text.plain.find(_EMAIL):
        address, domain = match[0].lower(), match["domain"].lower()
        official = domain.endswith((".go.id", ".desa.id", ".sch.id", ".mil.id"))
        if not official and address not in context.emails:
            sentence = "Surel ini bukan surel dinas."
            advice = "Pakai surel berakhiran .go.id, atau minta Humas menambahkannya ke daftar."
            yield Hit(Level.WARN, *text.plain.span(match), sentence, advice)


def plate(text: Text, context: Context) -> Iterator[Hit]:
    """A vehicle's number: near a word for a vehicle, or in a shape that is read no other way."""
    for match in text.plain.find(_PLATE):
        if _NO_TAIL.fullmatch(match["tail"]):
            continue
        around = text.plain.words[max(0, match.start() - 80) : match.end() + 40]
        spaced = " " in match[0] and len(match["n"]) > 2 and len(match["tail"]) > 1
        if _VEHICLE.search(around) or (spaced and len(match["area"]) > 1):
            sentence = "Ada nomor polisi kendaraan, yang dapat menunjuk pemiliknya."
            advice = "Hapus atau samarkan, kecuali kendaraan dinas atau layanan."
            yield Hit(Level.WARN, *text.plain.span(match), sentence, advice)


def bank_account(text: Text, context: Context) -> Iterator[Hit]:
    """The number of a bank account; a private holder's is blocked."""
    for match in text.plain.find(_ACCOUNT):
        if _digits(match["number"]) in context.accounts:
            continue
        span = text.plain.span(match, "number")
        if _is_private(text.plain, match):
            sentence = "Rekening ini atas nama perorangan. Sumbangan harus lewat rekening lembaga."
            yield Hit(Level.BLOCK, *span, sentence, "Ganti dengan rekening resmi lembaga.")
        else:
            sentence = "Pastikan ini rekening resmi lembaga, dan sebutkan dasar pembukaannya."
            advice = "Minta Humas menambahkannya ke daftar rekening lembaga."
            yield Hit(Level.WARN, *span, sentence, advice)


def _is_private(view: View, match: re.Match[str]) -> bool:
    """Whether the words behind the number name a person as its holder."""
    holder = _HOLDER.search(view.words, match.end(), match.end() + 80)
    return holder is not None and not _INSTITUTION.search(holder["name"])


RULES = (
    Rule("PII-NIK", "NIK atau nomor KK", population_number),
    Rule("PII-NIP", "NIP pegawai", staff_number),
    Rule("PII-HP", "Nomor telepon pribadi", telephone, dated=True),
    Rule("PII-EMAIL", "Surel yang bukan surel dinas", mail, dated=True),
    Rule("PII-PLAT", "Nomor polisi kendaraan", plate),
    Rule("PII-REK", "Nomor rekening", bank_account, dated=True),
)
