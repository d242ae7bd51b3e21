"""A reviewer's browser: what they see of an item, and the button that they press."""

from django.test import Client
from django.urls import reverse

from accounts.models import User
from publishing.models import Post


class Chair:
    """Somebody at the review, with what stood on the page when they sat down."""

    def __init__(self, person: User) -> None:
        self.person, self.client = person, Client()
        self.client.force_login(person)

    def see(self, name: str, *args, **query):
        return self.client.get(reverse(name, args=args), query)

    def words(self, name: str, *args, **query) -> str:
        return " ".join(self.see(name, *args, **query).content.decode().split())

    def press(self, verb: str, post: Post, **words):
        """The button of `verb` on the page that shows `post` as it is in memory."""
        newest = post.revisions.order_by("number").last()
        seen = {"version": post.version, "checked": "all"}
        if newest:
            seen["revision"] = newest.sha256
        return self.client.post(reverse(verb, args=[post.pk]), seen | words)

    def open(self, post: Post):
        """Look at it as a browser does: the page says that it was drawn."""
        page = self.see("review", post.pk)
        self.press("review_opened", post)
        return page


def now(post: Post) -> Post:
    return Post.objects.select_related("agency").get(pk=post.pk)


def titles(response) -> list[str]:
    return [row.post.title for row in response.context["rows"]]
