"""A content plan as a file: check it, make drafts of it, take it along."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Agency
from publishing import workflow
from publishing.forms import plan_sheet
from publishing.forms.plan_csv import BadFile, PlanFile
from publishing.forms.plan_sheet import Checked, Period
from publishing.http import SignedInRequest, own_agency


@login_required
@require_safe
def plan_export(request: SignedInRequest) -> HttpResponse:
    """The agency's plan of a period; with `contoh`, a file to begin with."""
    agency = own_agency(request.user)
    if request.GET.get("contoh"):
        return _file(plan_sheet.example(agency), plan_sheet.name_of(agency, "contoh-rencana"))
    content = plan_sheet.exported(agency, request.user, Period(request.GET))
    return _file(content, plan_sheet.name_of(agency, "rencana"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_import(request: SignedInRequest) -> HttpResponse:
    """A file is checked first, and becomes drafts when confirmed. Nothing is kept in between."""
    agency = own_agency(request.user)
    workflow.require_earnest(request.user)
    if request.method != "POST":
        return _page(request, PlanFile())
    if "plan" in request.POST:
        return _confirmed(request, agency, request.POST["plan"])
    form = PlanFile(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _checked(request, agency, form)


def _checked(request: SignedInRequest, agency: Agency, form: PlanFile) -> HttpResponse:
    try:
        return _page(request, PlanFile(), checked=Checked(form.plan, agency))
    except BadFile as reason:
        form.add_error("pasted" if form.cleaned_data["pasted"] else "file", str(reason))
        return _page(request, form, status=422)


def _confirmed(request: SignedInRequest, agency: Agency, text: str) -> HttpResponse:
    """The file comes back with the button; rows that are wrong stay on the page."""
    try:
        checked = Checked(text, agency)
    except BadFile as reason:
        messages.error(request, str(reason))
        return redirect("plan_import")
    if request.POST.get("do") == "rest":
        return _file(checked.to_mend(), plan_sheet.name_of(agency, "perlu-diperbaiki"))
    made = len(workflow.create_plan(checked.drafts, by=request.user))
    said = ngettext("%(n)s draf dibuat dari rencana.", "%(n)s draf dibuat dari rencana.", made)
    messages.success(request, said % {"n": made})
    if checked.bad:
        return _page(request, PlanFile(), checked=Checked(text, agency))
    return redirect(reverse("posts") + "?status=draft")


def _page(
    request: SignedInRequest, form: PlanFile, *, checked: Checked | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "checked": checked, "period": Period()}
    return render(request, "publishing/plan_import.html", context, status=status)


def _file(content: bytes, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=disposition)
