"""Pemberitahuan: the bell's newest lines, the page of all, what opens one, and the choices."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publishing.forms.notices import NoticesForm
from publishing.http import SignedInRequest, fragment
from publishing.notices import shelf


@login_required
@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    """All of them, the newest first, 25 to a page."""
    page = shelf.page(request.user, request.GET.get("after", ""))
    context = {"page": page, "after": request.GET.get("after", "")}
    return render(request, "publishing/notices.html", context)


@fragment
@require_safe
def newest(request: SignedInRequest) -> HttpResponse:
    """What the bell opens."""
    return render(request, "publishing/notices/_newest.html", {"page": shelf.newest(request.user)})


@login_required
@require_safe
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it points: letters lead here too."""
    line = shelf.read(request.user, pk)
    if line is None:
        raise Http404(pk)
    if not shelf.leads_on(line):
        messages.info(request, _("Unggahan ini tidak dapat Anda buka sekarang."))
        return redirect("notices")
    return redirect(line.path)


@login_required
@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    shelf.read_all(request.user)
    return redirect("notices")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: SignedInRequest) -> HttpResponse:
    """By which ways this person is told of what."""
    form = NoticesForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("Pilihan Anda tersimpan."))
        return redirect("notice_settings")
    status = 422 if form.is_bound else 200
    return render(request, "publishing/notices/choices.html", {"form": form}, status=status)
