"""The verbs of people: every move of a post, its guards, its trace. Only this package and
`delivery` write a status."""

from publishing.calendar import BadTime
from publishing.workflow.author import (
    cancel,
    create_draft,
    reopen,
    reschedule,
    save_draft,
    submit,
    withdraw,
)
from publishing.workflow.drafts import Draft, Gap, SourceLine, lacking
from publishing.workflow.moves import (
    MOVES,
    Move,
    NotAllowed,
    Stale,
    TooClose,
    TooLate,
    Unfit,
    available,
    require,
)
from publishing.workflow.review import approve, reject, send_back, undo

__all__ = [
    "MOVES",
    "BadTime",
    "Draft",
    "Gap",
    "Move",
    "NotAllowed",
    "SourceLine",
    "Stale",
    "TooClose",
    "TooLate",
    "Unfit",
    "approve",
    "available",
    "cancel",
    "create_draft",
    "lacking",
    "reject",
    "reopen",
    "require",
    "reschedule",
    "save_draft",
    "send_back",
    "submit",
    "undo",
    "withdraw",
]
