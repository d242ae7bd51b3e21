"""Who may open and send what: product.md 5, written once more by hand, route by route."""

from dataclasses import dataclass

# who is asked: an author of an agency, its head, an author of another agency, and the rest
AUTHOR, HEAD, OTHER, REVIEWER, COORD, ADMIN, AUDITOR, LEADER, STRANGER = WHO = (
    *("author", "head", "other", "reviewer", "coordinator", "admin", "auditor", "leader"),
    "stranger",
)
EVERYBODY = {AUTHOR, HEAD, OTHER, REVIEWER, COORD, ADMIN, AUDITOR, LEADER}
WRITERS = {AUTHOR, HEAD, OTHER}  # of an agency
OWN = {AUTHOR, HEAD}
HUMAS = {REVIEWER, COORD}
READERS = OWN | HUMAS | {AUDITOR}
KEEPERS = {ADMIN}
ANYBODY = EVERYBODY | {STRANGER}


@dataclass(frozen=True)
class Row:
    """Who gets an answer of 2xx, 3xx (not to the door), or a 4xx that is about the content."""

    get: frozenset[str] | None  # None: not to be read, a 405
    post: frozenset[str] | None = None


def row(get: set[str] | None = None, post: set[str] | None = None) -> Row:
    return Row(None if get is None else frozenset(get), None if post is None else frozenset(post))


DOOR = row(ANYBODY, ANYBODY)
MINE = row(EVERYBODY, EVERYBODY)

