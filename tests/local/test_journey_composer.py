"""The journey's browser on the real composer: what Sari leaves untouched comes back unchanged."""

import pytest

from opd_hub.local import story
from opd_hub.local.browser import Browser
from opd_hub.local.journey import Journey
from opd_hub.local.onlooker import Onlooker
from opd_hub.local.reading import pictures_on
from opd_hub.local.walking import Astray
from publishing.models import Post
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Imunisasi gratis “Sabtu ini” <di> Balai Nagari & Puskesmas.\r\n\r\nBawa buku KIA."
ALTS = ["Kader menimbang balita", "Lambang posyandu"]


@pytest.fixture
def browser(live_server, sari):
    """Sari's, signed in through the page."""
    with Browser(live_server.url) as browser:
        door = browser.get("/masuk/")
        browser.submit(door, "Masuk", {"login": sari.email, "password": PASSWORD})
        yield browser


@pytest.fixture
def draft(browser, channels, picture_file):
    """A draft with two pictures, a text of its own for X, and a source; its page as it stands."""
    chosen = [str(channels[name].pk) for name in ("instagram", "x")]
    made = [picture_file("a.jpg", color="teal"), picture_file("b.jpg", color="navy")]
    files = [("pictures", (one.name, one.read(), "image/jpeg")) for one in made]
    fields = {"text": TEXT, "when": "asap", "channels": chosen}
    page = browser.submit(browser.get("/posts/new/"), "Unggah gambar", fields, files)
    pictures = Post.objects.get().attachments.order_by("position")
    alts = {f"alt_{one.media_id}": alt for one, alt in zip(pictures, ALTS, strict=True)}
    faces = {f"faces_{one.media_id}": "none" for one in pictures}
    own = {f"text_{channels['x'].pk}": "Imunisasi gratis.", "source-0-document": "Jadwal"}
    return browser.submit(page, "Simpan draf", alts | faces | own)


def kept():
    post = Post.objects.get()
    return {
        "text": post.text,
        "alts": [one.alt for one in post.attachments.order_by("position")],
        "own": {variant.channel.platform: variant.text for variant in post.variants.all()},
        "sources": [source.document for source in post.sources.all()],
        "publish_at": post.publish_at,
    }


def test_sari_writes_through_the_form_and_all_of_it_is_kept(draft):
    assert "Isian lengkap" in draft.text
    assert kept() == {
        "text": TEXT.replace("\r\n", "\n"),
        "alts": ALTS,
        "own": {"instagram": "", "x": "Imunisasi gratis."},
        "sources": ["Jadwal"],
        "publish_at": None,
    }


def test_sari_saves_again_and_what_she_did_not_touch_stays(browser, draft):
    before = kept()
    assert browser.submit(draft, "Simpan draf").status == 200
    assert kept() == before


def test_sari_presses_the_button_beside_a_picture_and_only_that_one_goes(browser, draft):
    browser.submit(draft, "Hapus gambar 1")
    assert kept()["alts"] == ALTS[1:]


def test_a_draft_that_lacks_its_source_is_told_in_the_composers_words(
    browser, channels, monkeypatch
):
    monkeypatch.setattr(story, "SOURCE", ("", ""))
    with Onlooker(browser.base) as citizen:
        walker = Journey(browser, browser, browser, citizen, {})
        walker.sari_brings_text_and_pictures()
        with pytest.raises(Astray, match=r"^1 hal perlu dibereskan: isi sumber data"):
            walker.sari_describes_and_names_her_source()


def test_the_pictures_of_the_post_page_are_found_and_can_be_fetched(browser, draft):
    found = pictures_on(browser.get(f"/posts/{Post.objects.get().pk}/"))
    assert len(found) >= len(ALTS)
    assert {browser.get(address).status for address in found} == {200}
