"""What the posters show: each motif draws itself in three colours of its agency."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from opd_hub.demo.canvas import Canvas, Point, mixed

SKIN = "#f2c79f"
HAIR = "#3a2620"
INK = "#26252b"
PAPER = "#fffdf8"


@dataclass(frozen=True)
class Palette:
    ground: str
    ink: str  # title and lines
    accent: str  # suns, bands, and the agency's name unless it has a colour of its own
    label: str = ""

    @property
    def deep(self) -> str:
        return mixed(self.ground, "#000000", 0.28)

    @property
    def light(self) -> str:
        return mixed(self.ground, "#ffffff", 0.16)


Motif = Callable[[Canvas, Palette], None]


def family(c: Canvas, p: Palette) -> None:
    c.disc(880, 330, 430, p.light)
    c.disc(900, 330, 270, mixed(p.ground, "#ffffff", 0.28))
    c.block(640, 1000, 380, 80, "#c8412f")
    c.arch(640, 1010, 380, 370, "#c8412f")
    c.disc(820, 565, 96, SKIN)
    c.arch(718, 560, 204, 122, HAIR)
    c.block(560, 1000, 190, 80, "#f3e6c8")
    c.arch(560, 1010, 190, 240, "#f3e6c8")
    c.disc(655, 735, 66, SKIN)
    c.arch(586, 730, 138, 78, HAIR)
    c.wave(985, 42, "#f3e8cd", shift=0.5)
    c.wave(1060, 38, "#e5ce96", shift=0.42)


def shield(c: Canvas, p: Palette) -> None:
    c.disc(700, 720, 400, p.light)
    outline: list[Point] = [(480, 500), (700, 430), (920, 500), (905, 760), (825, 900), (700, 985)]
    outline += [(1400 - x, y) for x, y in reversed(outline[3:5])]
    c.shape(outline, PAPER)
    c.block(655, 560, 90, 300, p.ground, 18)
    c.block(550, 665, 300, 90, p.ground, 18)
    c.wave(1070, 34, p.accent, shift=0.2)


def card(c: Canvas, p: Palette) -> None:
    c.block(0, 520, 1080, 830, "#eaf0f8")
    c.block(170, 570, 740, 460, "#c9d8ea", 40)
    c.block(176, 576, 728, 448, PAPER, 36)
    c.block(230, 640, 200, 250, "#cfe1f3", 22)
    c.disc(330, 728, 54, p.ground)
    c.arch(252, 890, 156, 104, p.ground)
    for row, width in enumerate((330, 370, 300, 350)):
        c.block(480, 650 + row * 64, width, 30, "#aac2de", 15)
    c.block(230, 935, 620, 30, "#aac2de", 15)
    c.block(0, 1110, 1080, 240, p.deep)


def stalls(c: Canvas, p: Palette) -> None:
    c.disc(860, 610, 150, mixed(p.ground, PAPER, 0.6))
    c.block(0, 1000, 1080, 350, p.deep)
    for stall, x in enumerate((70, 410, 750)):
        c.block(x + 16, 760, 230, 250, mixed(p.ground, "#000000", 0.12))
        c.block(x + 16, 880, 230, 130, "#8a5a34")
        for strip in range(5):
            left = x + strip * 53
            color = PAPER if (strip + stall) % 2 else "#d8452f"
            c.block(left, 660, 53, 96, color)
            c.disc(left + 26.5, 756, 26.5, color)
        for fruit in range(4):
            c.disc(
                x + 50 + fruit * 54, 872, 28, ("#f2b733", "#5b9a3c", "#e3683c")[(fruit + stall) % 3]
            )


def horned_roof(c: Canvas, x: float, y: float, width: float, rise: float, color: str) -> None:
    """A gonjong: the ridge sags, its ends climb to a point."""
    steps = [step / 20 for step in range(-20, 21)]
    ridge = [(x + t * width / 2, y - rise * abs(t) ** 2.3) for t in steps]
    eaves = [
        (px, py + rise * 0.8 * (1 - t * t) ** 0.7) for (px, py), t in zip(ridge, steps, strict=True)
    ]
    c.shape(ridge + eaves[::-1], color)


def great_house(c: Canvas, p: Palette) -> None:
    c.disc(540, 800, 250, p.accent)
    c.shape(
        [(0, 930), (260, 700), (470, 900), (760, 640), (1080, 930), (1080, 1350), (0, 1350)],
        mixed(p.ground, "#000000", 0.18),
    )
    dark = mixed(p.ground, "#000000", 0.62)
    wood = mixed(p.accent, p.ground, 0.55)
    c.block(250, 960, 580, 140, wood)
    for window in range(5):
        c.block(306 + window * 102, 1005, 60, 70, dark, 6)
    horned_roof(c, 540, 868, 880, 165, dark)
    horned_roof(c, 540, 790, 600, 150, mixed(dark, p.ground, 0.18))
    horned_roof(c, 540, 718, 340, 120, dark)
    c.block(0, 1100, 1080, 250, mixed(p.ground, "#000000", 0.72))


def storm(c: Canvas, p: Palette) -> None:
    for n in range(22):
        x, y = 70 + n * 131 % 1010, 30 + n * 227 % 640
        c.line([(x, y), (x - 34, y + 108)], mixed(p.ground, "#7fb0e6", 0.55), 6)
    c.shape(
        [(0, 860), (320, 560), (560, 800), (770, 500), (1080, 830), (1080, 1350), (0, 1350)], p.deep
    )
    c.shape(
        [(0, 1010), (420, 770), (760, 1000), (1080, 870), (1080, 1350), (0, 1350)],
        mixed(p.ground, "#000000", 0.48),
    )
    c.wave(1090, 34, p.accent, shift=0.55)


def book(c: Canvas, p: Palette) -> None:
    c.disc(540, 800, 390, mixed(p.ground, p.accent, 0.5))
    for side in (-1, 1):
        page: list[Point] = [
            (540 + side * t * 30, 640 - 48 * math.sin(t / 10 * math.pi)) for t in range(11)
        ]
        foot = [(x, y + 370) for x, y in reversed(page)]
        c.shape(page + foot, PAPER)
        c.line([*page, *foot, page[0]], p.ink, 16)
        for row in range(4):
            start = 540 + side * 70
            c.line(
                [(start, 680 + row * 62), (start + side * (170 - row % 2 * 50), 680 + row * 62)],
                mixed(p.accent, p.ink, 0.25),
                14,
            )


def road(c: Canvas, p: Palette) -> None:
    c.shape(
        [(0, 660), (250, 530), (470, 640), (760, 500), (1080, 650), (1080, 700), (0, 700)],
        mixed(p.ground, "#5b3400", 0.4),
    )
    c.block(0, 690, 1080, 660, mixed(p.ground, "#ffffff", 0.1))
    c.shape([(500, 690), (580, 690), (840, 1350), (240, 1350)], INK)
    for top, bottom in ((720, 760), (800, 870), (930, 1030), (1110, 1250)):
        half = (top - 600) / 34
        wide = (bottom - 600) / 34
        c.shape(
            [(540 - half, top), (540 + half, top), (540 + wide, bottom), (540 - wide, bottom)],
            "#f8e9b8",
        )
    for x in (130, 830):
        c.block(x, 950, 130, 90, "#d8452f", 10)
        c.block(x, 982, 130, 26, PAPER)
        c.block(x + 56, 1040, 18, 110, INK)
    c.block(0, 1170, 1080, 180, p.accent)


def paw(c: Canvas, p: Palette) -> None:
    c.disc(690, 790, 350, p.light)
    for x, y, radius in ((520, 690, 66), (630, 595, 74), (765, 595, 74), (870, 690, 66)):
        c.disc(x, y, radius, p.accent)
    c.disc(695, 835, 130, p.accent)
    c.disc(610, 885, 92, p.accent)
    c.disc(780, 885, 92, p.accent)
    c.block(0, 1130, 1080, 220, p.deep)


def library_bus(c: Canvas, p: Palette) -> None:
    c.disc(850, 500, 150, p.accent)
    c.wave(960, 40, mixed(p.ground, "#000000", 0.18), shift=0.1)
    c.block(110, 610, 800, 420, PAPER, 50)
    c.block(820, 760, 160, 270, PAPER, 40)
    c.block(110, 930, 870, 40, p.accent)
    c.block(840, 700, 110, 150, "#bfd9e6", 24)
    colors = ("#d8452f", "#2f6f9f", "#e3a02f", "#3f8f63", "#7a4a8f", "#c85f7f")
    for n in range(13):
        tall = 150 + (n * 53) % 70
        c.block(165 + n * 48, 880 - tall, 38, tall, colors[n % 6], 6)
    c.block(150, 880, 660, 16, HAIR)
    for x in (300, 790):
        c.disc(x, 1030, 92, INK)
        c.disc(x, 1030, 42, "#c9c5bd")
    c.block(0, 1110, 1080, 240, p.deep)


def sprout(c: Canvas, p: Palette) -> None:
    c.disc(540, 760, 350, p.light)
    c.line([(540, 1060), (540, 760)], p.accent, 30)
    for side in (-1, 1):
        leaf = [
            (540 + side * (t * 26), 800 - t * 24 - side_of * 90 * math.sin(t / 10 * math.pi))
            for side_of, steps in ((1, range(11)), (-0.45, range(10, -1, -1)))
            for t in steps
        ]
        c.shape(leaf, p.accent if side > 0 else mixed(p.accent, p.ground, 0.3))
    c.wave(1050, 30, mixed(p.ground, "#4a2f1b", 0.75), shift=0.25)


def drop(c: Canvas, p: Palette) -> None:
    c.disc(700, 780, 360, p.light)
    c.shape([(700, 430), (560, 700), (840, 700)], p.accent)
    c.disc(700, 770, 158, p.accent)
    c.line([(620, 800), (660, 868), (720, 884)], mixed(p.accent, "#ffffff", 0.6), 20)
    c.wave(1080, 40, p.deep, shift=0.6)


def fields(c: Canvas, p: Palette) -> None:
    c.disc(860, 610, 115, p.accent)
    greens = [mixed(p.ground, "#e9dc7a", share) for share in (0.18, 0.32, 0.48, 0.62)]
    for n, green in enumerate(greens):
        c.wave(700 + n * 110, 60 - n * 8, green, shift=n * 0.31)
    for n in range(9):
        x = 90 + n * 115
        c.line([(x, 1200), (x + 6, 1090)], p.deep, 8)
        for leaf in (-34, 34):
            c.line([(x + 3, 1150), (x + leaf, 1080)], p.deep, 8)
    c.wave(1190, 14, p.deep, shift=0.4)


def bicycle(c: Canvas, p: Palette) -> None:
    c.disc(540, 750, 195, p.accent)
    c.wave(1020, 18, p.deep, shift=0.3)
    for x in (340, 740):
        c.ring(x, 880, 150, PAPER, 22)
        c.disc(x, 880, 22, PAPER)
    frame = [(340, 880), (450, 660), (650, 660), (520, 880), (340, 880)]
    c.line(frame, "#d8452f", 24)
    c.line([(520, 880), (430, 610)], "#d8452f", 24)
    c.line([(740, 880), (640, 590), (720, 560)], "#d8452f", 24)
    c.line([(380, 600), (480, 600)], INK, 30)
    c.disc(520, 880, 34, INK)


def river(c: Canvas, p: Palette) -> None:
    c.disc(830, 650, 150, p.accent)
    for n in range(5):
        c.wave(700 + n * 105, 34, mixed(p.ground, "#ffffff", 0.34 - n * 0.08), shift=n * 0.27)


def tea_hills(c: Canvas, p: Palette) -> None:
    c.disc(1050, 260, 120, p.accent)
    c.shape([(500, 560), (960, 290), (1350, 560)], mixed(p.ground, "#ffffff", 0.3))
    for n in range(5):
        green = mixed(p.ground, "#123d1f", 0.1 + n * 0.15)
        c.wave(480 + n * 84, 46, green, shift=n * 0.29)
    for n in range(4):
        c.wave(540 + n * 84, 46, mixed(p.ground, "#123d1f", 0.2 + n * 0.15), shift=n * 0.29 + 0.02)


def bridge(c: Canvas, p: Palette) -> None:
    c.shape(
        [(0, 560), (300, 400), (620, 540), (900, 370), (1350, 560), (1350, 900), (0, 900)], p.deep
    )
    c.wave(680, 20, mixed(p.ground, "#bfe0f2", 0.5), shift=0.2)
    c.block(0, 560, 1350, 34, INK)
    for x in (330, 1020):
        c.block(x - 22, 372, 44, 358, INK)
        for reach in (90, 180, 270):
            c.line([(x, 386), (x - reach, 565)], p.accent, 8)
            c.line([(x, 386), (x + reach, 565)], p.accent, 8)


def house_row(c: Canvas, p: Palette) -> None:
    c.disc(1080, 300, 150, p.accent)
    dark = mixed(p.ground, "#000000", 0.6)
    c.shape(
        [(0, 520), (380, 330), (700, 500), (1020, 350), (1350, 520), (1350, 900), (0, 900)],
        mixed(p.ground, "#000000", 0.16),
    )
    for x, y, width in ((240, 560, 420), (680, 590, 480), (1110, 560, 420)):
        c.block(x - width * 0.34, y + 60, width * 0.68, 120, mixed(p.accent, p.ground, 0.5))
        horned_roof(c, x, y + 10, width, 130, dark)
        horned_roof(c, x, y - 50, width * 0.62, 120, mixed(dark, p.ground, 0.15))
    c.block(0, 735, 1350, 165, mixed(p.ground, "#000000", 0.7))
