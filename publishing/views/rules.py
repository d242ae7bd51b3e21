"""Aturan bahasa: the overview, the word lists, and how each rule fares."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guidelines import lexicon
from guidelines.rules import BY_CODE
from publishing import rule_days, rule_statistics, rule_tallies, rule_words
from publishing.forms.rules_sections import SECTIONS
from publishing.forms.rules_words import WordForm, WordSearch, form_for
from publishing.http import SignedInRequest, edits_rules
from publishing.models import Rulebook
from publishing.rule_statistics import NotSilenced
from publishing.workflow import NotAllowed

PER_PAGE = 25
LONGEST_REASON = 300


@edits_rules
@require_safe
def rules(request: SignedInRequest) -> HttpResponse:
    """Every part of the rulebook, and what needs care."""
    fates = rule_statistics.fates()
    tallies = rule_tallies.tallies()
    context = {
        "tallies": tallies,
        "sections": [(section, tallies[section.slug]) for section in SECTIONS.values()],
        "lists": len(lexicon.names()),
        "rules_count": len(fates),
        "proposed": rule_statistics.proposed(fates),
        "empty_years": rule_days.years_without_days(timezone.localdate()),
        "book": Rulebook.objects.filter(pk=1).first(),
    }
    return render(request, "publishing/rules/index.html", context)


@edits_rules
@require_safe
def words(request: SignedInRequest) -> HttpResponse:
    """Daftar kata: every list of the lexicon."""
    return render(request, "publishing/rules/words.html", {"lists": rule_words.lists()})


@edits_rules
def word_list(request: SignedInRequest, name: str) -> HttpResponse:
    """One list: search it, add a word, take one out, put it back."""
    if name not in lexicon.names():
        raise Http404(name)
    if request.method != "POST":
        return _list(request, name, form_for(name)(name=name))
    return _add(request, name) if request.POST.get("do") == "add" else _move(request, name)


@edits_rules
@require_safe
def statistics(request: SignedInRequest) -> HttpResponse:
    """How each rule fared in the last ninety days."""
    return _statistics(request)


@edits_rules
@require_POST
def retire(request: SignedInRequest, code: str) -> HttpResponse:
    """Switch a rule off, with a reason."""
    if code not in BY_CODE:
        raise Http404(code)
    reason = " ".join(request.POST.get("reason", "").replace("\0", "").split())
    if not reason or len(reason) > LONGEST_REASON:
        said = _("Tulis alasannya, paling panjang 300 huruf.")
        return _statistics(request, status=422, wrong=said, of=code, reason=reason)
    try:
        rule_statistics.retire(code, reason, by=request.user)
    except NotSilenced as error:
        raise NotAllowed(_("Aturan yang melindungi warga tidak dapat dimatikan.")) from error
    messages.success(request, _("Aturan %(code)s dimatikan.") % {"code": code})
    return redirect("rules_statistics")


@edits_rules
@require_POST
def restore(request: SignedInRequest, code: str) -> HttpResponse:
    """Switch a rule on again."""
    rule_statistics.restore(code)
    messages.success(request, _("Aturan %(code)s berlaku lagi.") % {"code": code})
    return redirect("rules_statistics")


def _add(request: SignedInRequest, name: str) -> HttpResponse:
    holding = [entry.word for entry in rule_words.entries(name) if not entry.is_out]
    form = form_for(name)(request.POST, name=name, taken=holding)
    if not form.is_valid():
        return _list(request, name, form, status=422)
    word, instead = form.cleaned_data["word"], form.cleaned_data.get("instead", "")
    rule_words.add(name, word, by=request.user, instead=instead)
    messages.success(request, _("“%(word)s” ditambahkan.") % {"word": word})
    return redirect("rules_list", name)


def _move(request: SignedInRequest, name: str) -> HttpResponse:
    """Take a word out, or put it back; other words than the list's own change nothing."""
    word = request.POST.get("word", "")
    if word not in {entry.word for entry in rule_words.entries(name)}:
        raise Http404(word)
    if request.POST.get("do") == "put_back":
        rule_words.put_back(name, word)
        messages.success(request, _("“%(word)s” berlaku lagi.") % {"word": word})
    else:
        rule_words.take_out(name, word, by=request.user)
        messages.success(request, _("“%(word)s” dikeluarkan dari daftar.") % {"word": word})
    return redirect("rules_list", name)


def _list(
    request: SignedInRequest, name: str, form: WordForm, *, status: int = 200
) -> HttpResponse:
    search = WordSearch(request.GET)
    found = rule_words.entries(name, search.words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = _about(name) | {"search": search, "form": form, "page": page}
    return render(request, "publishing/rules/list.html", context, status=status)


def _about(name: str) -> dict[str, Any]:
    """What the page says of a list."""
    return {
        "name": name,
        "title": lexicon.title(name),
        "version": lexicon.version(name),
        "is_pairs": lexicon.is_pairs(name),
        "readers": [rule for rule in BY_CODE.values() if name in rule.lists],
    }


def _statistics(request: SignedInRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    fates = rule_statistics.fates()
    context = {"fates": fates, "enough": rule_statistics.ENOUGH}
    return render(request, "publishing/rules/statistics.html", context | more, status=status)
