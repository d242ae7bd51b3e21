"""The verbs of people: every move of a post, its guards, its trace. Only this package and
`delivery` write a status."""

from publishing.calendar import BadTime
from publishing.workflow.answers import WordsNeeded, answer, decide
from publishing.workflow.author import (
    cancel,
    create_draft,
    reopen,
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
from publishing.workflow.holding import assign, put_back, take
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
from publishing.workflow.moving import can_move, hour_of, move, move_back
from publishing.workflow.notes import (
    add_note,
    answer_note,
    reopen_note,
    reply_note,
    settle_note,
    withdraw_note,
)
from publishing.workflow.pages import Page, Repeated, born_of, demanded
from publishing.workflow.passing import WordNeeded, amend, forward, look_afterwards
from publishing.workflow.presence import begin_editing, someone_else
from publishing.workflow.rescheduling import put_off, reschedule, resume
from publishing.workflow.review import ReasonNeeded, approve, reject, send_back, undo
from publishing.workflow.seen import Unsettled, blocks
from publishing.workflow.signing import release

__all__ = [
    "MOVES",
    "BadTime",
    "Draft",
    "Gap",
    "Move",
    "NotAllowed",
    "Page",
    "Placed",
    "ReasonNeeded",
    "Repeated",
    "SourceLine",
    "Stale",
    "TooClose",
    "TooLate",
    "Unfit",
    "Unsettled",
    "WordNeeded",
    "WordsNeeded",
    "add_note",
    "already",
    "amend",
    "answer",
    "answer_note",
    "approve",
    "assign",
    "available",
    "begin_editing",
    "blocks",
    "born_of",
    "can_move",
    "cancel",
    "copy",
    "correct",
    "create_draft",
    "create_plan",
    "decide",
    "demanded",
    "forward",
    "has_been_seen",
    "hour_of",
    "kept",
    "lacking",
    "look_afterwards",
    "mend",
    "move",
    "move_back",
    "of_words",
    "put_back",
    "put_off",
    "reject",
    "release",
    "reopen",
    "reopen_note",
    "reply_note",
    "require",
    "require_earnest",
    "reschedule",
    "restore",
    "resume",
    "save_draft",
    "send_back",
    "settle_note",
    "someone_else",
    "submit",
    "take",
    "undo",
    "withdraw",
    "withdraw_note",
]
