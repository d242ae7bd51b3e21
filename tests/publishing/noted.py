"""What Dewi notes beside a submission and what Sari answers, as their browsers send it."""

from django.urls import reverse

from publishing import anchors, workflow
from publishing.models import Note, Post

QUOTE = "Balai Nagari Koto Baru"


def newest(post):
    return post.revisions.order_by("-number")[0]


def seen(post):
    """What the page of a review sends along with everything."""
    post = Post.objects.get(pk=post.pk)
    return {"version": post.version, "revision": newest(post).sha256}


def text_of(post):
    return f"text:{newest(post).content['channels'][0]['channel']}"


def send(client, user, name, post, headers=None, **words):
    client.force_login(user)
    return client.post(reverse(name, args=[post.pk]), seen(post) | words, headers=headers or {})


def add(client, user, post, headers=None, **words):
    named = {f"note-{name}": said for name, said in ({"place": "whole"} | words).items()}
    return send(client, user, "add_note", post, headers, **named)


def write(post, by, words="Mohon cek tempatnya.", *, quote="", media=None, point=None):
    """Dewi's note through the move, not through the page."""
    post = Post.objects.get(pk=post.pk)
    revision = newest(post)
    entry = revision.content["channels"][0]
    anchor = anchors.WHOLE
    if quote:
        anchor = anchors.on_text(revision.content, entry["channel"], quote)
    if media:
        channel = entry["channel"] if point else None
        anchor = anchors.on_picture(revision.content, media, channel, point)
    return workflow.add_note(post, by=by, revision=revision.sha256, anchor=anchor, words=words)


def send_back(post, by):
    post.refresh_from_db()
    workflow.send_back(post, by=by, seen=post.version, revision=newest(post).sha256)


def answer(client, user, post, note, kind="fixed", words="", **more):
    sent = {"thread": note.pk, "answer": kind, f"reply-{note.pk}": words} | more
    return send(client, user, "answer_note", post, **sent)


def kinds(note):
    """What became of a thread, word by word."""
    return [one.kind for one in Note.objects.filter(opening=note)]
