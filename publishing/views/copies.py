"""New drafts from old posts: a copy, a ralat, and what one channel refused, to be mended."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing import calendar, workflow
from publishing.delivery.manual import NotPossible
from publishing.http import SignedInRequest, moves_post, refused, seen_version
from publishing.models import Delivery, Post
from publishing.workflow import Page


@moves_post
def copy(request: SignedInRequest, pk: int) -> HttpResponse:
    new = workflow.copy(_find(request, pk), by=request.user, page=Page.read(request.POST))
    said = _("Ini draf baru dengan isi yang sama. %(time)s")
    messages.success(request, said % {"time": calendar.offered(new.publish_at)})
    return redirect("edit", new.pk)


@moves_post
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    new = workflow.correct(_find(request, pk), by=request.user)
    if not new.is_editable:
        messages.info(request, _("Ralat untuk unggahan itu sudah diajukan."))
        return redirect("post", new.pk)
    said = _("Ini draf ralatnya. Isi yang keliru dan yang benar, lalu ajukan. %(time)s")
    messages.success(request, said % {"time": calendar.offered(new.publish_at)})
    return redirect("edit", new.pk)


@require_POST
@login_required
def mend(request: SignedInRequest, pk: int) -> HttpResponse:
    delivery = _find_delivery(request, pk)
    try:
        new = workflow.mend(delivery, by=request.user, seen=seen_version(request))
    except NotPossible as reason:
        return refused(request, delivery.post_id, reason)
    said = _("Ini draf baru untuk %(channel)s saja. Perbaiki isinya, lalu ajukan. %(time)s")
    messages.success(
        request, said % {"channel": delivery.channel, "time": calendar.offered(new.publish_at)}
    )
    return redirect("edit", new.pk)


def _find(request: SignedInRequest, pk: int) -> Post:
    visible = Post.objects.visible_to(request.user).select_related("agency", "corrects")
    return get_object_or_404(visible, pk=pk)


def _find_delivery(request: SignedInRequest, pk: int) -> Delivery:
    visible = Post.objects.visible_to(request.user)
    found = Delivery.objects.filter(post__in=visible)
    related = found.select_related("post__agency", "post__corrects", "channel", "revision")
    return get_object_or_404(related, pk=pk)
