"""What every platform asks of a payload before it may go out: words, pictures, alt texts."""

from platforms.adapters.base import Adapter, Payload, Picture

ALT_LIMIT = 1000  # characters; X and Instagram document it, Facebook is kept to the same


def shared_problems(
    adapter: Adapter, payload: Payload, *, bytes_limit: int, name: str = ""
) -> list[str]:
    """The problems that do not depend on the platform's own taste, in the order of the form.

    `name` is what they call the platform, where that is not the adapter's label.
    """
    name = name or adapter.label
    problems = [*_text(adapter, name, payload.text), *_count(adapter, name, len(payload.pictures))]
    for number, picture in enumerate(payload.pictures, start=1):
        problems += _alt(number, picture.alt) + _size(name, number, picture, bytes_limit)
    return problems


def _text(adapter: Adapter, name: str, text: str) -> list[str]:
    if not text.strip():
        return [f"Teks {name} masih kosong. Tulis isinya."]
    excess = adapter.weigh(text) - adapter.text_limit
    if excess > 0:
        return [f"Teks {name} kelebihan {dots(excess)} dari {dots(adapter.text_limit)}."]
    return []


def _count(adapter: Adapter, name: str, pictures: int) -> list[str]:
    if adapter.picture_needed and not pictures:
        return [f"{name} memerlukan gambar. Tambahkan paling sedikit satu."]
    if pictures > adapter.picture_limit:
        return [
            f"{name} menerima paling banyak {adapter.picture_limit} gambar; "
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


def _size(name: str, number: int, picture: Picture, limit: int) -> list[str]:
    if picture.size <= limit:
        return []
    return [
        f"Gambar {number} terlalu besar untuk {name}: paling besar "
        f"{limit // 1024**2} MB. Perkecil dulu."
    ]


def dots(number: int) -> str:
    """1234 as Indonesians write it: 1.234."""
    return f"{number:,}".replace(",", ".")
