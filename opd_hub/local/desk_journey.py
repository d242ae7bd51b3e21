"""The review desk's part of the journey: two rounds of notes, a take-over, a turn handed on, and
a move on the calendar that is taken back."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from opd_hub.local import story
from opd_hub.local.browser import Browser, Page
from opd_hub.local.reading import button_like, channels_on, to_do
from opd_hub.local.walking import SignIn, Step, must, ok, sign_in

APPROVE = "Setujui & jadwalkan"
WAITING = "Menunggu tinjauan"
SEND_BACK = "Kembalikan kepada penulis"


class DeskJourney:
    """Sari, Dewi and Fajar with one post for another day; the first two have signed in before."""

    def __init__(
        self, sari: Browser, dewi: Browser, fajar: Browser, signins: Mapping[str, SignIn]
    ) -> None:
        self.sari, self.dewi, self.fajar, self.signins = sari, dewi, fajar, signins
        self.pk = ""

    def steps(self) -> list[Step]:
        return [
            self.fajar_signs_in,
            self.sari_hands_in_for_another_day,
            self.dewi_marks_words_and_asks,
            self.sari_mends_and_answers,
            self.fajar_takes_over_and_asks_again,
            self.sari_explains,
            self.dewi_hands_it_to_fajar,
            self.fajar_settles_and_approves,
            self.sari_moves_it_on_the_calendar_and_back,
        ]

    def fajar_signs_in(self) -> None:
        """Fajar (Humas) masuk"""
        sign_in(self.fajar, self.signins, "Fajar")

    def sari_hands_in_for_another_day(self) -> None:
        """Sari mengajukan unggahan kedua, untuk tiga hari lagi"""
        page = self.sari.get("/posts/new/")
        channels = channels_on(page)
        must("X" in channels, f"kanal di halaman: {sorted(channels)}")
        day = date.today() + timedelta(days=3)
        fields = {
            "text": story.WITH_A_SLIP,
            "channels": channels["X"],
            "when": "at",
            "date": day.isoformat(),
            "time": "09:00",
            "source-0-document": story.SOURCE[0],
        }
        self._hand_in(self.sari.submit(page, "Simpan draf", fields))

    def dewi_marks_words_and_asks(self) -> None:
        """Dewi memberi catatan pada satu kata dan pada seluruhnya, lalu mengembalikannya"""
        page = self._review(self.dewi)
        [place] = re.findall(r'<option value="(text:\d+)"', page.text)[:1] or [""]
        first = {"note-place": place, "note-quote": story.SLIP, "note-words": story.ABOUT_SLIP}
        page = ok(self.dewi.submit(page, "Simpan catatan", first))
        whole = {"note-place": "whole", "note-words": story.ABOUT_WHOLE}
        page = ok(self.dewi.submit(page, "Simpan catatan", whole))
        must(story.ABOUT_SLIP in page.text and story.ABOUT_WHOLE in page.text, "catatan hilang")
        ok(self.dewi.submit(page, SEND_BACK))

    def sari_mends_and_answers(self) -> None:
        """Sari membetulkan kata itu, menjawab kedua catatan, dan mengajukan lagi"""
        desk = self.sari.get(f"/posts/{self.pk}/edit/")
        desk = self.sari.submit(desk, "Simpan draf", {"text": story.MENDED})
        refused = self.sari.submit(desk, "Ajukan untuk ditinjau")
        must("2 catatan peninjau" in refused.text, "diajukan dengan catatan yang belum dijawab")
        for number in (1, 2):
            notes = self.sari.get(f"/posts/{self.pk}/notes/")
            ok(self.sari.submit(notes, f"Diperbaiki (catatan {number})"))
        self._hand_in(self.sari.get(f"/posts/{self.pk}/edit/"))

    def fajar_takes_over_and_asks_again(self) -> None:
        """Fajar mengambil alih dari Dewi, menutup satu catatan, dan bertanya lagi pada yang lain"""
        self.dewi.submit(self._review(self.dewi), "Saya yang periksa")
        held = self._review(self.fajar)
        must("Sedang ditinjau" in held.text, "tidak tampak bahwa Dewi memeriksanya")
        page = self.fajar.submit(held, "Ambil alih")
        must("Anda yang memeriksa" in page.text, f"dijawab {page.status}")
        must("<ins>" in page.text, "perubahannya tidak ditandai")
        page = ok(self.fajar.submit(page, "Selesai catatan 1"))
        form = page.form_by_button("Kirim balasan")
        [reply] = [name for name in form.names if name.startswith("reply-")][:1] or [""]
        page = ok(self.fajar.submit(page, "Kirim balasan", {reply: story.ASKED_AGAIN}))
        ok(self.fajar.submit(page, SEND_BACK))

    def sari_explains(self) -> None:
        """Sari menjelaskan mengapa tidak diubah, dan mengajukan untuk ketiga kalinya"""
        notes = self.sari.get(f"/posts/{self.pk}/notes/")
        must(story.ASKED_AGAIN in notes.text, "balasan peninjau tidak terlihat")
        label = "Dijelaskan (catatan 2)"
        [reply] = [n for n in notes.form_by_button(label).names if n.startswith("reply-")]
        ok(self.sari.submit(notes, label, {reply: story.EXPLAINED}))
        self._hand_in(self.sari.get(f"/posts/{self.pk}/edit/"))

    def dewi_hands_it_to_fajar(self) -> None:
        """Dewi mengalihkannya kepada Fajar"""
        page = self.dewi.get(f"/posts/{self.pk}/hand_on/")
        [fajar] = re.findall(r'<option value="(\d+)"[^>]*>Fajar', page.text)[:1] or [""]
        handed = ok(self.dewi.submit(page, "Alihkan", {"to": fajar}))
        must("Dialihkan kepada Fajar" in handed.text, "tidak dialihkan")

    def fajar_settles_and_approves(self) -> None:
        """Fajar menemukannya di “Untuk saya”, membaca kedua putaran, dan menyetujui"""
        must(f'href="/review/{self.pk}/' in self.fajar.get("/review/").text, "bukan gilirannya")
        page = self._review(self.fajar)
        must(story.ASKED_AGAIN in page.text and story.EXPLAINED in page.text, "utasnya terputus")
        page = ok(self.fajar.submit(page, "Selesai catatan 2"))
        ok(self.fajar.submit(page, APPROVE, {"checked": "all"}))
        must("Disetujui" in self.sari.get(f"/posts/{self.pk}/").text, "tidak disetujui")

    def sari_moves_it_on_the_calendar_and_back(self) -> None:
        """Sari mengundurkannya sehari di kalender, lalu mengurungkannya"""
        day = date.today() + timedelta(days=4)
        page = self.sari.get(f"/calendar/{self.pk}/move/")
        moved = self.sari.submit(page, "Pindahkan", {"date": day.isoformat(), "time": "10:00"})
        must("Dipindahkan ke" in moved.text, f"dijawab {moved.status}")
        back = self.sari.submit(moved, button_like(moved, "Urungkan"))
        must("Diurungkan." in back.text, f"dijawab {back.status}")

    def _review(self, reviewer: Browser) -> Page:
        return ok(reviewer.get(f"/review/{self.pk}/"))

    def _hand_in(self, desk: Page) -> None:
        page = self.sari.submit(desk, "Ajukan untuk ditinjau")
        found = re.search(r"/posts/(\d+)/$", page.url)
        must(found is not None and WAITING in page.text, to_do(page))
        self.pk = found[1] if found else ""
