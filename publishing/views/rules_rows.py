"""The parts of the rulebook that are rows: a list with a form beside it, one row, its end."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing import rulebook
from publishing.forms.rules_rows import RowForm
from publishing.forms.rules_sections import KINDS, SECTIONS, RowSearch, Section
from publishing.http import SignedInRequest, edits_rules

PER_PAGE = 25


@edits_rules
def section(request: SignedInRequest, slug: str) -> HttpResponse:
    """The rows of one part, and the form that adds one."""
    part = _part(slug)
    if request.method != "POST":
        return _list(request, part, part.form(initial={"kind": request.GET.get("kind")}))
    form = part.form(request.POST)
    if not form.is_valid():
        return _list(request, part, form, status=422)
    _keep(form.instance, request)
    messages.success(request, _("Ditambahkan: %(row)s.") % {"row": form.instance})
    return redirect(_back(part, form))


@edits_rules
def row(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One row to change."""
    part = _part(slug)
    kept = get_object_or_404(part.model, pk=pk)
    form = part.form(request.POST if request.method == "POST" else None, instance=kept)
    if form.is_valid():
        _keep(form.instance, request)
        messages.success(request, _("Diperbarui: %(row)s.") % {"row": form.instance})
        return redirect("rules_section", slug)
    context = {"section": part, "form": form, "pk": pk}
    status = 422 if form.errors else 200
    return render(request, "publishing/rules/row.html", context, status=status)


@edits_rules
@require_POST
def remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a row out of the rulebook."""
    part = _part(slug)
    gone = get_object_or_404(part.model, pk=pk)
    with transaction.atomic():
        gone.delete()
        rulebook.changed()
    messages.success(request, _("Dihapus: %(row)s.") % {"row": gone})
    return redirect("rules_section", slug)


@edits_rules
@require_POST
def end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Make today the last day of a row that is dated."""
    part, today = _part(slug), timezone.localdate()
    if not part.ends:
        raise Http404(slug)
    kept: Any = get_object_or_404(part.model, pk=pk)
    if trouble := _not_running(kept, part, today):
        messages.warning(request, trouble)
        return redirect("rules_row", slug, pk)
    setattr(kept, part.ends, today)
    _keep(kept, request)
    messages.success(request, _("Hari ini hari terakhirnya: %(row)s.") % {"row": kept})
    return redirect("rules_section", slug)


def _not_running(kept: Any, part: Section, today: date) -> str:
    """Why today cannot become its last day; "" when it can."""
    if getattr(kept, part.starts) > today:
        return _("Belum mulai. Hapus saja bila tidak jadi.")
    last = getattr(kept, part.ends)
    if last and last < today:
        on = date_format(last, "j F Y")
        return _("Sudah berakhir pada %(on)s. Ubah tanggalnya bila keliru.") % {"on": on}
    return ""


def _part(slug: str) -> Section:
    try:
        return SECTIONS[slug]
    except KeyError:
        raise Http404(slug) from None


def _keep(kept: Any, request: SignedInRequest) -> None:
    kept.by, kept.at = request.user, timezone.now()
    with transaction.atomic():
        kept.save()
        rulebook.changed()


def _back(part: Section, form: RowForm) -> str:
    """The list in which the new row stands."""
    url = reverse("rules_section", args=[part.slug])
    return f"{url}?kind={form.cleaned_data['kind']}" if part.has_kinds else url


def _list(
    request: SignedInRequest, part: Section, form: RowForm, *, status: int = 200
) -> HttpResponse:
    search = RowSearch(request.GET)
    found = part.rows(search)
    context = {
        "section": part,
        "form": form,
        "search": search,
        "kinds": KINDS if part.has_kinds else [],
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "publishing/rules/section.html", context, status=status)
