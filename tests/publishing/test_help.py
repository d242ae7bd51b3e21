"""Bantuan, at its doors: to each role its own page, to everybody every topic."""

import re
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Role, User
from publishing import guide, states, workflow
from publishing.delivery import manual
from publishing.forms import plan_csv, plan_rows
from publishing.models import Delivery, Post
from tests import factories

EVERY_TOPIC = list(guide.TOPICS)
NEVER_SAID = r"\b(konten|kiriman|penayangan|terbit|kedaluwarsa|caption|akun)\b"
FEW_QUERIES = 8  # all of them the shell's: session, person, agency, machinery, queue


@pytest.fixture
def people(sari, dewi) -> dict[Role, User]:
    """One of each role."""
    known = {Role.AUTHOR: sari, Role.REVIEWER: dewi}
    for role in Role:
        if role not in known:
            own = sari.agency if role == Role.AGENCY_HEAD else None
            known[role] = factories.make_person(f"{role}@contoh.test", f"{role.label}", role, own)
    return known


@pytest.fixture
def main(client, people):
    """What a role reads on a page, below the shell."""

    def read(role: Role, url: str) -> str:
        client.force_login(people[role])
        answer = client.get(url)
        assert answer.status_code == 200, url
        page = answer.content.decode()
        return unescape(page[page.index("<main") : page.index("</main>")])

    return read


def links(page: str) -> set[str]:
    return {link for link in re.findall(r'href="([^"]+)"', page) if link.startswith("/")}


def under(page: str, heading: str) -> str:
    """What stands below one heading of the first page."""
    return page.split(f">{heading}</h2>")[1].split("<h2")[0]


# --- the first page ---


@pytest.mark.parametrize("role", Role)
def test_each_role_is_told_what_it_is_here_to_do(main, role, settings):
    told = main(role, reverse("help"))
    assert str(guide.WELCOMES[role]) % {"unit": settings.REVIEW_UNIT} in told


def test_sari_is_led_to_her_desk_and_reviewing_comes_last(main):
    told = main(Role.AUTHOR, reverse("help"))
    assert reverse("write") in under(told, "Yang sering Anda kerjakan")
    assert reverse("queue") not in links(told)
    assert "Menulis unggahan" in under(told, "Untuk Anda")
    assert "Meninjau" in under(told, "Topik lain")


def test_dewi_is_led_to_the_queue_and_writing_comes_last(main):
    told = main(Role.REVIEWER, reverse("help"))
    assert reverse("queue") in under(told, "Yang sering Anda kerjakan")
    assert reverse("write") not in links(told)
    assert "Meninjau" in under(told, "Untuk Anda")
    assert "Menulis unggahan" in under(told, "Topik lain")


def test_a_reviewer_with_channels_of_the_own_unit_is_led_to_both(main, people, dinkes):
    User.objects.filter(pk=people[Role.REVIEWER].pk).update(agency=dinkes)
    people[Role.REVIEWER].refresh_from_db()
    told = under(main(Role.REVIEWER, reverse("help")), "Yang sering Anda kerjakan")
    assert reverse("queue") in told
    assert reverse("write") in told


def test_the_admin_is_led_to_channels_people_and_the_emergency_stop(main):
    told = main(Role.ADMIN, reverse("help"))
    asked = under(told, "Yang sering Anda kerjakan")
    assert links(asked) == {reverse(name) for name in ("pauses", "channels", "people")}


def test_the_auditor_is_led_to_what_there_is_to_read(main):
    told = under(main(Role.AUDITOR, reverse("help")), "Yang sering Anda kerjakan")
    assert {reverse("posts"), reverse("facts"), reverse("pauses")} <= links(told)
    assert reverse("write") not in told


def test_the_leader_finds_what_the_states_mean_and_nothing_to_press(main):
    told = main(Role.LEADER, reverse("help"))
    assert "Yang sering Anda kerjakan" not in told
    own = {reverse("help_topic", args=[topic]) for topic in ("states", "signing_in", "notices")}
    assert links(under(told, "Untuk Anda")) == own


@pytest.mark.parametrize("role", Role)
def test_every_topic_stands_once_on_every_first_page(main, role):
    told = main(role, reverse("help"))
    for slug in EVERY_TOPIC:
        assert told.count(f'href="{reverse("help_topic", args=[slug])}"') == 1, slug


# --- the topics ---


