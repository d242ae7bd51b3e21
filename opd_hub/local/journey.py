"""The main job of OPD Hub, walked through its pages as the people do it, step by step."""

import json
import re
import time
from collections.abc import Iterable, Mapping
from typing import cast

import requests

from opd_hub.local import story
from opd_hub.local.browser import Browser, NotThere, Page
from opd_hub.local.desk_journey import DeskJourney
from opd_hub.local.onlooker import Onlooker
from opd_hub.local.reading import button_like, channels_on, pictures_on, to_do
from opd_hub.local.walking import Astray, SignIn, Step, must, ok, sign_in, take

APPROVE = "Setujui & jadwalkan"
WAITING = "Menunggu tinjauan"
PATIENCE = 90  # seconds: ten in which an approval can be undone, then the three platforms


def walk(base_url: str, sandbox_url: str, signins: Mapping[str, SignIn]) -> bool:
    """Take every step in order, printing each; False at the first one that fails."""
    with (
        Browser(base_url) as sari,
        Browser(base_url) as dewi,
        Browser(base_url) as budi,
        Browser(base_url) as fajar,
        Onlooker(sandbox_url) as citizen,
    ):
        first = Journey(sari, dewi, budi, citizen, signins)
        desk = DeskJourney(sari, dewi, fajar, signins)
        return all(take(step) for step in [*first.steps(), *desk.steps()])


def print_ledger(sandbox_url: str) -> None:
    """Everything that the played platforms have accepted, in order."""
    print("\nBuku besar platform uji:")
    try:
        with Onlooker(sandbox_url) as citizen:
            print(json.dumps(citizen.ledger(), indent=2, ensure_ascii=False), flush=True)
    except (NotThere, requests.RequestException) as error:
        print(f"tidak dapat dibaca: {error}", flush=True)


