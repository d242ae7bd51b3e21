"""Templates as they are served: without the indentation that only their readers need."""

import re

from django.template import Origin
from django.template.loaders import cached

_AS_IT_STANDS = (
    r"<(?P<tag>textarea|pre)\b.*?</(?P=tag)\s*>"  # a browser shows its spaces
    r"|{%\s*blocktrans.*?{%\s*endblocktrans"  # a translation is found by the very words
)
_KEPT = rf"(?P<kept>{_AS_IT_STANDS})"
_SILENT = (
    r"{%\s*(?:if|elif|else|endif|for|empty|endfor|with|endwith|block|endblock)\b[^%]*%}|{#[^#]*#}"
)
_BLOCKS = (
    "article|aside|details|dd|div|dl|dt|fieldset|form|header|li|main|nav|ol|p|section|summary|ul"
)
_GAPS = re.compile(rf"{_KEPT}|\n\s+", re.DOTALL)
_MUTE_LINES = re.compile(rf"{_KEPT}|^(?P<tags>(?:{_SILENT})+)\n", re.DOTALL | re.MULTILINE)
# around what stands on lines of its own a browser shows no space
_AFTER_BLOCKS = re.compile(rf"{_KEPT}|(?P<edge></?(?:{_BLOCKS})(?:\s[^<>]*)?>)\n(?=<)", re.DOTALL)


class Loader(cached.Loader):
    """Loads as Django's cached loader does. What a template fills in is not touched."""

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        return lean(contents) if origin.name.endswith(".html") else contents


def lean(markup: str) -> str:
    """`markup` without blank lines and indentation; the end of a line of words stays, as a space.

    The last one does not: what includes a template says what stands behind it.
    """
    dense = _GAPS.sub(lambda found: found["kept"] or "\n", markup)
    dense = _AFTER_BLOCKS.sub(lambda found: found["kept"] or found["edge"], dense)
    return _MUTE_LINES.sub(lambda found: found["kept"] or found["tags"], dense).removesuffix("\n")
