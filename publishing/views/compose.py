"""Tulis: write a post, save it, hand it in; whatever goes wrong, every word stays."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.policy import Action, may
from publishing import workflow
from publishing.forms.compose import Composer
from publishing.http import SignedInRequest, seen_version
from publishing.models import Post
from publishing.workflow import NotAllowed, Stale, Unfit

PLACES = {"upload": "#media", "remove": "#media", "left": "#media", "right": "#media"}


@login_required
def write(request: SignedInRequest) -> HttpResponse:
    """A new post. It has no row until the first save."""
    agency = _own_agency(request.user)
    if request.method == "POST":
        return _receive(request, Composer.receiving(request, agency))
    return _page(request, Composer.showing(agency))


@login_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft, or a post that came back."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    if not may(request.user, Action.WRITE, post):
        raise NotAllowed(_("Hanya OPD pemiliknya yang dapat menyunting unggahan ini."))
    if request.method == "POST":
        return _receive(request, Composer.receiving(request, post.agency, post))
    if not post.is_editable:
        return redirect("post", pk)
    return _page(request, Composer.showing(post.agency, post), gaps=workflow.lacking(post))


def _own_agency(user: User) -> Agency:
    if not may(user, Action.WRITE) or user.agency is None:
        raise NotAllowed(_("Peran Anda tidak menulis unggahan."))
    return user.agency


def _receive(request: SignedInRequest, form: Composer) -> HttpResponse:
    """Keep what was sent, and hand it in when that was the button; or say what is in the way."""
    if form.post and not form.post.is_editable:
        return _closed(request, form, form.post)
    if form.reshapes:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        return _keep(request, form)
    except Stale as stale:
        return _changed(request, form, stale.post)


def _keep(request: SignedInRequest, form: Composer) -> HttpResponse:
    post = form.post = _saved(request, form)
    if form.do != "submit":
        place = PLACES.get(form.do.partition(":")[0], "")
        return redirect(reverse("edit", args=[post.pk]) + place)
    try:
        workflow.submit(post, by=request.user, seen=post.version)
    except Unfit as unfit:
        return _page(request, form, gaps=unfit.gaps, asked=True, status=422)
    said = _("Diajukan. %(unit)s akan meninjau.") % {"unit": settings.REVIEW_UNIT}
    messages.success(request, said)
    return redirect("post", post.pk)


def _saved(request: SignedInRequest, form: Composer) -> Post:
    if form.post is None:
        return workflow.create_draft(form.draft(), by=request.user)
    workflow.save_draft(form.post, form.draft(), by=request.user, seen=seen_version(request))
    return form.post


def _changed(request: SignedInRequest, form: Composer, post: Post) -> HttpResponse:
    """Somebody saved meanwhile: both texts, and a form whose next save is a decision."""
    post.refresh_from_db()
    if not post.is_editable:
        return _closed(request, form, post)
    theirs = post.variants.exclude(text="").select_related("channel")
    return _page(request, form, conflict=True, theirs=theirs, status=409)


def _closed(request: SignedInRequest, form: Composer, post: Post) -> HttpResponse:
    """It was handed in or given up meanwhile: nothing can be kept, so show the words to copy."""
    reason = _("Unggahan ini tidak dapat disunting lagi: statusnya kini “%(status)s”.")
    context = {
        "reason": reason % {"status": post.get_status_display()},
        "mine": form["text"].value(),
        "theirs": post.text,
        "back": reverse("post", args=[post.pk]),
    }
    return render(request, "409.html", context, status=409)


def _page(
    request: SignedInRequest, form: Composer, *, status: int = 200, **more: object
) -> HttpResponse:
    """The composer, with `more`: gaps, and whether a submission `asked` for them; a conflict."""
    kept = form.post is not None and (not form.is_bound or "asked" in more)
    context = {"form": form, "post": form.post, "kept": kept} | more
    return render(request, "publishing/compose.html", context, status=status)
