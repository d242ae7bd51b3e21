"""In whose hands a channel is: the record, its yearly confirmation, and handing it over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import acts
from accounts.http import SignedInRequest, changes
from accounts.policy import Action
from platforms import care
from platforms.forms.custody import CustodyForm, HandoverForm
from platforms.models import Channel, Custody, Handover
from platforms.views.channels import page


def _find(request: SignedInRequest, pk: int) -> Channel:
    """A channel whose custody this person keeps: a 404 when unseen, NotYours when only seen."""
    seen = Channel.objects.visible_to(request.user).select_related("agency")
    channel = get_object_or_404(seen, pk=pk)
    acts.require(request.user, Action.KEEP_CUSTODY, agency=channel.agency)
    return channel


@login_required
def custody(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down who holds the account."""
    channel = _find(request, pk)
    kept = Custody.objects.filter(pk=pk).first() or Custody(channel=channel)
    form = CustodyForm(request.POST if request.method == "POST" else None, instance=kept)
    if form.is_valid():
        care.write_custody(form.instance, by=request.user)
        messages.success(request, _("Penguasaan akun dicatat."))
        return redirect("channel", pk)
    context = {"form": form, "channel": channel}
    status = 422 if form.errors else 200
    return render(request, "platforms/custody.html", context, status=status)


@changes
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is still so: asked once a year."""
    care.confirm_custody(_find(request, pk), by=request.user)
    messages.success(request, _("Ditegaskan. Kami bertanya lagi setahun lagi."))
    return redirect("channel", pk)


@changes
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin to hand the account over."""
    channel = _find(request, pk)
    form = HandoverForm(request.POST, instance=Handover(channel=channel, by=request.user))
    if not form.is_valid():
        return page(request, channel, handover_form=form, status=422)
    care.begin_handover(form.instance, by=request.user)
    messages.success(request, _("Serah terima dimulai. Centang langkahnya satu per satu."))
    return redirect("channel", pk)


@changes
def tick_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick off steps of the handover that is going on."""
    channel = _find(request, pk)
    handover = get_object_or_404(channel.handovers, finished_at=None)
    care.tick_off(handover, request.POST.getlist("step"), by=request.user)
    if handover.finished_at:
        messages.success(request, _("Serah terima selesai."))
    return redirect("channel", pk)
