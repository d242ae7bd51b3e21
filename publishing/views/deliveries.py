"""A person's ways out for one delivery, one address per verb; each leads back to the post."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from publishing import workflow
from publishing.delivery import manual
from publishing.forms.schedule import Hour
from publishing.http import SignedInRequest, View, refused, seen_version
from publishing.models import Delivery, Post
from publishing.views import post as post_page
from publishing.workflow import BadTime

Move = Callable[[SignedInRequest, Delivery], HttpResponse | None]


def _moves_delivery(move: Move) -> View:
    """Find the delivery of a post this person may see, make the move, answer with the post."""

    @wraps(move)
    def view(request: SignedInRequest, pk: int) -> HttpResponse:
        delivery = _find(request, pk)
        try:
            return move(request, delivery) or redirect("post", delivery.post_id)
        except manual.NotPossible as reason:
            return refused(request, delivery.post_id, reason)

    return require_POST(login_required(view))


def _find(request: SignedInRequest, pk: int) -> Delivery:
    """A delivery of a post this person may see and may settle."""
    visible = Post.objects.visible_to(request.user)
    found = Delivery.objects.filter(post__in=visible).select_related(
        "post__agency", "channel", "revision"
    )
    delivery = get_object_or_404(found, pk=pk)
    manual.require(request.user)
    return delivery


@_moves_delivery
def send_again(request: SignedInRequest, delivery: Delivery) -> None:
    manual.send_again(delivery, by=request.user, seen=seen_version(request))


@_moves_delivery
def settle_found(request: SignedInRequest, delivery: Delivery) -> HttpResponse | None:
    link = request.POST.get("link", "").strip()
    try:
        manual.settle_found(delivery, by=request.user, seen=seen_version(request), link=link)
    except ValidationError as error:
        wrong = {"delivery": delivery.pk, "link": link, "sentence": error.message}
        return post_page.page(request, delivery.post, wrong=wrong, status=422)
    return None


@_moves_delivery
def settle_absent(request: SignedInRequest, delivery: Delivery) -> None:
    manual.settle_absent(delivery, by=request.user, seen=seen_version(request))


@_moves_delivery
def resume(request: SignedInRequest, delivery: Delivery) -> None:
    try:
        workflow.resume(delivery, by=request.user, seen=seen_version(request))
    except BadTime as reason:
        raise manual.NotPossible(str(reason)) from reason


@_moves_delivery
def put_off(request: SignedInRequest, delivery: Delivery) -> HttpResponse | None:
    hour = Hour(request.POST)
    if (to := hour.wanted()) is not None:
        try:
            workflow.put_off(delivery, by=request.user, seen=seen_version(request), to=to)
        except BadTime as reason:
            hour.add_error(None, str(reason))
    if hour.is_valid():
        return None
    wrong = {"delivery": delivery.pk, "hour": hour}
    return post_page.page(request, delivery.post, wrong=wrong, status=422)


@_moves_delivery
def call_off(request: SignedInRequest, delivery: Delivery) -> None:
    manual.call_off(delivery, by=request.user, seen=seen_version(request))
