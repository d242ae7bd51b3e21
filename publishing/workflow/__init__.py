"""The verbs of people: every move of a post, its guards, its trace. Only this package and
`delivery` write a status."""

from publishing.calendar import BadTime
from publishing.workflow.answers import WordsNeeded, answer, decide
from publishing.workflow.author import (
    cancel,
    create_draft,
    reopen,
    reschedule,
    restore,
    save_draft,
    submit,
    withdraw,
)
from publishing.workflow.copies import (
    already,
    copy,
    correct,
    create_plan,
    has_been_seen,
    mend,
    require_earnest,
)
from publishing.workflow.drafts import Draft, Placed, SourceLine, kept
from publishing.workflow.gaps import Gap, lacking, of_words
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
from publishing.workflow.notes import (
    add_note,
    answer_note,
    reopen_note,
    reply_note,
    settle_note,
    withdraw_note,
)
from publishing.workflow.pages import Page, Repeated, born_of, demanded
from publishing.workflow.presence import begin_editing, someone_else
from publishing.workflow.review import approve, reject, send_back, undo

__all__ = [
    "MOVES",
    "BadTime",
    "Draft",
    "Gap",
    "Move",
    "NotAllowed",
    "Page",
    "Placed",
    "Repeated",
    "SourceLine",
    "Stale",
    "TooClose",
    "TooLate",
    "Unfit",
    "WordsNeeded",
    "add_note",
    "already",
    "answer",
    "answer_note",
    "approve",
    "available",
    "begin_editing",
    "born_of",
    "cancel",
    "copy",
    "correct",
    "create_draft",
    "create_plan",
    "decide",
    "demanded",
    "has_been_seen",
    "kept",
    "lacking",
    "mend",
    "of_words",
    "reject",
    "reopen",
    "reopen_note",
    "reply_note",
    "require",
    "require_earnest",
    "reschedule",
    "restore",
    "save_draft",
    "send_back",
    "settle_note",
    "someone_else",
    "submit",
    "undo",
    "withdraw",
    "withdraw_note",
]
