"""A rude draft and a loud one, and what Sari, Dewi and Humas do about what is found in them."""

from django.urls import reverse

from publishing import findings, rulebook
from publishing.models import WordEdit
from tests.publishing.composing import edit, filled

RUDE = "Petugas tidak goblok. Imunisasi gratis Sabtu ini di Balai Nagari Koto Baru."
LOUD = "VIRAL!!! Imunisasi gratis Sabtu ini di Balai Nagari Koto Baru."


def hand_in(client, post, *, do="submit", **changes):
    post.refresh_from_db()
    chosen = [variant.channel_id for variant in post.variants.all()]
    return client.post(edit(post), filled(post, do=do, channels=chosen, **changes))


def found(client, post):
    return client.get(reverse("findings", args=[post.pk]))


def key_of(code, post):
    return post.findings.filter(code=code).latest("pk").key


def answer(client, post, key, **sent):
    return client.post(reverse("answer_finding", args=[post.pk]), {"key": key} | sent)


def decide(client, post, key, do="waive", because="Ini kutipan dari rilis resmi.", **sent):
    sent = {"key": key, "do": do, "because": because} | sent
    return client.post(reverse("decide_finding", args=[post.pk]), sent)


def ban(word):
    """Humas adds a word to the list of rude ones."""
    WordEdit.objects.create(list="insults", word=word)
    rulebook.changed()


def asked(desk, rude):
    """Sari was stopped, and asks for an exception; the key of what it is about."""
    hand_in(desk, rude, text=RUDE)
    key = key_of("MAKIAN", rude)
    answer(desk, rude, key, because="Judul buku di perpustakaan.")
    return key


def banned(post):
    """What blocks a post by now, in the words of the rule."""
    return [one.found for one in findings.now(post) if one.found.level == "block"]


def approve(client, post, **sent):
    """The form of Tinjau, with the whole checklist ticked at once unless it says otherwise."""
    revision = post.revisions.last().sha256
    sent = {"version": post.version, "revision": revision, "checked": "all"} | sent
    return client.post(reverse("approve", args=[post.pk]), sent)
