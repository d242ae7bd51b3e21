"""The people and places of the stories that the tests tell."""

import io
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from allauth.account.internal.flows.login import record_authentication
from cryptography.fernet import Fernet
from django.conf import settings as django_settings
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Agency, Role, User
from platforms import registry
from platforms.models import Channel
from publishing import rulebook
from publishing.delivery import timekeeping
from sandbox.server import running
from tests import factories, ground


def pytest_sessionstart():
    """WhiteNoise wants its folder, though the tests' pages come from the finders."""
    Path(django_settings.STATIC_ROOT).mkdir(exist_ok=True)
    ground.be_quick()


@pytest.fixture(autouse=True)
def own_ground(settings, tmp_path):
    """Each test keeps its files, keys and passwords to itself."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.VAULT_KEYS = [f"k1:{Fernet.generate_key().decode()}"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STATIC_ROOT = None  # or each client's WhiteNoise looks at 450 files before it answers
    cache.clear()  # who was turned away in one test may try again in the next
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    yield
    shutil.rmtree(tmp_path / "media", ignore_errors=True)


@pytest.fixture(autouse=True)
def a_factor_for_who_walks_past_the_door():
    """`force_login` counts as a sign-in with a second factor; through the real door it is given.

    Only at the door has a request passed allauth's middleware.
    """

    def give(request, user, **_):
        if not hasattr(request, "allauth"):
            record_authentication(request, user, "mfa", type="totp")

    user_logged_in.connect(give)
    yield
    user_logged_in.disconnect(give)


@pytest.fixture(autouse=True)
def one_clock(monkeypatch):
    """Tests move Python's clock and not PostgreSQL's; both are right all the same."""
    monkeypatch.setattr(timekeeping, "TOLERATED", timedelta(days=10_000))


@pytest.fixture(autouse=True)
def a_new_rulebook():
    """What one test's Humas wrote is not read by the next."""
    rulebook.forget()


@pytest.fixture
def dinkes(db) -> Agency:
    return Agency.objects.create(code="DINKES", name="Dinas Kesehatan", short_name="Dinkes")


@pytest.fixture
def sari(dinkes) -> User:
    """Sari writes for Dinas Kesehatan."""
    return factories.make_person("sari@contoh.test", "Sari Contoh", Role.AUTHOR, dinkes)


@pytest.fixture
def rina(dinkes) -> User:
    """Rina writes for Dinas Kesehatan too."""
    return factories.make_person("rina@contoh.test", "Rina Contoh", Role.AUTHOR, dinkes)


@pytest.fixture
def budi(db) -> User:
    """Budi writes for another agency and must not see Sari's work."""
    other = Agency.objects.create(
        code="DISDIKBUD", name="Dinas Pendidikan dan Kebudayaan", short_name="Disdikbud"
    )
    return factories.make_person("budi@contoh.test", "Budi Contoh", Role.AUTHOR, other)


@pytest.fixture
def dewi(db) -> User:
    """Dewi reviews, for Humas."""
    return factories.make_person("dewi@contoh.test", "Dewi Contoh", Role.REVIEWER)


@pytest.fixture
def channels(dinkes) -> dict[str, Channel]:
    """Dinas Kesehatan's three connected channels, by platform."""
    return {platform: factories.make_channel(dinkes, platform) for platform in factories.SECRETS}


@pytest.fixture
def picture_file():
    """Makes an uploaded picture: `picture_file("poster.jpg", size=(1200, 900))`."""

    def make(name="poster.jpg", size=(1200, 900), color="teal", kind="JPEG", **options):
        target = io.BytesIO()
        mode = "RGBA" if kind == "PNG" else "RGB"
        Image.new(mode, size, color).save(target, kind, **options)
        return SimpleUploadedFile(name, target.getvalue(), f"image/{kind.lower()}")

    return make


@pytest.fixture
def here() -> Path:
    """The repository."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture
def box(settings, tmp_path, channels):
    """The platforms, played here, with Dinas Kesehatan's accounts open on them."""
    with running(tmp_path / "sandbox") as sandbox:
        settings.PLATFORMS = {
            key: options | {"BASE_URL": sandbox.url} for key, options in settings.PLATFORMS.items()
        }
        settings.PLATFORMS["x"] |= {
            "CONSUMER_KEY": "app-key",
            "CONSUMER_SECRET": "app-secret",
            "READING": True,
        }
        registry.adapter.cache_clear()
        Box.open_accounts(sandbox.url, channels.values())
        yield Box(sandbox.url)
    registry.adapter.cache_clear()


class Box:
    """The sandbox as a test speaks of it."""

    def __init__(self, url: str) -> None:
        self.url = url

    @staticmethod
    def open_accounts(url, channels) -> None:
        app = {"consumer_key": "app-key", "consumer_secret": "app-secret"}
        accounts = [
            {
                "platform": c.platform,
                "id": c.remote_id,
                "handle": c.handle,
                "name": c.name,
                "secrets": c.account().secrets | (app if c.platform == "x" else {}),
            }
            for c in channels
        ]
        requests.post(f"{url}/__sandbox__/accounts", json=accounts, timeout=5).raise_for_status()

    def ledger(self) -> list[dict[str, Any]]:
        """Every post that a platform accepted, in order."""
        answer = requests.get(f"{self.url}/__sandbox__/ledger", timeout=5)
        return list(answer.json()["posts"])

    def fault(self, platform: str, step: str, kind: str, when: str = "before", **more) -> None:
        body = {"platform": platform, "step": step, "kind": kind, "when": when} | more
        requests.post(f"{self.url}/__sandbox__/faults", json=body, timeout=5).raise_for_status()

    def heal(self) -> None:
        requests.delete(f"{self.url}/__sandbox__/faults", timeout=5).raise_for_status()
