"""Mode latihan: what it is, and its two buttons."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from publishing.http import SignedInRequest
from publishing.workflow import training as mode

logger = logging.getLogger(__name__)


@login_required
@require_safe
def training(request: SignedInRequest) -> HttpResponse:
    return render(request, "publishing/training.html")


@login_required
@require_POST
def start(request: SignedInRequest) -> HttpResponse:
    try:
        mode.start(request.user)
    except mode.NoTraining as error:
        logger.warning("no training: %s", error)
        trouble = _("Platform uji belum siap. Minta admin sistem menyalakannya, lalu coba lagi.")
        return render(request, "publishing/training.html", {"trouble": trouble}, status=503)
    messages.success(request, _("Latihan dimulai. Tidak ada yang tayang ke kanal sungguhan."))
    return redirect("home")


@login_required
@require_POST
def leave(request: SignedInRequest) -> HttpResponse:
    mode.leave(request.user)
    messages.success(request, _("Latihan berakhir. Anda kembali ke pekerjaan sungguhan."))
    return redirect("home")
