"""Pengaturan tulis, at its door: what an agency writes with, and who may change it."""

import pytest
from django.urls import reverse

from accounts.models import Agency, Role, User
from publishing.models import Desk, Programme
from publishing.models.desk import desk_of
from tests import factories
from tests.publishing.composing import page


@pytest.fixture
def address(db):
    return reverse("desk")


def slot(channel, weekday):
    return f"slot_{channel.pk}_{weekday}"


def kept(agency) -> Desk:
    return Desk.objects.get(agency=agency)


def test_a_desk_has_no_row_until_it_is_saved(desk, address, dinkes):
    assert desk.get(address).status_code == 200
    assert not Desk.objects.exists()
    assert desk.post(address, {"closing": "Salam sehat."}).url == address
    assert kept(dinkes).closing == "Salam sehat."
    assert "Tersimpan." in page(desk.get(address))


def test_sari_saves_everything_and_rina_finds_it_again(desk, client, rina, address, channels):
    x = channels["x"]
    sent = {
        "tags": "#SolokSelatan sehat",
        "closing": "Info: loket puskesmas.",
        "snippet-0-title": "Alamat",
        "snippet-0-text": "Jl. Contoh 1,\r\nPadang Aro",
        "plan_service": "4",
        slot(x, 0): "16.30, 9",
        slot(x, 5): "08:15",
    }
    assert desk.post(address, sent).status_code == 302
    found = kept(rina.agency)
    assert found.tags == "#SolokSelatan #sehat"
    assert found.snippets == [{"title": "Alamat", "text": "Jl. Contoh 1,\nPadang Aro"}]
    assert found.plan == {"service": 4}
    assert found.slots == {str(x.pk): [[0, "09:00"], [0, "16:30"], [5, "08:15"]]}
    client.force_login(rina)
    form = client.get(address).context["form"]
    assert form["tags"].value() == "#SolokSelatan #sehat"
    assert form[slot(x, 0)].value() == "09.00, 16.30"
    assert form["plan_service"].value() == 4
    assert form.snippets[0]["title"].value() == "Alamat"


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ""),
        ("sehat", "#sehat"),
        ("##Sehat, #sehat; SEHAT", "#Sehat"),
        ("#Solok-Selatan #hari_ini #", "#SolokSelatan #hari_ini"),
        ("#Imunisasi! (#Anak)", "#Imunisasi #Anak"),
    ],
)
def test_whatever_is_typed_becomes_clean_tags(typed, tags, desk, address, dinkes):
    desk.post(address, {"tags": typed})
    assert kept(dinkes).tags == tags


def test_eleven_tags_are_too_many_and_stay_on_the_page(desk, address):
    many = " ".join(f"#t{n}" for n in range(11))
    response = desk.post(address, {"tags": many, "closing": "Salam."})
    assert response.status_code == 422
    assert "Paling banyak 10 tagar; di sini ada 11." in page(response)
    assert many in page(response)
    assert "Salam." in page(response)
    assert not Desk.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("25.00", "“25.00” bukan jam."),
        ("09.00, 9.61", "“9.61” bukan jam."),
        ("pagi", "“pagi” bukan jam."),
        (", ".join(f"{n:02}.00" for n in range(11)), "Paling banyak 10 jam sehari"),
    ],
)
def test_what_is_no_hour_is_told_with_its_day_and_its_channel(typed, said, desk, address, channels):
    response = desk.post(address, {slot(channels["x"], 5): typed, "tags": "#Tetap"})
    assert response.status_code == 422
    assert f'href="#id_{slot(channels["x"], 5)}">Sabtu, X @contoh_dinkes: {said}' in page(response)
    assert f'value="{typed}"' in page(response)
    assert "#Tetap" in page(response)


@pytest.mark.parametrize("typed", ["-1", "22", "banyak"])
def test_a_plan_is_a_small_number(typed, desk, address):
    response = desk.post(address, {"plan_values": typed})
    assert response.status_code == 422
    assert "Nilai: Isi angka 0 sampai 21." in page(response)


def test_a_phrase_needs_a_title_and_a_text(desk, address):
    sent = {"snippet-0-text": "Tanpa judul", "snippet-0-title": "", "snippet-3-title": "Kosong"}
    response = desk.post(address, sent | {"snippet-3-text": ""})
    assert response.status_code == 422
    assert "Frasa 1, judul: Beri judul" in page(response)
    assert "Frasa 2, teks: Tulis teksnya" in page(response)
    assert "Tanpa judul" in page(response)


