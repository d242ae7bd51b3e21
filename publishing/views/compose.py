"""Tulis: write a post, save it, hand it in; whatever goes wrong, every word stays."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.policy import Action
from publishing import loading, sent_words, workflow
from publishing.forms.compose import Composer
from publishing.http import SignedInRequest, keeps_words, own_agency
from publishing.models import Post
from publishing.views import autosave
from publishing.workflow import Page, Repeated, Stale, Unfit
from publishing.workflow.differences import between

PLACES = dict.fromkeys(("upload", "add", "remove", "left", "right"), "#media")


@keeps_words
def write(request: SignedInRequest) -> HttpResponse:
    """A new post. It has no row until the first save."""
    agency = _own_agency(request)
    if request.method == "POST":
        begun = workflow.born_of(_page_of(request), request.user)  # its answer was lost, or is late
        if begun:
            return edit(request, begun.pk)
        return _receive(request, Composer.receiving(request, agency))
    training = request.user.in_training
    asked = {name: request.GET[name] for name in ("kind", "pillar", "at") if name in request.GET}
    return _page(request, Composer.showing(agency, asked=asked, training=training))


@keeps_words
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft, or a post that came back."""
    visible = Post.objects.visible_to(request.user)
    post = get_object_or_404(loading.for_the_desk(visible), pk=pk)
    workflow.require(request.user, Action.WRITE, post)
    request.user.agency = post.agency
    if request.method == "POST":
        return _receive(request, Composer.receiving(request, post.agency, post))
    if not post.is_editable:
        return redirect("post", pk)
    return _page(request, Composer.showing(post.agency, post), gaps=workflow.lacking(post))


def _own_agency(request: SignedInRequest) -> Agency:
    of_person = Agency.objects.select_related("desk").filter(pk=request.user.agency_id or 0)
    request.user.agency = of_person.first()  # with its desk; the page's own menu names it too
    return own_agency(request.user)


def _receive(request: SignedInRequest, form: Composer) -> HttpResponse:
    """Keep what was sent, and hand it in when that was the button; or say what is in the way."""
    if form.is_autosave:
        return autosave.answer(request, form)
    if form.post and not form.post.is_editable:
        return _handed_in(request, form) or _closed(request, form, form.post)
    if form.reshapes or not form.is_valid():
        return _page(request, form, status=200 if form.reshapes else 422)
    try:
        return _keep(request, form)
    except Repeated:
        return redirect("edit", form.post.pk if form.post else 0)
    except Stale as stale:
        return _changed(request, form, stale.post)


def _keep(request: SignedInRequest, form: Composer) -> HttpResponse:
    post = form.post = autosave.saved(request, form)
    if form.do != "submit":
        place = PLACES.get(form.do.partition(":")[0], "")
        return redirect(reverse("edit", args=[post.pk]) + place)
    try:
        workflow.submit(post, by=request.user, seen=post.version)
    except Unfit as unfit:
        return _page(request, form, gaps=unfit.gaps, asked=True, status=422)
    said = _("Diajukan. %(unit)s akan meninjau.") % {"unit": settings.REVIEW_UNIT}
    messages.success(request, said, extra_tags="arrived")
    return redirect("post", post.pk)


def _handed_in(request: SignedInRequest, form: Composer) -> HttpResponse | None:
    """The post's page, when this is the second press of the button that handed it in."""
    post = form.post
    again = post is not None and form.do == "submit" and _page_of(request).sent_last(post)
    return redirect("post", post.pk) if again and post else None


def _changed(request: SignedInRequest, form: Composer, post: Post) -> HttpResponse:
    """Somebody saved meanwhile: both texts, and a form whose next save is a decision."""
    post.refresh_from_db()
    if not post.is_editable:
        return _closed(request, form, post)
    theirs = post.variants.exclude(text="").select_related("channel")
    found = between(post, workflow.kept(post), form.draft())
    return _page(request, form, conflict=True, theirs=theirs, differences=found, status=409)


def _closed(request: SignedInRequest, form: Composer, post: Post) -> HttpResponse:
    """It was handed in or given up meanwhile: nothing can be kept, so show the words to copy."""
    reason = _("Unggahan ini tidak dapat disunting lagi: statusnya kini “%(status)s”.")
    context = {
        "reason": reason % {"status": post.get_status_display()},
        "words": sent_words.of(request.POST, {n: str(f.label) for n, f in form.fields.items()}),
        "theirs": post.text,
        "back": reverse("post", args=[post.pk]),
    }
    return render(request, "409.html", context, status=409)


def _page(
    request: SignedInRequest, form: Composer, *, status: int = 200, **more: object
) -> HttpResponse:
    """The composer, with `more`: gaps, and whether a submission `asked` for them; a conflict."""
    post, kept = form.post, form.post is not None and (not form.is_bound or "asked" in more)
    page, version = _page_of(request), request.POST.get("version", "")
    if kept or not form.is_bound or "conflict" in more:  # a new page, that has seen what is kept
        page, version = Page.opened(), str(post.version) if post else ""
    context: dict[str, object] = {"form": form, "post": post, "kept": kept}
    context |= {"page": page, "version": version, "editor": _editor(request, post)}
    name = "compose/_drawn.html" if "drawn" in request.GET else "compose.html"
    # until a person has decided between two versions, no script may save
    context["paused"] = "conflict" in more or ("anew" in request.POST and not kept)
    return render(request, f"publishing/{name}", context | more, status=status)


def _editor(request: SignedInRequest, post: Post | None) -> User | None:
    return workflow.someone_else(post, request.user) if post else None


def _page_of(request: SignedInRequest) -> Page:
    return Page.read(request.POST)
