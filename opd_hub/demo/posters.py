"""A poster: a motif, an agency's colours, a few words, and the alternative text that says them."""

from dataclasses import dataclass

from opd_hub.demo.canvas import Canvas
from opd_hub.demo.motifs import Motif, Palette

PORTRAIT = (1080, 1350)
LANDSCAPE = (1350, 900)
PANORAMA = (1800, 900)  # wider than Instagram's widest


@dataclass(frozen=True)
class Poster:
    """A picture, and what it says to people who cannot see it."""

    motif: Motif
    palette: Palette
    unit: str
    title: str
    line: str
    foot: str
    shown: str  # what the drawing shows, for the alternative text
    size: tuple[int, int] = PORTRAIT
    foot_ink: str = "#ffffff"
    focal: tuple[int, int] | None = None  # as `media.refocus` takes it
    faces_answered: bool = True  # whether its author said that nobody's face is in it

    @property
    def alt(self) -> str:
        title = self.title.replace("\n", " ")
        line = self.line.replace("\n", " ")
        return f"Poster {self.unit} bertuliskan “{title}. {line}” {self.shown}"

    def jpeg(self) -> bytes:
        canvas = Canvas(self.size, self.palette.ground)
        self.motif(canvas, self.palette)
        p = self.palette
        canvas.words((84, 84), self.unit.upper(), p.label or p.accent, 34, 700)
        canvas.words((80, 138), self.title, p.ink, 116, 800)
        below = 138 + 128 * (self.title.count("\n") + 1) + 34
        canvas.words((84, below), self.line, p.ink, 40)
        canvas.words((84, canvas.height - 132), self.foot, self.foot_ink, 44, 700)
        return canvas.jpeg()