TABLE: dict[str, Row] = {
    # --- channels ---
    "channels": row(WRITERS | HUMAS | {ADMIN, AUDITOR}),
    "channel": row(OWN | HUMAS | {ADMIN, AUDITOR}),
    "probe": row(None, {COORD, ADMIN}),
    "rehearse": row(None, KEEPERS),
    "endorse": row(None, {COORD}),
    "disable": row(None, KEEPERS),
    "enable": row(None, KEEPERS),
    "switch_adapter": row(None, KEEPERS),
    "take_incident": row(None, KEEPERS | {HEAD}),
    "settle_stranger": row(None, {HEAD, ADMIN} | HUMAS),
    "custody": row({HEAD, ADMIN}, {HEAD, ADMIN}),
    "confirm_custody": row(None, {HEAD, ADMIN}),
    "hand_over": row(None, {HEAD, ADMIN}),
    "tick_off": row(None, {HEAD, ADMIN}),
    "connect": row(KEEPERS, KEEPERS),
    "connect_preflight": row(KEEPERS),
    "connect_set_out": row(None, KEEPERS),
    "connect_return": row(KEEPERS),
    "connect_paste": row(None, KEEPERS),
    "connect_sign_in": row(None, None),
    "connect_keep": row(None, KEEPERS),
    # --- people and agencies ---
    "people": row({HEAD, COORD, ADMIN}, {HEAD, COORD, ADMIN}),
    "person": row({HEAD, COORD, ADMIN}),
    "change_person": row(None, KEEPERS),
    "deactivate": row(None, KEEPERS),
    "reactivate": row(None, KEEPERS),
    "clear_factor": row(None, KEEPERS),
    "invite_again": row(None, {HEAD, ADMIN}),
    "withdraw_invitation": row(None, {HEAD, ADMIN}),
    "delegations": row({COORD, ADMIN}, {COORD, ADMIN}),
    "agree_delegation": row(None, KEEPERS),
    "end_delegation": row(None, KEEPERS | {AUTHOR}),  # whoever gave it may end it
    "agencies": row({COORD, ADMIN}, {COORD, ADMIN}),
    "agency": row({COORD, ADMIN}),
    "change_agency": row(None, {COORD, ADMIN}),
    "agree_change": row(None, KEEPERS),
    "decline_change": row(None, KEEPERS),
    "join": DOOR,
    "switch_agency": row(None, OWN),
    # --- one's own account ---
    "account_login": DOOR,
    "account_logout": row(EVERYBODY),
    "account_signup": DOOR,
    "account_inactive": row(ANYBODY),
    "account_reset_password": DOOR,
    "account_reset_password_done": row(ANYBODY),
    "account_reset_password_from_key": DOOR,
    "account_reset_password_from_key_done": row(ANYBODY),
    "account_change_password": MINE,
    "account_reauthenticate": MINE,
    "profile": MINE,
    "sessions": row(EVERYBODY),
    "demo_mail": row(set(), set()),  # on a demo only
    # --- posts ---
    "home": row(EVERYBODY),
    "posts": row(EVERYBODY),
    "calendar": row(EVERYBODY),
    "calendar_day": row(EVERYBODY),
    "calendar_move": row(OWN | HUMAS, OWN | HUMAS),
    "calendar_move_back": row(None, OWN | HUMAS),
    "calendar_feeds": row(WRITERS | HUMAS | {AUDITOR}),
    "make_feed": row(None, WRITERS | HUMAS | {AUDITOR}),
    "revoke_feed": row(None, {AUTHOR}),
    "calendar_feed": row(ANYBODY),  # whoever holds the address
    "write": row(WRITERS, WRITERS),
    "post": row(READERS),
    "post_deliveries": row(READERS),
    "edit": row(OWN, OWN),
    "editing": row(None, OWN),
    "drafts": row(OWN),
    "restore": row(None, OWN),
    "advice": row(OWN | {COORD}),
    "submit": row(None, OWN),
    "withdraw": row(None, OWN),
    "reopen": row(None, OWN | HUMAS),
    "reschedule": row(None, OWN | HUMAS),
    "cancel": row(None, OWN | HUMAS),
    "approve": row(None, HUMAS),
    "waive": row(None, HUMAS),
    "undo": row(None, HUMAS),
    "send_back": row(None, HUMAS),
    "reject": row(None, HUMAS),
    "notices": row(EVERYBODY),
    "notices_newest": row(EVERYBODY),
    "read_notices": row(None, EVERYBODY),
    "notice_settings": MINE,
    "notice": row({COORD}),  # whose it is
    "notes": row(READERS),
    "add_note": row(None, HUMAS),
    "reply_note": row(None, HUMAS),
    "settle_note": row(None, HUMAS),
    "reopen_note": row(None, HUMAS),  # of an open thread: a 409 that says so
    "withdraw_note": row(None, set()),  # only who wrote it
    "answer_note": row(None, OWN),  # of what waits for its review: a 409 that says so
    "queue": row(HUMAS),
    "review": row(HUMAS),
    "review_pane": row(HUMAS),
    "review_past": row(READERS),
    "review_opened": row(None, HUMAS),
    "approve_several": row(None, HUMAS),
    "undo_several": row(None, HUMAS),
    "take": row(None, HUMAS),
    "put_back": row(None, HUMAS),
    "hand_on": row(HUMAS),
    "assign": row(None, HUMAS),
    "amend": row(None, HUMAS),
    "forward": row(None, {HEAD}),
    "release": row(None, {HEAD}),  # of the reviewing unit only who is on duty
    "look_afterwards": row(None, {COORD}),
    "roster": row(HUMAS | {HEAD}),
    "keep_pool": row(None, {COORD}),
    "drop_pool": row(None, {COORD}),
    "name_duty": row(None, {COORD}),
    "end_duty": row(None, {COORD}),
    "set_trust": row(None, {COORD}),
    "set_inner_step": row(None, {COORD, HEAD}),
    "pauses": row(HUMAS | {ADMIN, AUDITOR}),
    "pause": row(None, HUMAS | {ADMIN}),
    "end_pause": row(None, {COORD}),
    "decide": row(None, HUMAS),
    "rules": row(HUMAS),
    "rules_words": row(HUMAS),
    "rules_list": row(HUMAS, HUMAS),
    "rules_holidays": row(HUMAS, HUMAS),
    "rules_strike": row(None, HUMAS),
    "rules_restore_day": row(None, HUMAS),
    "rules_statistics": row(HUMAS),
    "rules_retire": row(None, HUMAS),
    "rules_restore": row(None, HUMAS),
    "rules_bench": row(HUMAS, HUMAS),
    "rules_section": row(HUMAS, HUMAS),
    "guidebook": row(EVERYBODY),
    "pledge": row(None, EVERYBODY),
    "help": row(EVERYBODY),
    "help_topic": row(EVERYBODY),
    "health": row(ANYBODY),
    "manifest": row(ANYBODY),
    # --- the rest ---
    "answer_finding": row(None, OWN),
    "call_off": row(None, HUMAS),
    "copy": row(None, OWN),
    "correct": row(None, OWN),
    "decide_finding": row(None, HUMAS),
    "desk": row(WRITERS, WRITERS),
    "document": row(None, None),
    "end_other_sessions": row(None, EVERYBODY),
    "end_session": row(None, None),
    "exceptions": row(HUMAS, None),
    "fact": row(OWN, OWN),
    "facts": row(WRITERS | {COORD, AUDITOR}, None),
    "facts_pick": row(WRITERS, None),
    "fetch": row(None, None),
    "findings": row(OWN | {COORD}, None),
    "guidebook_readers": row(HUMAS, None),
    "leave_training": row(None, EVERYBODY),
    "library": row(WRITERS, None),
    "library_more": row(OWN, None),
    "library_pick": row(WRITERS, WRITERS),
    "library_picture": row(OWN | {COORD, AUDITOR}, OWN),
    "library_remove": row(None, OWN),
    "library_upload": row(None, WRITERS),
    "mend": row(None, OWN),
    "mfa_activate_totp": row(EVERYBODY, EVERYBODY),
    "mfa_add_webauthn": row(EVERYBODY, EVERYBODY),
    "mfa_authenticate": row(EVERYBODY, EVERYBODY),
    "mfa_deactivate_totp": row(None, None),
    "mfa_edit_webauthn": row(None, None),
    "mfa_generate_recovery_codes": row(EVERYBODY, EVERYBODY),
    "mfa_index": row(ANYBODY, ANYBODY),
    "mfa_list_webauthn": row(ANYBODY, ANYBODY),
    "mfa_login_webauthn": row(EVERYBODY, EVERYBODY),
    "mfa_reauthenticate": row(EVERYBODY, EVERYBODY),
    "mfa_reauthenticate_webauthn": row(EVERYBODY, EVERYBODY),
    "mfa_remove_webauthn": row(None, None),
    "mfa_view_recovery_codes": row(None, None),
    "new_fact": row(WRITERS, WRITERS),
    "picture": row(OWN | {COORD, AUDITOR}, None),
    "plan": row(WRITERS, None),
    "plan_export": row(WRITERS, None),
    "plan_import": row(WRITERS, WRITERS),
    "put_off": row(None, HUMAS),
    "restore_fact": row(None, OWN),
    "resume": row(None, HUMAS),
    "retire_fact": row(None, OWN),
    "rules_end": row(None, None),
    "rules_remove": row(None, None),
    "rules_row": row(None, None),
    "second_factor": row(EVERYBODY, EVERYBODY),
    "send_again": row(None, HUMAS),
    "settle_absent": row(None, HUMAS),
    "settle_found": row(None, HUMAS),
    "share": row(ANYBODY, None),
    "start_training": row(None, HUMAS | WRITERS),
    "training": row(EVERYBODY, None),
}
