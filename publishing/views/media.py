"""Pictures on their way out: to signed-in people by their rights, to platforms by a signed link."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from publishing.delivery.shelf import rendition_of_token, stored
from publishing.http import SignedInRequest
from publishing.models import Media, Rendition

FOREVER = 31_536_000  # seconds; a rendition is made once and never changes


@require_safe
@login_required
def picture(request: SignedInRequest, pk: int, use: str) -> HttpResponse:
    """One rendition, for somebody who may see the picture."""
    media = get_object_or_404(Media.objects.visible_to(request.user), pk=pk)
    rendition = _asked(media, use, request.GET.get("v", ""))
    etag = f'"{rendition.sha256}"'
    response = get_conditional_response(request, etag=etag) or _bytes(rendition)
    response["ETag"] = etag
    patch_cache_control(response, private=True, immutable=True, max_age=FOREVER)
    return response


def _asked(media: Media, use: str, version: str) -> Rendition:
    try:
        return media.rendition(use, version)
    except KeyError as unknown:
        raise Http404 from unknown


@require_safe
def fetch(request: HttpRequest, token: str) -> HttpResponse:
    """One rendition for a platform that holds a valid link. Touches no session and no cookie."""
    rendition = rendition_of_token(token)
    if rendition is None:
        return HttpResponseNotFound(b"", content_type="text/plain")
    response = _bytes(rendition)
    response["X-Robots-Tag"] = "none"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _bytes(rendition: Rendition) -> HttpResponse:
    path = stored(rendition.path)
    kind = "image/webp" if path.suffix == ".webp" else "image/jpeg"
    return HttpResponse(path.read_bytes(), content_type=kind)
