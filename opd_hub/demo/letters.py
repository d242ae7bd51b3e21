"""The papers that the demo's sources rest on: one page each, said to be no real letter."""

import io

from PIL import Image

from opd_hub.demo.canvas import Canvas

PAGE = (827, 1169)  # A4 at 100 dots per inch
INK, GREY = "#26252b", "#6d6a73"


def letter(agency: str, title: str, number: str) -> bytes:
    """A PDF of one page with these words."""
    page = Canvas(PAGE, "#ffffff")
    page.words((70, 70), agency, INK, 24, 700)
    page.words((70, 170), title, INK, 30, 700)
    page.words((70, 230), f"Nomor: {number}", INK, 22)
    page.words((70, 1070), "Contoh untuk demo OPD Hub. Bukan surat resmi.", GREY, 18)
    target = io.BytesIO()
    with Image.open(io.BytesIO(page.jpeg())) as drawn:
        drawn.save(target, "PDF", resolution=100)
    return target.getvalue()
