"""What looks private and is not, made bare: the one form in which rules compare it."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from publishing.models import Allowance

Bare = Callable[[str], str]

_NOT_IN_A_NUMBER = re.compile(r"[\s.()/\-–]+")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
# Whoever lets one of these pass lets everybody's site pass.
_EVERYBODYS = re.compile(r"(?:co|or|ac|sch|web|my|biz|desa|mil|net|ponpes)\.id|blogspot\.com")
SHORTEST_PLACE = 3
FEWEST_DIGITS, MOST_DIGITS = 3, 15  # 112 is a number; E.164 ends at fifteen
SHORTEST_MOBILE = 9  # digits of a mobile number without its nought
ACCOUNT_DIGITS = range(6, 21)


def phone(said: str) -> str:
    """Digits from the first nought on: "+62 812-3456" is "08123456", "112" stays what it is."""
    number = _NOT_IN_A_NUMBER.sub("", said)
    if number.startswith(("+62", "62")) and len(number) > len("+62") + FEWEST_DIGITS:
        number = "0" + number.removeprefix("+").removeprefix("62").removeprefix("0")
    if number.startswith("8") and len(number) >= SHORTEST_MOBILE:
        number = f"0{number}"
    if not (number.isascii() and number.isdigit()):
        raise ValidationError(_("Isi satu nomor saja. Contoh: 0755 7583 100 atau 112."))
    if not FEWEST_DIGITS <= len(number) <= MOST_DIGITS:
        raise ValidationError(_("Nomor telepon memuat 3 sampai 15 angka. Periksa lagi."))
    return number


def email(said: str) -> str:
    address = said.removeprefix("mailto:").lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            _("Ini bukan alamat surel. Contoh: dinkes@solokselatankab.go.id.")
        ) from None
    return address


def account(said: str) -> str:
    digits = _NOT_IN_A_NUMBER.sub("", said)
    if not (digits.isascii() and digits.isdigit() and len(digits) in ACCOUNT_DIGITS):
        raise ValidationError(
            _("Isi nomor rekeningnya saja, 6 sampai 20 angka. Tulis nama bank di “Milik”.")
        )
    return digits


def domain(said: str) -> str:
    """The bare domain of what people paste: "https://www.bmkg.id/cuaca" is "bmkg.id"."""
    wrong = ValidationError(_("Ini bukan alamat situs. Contoh: contoh.or.id."))
    if "@" in said or " " in said:
        raise wrong
    try:
        host = urlsplit(said if "://" in said else f"https://{said}").hostname or ""
    except ValueError:
        raise wrong from None
    host = host.removeprefix("www.").rstrip(".")
    if not _DOMAIN.fullmatch(host):
        raise wrong
    if host == "go.id" or host.endswith(".go.id"):
        raise ValidationError(_("Situs .go.id selalu boleh. Tidak perlu dimasukkan ke sini."))
    if _EVERYBODYS.fullmatch(host):
        raise ValidationError(_("Ini berlaku untuk situs siapa saja. Tulis nama situs mitranya."))
    return host


def place(said: str) -> str:
    if sum(letter.isalpha() for letter in said) < SHORTEST_PLACE:
        raise ValidationError(_("Tulis nama tempat atau alamat kantor, paling sedikit tiga huruf."))
    return said


def figure(said: str) -> str:
    if not any(letter.isdigit() for letter in said):
        raise ValidationError(_("Tulis angkanya seperti dalam teks. Contoh: 47 nagari."))
    return said


BARE: Mapping[str, Bare] = {
    Allowance.Kind.PHONE: phone,
    Allowance.Kind.EMAIL: email,
    Allowance.Kind.ACCOUNT: account,
    Allowance.Kind.DOMAIN: domain,
    Allowance.Kind.PLACE: place,
    Allowance.Kind.FIGURE: figure,
}
