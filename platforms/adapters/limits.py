"""What every platform asks of a payload before it may go out: words, pictures, alt texts."""

from platforms.adapters.base import Adapter, Payload, Picture

ALT_LIMIT = 1000  # characters; X and Instagram document it, Facebook is kept to the same


def shared_problems(adapter: Adapter, payload: Payload, *, bytes_limit: int) -> list[str]:
    """The problems that do not depend on the platform's own taste, in the order of the form."""
    problems = [*_text(adapter, payload.text), *_count(adapter, len(payload.pictures))]
    for number, picture in enumerate(payload.pictures, start=1):
        problems += _alt(number, picture.alt) + _size(adapter, number, picture, bytes_limit)
    return problems


def _text(adapter: Adapter, text: str) -> list[str]:
    if not text.strip():
        return [f"Teks {adapter.label} masih kosong. Tulis isinya."]
    excess = adapter.weigh(text) - adapter.text_limit
    if excess > 0:
        return [f"Teks {adapter.label} kelebihan {dots(excess)} dari {dots(adapter.text_limit)}."]
    return []


def _count(adapter: Adapter, pictures: int) -> list[str]:
    if adapter.picture_needed and not pictures:
        return [f"{adapter.label} memerlukan gambar. Tambahkan paling sedikit satu."]
    if pictures > adapter.picture_limit:
        return [
            f"{adapter.label} menerima paling banyak {adapter.picture_limit} gambar; "
            f"ada {pictures}. Kurangi {pictures - adapter.picture_limit}."
        ]
    return []


def _alt(number: int, alt: str) -> list[str]:
    if not alt.strip():
        return [f"Gambar {number} belum punya teks alternatif. Tulis apa yang tampak."]
    if len(alt) > ALT_LIMIT:
        excess = dots(len(alt) - ALT_LIMIT)
        return [f"Teks alternatif gambar {number} kelebihan {excess} dari {dots(ALT_LIMIT)}."]
    return []


def _size(adapter: Adapter, number: int, picture: Picture, limit: int) -> list[str]:
    if picture.size <= limit:
        return []
    return [
        f"Gambar {number} terlalu besar untuk {adapter.label}: paling besar "
        f"{limit // 1024**2} MB. Perkecil dulu."
    ]


def dots(number: int) -> str:
    """1234 as Indonesians write it: 1.234."""
    return f"{number:,}".replace(",", ".")
