"""What Instagram shows of a post, whichever adapter sends it: an approved post fits both."""

import re

from platforms.adapters.base import Adapter, Fault, Payload, Refused
from platforms.adapters.limits import shared_problems
from platforms.adapters.trouble import Trouble

NAME = "Instagram"
HASHTAGS, MENTIONS = 30, 20
NARROWEST, WIDEST = 0.8, 1.91  # width to height: 4:5 to 1.91:1
SMALLEST = 320  # pixels wide


class InstagramContent(Adapter):
    """The limits, and the problems in the same words."""

    platform = "instagram"
    text_limit = 2200
    picture_limit = 10
    picture_needed = True
    fold = 125

    def weigh(self, text: str) -> int:
        return len(text)

    def problems(self, payload: Payload) -> list[str]:
        return [
            *shared_problems(self, payload, bytes_limit=8 * 1024**2, name=NAME),
            *_too_many(payload.text, "#", "tagar", HASHTAGS),
            *_too_many(payload.text, "@", "sebutan akun", MENTIONS),
            *_shapes(payload),
        ]


def demand_own_number(remote_id: str, *, official: bool) -> None:
    """Raise the Trouble that a post's number is the other way's: here it would look deleted.

    One and the same post is 18024… on the official interface (17 or 18 digits) and 3509… on
    the app's (19).
    """
    other = r"\d{19}" if official else r"1[78]\d{15,16}"
    if re.fullmatch(other, remote_id):
        reason = "Dikirim lewat jalur Instagram yang lain; dari sini belum dapat diperiksa."
        raise Trouble(Refused(reason, Fault.CHANNEL, "a number of the other interface"))


def _too_many(text: str, mark: str, name: str, limit: int) -> list[str]:
    count = len(re.findall(rf"(?<!\w){mark}\w", text))
    if count <= limit:
        return []
    return [f"Instagram menerima paling banyak {limit} {name}; ada {count}. Kurangi."]


def _shapes(payload: Payload) -> list[str]:
    problems = []
    for number, picture in enumerate(payload.pictures, start=1):
        ratio = round(picture.width / max(picture.height, 1), 2)
        if not NARROWEST <= ratio <= WIDEST:
            problems.append(
                f"Gambar {number} terlalu tinggi atau terlalu lebar untuk Instagram. "
                "Potong sampai antara 4:5 dan 1,91:1."
            )
        elif picture.width < SMALLEST:
            problems.append(f"Gambar {number} terlalu kecil: lebarnya paling sedikit 320 piksel.")
    return problems
