"""The agency's pictures: found again by month, uploaded, described, put on a post, removed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.policy import Action, may
from publishing import ids, media, paging
from publishing.forms.carried import carried
from publishing.forms.library import LibrarySearch, PictureDetails
from publishing.forms.pictures import PictureForm, Tray
from publishing.forms.rows import PictureRow
from publishing.http import SignedInRequest, fragment, own_agency
from publishing.models import Media, Post
from publishing.workflow import NotAllowed

PER_PAGE = 24
NAMED = 20  # posts that use a picture; a logo is on hundreds


@login_required
@require_safe
def library(request: SignedInRequest) -> HttpResponse:
    """The own agency's pictures, newest first."""
    return _list(request, Tray(own_agency(request.user)))


def _list(request: SignedInRequest, tray: Tray, status: int = 200) -> HttpResponse:
    search = LibrarySearch(request.GET)
    found = search.narrow(tray.agency.media.all())
    page = paging.page(found, request.GET, by="uploaded_at", size=PER_PAGE)
    context = {"search": search, "page": page, "tray": tray}
    return render(request, "publishing/library.html", context, status=status)


@login_required
@require_POST
def upload(request: SignedInRequest) -> HttpResponse:
    """Files for the library; a script sends each by itself and gets its row to put in place."""
    agency = own_agency(request.user)
    if _is_script(request) and _place(request) > media.MOST_PICTURES:
        return _sentence(_("Satu unggahan memuat paling banyak 10 gambar. Hapus satu dulu."))
    tray = Tray(agency, most=None)
    tray.take(request.FILES.getlist("pictures"), by=request.user)
    if _is_script(request):
        return _row(request, tray)
    if tray.refused or not tray.pictures:
        return _list(request, tray, status=422)
    n = len(tray.pictures)
    said = ngettext("%(n)s gambar masuk ke pustaka.", "%(n)s gambar masuk ke pustaka.", n)
    messages.success(request, said % {"n": n})
    return redirect("library")


def _is_script(request: SignedInRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _place(request: SignedInRequest) -> int:
    """The place that the picture gets in a composer's tray; 0 when none asked for it."""
    return ids.number(request.POST.get("place", "")) or 0


def _sentence(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=422)


def _row(request: SignedInRequest, tray: Tray) -> HttpResponse:
    """The picture as the page that sent it draws it: a row of the tray, or a card."""
    if tray.refused:
        return _sentence(tray.refused[0].sentence)
    if not tray.pictures:
        return _sentence(_("Gambarnya tidak sampai utuh. Coba lagi."))
    [picture] = tray.pictures[:1]
    if not (place := _place(request)):
        return render(request, "publishing/library/_card.html", {"picture": picture}, status=201)
    here = tray.agency.channels.for_work(training=request.user.in_training)
    form = PictureForm(picture, list(here.filter(is_active=True)))
    row = PictureRow(form, place, place)
    context = {"row": row, "chosen": request.POST.getlist("channels")}
    return render(request, "publishing/compose/_picture.html", context, status=201)


@login_required
def picture(request: SignedInRequest, pk: int) -> HttpResponse:
    """One picture: what is known of it, where it is used; for its agency a form."""
    visible = Media.objects.visible_to(request.user)
    shown = get_object_or_404(visible.select_related("agency", "consent_file"), pk=pk)
    if request.method != "POST":
        return _picture_page(request, shown)
    _demand_own(request, shown)
    form = PictureDetails(shown, data=request.POST, files=request.FILES)
    if not (form.is_valid() and form.keep(by=request.user)):
        return _picture_page(request, shown, form=form, status=422)
    messages.success(request, _("Keterangan gambar disimpan."))
    return redirect("library_picture", pk)


def _demand_own(request: SignedInRequest, picture: Media) -> None:
    if not may(request.user, Action.WRITE, picture):
        raise NotAllowed(_("Hanya OPD pemilik gambar ini yang dapat mengubahnya."))


def _picture_page(
    request: SignedInRequest, picture: Media, *, status: int = 200, **more: object
) -> HttpResponse:
    """The page of a picture, with `more`: a form with errors, or why it is not removed."""
    own = may(request.user, Action.WRITE, picture)
    posts = media.users_of(picture, Post.objects.visible_to(request.user))
    context = {
        "picture": picture,
        "form": PictureDetails(picture) if own else None,
        "posts": posts[:NAMED],
        "unnamed": max(posts.count() - NAMED, 0),
    }
    return render(request, "publishing/library/picture.html", context | more, status=status)


@fragment
@require_safe
def more(request: SignedInRequest, pk: int) -> HttpResponse:
    """The fields of a picture that the composer opens seldom, as a fragment."""
    shown = get_object_or_404(Media.objects.visible_to(request.user), pk=pk)
    _demand_own(request, shown)
    form = PictureForm(shown, [])
    return render(request, "publishing/library/_more.html", {"form": form})


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a picture out of the library, unless a post shows it or once showed it."""
    visible = Media.objects.visible_to(request.user)
    shown = get_object_or_404(visible.select_related("agency", "consent_file"), pk=pk)
    _demand_own(request, shown)
    try:
        media.remove(shown)
    except media.InUse as reason:
        return _picture_page(request, shown, in_use=reason, status=409)
    messages.success(request, _("Gambar dihapus dari pustaka."))
    return redirect("library")


@fragment
def pick(request: SignedInRequest) -> HttpResponse:
    """The newest pictures to put on a post: a fragment for the composer.

    Without a script the composer posts itself here, and its fields are carried on this page.
    """
    agency, plain = own_agency(request.user), request.method == "POST"
    search = LibrarySearch(request.POST if plain else request.GET)
    context = {"search": search, "found": search.narrow(agency.media.all())[:PER_PAGE]}
    if not plain:
        return render(request, "publishing/library/_pick.html", context)
    context |= {"carried": carried(request, agency), "to": _composer(request)}
    return render(request, "publishing/library/pick.html", context)


def _composer(request: SignedInRequest) -> str:
    """The composer's address that the form named; never another page."""
    to = request.GET.get("to", "")
    try:
        known = resolve(to).url_name in {"write", "edit"}
    except Resolver404:
        known = False
    return to if known else reverse("write")
