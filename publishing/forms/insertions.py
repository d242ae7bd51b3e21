"""What a button of the composer puts into the form: phrases, a skeleton, a fact, a free hour.

Without a script the server does it here and shows the page again; with one, `data-insert` does
the same at the cursor.
"""

from datetime import datetime

from django.http import QueryDict
from django.utils import timezone

from accounts.models import Agency
from publishing import bank, ids, kinds, plan
from publishing.forms.sources import blank_row
from publishing.models import Desk, Fact, Kind

VERBS = ("kind", "skeleton", "tags", "closing", "snippet", "fact", "slot", "recall")


def obey(data: QueryDict, do: str, agency: Agency) -> QueryDict:
    """`data` with what `do` asks for put in; unchanged when it asks for nothing of this."""
    verb, _colon, key = do.partition(":")
    if verb not in VERBS:
        return data
    filled = data.copy()
    if verb == "slot":
        _take_slot(filled, key)
    elif verb == "fact":
        _take_fact(filled, key, agency)
    else:
        phrase = _phrase(data, verb, key, plan.desk_of(agency))
        filled["text"] = below(data.get("text", ""), phrase)
    return filled


def _take_fact(data: QueryDict, key: str, agency: Agency) -> None:
    """The figure into the text, the fact's id beside it, what it rests on into a blank source."""
    fact = Fact.objects.filter(agency=agency, pk=ids.number(key) or 0).first()
    if fact is None:
        return
    data["text"] = bank.insert(data.get("text", ""), fact)
    if key not in data.getlist("facts"):
        data.appendlist("facts", key)
    row = f"source-{blank_row(data)}"
    data[f"{row}-document"], data[f"{row}-number"] = fact.document, fact.number
    data[f"{row}-url"], data[f"{row}-owner"] = fact.url, fact.owner
    data[f"{row}-date"] = fact.as_of.isoformat()
    data[f"{row}-valid_until"] = fact.expires.isoformat() if fact.expires else ""
    data[f"{row}-supports"] = fact.said


def _phrase(data: QueryDict, verb: str, key: str, desk: Desk) -> str:
    if verb == "skeleton":
        kind = data.get("kind", "")
        asked = [name for name in data if name.startswith("about_")]
        answers = {name.removeprefix("about_"): data.get(name) or "" for name in asked}
        return kinds.skeleton(kind if kind in Kind.values else Kind.ANNOUNCEMENT, answers)
    if verb == "snippet":
        return str(_snippets(desk).get(ids.number(key), {}).get("text", ""))
    return {"tags": desk.tags, "closing": desk.closing}.get(verb, "")


def _snippets(desk: Desk) -> dict[int | None, dict[str, str]]:
    return dict(enumerate(desk.snippets))


def below(text: str, phrase: str) -> str:
    """`phrase` under `text`, unless it stands there already."""
    if not phrase or phrase in text:
        return text
    return f"{text.rstrip()}\n\n{phrase}" if text.strip() else phrase


def _take_slot(data: QueryDict, key: str) -> None:
    try:
        at = timezone.localtime(timezone.make_aware(datetime.fromisoformat(key)))
    except (ValueError, OverflowError):
        return
    data["when"], data["date"], data["time"] = "at", f"{at:%Y-%m-%d}", f"{at:%H:%M}"
