"""What the composer sent, carried over the library's page and back where no script runs."""

from dataclasses import dataclass

from accounts.models import Agency
from publishing.forms.pictures import Tray
from publishing.forms.sources import rows_in
from publishing.http import SignedInRequest

_OWN = {"do", "q", "csrfmiddlewaretoken", "media"}  # of the page itself, or said anew


@dataclass(frozen=True)
class Carried:
    """Name and value of every hidden input, and the sentences for files that were not taken."""

    fields: list[tuple[str, str]]
    refused: list[str]


def carried(request: SignedInRequest, agency: Agency) -> Carried:
    """The fields as they were sent; no page can hold a file, so each is kept at once."""
    sent, files, by = request.POST, request.FILES, request.user
    tray = Tray(agency)
    tray.lay_out(sent.getlist("media"))
    tray.take(files.getlist("pictures"), by=by)
    tray.take_consents(files, by=by)
    rows = rows_in(sent, files, "", agency, by)
    fresh = [row for row in rows if row.kept and f"source-{row.row}-upload" in files]
    anew = {f"source-{row.row}-{what}" for row in fresh for what in ("file", "drop")}
    names = [name for name in sent if name not in _OWN | anew]
    fields = [(name, value) for name in names for value in sent.getlist(name)]
    fields += [("media", str(picture.pk)) for picture in tray.pictures]
    fields += [(f"source-{row.row}-file", str(row.kept.pk)) for row in fresh if row.kept]
    return Carried(fields, [*map(str, tray.refused), *(row.refused for row in rows if row.refused)])
