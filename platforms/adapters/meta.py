"""What Meta's errors mean, as one table: Facebook and Instagram answer with the same codes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import requests

from platforms.adapters.base import Fault, Refused, TryLater, Unknown
from platforms.adapters.trouble import (
    AGAIN,
    Patience,
    Sign,
    Trouble,
    as_json,
    detail,
    limited,
    unclear,
)
from platforms.adapters.usage import regained

HOUR, DAY = timedelta(hours=1), timedelta(hours=24)


class Kind(StrEnum):
    """What an error asks of us. Only `doubt` may hide a public post."""

    LATER = "later"  # surely nothing was made; ask again
    LIMITED = "limited"  # the channel rests
    CONTENT = "content"  # the author acts
    CHANNEL = "channel"  # whoever looks after the connection acts
    DOUBT = "doubt"
    DUPLICATE = "duplicate"
    GONE = "gone"  # what the request named does not exist
    STALE = "stale"  # a remote piece is spoilt or too old: make it again
    NOT_READY = "not ready"


@dataclass(frozen=True)
class Rule:
    kind: Kind
    reason: str
    subcodes: tuple[int, ...] = ()
    codes: tuple[int, ...] = ()
    within: int = 0  # the subcodes are small numbers that mean this with one code only
    wait: timedelta | None = None
    tries: int = 0  # then it becomes a refusal:
    then: str = ""
    fault: Fault = Fault.CHANNEL
    same: int = 0  # so many of the tries may use the same container

    @property
    def name(self) -> str:
        """Its name among the strikes."""
        return str((*self.subcodes, *self.codes, self.kind)[0])


_CHECKPOINT = "Meta meminta konfirmasi pemilik akun. Buka aplikasinya dan ikuti petunjuknya."
_TOKEN = "Token Meta tidak berlaku lagi. Minta pengelola kanal menyambungkan ulang."
_RIGHTS = "Kanal ini tidak berizin mengunggah. Minta pengelola kanal memeriksa izin Meta."
_CONTENT = "Meta menolak isi ini. Periksa teks, tautan, dan gambarnya."
_MISSING = "Bagian yang disiapkan di Meta sudah tidak ada. Akan dibuat lagi."
_FETCH = "Meta belum dapat mengambil gambar dari server ini. Akan dicoba lagi."
_CLOSED = "Meta tidak dapat mengambil gambar dari server ini. Minta administrator memeriksanya."
_BUSY = "Meta sedang bermasalah."
_RESTRICTED = "Meta membatasi kanal ini. Periksa akunnya di Meta; unggahan menunggu sehari."

# In the order of platforms.md 4; tests/platforms/test_meta_table.py walks it row by row.
RULES = (
    Rule(Kind.DOUBT, _BUSY, codes=(1, 2)),
    Rule(
        Kind.LIMITED,
        f"Kuota Meta untuk kanal ini sedang habis. {AGAIN}",
        codes=(4, 17, 32, 341, 613, *range(80000, 80015)),
    ),
    Rule(Kind.LIMITED, _RESTRICTED, (2207051, 1390008), (368,), wait=DAY),
    Rule(Kind.LIMITED, f"Kuota unggahan harian kanal ini habis. {AGAIN}", (2207042,), wait=DAY),
    Rule(
        Kind.DUPLICATE,
        "Meta sudah menerima isi yang sama. Ubah kata-katanya.",
        (1404082, 1455006, 1366051),
        (506,),
    ),
    Rule(Kind.CHANNEL, _CHECKPOINT, (4854002, 2207050)),
    Rule(Kind.CHANNEL, _CHECKPOINT, (459, 464), within=190),
    Rule(Kind.CHANNEL, _TOKEN, codes=(102, 190)),
    Rule(Kind.CHANNEL, _RIGHTS, (1404078,), (3, 10, *range(200, 300))),
    Rule(Kind.CONTENT, _CONTENT, (2061006, 1349125, 1404102, 1346003, 1609008), (100,)),
    Rule(Kind.GONE, _MISSING, (33,), within=100, tries=1, then=_RIGHTS),
    Rule(Kind.GONE, _MISSING, codes=(803,), tries=1, then=_RIGHTS),
    Rule(
        Kind.LATER,
        "Facebook belum dapat membaca tautannya. Akan dicoba sekali lagi.",
        (1609005,),
        tries=1,
        then="Facebook tidak dapat membaca tautan ini. Periksa atau hapus tautannya.",
        fault=Fault.CONTENT,
    ),
    Rule(Kind.DOUBT, _BUSY, (1363047, 1609010)),
    Rule(
        Kind.CONTENT,
        "Meta menolak ukuran atau format gambarnya. Ganti gambarnya.",
        (1366046, 2069019, 2207026, 2207004, 2207005, 2207009, 2207023, 2207037, 2207057),
        (352, 36000, 36001, 36003),
    ),
    Rule(Kind.CONTENT, "Instagram menolak keterangannya. Perpendek teksnya.", (2207010,), (36004,)),
    Rule(
        Kind.CONTENT,
        "Instagram menolak jumlah gambar atau tandanya. Kurangi, lalu kirim lagi.",
        (2207028, 2207040, 2207035, 2207036),
    ),
    Rule(Kind.STALE, _FETCH, (2207052, 2207003), (9004,), tries=3, then=_CLOSED),
    Rule(Kind.STALE, _MISSING, (2207020,), tries=3, then=_CONTENT, fault=Fault.CONTENT),
    Rule(Kind.DOUBT, _BUSY, (2207001, 2207032, 2207053)),
    Rule(Kind.STALE, _MISSING, (2207006,), tries=1, then=_TOKEN),
    # Documented as temporary: the same container twice within two minutes, then a new one.
    Rule(
        Kind.STALE,
        "Instagram belum menemukan bagian yang sudah disiapkan. Akan dicoba lagi.",
        (2207008,),
        tries=5,
        then=_RIGHTS,
        wait=timedelta(seconds=30),
        same=2,
    ),
    Rule(
        Kind.NOT_READY,
        "Instagram masih menyiapkan gambarnya.",
        (2207027,),
        (9007,),
        wait=timedelta(seconds=5),
    ),
)
_SUBCODES = {subcode: rule for rule in RULES for subcode in rule.subcodes}
_CODES = {code: rule for rule in RULES for code in rule.codes}
_TOO_MUCH = Rule(Kind.CONTENT, "Terlalu banyak foto atau teks untuk sekali unggah. Kurangi.")
_UNHEARD = Rule(
    Kind.DOUBT, "Meta menolak dengan alasan baru.", tries=5, then=_CONTENT, fault=Fault.CONTENT
)
_SPOILT = Rule(Kind.STALE, _MISSING, tries=3, then=_CONTENT, fault=Fault.CONTENT)
_SIGNS = {
    Kind.DUPLICATE: Sign.DUPLICATE,
    Kind.GONE: Sign.GONE,
    Kind.STALE: Sign.STALE,
    Kind.NOT_READY: Sign.NOT_READY,
}


def judged(answer: requests.Response, label: str, secrets: Iterable[str]) -> Trouble:
    """The trouble that an answer stands for; never called for a good one."""
    line = detail(answer, secrets)
    body = as_json(answer)
    error = body.get("error") if isinstance(body, dict) else None
    rule = _rule(error, answer.status_code) if isinstance(error, dict) else None
    if rule:
        return _trouble(rule, line, label, answer.headers)
    if answer.status_code == 429:
        return limited(label, regained(answer.headers) or HOUR, line)
    return unclear(label, line)


def of_container(status: str) -> Trouble:
    """The trouble that a container's ERROR stands for; its text holds nothing but a subcode."""
    found = re.search(r"\b\d{7}\b", status)
    rule = _SUBCODES.get(int(found[0])) if found else None
    return _trouble(rule or _SPOILT, f"container: {status[:200]}", "Instagram", {})


