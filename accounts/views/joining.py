"""The way in by a letter, and the choice of the agency one works for now."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import people
from accounts.acts import NotNow
from accounts.forms.people import JoiningForm
from accounts.http import SignedInRequest
from accounts.models import Agency, Invitation


@never_cache
def join(request: HttpRequest, key: str) -> HttpResponse:
    """Take up an invitation: choose a password, and be signed in."""
    invitation = Invitation.objects.of_key(key).select_related("agency").first()
    if invitation is None:
        return render(request, "accounts/join_past.html", status=410)
    form = JoiningForm(request.POST if request.method == "POST" else None, invitation=invitation)
    if form.is_valid():
        return _join(request, key, form)
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)


def _join(request: HttpRequest, key: str, form: JoiningForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        person = people.join(key, name=given["name"], password=given["password"])
    except NotNow:  # taken up meanwhile, in another tab
        return render(request, "accounts/join_past.html", status=410)
    answer: HttpResponse = perform_login(request, Login(user=person))
    return answer


@login_required
@require_POST
def switch_agency(request: SignedInRequest) -> HttpResponse:
    """Work for another of one's agencies from now on."""
    wanted = request.POST.get("agency", "")
    agency = get_object_or_404(Agency, pk=int(wanted) if wanted.isdecimal() else 0)
    people.switch(request.user, agency)
    messages.success(request, _("Anda kini bekerja untuk %(agency)s.") % {"agency": agency})
    return redirect("home")
