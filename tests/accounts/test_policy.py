"""Who may do what: the table, role by role."""

import pytest

from accounts.models import Role, User
from accounts.policy import Action, may
from publishing.models import Post
from tests.factories import make_draft, make_person, make_submitted

WRITERS = {Role.AUTHOR, Role.AGENCY_HEAD, Role.REVIEWER, Role.COORDINATOR}
HUMAS = {Role.REVIEWER, Role.COORDINATOR}
EXPECTED = {
    Action.WRITE: WRITERS,
    Action.SUBMIT: WRITERS,
    Action.WITHDRAW: WRITERS,
    Action.APPROVE: HUMAS,
    Action.UNDO: HUMAS,
    Action.SEND_BACK: HUMAS,
    Action.REJECT: HUMAS,
    Action.REOPEN: WRITERS,
    Action.RESCHEDULE: WRITERS,
    Action.CANCEL: WRITERS,
    Action.REVIEW: HUMAS,
    Action.NOTE: HUMAS,
    Action.WAIVE: HUMAS,
    Action.EDIT_RULES: HUMAS,
    Action.SETTLE: HUMAS,
    Action.PAUSE: HUMAS | {Role.ADMIN},
    Action.END_PAUSE: {Role.COORDINATOR},
    Action.READ_ALL: {Role.COORDINATOR, Role.AUDITOR},
    Action.READ_SUBMITTED: {Role.REVIEWER},
    Action.SEE_CHANNELS: WRITERS | {Role.ADMIN, Role.AUDITOR},
    Action.SEE_ALL_CHANNELS: HUMAS | {Role.ADMIN, Role.AUDITOR},
    Action.CONNECT: {Role.ADMIN},
    Action.ENDORSE: {Role.COORDINATOR},
    Action.KEEP_CUSTODY: {Role.ADMIN, Role.AGENCY_HEAD},
    Action.KEEP_AGENCIES: {Role.ADMIN},
    Action.PROPOSE_AGENCIES: {Role.COORDINATOR},
    Action.KEEP_PEOPLE: {Role.ADMIN},
    Action.PROPOSE_PEOPLE: {Role.COORDINATOR},
    Action.INVITE_AUTHORS: {Role.AGENCY_HEAD},
    Action.TAKE: HUMAS,
    Action.ASSIGN: HUMAS,
    Action.AMEND: HUMAS,
    Action.FORWARD: {Role.AGENCY_HEAD},
    Action.RELEASE: HUMAS | {Role.AGENCY_HEAD},
    Action.AFTERWARDS: {Role.COORDINATOR},
    Action.KEEP_ROSTER: {Role.COORDINATOR},
    Action.TRUST: {Role.COORDINATOR},
    Action.SET_INNER_STEP: {Role.COORDINATOR, Role.AGENCY_HEAD},
}
# what is about posts: being admin of the accounts gives no right over them
ABOUT_POSTS = list(Action)[: list(Action).index(Action.SEE_CHANNELS)]


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_what_the_table_says_and_nothing_else(action, role, dinkes):
    person = User(role=role, agency=dinkes, is_active=True)
    assert may(person, action) == (role in EXPECTED[action])


@pytest.mark.parametrize("action", Action)
def test_somebody_who_left_may_nothing(action, dinkes):
    assert not may(User(role=Role.COORDINATOR, agency=dinkes, is_active=False), action)


def test_being_a_superuser_gives_no_right_over_posts(db):
    admin = make_person("admin@contoh.test", "Admin Contoh", Role.ADMIN)
    admin.is_superuser = True
    assert [action for action in ABOUT_POSTS if may(admin, action)] == [Action.PAUSE]


def test_budi_does_not_find_saris_draft_and_dewi_finds_it_once_submitted(
    sari, budi, dewi, channels
):
    draft = make_draft(sari, channels["x"])
    assert not Post.objects.visible_to(budi).exists()
    assert not Post.objects.visible_to(dewi).exists()
    assert Post.objects.visible_to(sari).get() == draft
    submitted = make_submitted(sari, channels["x"])
    assert Post.objects.visible_to(dewi).get() == submitted
    assert not Post.objects.visible_to(budi).exists()


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.AUDITOR, 1), (Role.COORDINATOR, 1), (Role.LEADER, 0), (Role.ADMIN, 0)],
)
def test_who_sees_drafts_of_others(role, sees, sari, channels):
    make_draft(sari, channels["x"])
    other = make_person("lain@contoh.test", "Lain Contoh", role)
    assert Post.objects.visible_to(other).count() == sees
