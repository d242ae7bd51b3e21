"""What every moving view shares: a signed-in person, the version they saw, a 409 that says why."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.middleware import HtmxDetails

from accounts.models import Agency, User
from accounts.policy import Action, may
from publishing import diff, sent_words
from publishing.delivery.manual import NotPossible
from publishing.models import Revision
from publishing.workflow import BadTime, NotAllowed, Stale, TooLate

_TEXTS = ("note", "reply-")  # how the texts of a decision, a note and an answer are called
View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """A request whose user is a person."""

    user: User
    htmx: HtmxDetails


def own_agency(user: User) -> Agency:
    """The agency that this person writes for. Raises NotAllowed."""
    if not may(user, Action.WRITE) or user.agency is None:
        raise NotAllowed(
            _("Halaman ini untuk yang menulis di OPD. Peran Anda tidak menulis unggahan.")
        )
    return user.agency


def moves_post(view: View) -> View:
    """A move: POST only, signed in; what is refused now is a 409 that says why."""

    @wraps(view)
    def wrapper(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except (Stale, TooLate, BadTime, NotPossible) as reason:
            return refused(request, pk, reason)

    return require_POST(login_required(wrapper))


def fragment(view: View) -> View:
    """A part of an open page: whoever was signed out meanwhile gets no login form inside it."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: int, **names: int) -> HttpResponse:
        if not request.user.is_authenticated and "HX-Request" in request.headers:
            return HttpResponse(status=401)
        return login_required(view)(request, *args, **names)

    return wrapper


def keeps_words(view: View) -> View:
    """A page to write on: who was signed out meanwhile, or began or ended a training in another
    tab, gets the words back, not a login form or the wrong world's draft."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: int, **names: int) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            return _signed_out(request)
        if request.method == "POST" and _is_of_the_other_world(request):
            return _other_world(request)
        return login_required(view)(request, *args, **names)

    return wrapper


def edits_rules(view: View) -> View:
    """A page of "Aturan bahasa", for who keeps the rulebook."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **names: object) -> HttpResponse:
        if request.user.in_training:  # type: ignore[union-attr]
            raise NotAllowed(_("Aturan bahasa berlaku sungguhan. Akhiri dulu Mode latihan."))
        if not may(request.user, Action.EDIT_RULES):  # type: ignore[arg-type]
            raise NotAllowed(_("Aturan bahasa diurus peninjau dan koordinator."))
        return view(request, *args, **names)

    return login_required(wrapper)


def _signed_out(request: HttpRequest) -> HttpResponse:
    if request.POST.get("do") == "autosave":
        return JsonResponse({"said": _("Sesi Anda berakhir.")}, status=401)
    back = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    context = {"words": sent_words.of(request.POST), "back": back}
    return render(request, "publishing/signed_out.html", context, status=401)


def _is_of_the_other_world(request: HttpRequest) -> bool:
    """Whether the page was opened in Mode latihan and it is over, or the other way round.

    Calling back what stayed on the device ("recall") saves nothing: the page shows where it is.
    """
    now = str(int(request.user.in_training))  # type: ignore[union-attr]
    return request.POST.get("do") != "recall" and request.POST.get("training", now) != now


def _other_world(request: HttpRequest) -> HttpResponse:
    reason = (
        _("Halaman ini dibuka di luar Mode latihan, dan kini Anda sedang latihan.")
        if request.user.in_training  # type: ignore[union-attr]
        else _("Halaman ini dibuka di Mode latihan, dan latihan itu sudah berakhir.")
    )
    if request.POST.get("do") == "autosave":
        return JsonResponse({"said": f"{reason} {_('Belum tersimpan.')}"}, status=422)
    context = {"words": sent_words.of(request.POST), "reason": reason}
    return render(request, "publishing/other_world.html", context, status=409)


def refused(request: HttpRequest, pk: int, reason: Exception) -> HttpResponse:
    """The 409 page: what happened meanwhile, and the person's own words to keep."""
    note = "\n".join(_written(request))
    context = {"reason": reason, "pk": pk, "note": note}
    context["changes"] = _since(pk, request.POST.get("revision", ""))
    return render(request, "publishing/refused.html", context, status=409)


def _since(pk: int, seen: str) -> diff.Changes | None:
    """What is otherwise in the newest submission than in the one that was on the screen."""
    revisions = Revision.objects.filter(post=pk).order_by("number")
    old, newest = revisions.filter(sha256=seen).last(), revisions.last()
    if old is None or newest is None or old.sha256 == newest.sha256:
        return None
    return diff.between(old, newest)


def _written(request: HttpRequest) -> list[str]:
    """Every word that a person typed beside a decision: a form may hold several texts."""
    texts = [request.POST.getlist(name) for name in request.POST if name.startswith(_TEXTS)]
    return [text for said in texts for text in said if text.strip()]


def seen_version(request: HttpRequest) -> int:
    """The version that was on the person's screen."""
    try:
        return int(request.POST["version"])
    except (KeyError, ValueError) as error:
        raise BadRequest("version") from error
