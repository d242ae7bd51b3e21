"""The main job of OPD Hub, walked through its pages as the people do it, step by step."""

import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

import requests

from opd_hub.local import story
from opd_hub.local.browser import Browser, NotThere, Page

SIGN_IN = "/masuk/"
PATIENCE = 90  # seconds: ten in which an approval can be undone, then the three platforms


class Astray(Exception):
    """A page answered otherwise than the journey needs; the message says how."""


@dataclass(frozen=True)
class SignIn:
    """What a person types at the door."""

    email: str
    password: str


def people(table: str) -> dict[str, SignIn]:
    """First names and sign-ins from `manage.py demo_signins`: name, …, e-mail, …, password last."""
    rows = (re.search(r"(\w+).*?(\S+@\S+).*?(\S+)\s*$", line) for line in table.splitlines())
    return {row[1]: SignIn(row[2], row[3]) for row in rows if row}


def walk(base_url: str, sandbox_url: str, signins: Mapping[str, SignIn]) -> bool:
    """Take every step in order, printing each; False at the first one that fails."""
    with Browser(base_url) as sari, Browser(base_url) as dewi, Browser(base_url) as budi:
        journey = Journey(sari, dewi, budi, sandbox_url, signins)
        return all(_take(step) for step in journey.steps())


def print_ledger(sandbox_url: str) -> None:
    """Everything that the played platforms have accepted, in order."""
    ledger = requests.get(f"{sandbox_url}/__sandbox__/ledger", timeout=10).json()
    print("\nBuku besar platform uji:")
    print(json.dumps(ledger, indent=2, ensure_ascii=False), flush=True)


