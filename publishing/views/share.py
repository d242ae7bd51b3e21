"""OPD Hub on a phone: its manifest, and the door for what other apps share with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.policy import Action, may
from publishing import calendar, workflow
from publishing.forms.shared import Shared, pictures_in
from publishing.workflow import NotAllowed

OWN = {"none", "same-origin"}  # Sec-Fetch-Site: the phone's share sheet, or a page of ours
APP = {
    "id": "/",
    "name": "OPD Hub",
    "short_name": "OPD Hub",
    "lang": "id",
    "start_url": "/",
    "scope": "/",
    "display": "standalone",
    "theme_color": "#45151a",  # --cloth and --paper: a manifest knows no oklch
    "background_color": "#fcf9f5",
    "share_target": {
        "action": reverse_lazy("share"),
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {
            "title": "title",
            "text": "text",
            "url": "url",
            "files": [{"name": "pictures", "accept": ["image/*"]}],
        },
    },
}
ICONS = (
    ("img/mark.svg", "any", "image/svg+xml", "any"),
    ("img/mark-192.png", "192x192", "image/png", "any"),
    ("img/mark-512.png", "512x512", "image/png", "any"),
    # coloured to its edges: the phone cuts the shape
    ("img/mark-full-512.png", "512x512", "image/png", "maskable"),
)


@require_safe
@cache_control(public=True, max_age=86_400)
def manifest(request: HttpRequest) -> HttpResponse:
    """Says to the browser how OPD Hub is installed, and that it takes what is shared."""
    icons = [
        {"src": static(path), "sizes": sizes, "type": kind, "purpose": purpose}
        for path, sizes, kind, purpose in ICONS
    ]
    return JsonResponse(APP | {"icons": icons}, content_type="application/manifest+json")


@csrf_exempt  # a share sheet knows no token; another site's form says "cross-site", and is refused
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Words and pictures from the phone's share sheet become a draft."""
    if request.method != "POST":
        return redirect("write")
    if request.headers.get("Sec-Fetch-Site") not in OWN:
        raise PermissionDenied(_("Bagikan ke OPD Hub lewat menu Bagikan di ponsel Anda."))
    shared = Shared.receiving(request)
    if not isinstance(request.user, User):
        return render(request, "publishing/share.html", {"shared": shared}, status=401)
    return _keep(request, request.user, shared)


def _keep(request: HttpRequest, user: User, shared: Shared) -> HttpResponse:
    if not may(user, Action.WRITE) or user.agency is None:
        raise NotAllowed(_("Peran Anda tidak menulis unggahan. Bagikan kepada penyusun OPD."))
    tray = pictures_in(request, agency=user.agency, by=user)
    for refusal in tray.refused:
        messages.warning(request, f"{refusal.name}: {refusal.sentence}")
    if not shared.words and not tray.pictures:
        messages.warning(request, _("Tidak ada teks atau gambar yang dapat dipakai."))
        return redirect("write")
    new = workflow.create_draft(shared.draft(tray), by=user)
    said = _("Yang Anda bagikan menjadi draf baru. %(time)s")
    messages.success(request, said % {"time": calendar.offered(new.publish_at)})
    return redirect("edit", new.pk)