def test_a_phrase_comes_and_goes_and_nothing_typed_is_lost(desk, address):
    row = {"snippet-0-title": "Alamat", "snippet-0-text": "Jl. Contoh 1", "tags": "#Belum"}
    more = desk.post(address, row | {"do": "add_snippet"})
    assert more.status_code == 200
    assert "snippet-1-text" in page(more)
    assert "#Belum" in page(more)
    assert "Jl. Contoh 1" in page(more)
    fewer = desk.post(address, row | {"do": "remove_snippet:0"})
    assert "Jl. Contoh 1" not in page(fewer)
    assert "#Belum" in page(fewer)
    assert not Desk.objects.exists()


def test_twenty_phrases_are_enough(desk, address, dinkes):
    rows: dict[str, str] = {}
    for n in range(25):
        rows |= {f"snippet-{n}-title": f"Judul {n}", f"snippet-{n}-text": f"Teks {n}"}
    response = desk.post(address, rows | {"do": "add_snippet"})
    assert len(response.context["form"].snippets) == 20
    assert "Tambah frasa" not in page(response)
    desk.post(address, rows)
    assert len(kept(dinkes).snippets) == 20


def test_marks_that_turn_writing_around_are_not_kept(desk, address, dinkes):
    sent = {"closing": "Salam\u202e sehat", "snippet-0-title": "A", "snippet-0-text": "B\u2066C"}
    desk.post(address, sent)
    assert kept(dinkes).closing == "Salam sehat"
    assert kept(dinkes).snippets == [{"title": "A", "text": "BC"}]


def test_the_hours_of_a_channel_that_rests_stay_as_they_were(desk, address, dinkes, channels):
    desk.post(address, {slot(channels["x"], 0): "09.00", slot(channels["facebook"], 0): "10.00"})
    channels["x"].is_active = False
    channels["x"].save()
    assert slot(channels["x"], 0) not in page(desk.get(address))
    desk.post(address, {slot(channels["facebook"], 0): ""})
    assert kept(dinkes).slots == {str(channels["x"].pk): [[0, "09:00"]]}


def test_enter_in_a_field_saves_and_does_not_take_a_phrase_away(desk, address):
    buttons = page(desk.get(address)).split('name="do" value="')[1:]
    assert buttons[0].startswith("save")
    assert any(button.startswith("remove_snippet:0") for button in buttons)


def test_an_agency_without_channels_is_told_whom_to_ask(desk, address):
    assert "Minta admin sistem mendaftarkannya" in page(desk.get(address))


def test_each_agency_has_its_own_desk(desk, client, budi, address, dinkes):
    desk.post(address, {"tags": "#Sehat"})
    client.force_login(budi)
    assert "#Sehat" not in page(client.get(address)).partition("<form")[2].partition("hint")[0]
    client.post(address, {"tags": "#Belajar"})
    assert (kept(dinkes).tags, kept(budi.agency).tags) == ("#Sehat", "#Belajar")


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMIN, Role.AUDITOR, Role.LEADER])
@pytest.mark.parametrize("name", ["desk", "plan"])
def test_who_writes_for_no_agency_has_no_desk(role, name, client, db):
    client.force_login(factories.make_person("lain@contoh.test", "Lain Contoh", role))
    assert client.get(reverse(name)).status_code == 403
    client.logout()
    assert client.get(reverse(name)).url.startswith(reverse("account_login"))


def test_a_desk_that_came_with_its_agency_costs_no_query(dinkes, budi, django_assert_num_queries):
    Desk.objects.create(agency=dinkes, tags="#Sehat #Anak")
    found = list(Agency.objects.select_related("desk").order_by("code"))
    with django_assert_num_queries(0):
        ours, theirs = (desk_of(agency) for agency in found)
    assert ours.standing_tags() == {"sehat", "anak"}
    assert (theirs.tags, theirs.slots, theirs.agency) == ("", {}, budi.agency)


def test_the_admin_keeps_the_list_of_programmes_and_sari_does_not(desk, client, sari):
    address = reverse("admin:publishing_programme_add")
    assert desk.get(address).status_code == 302
    client.force_login(User.objects.create_superuser("admin@contoh.test", name="Admin Contoh"))
    client.post(address, {"name": "Seragam sekolah gratis", "is_active": "on"})
    assert Programme.objects.get().name == "Seragam sekolah gratis"
    listed = client.get(reverse("admin:publishing_programme_changelist"))
    assert "Seragam sekolah gratis" in page(listed)
