"""An agency's desk: what it writes with, its weekly plan, and advice on the hour of a post."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.policy import Action, may, reads_everybody
from publishing import slots, spending
from publishing.advice import about, loaded
from publishing.forms.desk import DeskForm
from publishing.http import SignedInRequest, fragment, own_agency
from publishing.models import Desk, Post
from publishing.plan import monday_of, week
from publishing.workflow import NotAllowed


@login_required
def desk(request: SignedInRequest) -> HttpResponse:
    """Pengaturan tulis: tags, closing line, phrases, hours and plan of the own agency."""
    agency = own_agency(request.user)
    if request.method != "POST":
        return _desk(request, DeskForm.showing(agency))
    form = DeskForm.receiving(request.POST, agency)
    if form.reshapes:
        return _desk(request, form)
    if not form.is_valid():
        return _desk(request, form, status=422)
    _keep(form)
    messages.success(request, _("Tersimpan. Berlaku untuk semua yang menulis di OPD Anda."))
    return redirect("desk")


@login_required
@require_safe
def plan(request: SignedInRequest) -> HttpResponse:
    """Rencana: one week of the own agency, pillar by pillar and day by day."""
    agency, monday = own_agency(request.user), monday_of(request.GET.get("pekan", ""))
    shown = week(agency, monday, training=request.user.in_training)
    return render(request, "publishing/plan.html", {"week": shown})


@fragment
@require_safe
@vary_on_headers("HX-Request")
def advice(request: SignedInRequest, pk: int) -> HttpResponse:
    """What to know about a post's hour: a fragment of the composer, or a page of its own."""
    user, now = request.user, timezone.now()
    post = get_object_or_404(loaded(Post.objects.visible_to(user)), pk=pk)
    writes = may(user, Action.WRITE, post)
    if not (writes or may(user, Action.REVIEW)):
        raise NotAllowed(_("Halaman ini untuk penulis dan peninjau unggahan."))
    drafts = writes or may(user, Action.READ_ALL)
    editable = writes and post.is_editable
    told = about(post, now, drafts=drafts, everybody=reads_everybody(user))
    told += spending.advice(post)
    context = {"post": post, "editable": editable, "advice": told}
    context["slots"] = slots.free(post, now) if editable else []
    name = "compose/_advice.html" if request.htmx else "desk_advice.html"
    return render(request, f"publishing/{name}", context)


def _keep(form: DeskForm) -> None:
    kept, _made = Desk.objects.get_or_create(agency=form.agency)
    form.fill(kept)
    kept.save()


def _desk(request: SignedInRequest, form: DeskForm, *, status: int = 200) -> HttpResponse:
    return render(request, "publishing/desk.html", {"form": form}, status=status)