@pytest.mark.parametrize("role", Role)
def test_every_link_in_bantuan_opens_for_whom_it_is_shown(main, client, role):
    pages = [reverse("help"), *(reverse("help_topic", args=[slug]) for slug in EVERY_TOPIC)]
    shown = {link for page in pages for link in links(main(role, page))}
    assert set(pages) <= shown | {reverse("help")}
    broken = {link: client.get(link).status_code for link in shown}
    assert {link: code for link, code in broken.items() if code not in (200, 302)} == {}


@pytest.mark.parametrize("slug", EVERY_TOPIC)
def test_a_topic_speaks_our_words_and_only_ours(main, slug):
    told = re.sub(r"<[^>]+>", " ", main(Role.AUTHOR, reverse("help_topic", args=[slug])))
    assert re.findall(NEVER_SAID, told, re.IGNORECASE) == []
    assert "!" not in told


def test_every_state_is_explained_under_its_own_label(main):
    told = main(Role.AUTHOR, reverse("help_topic", args=["states"]))
    for label in [*Post.Status.labels, *Delivery.Status.labels, *Delivery.Hold.labels]:
        assert str(label) in told
    for status in [*Post.Status, *Delivery.Status]:
        assert f'data-status="{status.value}"' in told


def test_buttons_that_the_states_name_are_buttons_that_there_are():
    """Whoever renames a move is told here to say so in Bantuan too."""
    moves = {str(move.label) for move in (*workflow.MOVES, *manual.MOVES)}
    elsewhere = {"Sunting", "Salin jadi draf baru", "Buat ralat", "berlaku sampai"}
    elsewhere |= {"Periksa pedoman"}
    every = [*states.of_posts(), *states.of_deliveries(), *states.of_holds()]
    named = {
        word for told in every for word in re.findall("“([^”]+)”", str(told.meaning + told.deed))
    }
    assert "Kirim ulang" in named
    assert named - moves - elsewhere == set()


def test_a_doubt_is_not_to_be_sent_by_hand(main):
    told = main(Role.AUTHOR, reverse("help_topic", args=["states"]))
    assert "Jangan mengunggahnya sendiri di aplikasi" in told


# --- who may not, and what it costs ---


def test_a_topic_that_is_not_there_is_a_404(client, sari):
    client.force_login(sari)
    assert client.get(reverse("help_topic", args=["_tasks"])).status_code == 404
    assert client.get(reverse("help_topic", args=["topic"])).status_code == 404


@pytest.mark.parametrize("url", ["/help/", "/help/states/", "/help/nonsense/"])
def test_nobody_reads_bantuan_without_signing_in(client, db, url):
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_bantuan_is_read_and_never_written(client, sari):
    client.force_login(sari)
    assert client.post(reverse("help")).status_code == 405
    assert client.post(reverse("help_topic", args=["states"])).status_code == 405


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.REVIEWER, Role.LEADER])
def test_bantuan_asks_the_database_nothing_of_its_own(
    client, people, role, django_assert_max_num_queries
):
    client.force_login(people[role])
    for url in (reverse("help"), reverse("help_topic", args=["states"])):
        with django_assert_max_num_queries(FEW_QUERIES):
            client.get(url)


# --- what it shows is so ---


@time_machine.travel("2026-11-24 09:00+07:00")
def test_the_sample_of_a_plan_is_understood_by_the_import(main, dinkes, channels):
    told = main(Role.AUTHOR, reverse("help_topic", args=["plan"]))
    assert plan_csv.SAMPLE in told
    table = plan_csv.read(plan_csv.SAMPLE, plan_rows.COLUMNS, plan_rows.REQUIRED)
    rows = [plan_rows.Reader(dinkes).row(record) for record in table.records]
    assert [(row.wrong, table.unknown) for row in rows] == [([], [])] * 2
    assert [len(row.channels) for row in rows] == [2, 2]


def test_every_column_of_a_plan_is_named(main):
    told = main(Role.AUTHOR, reverse("help_topic", args=["plan"]))
    for column in plan_rows.COLUMNS:
        assert f"<code>{column}</code>" in told


def test_the_keys_of_a_review_are_the_ones_that_its_page_has(here, main):
    pages = [path.read_text() for path in (here / "templates/publishing").rglob("*.html")]
    told = main(Role.REVIEWER, reverse("help_topic", args=["keys"]))
    for key in re.findall(r'data-key="(\w)"', "".join(pages)):
        assert f"<kbd>{key.upper()}</kbd>" in told or "1" < key < "4"
