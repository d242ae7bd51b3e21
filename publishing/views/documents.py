"""Files kept as evidence, for those who may see what rests on them; always as an attachment."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from publishing import documents
from publishing.delivery.shelf import stored
from publishing.http import SignedInRequest
from publishing.models import Document


@require_safe
@login_required
def document(request: SignedInRequest, pk: int) -> FileResponse:
    """The file, as an attachment: whatever it holds, it runs in nobody's session here."""
    kept = get_object_or_404(Document, pk=pk)
    if not documents.may_see(request.user, kept):
        raise Http404
    response = FileResponse(
        stored(kept.path).open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type=documents.content_type(kept),
    )
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=300)
    return response
