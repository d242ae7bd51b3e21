"""Hari libur: the national days of a year, those that Humas added, and those that it struck."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing import rule_days
from publishing.calendar import EARLIEST_YEAR
from publishing.forms.rules_days import DayForm, day_said
from publishing.http import SignedInRequest, edits_rules

LATEST_YEAR = 2100


@edits_rules
def holidays(request: SignedInRequest) -> HttpResponse:
    """The days off of one year, and the form that adds one."""
    if request.method != "POST":
        return _page(request, DayForm())
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    day = form.cleaned_data["on"]
    rule_days.add(day, form.cleaned_data["name"], by=request.user)
    messages.success(request, _("Hari libur ditambahkan."))
    return redirect(_of_year(day.year))


@edits_rules
@require_POST
def strike(request: SignedInRequest) -> HttpResponse:
    """A national day that is worked here, or at another date."""
    day = day_said(request.POST)
    rule_days.strike(day, by=request.user)
    messages.success(request, _("Dicoret. Hari itu kini hari kerja."))
    return redirect(_of_year(day.year))


@edits_rules
@require_POST
def restore(request: SignedInRequest) -> HttpResponse:
    """Forget what Humas said of a day: a struck one is off again, an added one is not."""
    day = day_said(request.POST)
    rule_days.forget(day)
    messages.success(request, _("Dikembalikan seperti semula."))
    return redirect(_of_year(day.year))


def _page(request: SignedInRequest, form: DayForm, *, status: int = 200) -> HttpResponse:
    year = _year(request.GET.get("tahun", ""))
    today, days = timezone.localdate(), rule_days.of_year(year)
    over = [day for day in days if day.on < today] if year == today.year else []
    context: dict[str, Any] = {"form": form, "year": year, "over": over}
    context["days"] = days[len(over) :]
    context["is_decreed"] = rule_days.is_decreed(year)
    context["earlier"] = year - 1 if year > EARLIEST_YEAR else None
    context["later"] = year + 1 if year < LATEST_YEAR else None
    return render(request, "publishing/rules/holidays.html", context, status=status)


def _year(said: str) -> int:
    year = int(said) if said.isascii() and said.isdigit() and len(said) == 4 else 0
    return year if EARLIEST_YEAR <= year <= LATEST_YEAR else timezone.localdate().year


def _of_year(year: int) -> str:
    return f"{reverse('rules_holidays')}?tahun={year}"
