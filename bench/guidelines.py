"""What the guidelines cost: `python -m bench.guidelines`. No database, no network.

The whole check of a post of 2,200 characters, each rule by itself, and how each grows with the
text: time per character at 22,000 and 60,000 characters over that at 2,200, side by side in one
run. A rule that is worse than linear shows a ratio far above 1. Ends with 1 when the whole check
takes longer than the aim, or a rule grows by more than `STEEPER`.
"""

import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median
from time import perf_counter

from bench.ground import machine
from guidelines import Context, check
from guidelines.engine import run
from guidelines.rules import RULES
from guidelines.shipped import commemorations

AIM = 20.0  # milliseconds for 2,200 characters with all rules
SIZES = (2_200, 22_000, 60_000)
STEEPER = 3.0  # growth of the time per character that is more than noise
TIMES = {2_200: 60, 22_000: 8, 60_000: 4}
SHOWN = 15
DAY = date(2026, 11, 25)
POST = """Pelayanan Dukcapil Keliling hadir di Nagari Koto Baru, Rabu, 25 November 2026 🗓
Pukul 08.00-14.00 WIB di Balai Nagari Koto Baru, Kecamatan Sungai Pagu.

Yang dapat diurus: perekaman KTP elektronik, cetak KIA, akta kelahiran, dan pindah datang.
Bawa fotokopi kartu keluarga dan surat pengantar wali nagari. Semua layanan gratis.

“Kami ingin warga tidak perlu jauh ke Padang Aro,” kata Kepala Disdukcapil. Menurut laporan dinas,
1.323 warga sudah terlayani sejak Januari, naik 6,5 persen dari tahun lalu (sumber: LKjIP 2025).

Pertanyaan: (0755) 583001 atau disdukcapil@solselkab.go.id, informasi di
https://disdukcapil.solselkab.go.id/jadwal #SolokSelatan #Dukcapil
"""


def world() -> Context:
    """The ordinary day of the bench, with the shipped commemorations."""
    return Context(day=DAY, written=DAY, commemorations=commemorations(), agency="Disdukcapil")


def text_of(length: int) -> str:
    """An ordinary post, as often as it takes."""
    return (POST * (length // len(POST) + 1))[:length]


def milliseconds(work: Callable[[], object], times: int) -> float:
    """The median of `times` runs."""
    took = []
    for _ in range(times):
        began = perf_counter()
        work()
        took.append(perf_counter() - began)
    return 1000 * median(took)


def main() -> int:
    print(machine(), flush=True)
    context, texts = world(), {size: text_of(size) for size in SIZES}
    check(texts[SIZES[0]], context)  # patterns are compiled once
    whole = {
        size: milliseconds(partial(check, text, context), TIMES[size])
        for size, text in texts.items()
    }
    for size, took in whole.items():
        print(f"{len(RULES)} rules, {size:>6,} characters: {took:8.2f} ms")
    steep = _by_rule(texts, context)
    return 1 if whole[SIZES[0]] > AIM or steep else 0


def _by_rule(texts: dict[int, str], context: Context) -> list[str]:
    """Print the dearest rules; the codes of those that grow faster than the text."""
    rows = []
    for rule in RULES:
        took = {
            size: milliseconds(partial(run, (rule,), text, context), TIMES[size])
            for size, text in texts.items()
        }
        each = {size: took[size] / size for size in SIZES}
        rows.append((took[SIZES[0]], rule.code, [each[s] / each[SIZES[0]] for s in SIZES[1:]]))
    print(f"\n{'rule':24}{'ms':>8}   time per character over that of {SIZES[0]:,}")
    for alone, code, growth in sorted(rows, reverse=True)[:SHOWN]:
        print(f"{code:24}{alone:8.3f}   " + "  ".join(f"{ratio:5.2f}" for ratio in growth))
    steep = [code for alone, code, growth in rows if max(growth) > STEEPER and alone > 0.01]
    print(f"\nsteeper than {STEEPER}: {', '.join(steep) or 'none'}")
    return steep


if __name__ == "__main__":
    sys.exit(main())
