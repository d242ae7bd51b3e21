"""What the composer's script asks: keep this draft now; and who else is writing it."""

from django.db import IntegrityError, transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.policy import Action
from publishing import findings, workflow
from publishing.forms.compose import Composer
from publishing.http import SignedInRequest, fragment
from publishing.models import Post
from publishing.workflow import Page, Repeated, Stale


def saved(request: SignedInRequest, form: Composer) -> Post:
    """The draft, kept with what the form says. Raises NotAllowed, Stale, Repeated."""
    page = Page.read(request.POST)
    if form.post is None:
        form.post = _begun(request, form, page)
    else:
        _kept(request, form, form.post, page)
    return form.post


def _begun(request: SignedInRequest, form: Composer, page: Page) -> Post:
    """A new post; of two requests of one page at once, the second saves what the first began."""
    try:
        with transaction.atomic():
            post = workflow.create_draft(form.draft(), by=request.user, page=page)
            form.tray.keep()
    except IntegrityError:
        begun = workflow.born_of(page, request.user)
        if begun is None:
            raise
        form.post = begun
        _kept(request, form, begun, page)
        return begun
    return post


@transaction.atomic
def _kept(request: SignedInRequest, form: Composer, post: Post, page: Page) -> None:
    sent = request.POST
    as_it_stands = Post.objects.select_for_update().get(pk=post.pk)  # one save after the other
    seen = workflow.demanded(as_it_stands, page, sent.get("version", ""))
    anew = "anew" in sent
    workflow.save_draft(post, form.draft(), by=request.user, seen=seen, page=page, anew=anew)
    form.tray.keep()


def answer(request: SignedInRequest, form: Composer) -> JsonResponse:
    """Keep what can be understood of it, into the draft only, and say what was kept.

    409 with {"said"} when somebody else saved.
    """
    whole = form.is_valid()
    try:
        post = saved(request, form)
    except Repeated:
        post = form.post or Post()
    except Stale as stale:
        return JsonResponse({"said": str(stale)}, status=409)
    return JsonResponse(_kept_so_far(form, post, whole))


def _kept_so_far(form: Composer, post: Post, whole: bool) -> dict[str, object]:
    """For the script. `whole` is false when a field was left out, `todo` is the line of what is
    still missing, as HTML, and `marks` are new values of hidden fields by name."""
    return {
        "url": reverse("edit", args=[post.pk]),
        "version": post.version,
        "said": _said(form, whole),
        "whole": whole,
        "todo": _todo(post),
        "marks": form.tray.marks(),
    }


def _said(form: Composer, whole: bool) -> str:
    clock = f"{timezone.localtime():%H.%M}"
    if whole:
        return _("Tersimpan %(time)s") % {"time": clock}
    names = [str(form.fields[name].label) for name in form.errors if name in form.fields]
    names += [name for row in form.sources for name in row.wrong]
    left = ", ".join(names) or _("isian yang bertanda merah")
    return _("Tersimpan %(time)s, kecuali: %(left)s") % {"time": clock, "left": left}


def _todo(post: Post) -> str:
    gaps = [*workflow.lacking(post), *workflow.of_words(findings.of_draft(post))]
    context = {"gaps": gaps, "kept": True, "judged": True}
    return render_to_string("publishing/compose/_todo.html", context)


@fragment
@require_POST
def editing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody has this draft open: remember it, or tell who came first."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    workflow.require(request.user, Action.WRITE, post)
    other = workflow.begin_editing(post, by=request.user)
    context = {"post": post, "other": other}
    return HttpResponse(render_to_string("publishing/compose/_editing.html", context))
