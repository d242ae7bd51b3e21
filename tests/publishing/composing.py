"""What Sari's browser sends from Tulis, and what she reads there."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

WORDS = "Imunisasi gratis Sabtu ini di Balai Nagari Koto Baru."


def filled(post=None, *, do="save", **changes):
    """What the browser sends: a form that lacks nothing, unless told otherwise."""
    at = timezone.localtime(timezone.now() + timedelta(days=2))
    sent = {
        "do": do,
        "text": WORDS,
        "when": "at",
        "date": at.strftime("%Y-%m-%d"),
        "time": "09:00",
        "source-0-document": "Jadwal imunisasi Dinas Kesehatan",
        "note": "",
    }
    return sent | ({"version": post.version} if post else {}) | changes


def edit(post):
    return reverse("edit", args=[post.pk])


def page(response):
    return response.content.decode()
