"""A real Chromium on the real pages, watched for accessibility and for broken policy."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from accounts import second_factor
from accounts.models import User
from tests import factories
from tests.factories import PASSWORD

# Playwright keeps an event loop in this thread; Django then refuses the database without this.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The browser shares two cores with all other tests, and a phone's picture is twelve megapixels.
expect.set_options(timeout=20_000)
SMALLEST = {"width": 320, "height": 640}
SIZES = {"desktop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "chromium is missing: bin/test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@dataclass
class Desk:
    """Somebody's browser window."""

    page: Page
    base: str
    complaints: list[str] = field(
        default_factory=list
    )  # of the browser: policy, scripts, missing files

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def sign_in(self, person: User) -> None:
        """Through the real door, with a code where the role asks for one."""
        if second_factor.must_give(person):
            app_of(person)
        self.go("/masuk/")
        self.page.get_by_label("Surel").fill(person.email)
        self.page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Masuk", exact=True).click()
        if second_factor.must_give(person):
            self.give_code(person)
        self.page.wait_for_url(self.base + "/")

    def give_code(self, person: User) -> None:
        """The code that the person's app shows."""
        self.page.get_by_label("Kode").fill(factories.code_on(app_of(person)))
        self.page.get_by_role("button", name="Lanjut").click()

    def flaws(self) -> list[str]:
        """What axe finds on the page as it stands (WCAG A and AA), one line each."""
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        options = {
            "runOnly": {"type": "tag", "values": tags},
            "resultTypes": ["violations"],  # of what passed, one example each
            "preload": False,  # of style sheets: for a rule that is not among these
        }
        found = Axe().run(self.page, options=options)
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
            # what lies half under a bar that stays is whole when the page is scrolled
            if "partially obscured" not in str(node.get("failureSummary"))
        ]

    def settle(self) -> None:
        """Wait until two frames were drawn: a window that was resized is laid out a frame later."""
        self.page.evaluate(
            "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
        )

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        root = "document.documentElement"
        return int(self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


@pytest.fixture
def open_desk(chromium, live_server, settings) -> Iterator[Callable[..., Desk]]:
    """Opens windows: `open_desk(sari, size="phone", scheme="dark", scripts=False)`."""
    settings.PUBLIC_URL = live_server.url
    contexts: list[BrowserContext] = []

    def open_one(person=None, size="desktop", scheme="light", scripts=True) -> Desk:
        context = chromium.new_context(
            viewport=SIZES[size],
            color_scheme=scheme,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            java_script_enabled=scripts,
            has_touch=size == "phone",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        desk = Desk(context.new_page(), live_server.url)
        desk.page.on("console", lambda message: _hear(desk, message))
        desk.page.on("pageerror", lambda error: desk.complaints.append(str(error)))
        if person is not None:
            desk.sign_in(person)
        return desk

    yield open_one
    for context in contexts:
        context.close()


def app_of(person: User) -> Authenticator:
    """The app on this person's phone, set up now when there is none."""
    app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    return app or factories.give_app(person)


def _hear(desk: Desk, message: ConsoleMessage) -> None:
    if message.type != "error":
        return
    expected = [f"status of {code}" for code in (403, 404, 409, 422)]
    expected.append("Error Code 404 from")  # htmx, of a post that was taken back meanwhile
    if not any(words in message.text for words in expected):
        desk.complaints.append(message.text)


@pytest.fixture
def look(open_desk):
    """Looks at a page and names every flaw that it finds: at a desk in the light, on a phone in the
    dark. `thorough` looks at both in both; colours do not depend on the size, so few pages need it.
    """

    def look_at(
        person,
        path: str,
        arrive: Callable[[Desk], object] | None = None,
        thorough: bool = False,
    ) -> None:
        for size, usual in (("desktop", "light"), ("phone", "dark")):
            desk = open_desk(size=size)
            if person:
                seat(desk, person)
            # set before the page comes: colours fade in a switch
            for scheme in ("light", "dark") if thorough else (usual,):
                desk.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                desk.go(path)
                if arrive:
                    arrive(desk)
                assert desk.flaws() == [], f"{path} {size} {scheme}"
                assert desk.overflow() <= 0, f"{path} is wider than {size}"
            assert desk.complaints == [], f"{path} {size}"
        desk.page.set_viewport_size(SMALLEST)  # the phone's window, narrower still
        desk.settle()
        assert desk.overflow() <= 0, f"{path} is wider than 320 px"

    return look_at


def seat(desk: Desk, person) -> None:
    """Signed in already: the journey walks through the door, these pages lie behind it."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    desk.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": desk.base}])


@pytest.fixture
def desk_of(open_desk) -> Callable[..., Desk]:
    """A desk at which this person sits already: `desk_of(sari, size="phone")`."""

    def sit(person, **options) -> Desk:
        desk: Desk = open_desk(**options)
        seat(desk, person)
        return desk

    return sit


@pytest.fixture
def pictures(picture_file):
    def make():
        return [picture_file("satu.jpg", color="teal"), picture_file("dua.jpg", color="maroon")]

    return make