class Journey:
    """The people, each with a browser of their own, and what they do in turn.

    A step is a method whose docstring is the sentence that is printed.
    """

    def __init__(
        self,
        sari: Browser,
        dewi: Browser,
        budi: Browser,
        sandbox_url: str,
        signins: Mapping[str, SignIn],
    ) -> None:
        self.sari, self.dewi, self.budi = sari, dewi, budi
        self.sandbox_url = sandbox_url
        self.signins = signins
        self.desk: Page | None = None  # the composer as Sari has it before her
        self.pk = ""
        self.channels: dict[str, str] = {}  # label -> id
        self.links: list[str] = []

    def steps(self) -> list[Callable[[], None]]:
        return [
            self.people_sign_in,
            self.sari_brings_text_and_pictures,
            self.sari_describes_and_names_her_source,
            self.sari_submits,
            self.dewi_asks_for_a_change,
            self.sari_changes_a_word,
            self.dewi_sees_the_change_and_approves,
            self.sari_cannot_approve,
            self.budi_sees_nothing,
            self.an_approved_post_is_not_edited,
            self.the_worker_publishes,
            self.the_links_open,
            self.the_ledger_holds_what_was_approved,
        ]

    def people_sign_in(self) -> None:
        """Sari (Dinas Kesehatan), Dewi (Humas), dan Budi (Disdikbud) masuk"""
        for browser, name in ((self.sari, "Sari"), (self.dewi, "Dewi"), (self.budi, "Budi")):
            self._sign_in(browser, name)

    def sari_brings_text_and_pictures(self) -> None:
        """Sari menulis untuk tiga kanal dan mengunggah dua gambar"""
        page = self.sari.get("/posts/new/")
        found = re.findall(
            r'name="channels" value="(\d+)".*?aria-hidden="true">(Instagram|Facebook|X)<',
            page.text,
            re.DOTALL,
        )
        self.channels = {label: pk for pk, label in found}
        _must(len(self.channels) == 3, f"kanal di halaman: {sorted(self.channels)}")
        fields = {"text": story.TEXT, "when": "asap", "channels": list(self.channels.values())}
        files = [
            ("pictures", ("IMG_0001.JPG", story.phone_photo(), "image/jpeg")),
            ("pictures", ("lambang.png", story.transparent_drawing(), "image/png")),
        ]
        self.desk = self.sari.submit(page, "Unggah gambar", fields, files)
        _must(self.desk.status == 200, f"unggah dijawab {self.desk.status}")

    def sari_describes_and_names_her_source(self) -> None:
        """Sari menulis teks alternatif, teks khusus X, dan sumber datanya"""
        page = self._desk()
        alts = re.findall(r'name="(alt_\d+)"', page.text)
        _must(len(alts) == len(story.ALTS), f"{len(alts)} isian teks alternatif")
        fields = dict(zip(alts, story.ALTS, strict=True)) | {
            f"text_{self.channels['X']}": story.FOR_X,
            "source-0-document": story.SOURCE[0],
            "source-0-number": story.SOURCE[1],
        }
        self.desk = self.sari.submit(page, "Simpan draf", fields)
        _must("Siap diajukan" in self.desk.text, "draf belum lengkap menurut halamannya")

    def sari_submits(self) -> None:
        """Sari mengajukannya untuk ditinjau"""
        self._submit()
        self.pk = self._number(self._desk().url)

    def dewi_asks_for_a_change(self) -> None:
        """Dewi menemukannya di antrean dan meminta perbaikan"""
        queue = self.dewi.get("/review/")
        _must(f"/review/{self.pk}/" in queue.text, "tidak ada di antrean")
        page = self.dewi.get(f"/review/{self.pk}/")
        _must(story.SOURCE[0] in page.text, "sumber data tidak terlihat")
        fields = {"note": story.REMARK}
        _ok(self.dewi.submit(page, "Kembalikan kepada penulis", fields))

    def sari_changes_a_word(self) -> None:
        """Sari membaca catatannya, mengubah satu kata, dan mengajukan lagi"""
        page = self.sari.get(f"/posts/{self.pk}/edit/")
        _must(story.REMARK in page.text, "catatan peninjau tidak terlihat")
        changed = story.TEXT.replace(story.WORD, story.BETTER)
        self.desk = self.sari.submit(page, "Simpan draf", {"text": changed})
        self._submit()

    def dewi_sees_the_change_and_approves(self) -> None:
        """Dewi melihat kata yang berubah dan menyetujuinya"""
        page = self.dewi.get(f"/review/{self.pk}/")
        inserted = "".join(re.findall(r"<ins>(.*?)</ins>", page.text, re.DOTALL))
        _must("gratis" in inserted, "kata yang ditambahkan tidak ditandai")
        _ok(self.dewi.submit(page, "Setujui & jadwalkan A"))

    def sari_cannot_approve(self) -> None:
        """Sari tidak dapat menyetujui unggahannya sendiri"""
        own = self.sari.get(f"/posts/{self.pk}/")
        token = next(value for form in own.forms for name, value in form.fields if "csrf" in name)
        forged = {"csrfmiddlewaretoken": token, "version": "1", "revision": "tebakan"}
        status = self.sari.post(f"/posts/{self.pk}/approve/", own, **forged)
        _must(status == 403, f"dijawab {status}")

    def budi_sees_nothing(self) -> None:
        """Budi (OPD lain) tidak menemukan apa pun darinya"""
        picture = re.findall(r'"(/media/\d+/[a-z]+/)"', self.sari.get(f"/posts/{self.pk}/").text)[0]
        for address in (f"/posts/{self.pk}/", f"/posts/{self.pk}/edit/", picture):
            status = self.budi.get(address).status
            _must(status == 404, f"{address} dijawab {status}")
        _must(self.budi.get(f"/review/{self.pk}/").status in (403, 404), "Budi membuka tinjauan")

    def an_approved_post_is_not_edited(self) -> None:
        """Unggahan yang disetujui tidak dapat disunting"""
        page = self.sari.get(f"/posts/{self.pk}/edit/")
        _must(page.url.endswith(f"/posts/{self.pk}/"), f"terbuka di {page.url}")

    def the_worker_publishes(self) -> None:
        """Pekerja menayangkannya, dan halaman Sari menunjukkan tiga tautan"""
        until = time.monotonic() + PATIENCE
        while len(self.links) < 3:
            _must(time.monotonic() < until, f"baru {len(self.links)} tautan sesudah {PATIENCE} s")
            time.sleep(1)
            page = self.sari.get(f"/posts/{self.pk}/")
            pattern = rf'href="({re.escape(self.sandbox_url)}/[^"]+)"'
            self.links = sorted(set(re.findall(pattern, page.text)))

    def the_links_open(self) -> None:
        """Ketiga tautan terbuka"""
        for link in self.links:
            status = requests.get(link, timeout=10).status_code
            _must(status == 200, f"{link} dijawab {status}")

    def the_ledger_holds_what_was_approved(self) -> None:
        """Buku besar memuat tepat tiga unggahan: teks yang disetujui, teks alternatif, tanpa GPS"""
        posts = requests.get(f"{self.sandbox_url}/__sandbox__/ledger", timeout=10).json()["posts"]
        shared = story.TEXT.replace(story.WORD, story.BETTER)
        approved = {"instagram": shared, "facebook": shared, "x": story.FOR_X}
        ours = [post for post in posts if post["text"] == approved[post["platform"]]]
        _must(sorted(post["platform"] for post in ours) == sorted(approved), f"ada {len(ours)}")
        for post in ours:
            alts = tuple(image["alt"] for image in post["images"])
            _must(alts == story.ALTS, f"teks alternatif {post['platform']}: {alts}")
            self._check_pictures(post["images"])

    def _check_pictures(self, images: Iterable[Mapping[str, str]]) -> None:
        for image in images:
            blob = f"{self.sandbox_url}/__sandbox__/blobs/{image['sha256']}.jpg"
            jpeg = requests.get(blob, timeout=10).content
            _must(not story.tells_where(jpeg), "gambar masih memuat EXIF")

    def _submit(self) -> None:
        self.desk = self.sari.submit(self._desk(), "Ajukan untuk ditinjau")
        _must("Menunggu tinjauan" in self.desk.text, "tidak menunggu tinjauan")

    def _desk(self) -> Page:
        _must(self.desk is not None, "Sari belum menulis apa pun")
        return cast(Page, self.desk)

    def _number(self, url: str) -> str:
        found = re.search(r"/posts/(\d+)/", url)
        _must(found is not None, f"bukan halaman unggahan: {url}")
        return cast(re.Match[str], found)[1]

    def _sign_in(self, browser: Browser, name: str) -> None:
        if name not in self.signins:
            raise Astray(f"{name} tidak ada di daftar akun demo")
        who = self.signins[name]
        page = browser.get(SIGN_IN)
        page = browser.submit(page, "Masuk", {"login": who.email, "password": who.password})
        if page.status != 200 or SIGN_IN in page.url:
            raise Astray(f"masuk ditolak: {page.status} di {page.url}")


def _must(true: bool, otherwise: str) -> None:
    """Raise Astray with `otherwise` unless it is so."""
    if not true:
        raise Astray(otherwise)


def _ok(page: Page) -> None:
    _must(page.status == 200, f"dijawab {page.status} di {page.url}")


def _take(step: Callable[[], None]) -> bool:
    sentence = step.__doc__ or ""
    try:
        step()
    except (Astray, NotThere, requests.RequestException) as error:
        print(f"✗ {sentence}: {error}", flush=True)
        return False
    print(f"✓ {sentence}", flush=True)
    return True
