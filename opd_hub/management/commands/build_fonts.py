"""Cuts Plus Jakarta Sans to the letters we use; run before collectstatic."""

import importlib.resources
from importlib.resources.abc import Traversable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

try:
    from fontTools import subset
except ModuleNotFoundError:  # a build tool: the product runs without it
    subset = None

PACKAGE = "fontpkg_plus_jakarta_sans"
NAME = "PlusJakartaSans.woff2"
LATIN = "U+20-7E,U+A0-FF,U+2010-2027,U+2032,U+2033,U+20AC,U+2122,U+2190-2193,U+2212"
FACE = f"""@font-face {{
  font-family: "Plus Jakarta Sans";
  src: url("{NAME}") format("woff2");
  font-weight: 200 800;
  font-display: swap;
}}
"""
NO_FACE = "/* Plus Jakarta Sans was not there: pages use the font of the system. */\n"


class Command(BaseCommand):
    """Writes static/font/: the font, and the style sheet that names it (empty without the font)."""

    help = "Memotong huruf Plus Jakarta Sans untuk halaman web."

    def handle(self, *args: object, **options: object) -> None:
        folder = Path(settings.BASE_DIR) / "static" / "font"
        folder.mkdir(parents=True, exist_ok=True)
        font = _font()
        if subset is None or font is None:
            (folder / "face.css").write_text(NO_FACE)
            self.stdout.write("Huruf Plus Jakarta Sans tidak terpasang; dipakai huruf sistem.")
            return
        with importlib.resources.as_file(font) as path:
            _cut(path, folder / NAME)
        (folder / "face.css").write_text(FACE)
        self.stdout.write(f"Huruf siap: {NAME}, {(folder / NAME).stat().st_size // 1024} KB.")


def _font() -> Traversable | None:
    """The variable upright font of the package, when it is installed."""
    try:
        files = importlib.resources.files(PACKAGE)
    except ModuleNotFoundError:
        return None
    return files / "files" / "PlusJakartaSans[wght].ttf"


def _cut(source: Path, target: Path) -> None:
    options = subset.Options(flavor="woff2")
    options.drop_tables += ["DSIG"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(LATIN))
    cutter.subset(font)
    subset.save_font(font, str(target), options)