class Journey:
    """The people, each with a browser of their own, and what they do in turn.

    A step is a method whose docstring is the sentence that is printed (see `walking`).
    """

    def __init__(
        self,
        sari: Browser,
        dewi: Browser,
        budi: Browser,
        citizen: Onlooker,
        signins: Mapping[str, SignIn],
    ) -> None:
        self.sari, self.dewi, self.budi, self.citizen = sari, dewi, budi, citizen
        self.signins = signins
        self.pk = ""
        self.desk: Page | None = None  # the composer as Sari has it before her
        self.channels: dict[str, str] = {}  # label -> id
        self.links: list[str] = []

    def steps(self) -> list[Step]:
        return [
            self.sari_signs_in,
            self.sari_brings_text_and_pictures,
            self.sari_describes_and_names_her_source,
            self.sari_submits,
            self.dewi_signs_in,
            self.dewi_takes_it,
            self.dewi_asks_for_a_change,
            self.sari_changes_a_word,
            self.sari_cannot_approve,
            self.dewi_sees_the_change_and_approves,
            self.dewi_takes_her_yes_back_and_gives_it_again,
            self.an_approved_post_is_not_edited,
            self.budi_sees_nothing,
            self.the_worker_publishes,
            self.the_links_open,
            self.the_ledger_holds_what_was_approved,
        ]

    def sari_signs_in(self) -> None:
        """Sari (Dinas Kesehatan) masuk"""
        sign_in(self.sari, self.signins, "Sari")

    def sari_brings_text_and_pictures(self) -> None:
        """Sari menulis untuk tiga kanal, segera setelah disetujui, dan mengunggah dua gambar"""
        page = self.sari.get("/posts/new/")
        self.channels = channels_on(page)
        must(len(self.channels) == 3, f"kanal di halaman: {sorted(self.channels)}")
        fields = {"text": story.TEXT, "when": "asap", "channels": list(self.channels.values())}
        files = [
            ("pictures", ("IMG_0001.JPG", story.phone_photo(), "image/jpeg")),
            ("pictures", ("lambang.png", story.transparent_drawing(), "image/png")),
        ]
        self.desk = self.sari.submit(page, "Unggah gambar", fields, files)
        must(self.desk.status == 200, f"unggah dijawab {self.desk.status}")

    def sari_describes_and_names_her_source(self) -> None:
        """Sari menulis teks alternatif, menjawab soal wajah, menulis teks khusus X dan sumbernya"""
        page = self._desk()
        alts = re.findall(r'name="(alt_\d+)"', page.text)
        must(len(alts) == len(story.ALTS), f"{len(alts)} isian teks alternatif")
        faces = dict.fromkeys(re.findall(r'name="(faces_\d+)"', page.text), "none")
        fields = dict(zip(alts, story.ALTS, strict=True)) | {
            **faces,
            f"text_{self.channels['X']}": story.FOR_X,
            "source-0-document": story.SOURCE[0],
            "source-0-number": story.SOURCE[1],
        }
        self.desk = self.sari.submit(page, "Simpan draf", fields)
        must("Isian lengkap" in self.desk.text, to_do(self.desk))

    def sari_submits(self) -> None:
        """Sari mengajukannya untuk ditinjau"""
        self.pk = self._submit(self._desk())

    def dewi_signs_in(self) -> None:
        """Dewi (Humas) masuk, dengan kode sebagai faktor kedua"""
        sign_in(self.dewi, self.signins, "Dewi")

    def dewi_takes_it(self) -> None:
        """Dewi menyatakan bahwa ia yang memeriksanya"""
        taken = self.dewi.submit(self.dewi.get(f"/review/{self.pk}/"), "Saya yang periksa")
        must("Anda yang memeriksa" in taken.text, f"dijawab {taken.status}")

    def dewi_asks_for_a_change(self) -> None:
        """Dewi menemukannya di antrean, membacanya, dan meminta perbaikan"""
        queue = self.dewi.get("/review/")
        must(f'href="/review/{self.pk}/"' in queue.text, "tidak ada di antrean")
        page = self.dewi.get(f"/review/{self.pk}/")
        for words in (story.SOURCE[0], story.FOR_X, *story.ALTS):
            must(words in page.text, f"“{words}” tidak terlihat oleh peninjau")
        ok(self.dewi.submit(page, "Kembalikan kepada penulis", {"note": story.REMARK}))

    def sari_changes_a_word(self) -> None:
        """Sari membaca catatannya, mengubah satu kata, dan mengajukan lagi"""
        page = self.sari.get(f"/posts/{self.pk}/edit/")
        must(story.REMARK in page.text, "catatan peninjau tidak terlihat")
        self.desk = self.sari.submit(page, "Simpan draf", {"text": story.APPROVED})
        self._submit(self.desk)

    def sari_cannot_approve(self) -> None:
        """Sari tidak dapat menyetujui unggahannya sendiri"""
        # With all that Dewi's page would send, so that nothing but her role is in the way.
        form = self.dewi.get(f"/review/{self.pk}/").form_by_button(APPROVE)
        own = self.sari.get(f"/posts/{self.pk}/")
        status = self.sari.post(form.action, own, dict(form.fields)).status
        must(status == 403, f"dijawab {status}")
        must(WAITING in self.sari.get(own.url).text, "tidak lagi menunggu tinjauan")

    def dewi_sees_the_change_and_approves(self) -> None:
        """Dewi melihat kata yang berubah dan menyetujuinya"""
        page = self.dewi.get(f"/review/{self.pk}/")
        inserted = "".join(re.findall(r"<ins>(.*?)</ins>", page.text, re.DOTALL))
        must(inserted.strip() == story.ADDED, f"ditandai sebagai tambahan: “{inserted}”")
        ok(self.dewi.submit(page, APPROVE, {"checked": "all"}))

    def dewi_takes_her_yes_back_and_gives_it_again(self) -> None:
        """Dewi mengurungkan persetujuannya dalam 10 detik, lalu menyetujui lagi"""
        page = self.dewi.get("/review/?decided")
        back = self.dewi.submit(page, button_like(page, "Urungkan"))
        must(back.url.endswith(f"/review/{self.pk}/"), f"terbuka di {back.url}")
        ok(self.dewi.submit(back, APPROVE, {"checked": "all"}))

    def an_approved_post_is_not_edited(self) -> None:
        """Unggahan yang disetujui tidak dapat disunting, juga dari formulir yang masih terbuka"""
        page = self.sari.get(f"/posts/{self.pk}/edit/")
        must(page.url.endswith(f"/posts/{self.pk}/"), f"terbuka di {page.url}")
        status = self.sari.submit(self._desk(), "Simpan draf", {"text": story.TEXT}).status
        must(status == 409, f"simpanan dari formulir lama dijawab {status}")

    def budi_sees_nothing(self) -> None:
        """Budi (OPD lain) masuk dan tidak menemukan apa pun darinya"""
        sign_in(self.budi, self.signins, "Budi")
        own = f"/posts/{self.pk}/"
        pictures = pictures_on(self.sari.get(own))
        must(len(pictures) >= len(story.ALTS), f"{len(pictures)} gambar di halaman Sari")
        for address in (own, f"{own}edit/", f"{own}deliveries/", f"/review/{self.pk}/", *pictures):
            status = self.budi.get(address).status
            must(status == 404, f"{address} dijawab {status}")

    def the_worker_publishes(self) -> None:
        """Pekerja menayangkannya, dan halaman Sari menunjukkan tiga tautan"""
        until = time.monotonic() + PATIENCE
        pattern = rf'href="({re.escape(self.citizen.base)}/[^"]+)"'
        while True:
            page = self.sari.get(f"/posts/{self.pk}/")
            self.links = sorted(set(re.findall(pattern, page.text)))
            if len(self.links) == len(self.channels):
                return
            if time.monotonic() > until:
                raise Astray(f"baru {len(self.links)} tautan sesudah {PATIENCE} s{self._states()}")
            time.sleep(1)

    def the_links_open(self) -> None:
        """Ketiga tautan terbuka, dan lini masa ketiga akun menampilkannya"""
        for link in self.links:
            self.citizen.find_in_timeline(link)

    def the_ledger_holds_what_was_approved(self) -> None:
        """Buku besar memuat tepat tiga unggahan: teks yang disetujui, teks alternatif, tanpa GPS"""
        approved = {"facebook": story.APPROVED, "instagram": story.APPROVED, "x": story.FOR_X}
        ours = [post for post in self.citizen.ledger() if story.is_ours(post["text"])]
        where = sorted(post["platform"] for post in ours)
        must(where == sorted(approved), f"tercatat di {where}")
        public = sorted(self.citizen.address(post["permalink"]) for post in ours)
        must(public == self.links, f"tautan di buku besar: {public}")
        for post in ours:
            platform, alts = post["platform"], tuple(image["alt"] for image in post["images"])
            must(post["text"] == approved[platform], f"teks {platform}: {post['text']}")
            must(alts == story.ALTS, f"teks alternatif {platform}: {alts}")
            self._check_pictures(post["images"])

    def _check_pictures(self, images: Iterable[Mapping[str, str]]) -> None:
        for image in images:
            jpeg = self.citizen.picture(image["sha256"])
            must(not story.tells_where(jpeg), "gambar masih memuat EXIF")

    def _states(self) -> str:
        deliveries = self.sari.get(f"/posts/{self.pk}/deliveries/").text
        return "".join(f", {state}" for state in re.findall(r'data-status="(\w+)"', deliveries))

    def _submit(self, desk: Page) -> str:
        """The post's number, from the address that handing in leads to."""
        page = self.sari.submit(desk, "Ajukan untuk ditinjau")
        found = re.search(r"/posts/(\d+)/$", page.url)
        must(found is not None and WAITING in page.text, to_do(page))
        return cast(re.Match[str], found)[1]

    def _desk(self) -> Page:
        must(self.desk is not None, "Sari belum menulis apa pun")
        return cast(Page, self.desk)
