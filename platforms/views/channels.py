"""Kanal: every channel with its health, the worst first; one channel, and what is done to it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import acts
from accounts.http import SignedInRequest, changes
from accounts.policy import Action, may
from accounts.step_up import with_fresh_factor
from platforms import care, health, overview, registry, versions
from platforms.adapters.base import Healthy, Rehearsed
from platforms.forms.connect import WayForm
from platforms.forms.custody import HandoverForm, StrangerForm
from platforms.models import Channel, Incident, Stranger


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """All channels that this person may see, grouped by agency, the worst first."""
    acts.require(request.user, Action.SEE_CHANNELS)
    may_connect = may(request.user, Action.CONNECT)
    listed = overview.listed(request.user, only_ailing=request.GET.get("show") == "ailing")
    context = listed | {
        "may_connect": may_connect,
        "whole_regency": may(request.user, Action.SEE_ALL_CHANNELS),
        "version": versions.watch() if may_connect else None,
        "spending": import_string(settings.X_SPENDING)(),
        "reading_x": registry.reads_x(),
    }
    return render(request, "platforms/channels.html", context)


@login_required
@require_safe
def channel(request: SignedInRequest, pk: int) -> HttpResponse:
    """One channel: lights, incident, quota, custody, history."""
    return page(request, _find(request, pk))


def page(request: SignedInRequest, one: Channel, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of one channel; `more`: a form with its errors."""
    shown = overview.page(request.user, one)
    giver = shown["custody"].holder if shown["custody"] else ""
    forms = {
        "handover_form": HandoverForm(initial={"giver": giver}),
        "way_form": WayForm(channel=one),
    }
    context = shown | forms | more
    return render(request, "platforms/channel.html", context, status=status)


def _find(request: SignedInRequest, pk: int) -> Any:
    seen = overview.told(Channel.objects.visible_to(request.user).select_related("endorsed_by"))
    return get_object_or_404(seen, pk=pk)


@changes
def probe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the platform now: does the connection work?"""
    acts.require(request.user, Action.CONNECT, Action.ENDORSE)
    one = _find(request, pk)
    answer = health.probe(one)
    if isinstance(answer, Healthy):
        messages.success(request, _("Sambungan %(channel)s sehat.") % {"channel": one})
    else:
        messages.warning(request, answer.reason)
    return redirect("channel", pk)


@changes
def rehearse(request: SignedInRequest, pk: int) -> HttpResponse:
    """A test send that publishes nothing."""
    one = _find(request, pk)
    result = care.rehearse(one, by=request.user)
    status = 200 if isinstance(result, Rehearsed) else 409
    return page(request, one, rehearsal=result, went_well=status == 200, status=status)


@with_fresh_factor
@changes
def endorse(request: SignedInRequest, pk: int) -> HttpResponse:
    care.endorse(_find(request, pk), by=request.user)
    messages.success(request, _("Kanal disahkan dan dapat dipakai."))
    return redirect("channel", pk)


@with_fresh_factor
@changes
def disable(request: SignedInRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()
    care.set_active(_find(request, pk), by=request.user, active=False, reason=reason)
    messages.success(request, _("Kanal dimatikan. Pengirimannya ditahan."))
    return redirect("channel", pk)


@with_fresh_factor
@changes
def enable(request: SignedInRequest, pk: int) -> HttpResponse:
    care.set_active(_find(request, pk), by=request.user, active=True)
    messages.success(request, _("Kanal dipakai lagi."))
    return redirect("channel", pk)


@with_fresh_factor
@changes
def switch_adapter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Speak for the account in another way."""
    wanted = request.POST.get("adapter_key", "")
    care.switch_adapter(_find(request, pk), wanted, by=request.user)
    messages.success(request, _("Jalur kanal diganti. Unggahan yang disetujui tetap berlaku."))
    return redirect("channel", pk)


@changes
def take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that one sees to what is wrong with it."""
    one = _find(request, pk)
    care.take(get_object_or_404(Incident, channel=one, closed_at=None), by=request.user)
    return redirect("channel", pk)


@changes
def settle_stranger(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what a post that did not go out from here is."""
    seen = Stranger.objects.filter(channel__in=Channel.objects.visible_to(request.user))
    stranger = get_object_or_404(seen.select_related("channel__agency"), pk=pk)
    care.require_settling(stranger, request.user)
    form = StrangerForm(request.POST)
    if form.is_valid():
        care.settle_stranger(stranger, by=request.user, **form.cleaned_data)
        messages.success(request, _("Dicatat."))
    else:
        messages.error(request, _("Pilih dulu apa yang terjadi dengan unggahan itu."))
    return redirect("channel", stranger.channel_id)
