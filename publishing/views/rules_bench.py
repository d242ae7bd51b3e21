"""Bangku uji: a text before the rules as they stand; nothing is kept."""

from django.http import HttpResponse
from django.shortcuts import render

from publishing import rule_bench
from publishing.forms.rules_bench import BenchForm
from publishing.http import SignedInRequest, edits_rules


@edits_rules
def bench(request: SignedInRequest) -> HttpResponse:
    """What the rules say of a pasted text, and why."""
    form = BenchForm(request.POST if request.method == "POST" else None)
    outcome = rule_bench.run(form.trial()) if form.is_valid() else None
    context = {"form": form, "outcome": outcome}
    status = 422 if form.errors else 200
    return render(request, "publishing/rules/bench.html", context, status=status)
