"""A canvas to draw posters on: flat shapes with smooth edges, and words in our own typeface."""

import importlib.resources
import io
import math
from collections.abc import Callable, Iterable
from functools import cache

from PIL import Image, ImageDraw, ImageFont

Point = tuple[float, float]
TYPEFACE = "fontpkg_plus_jakarta_sans"
FINE = 2  # shapes are drawn this much larger, so that their edges come out smooth


def mixed(one: str, other: str, share: float) -> str:
    """`one` with `share` of `other` in it, as #rrggbb."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()


class Canvas:
    """Coordinates are those of the finished picture."""

    def __init__(self, size: tuple[int, int], ground: str) -> None:
        self.width, self.height = size
        self._shapes = Image.new("RGB", (self.width * FINE, self.height * FINE), ground)
        self._pen = ImageDraw.Draw(self._shapes)
        self._words: list[Callable[[ImageDraw.ImageDraw], None]] = []

    def shape(self, points: Iterable[Point], color: str) -> None:
        self._pen.polygon([(x * FINE, y * FINE) for x, y in points], color)

    def line(self, points: Iterable[Point], color: str, width: float) -> None:
        fine = [(x * FINE, y * FINE) for x, y in points]
        self._pen.line(fine, color, round(width * FINE), "curve")

    def disc(self, x: float, y: float, radius: float, color: str) -> None:
        box = [v * FINE for v in (x - radius, y - radius, x + radius, y + radius)]
        self._pen.ellipse(box, color)

    def ring(self, x: float, y: float, radius: float, color: str, width: float) -> None:
        box = [v * FINE for v in (x - radius, y - radius, x + radius, y + radius)]
        self._pen.ellipse(box, outline=color, width=round(width * FINE))

    def block(
        self, x: float, y: float, width: float, height: float, color: str, round_by: float = 0
    ) -> None:
        box = [v * FINE for v in (x, y, x + width, y + height)]
        self._pen.rounded_rectangle(box, round_by * FINE, color)

    def arch(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """The upper half of an ellipse, standing on `y`: a shoulder, a hill, a wheel house."""
        box = [v * FINE for v in (x, y - height, x + width, y + height)]
        self._pen.pieslice(box, 180, 360, color)

    def wave(self, y: float, swing: float, color: str, *, shift: float = 0) -> None:
        """Everything below a rolling line at `y`."""
        steps = range(0, self.width + 20, 20)
        top = [(x, y + swing * math.sin((x / self.width + shift) * math.tau)) for x in steps]
        self.shape([*top, (self.width, self.height), (0, self.height)], color)

    def words(self, at: Point, text: str, color: str, size: int, weight: int = 500) -> None:
        """Lines of text whose first one's top left corner is `at`."""
        font = typeface(size, weight)
        gap = round(size * (0.06 if weight > 700 else 0.32))
        self._words.append(lambda pen: pen.multiline_text(at, text, color, font, spacing=gap))

    def jpeg(self) -> bytes:
        """The finished picture."""
        image = self._shapes.reduce(FINE)
        pen = ImageDraw.Draw(image)
        for write in self._words:
            write(pen)
        target = io.BytesIO()
        image.save(target, "JPEG", quality=90)
        return target.getvalue()


@cache
def typeface(size: int, weight: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Plus Jakarta Sans where it is installed, else the one that Pillow carries."""
    try:
        files = importlib.resources.files(TYPEFACE) / "files"
    except ModuleNotFoundError:
        return ImageFont.load_default(size)
    font = ImageFont.truetype(io.BytesIO((files / "PlusJakartaSans[wght].ttf").read_bytes()), size)
    font.set_variation_by_axes([weight])
    return font
