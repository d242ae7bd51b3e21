"""Tulis: write a post, save it, hand it in; whatever goes wrong, every word stays."""

from collections.abc import Sequence

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
from publishing.models import Post, Review, Variant
from publishing.workflow import Gap, NotAllowed, Stale, Unfit

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
    return _page(request, form, theirs=list(theirs), status=409)


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
    request: SignedInRequest,
    form: Composer,
    *,
    gaps: Sequence[Gap] = (),
    asked: bool = False,
    theirs: Sequence[Variant] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The composer. `asked` says that submitting was tried, so every gap gets its sentence."""
    rows = form.channel_rows
    context = {
        "form": form,
        "post": form.post,
        "channels": rows,
        "in_front": next((row.channel.pk for row in rows if row.chosen), None),
        "gaps": gaps,
        "asked": asked,
        "theirs": theirs,
        "conflict": theirs is not None,
        "kept": form.post is not None and (not form.is_bound or asked),
        "returned": _returned(form.post),
    }
    return render(request, "publishing/compose.html", context, status=status)


def _returned(post: Post | None) -> Review | None:
    """Who asked for what, while the post waits to be mended."""
    if post is None or post.status != Post.Status.RETURNED:
        return None
    sent_back = Review.objects.filter(revision__post=post, decision=Review.Decision.RETURNED)
    return sent_back.select_related("decided_by").order_by("decided_at").last()
