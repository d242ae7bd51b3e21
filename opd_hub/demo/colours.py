"""The palettes of the demo's posters: a ground, an ink, an accent."""

from opd_hub.demo.motifs import Palette

GREEN = Palette("#0f5f50", "#ffffff", "#f4d35e")
TEAL = Palette("#12667a", "#ffffff", "#ffd166")
BLUE = Palette("#22568f", "#ffffff", "#cfe3fa")
NAVY = Palette("#182a47", "#ffffff", "#f4b333")
MAROON = Palette("#8f2436", "#ffffff", "#f8d98a")
OCHRE = Palette("#f0b429", "#26252b", "#7a4a00")
CREAM = Palette("#f7eee0", "#741a28", "#e6b866", "#8a5310")
LEAF = Palette("#2f7d46", "#ffffff", "#f7d774")
BRICK = Palette("#b8472f", "#ffffff", "#ffdf9e")
SKY = Palette("#2b86b8", "#ffffff", "#ffe08a")