def _rule(error: Mapping[str, Any], status: int) -> Rule | None:
    """Subcode, then code, then `is_transient`; None leaves it to the status."""
    code, subcode = _int(error.get("code")), _int(error.get("error_subcode"))
    if code == 1 and "reduce the amount of data" in str(error.get("message", "")):
        return _TOO_MUCH  # Meta calls this one "unknown", yet it is about the content
    rule = _SUBCODES.get(subcode)
    if rule is None or rule.within not in (0, code):
        rule = _CODES.get(code)
    if rule or error.get("is_transient") or not 400 <= status < 500:
        return rule
    return None if status == 429 else _UNHEARD


def _trouble(rule: Rule, line: str, label: str, headers: Mapping[str, str]) -> Trouble:
    sign, patience = _SIGNS.get(rule.kind, Sign.PLAIN), None
    if rule.then:
        patience = Patience(rule.name, rule.tries, Refused(rule.then, rule.fault), rule.same)
    match rule.kind:
        case Kind.LIMITED:
            rest = rule.wait or regained(headers) or HOUR
            return limited(label, rest, line, reason=rule.reason)
        case Kind.CONTENT | Kind.DUPLICATE:
            return Trouble(Refused(rule.reason, Fault.CONTENT, line), sign)
        case Kind.CHANNEL:
            return Trouble(Refused(rule.reason, Fault.CHANNEL, line), sign)
        case Kind.DOUBT:
            return Trouble(Unknown(rule.reason, line), sign, patience)
        case Kind.LATER | Kind.STALE | Kind.GONE | Kind.NOT_READY:
            return Trouble(TryLater(rule.reason, rule.wait, detail=line), sign, patience)


def _int(number: Any) -> int:
    try:
        return int(number)
    except (TypeError, ValueError):
        return 0
