"""Pemberitahuan: the bell's list, the page, what leads on from a line, and one's own ways."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from publishing.forms.notices import NoticesForm
from publishing.http import SignedInRequest, fragment
from publishing.models.notice import Contact
from publishing.notices import bell, choices


@login_required
@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    """All of mine, newest first."""
    page = bell.page(request.user, request.GET.get("after", ""))
    context = {"page": page, "after": request.GET.get("after", "")}
    return render(request, "publishing/notices.html", context)


@fragment
@require_safe
def newest(request: SignedInRequest) -> HttpResponse:
    """The newest ten, for the bell."""
    context = {"notices": bell.of(request.user)[: bell.FEW]}
    return render(request, "publishing/notices/_newest.html", context)


@login_required
@require_POST
def open_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a line as read and go where something can be done."""
    notice = get_object_or_404(bell.of(request.user), pk=pk)
    bell.read(request.user, pk)
    return redirect(notice.url)


@login_required
@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    bell.read(request.user)
    return redirect("notices")


@login_required
def ways(request: SignedInRequest) -> HttpResponse:
    """By which ways I am told of what."""
    sent = request.POST if request.method == "POST" else None
    form = NoticesForm(choices.of(request.user), sent, initial=_places(request))
    if form.is_valid():
        said = form.cleaned_data
        kept = {name: said.get(name, form.initial[name]) for name in ("phone", "chat")}
        choices.keep(request.user, form.ways(), **kept)
        messages.success(request, _("Pilihan pemberitahuan disimpan."))
        return redirect("notice_ways")
    status = 422 if form.errors else 200
    return render(request, "publishing/notice_ways.html", {"form": form}, status=status)


def _places(request: SignedInRequest) -> dict[str, Any]:
    contact = Contact.objects.filter(person=request.user).first() or Contact()
    return {"phone": contact.phone, "chat": contact.chat}
