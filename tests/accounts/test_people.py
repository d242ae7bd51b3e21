"""People: invited, joined, given another role, gone, and what they leave behind."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts import agencies, people
from accounts.acts import NotNow, NotYours
from accounts.models import Act, Agency, AgencyChange, Invitation, Role, User
from publishing.models import Post
from publishing.workflow import NotAllowed
from tests import factories

NEW = "gonjong anam rumah baru"
NILA = {"email": "nila@contoh.test", "name": "Nila Contoh", "role": "author"}


def letter_path() -> str:
    [path] = re.findall(r"https?://[^/]+(/undangan/\S+)", str(mail.outbox[-1].body))
    return str(path)


def invite(client, by, callbacks, **wanted):
    client.force_login(by)
    with callbacks(execute=True):
        return client.post("/people/", NILA | wanted)


def test_nila_is_invited_chooses_a_password_and_writes(
    client, dinkes, adi, django_capture_on_commit_callbacks
):
    invite(client, adi, django_capture_on_commit_callbacks, agency=dinkes.pk)
    path = letter_path()
    client.logout()
    assert "Dinas Kesehatan" in client.get(path).content.decode()
    answer = client.post(path, {"name": "Nila Contoh Sari", "password": NEW})
    assert answer.status_code == 302
    nila = User.objects.get(email="nila@contoh.test")
    assert (nila.name, nila.role, nila.agency) == ("Nila Contoh Sari", Role.AUTHOR, dinkes)
    assert client.session["_auth_user_id"] == str(nila.pk)
    assert client.get(path).status_code == 410
    assert list(Act.objects.order_by("pk").values_list("verb", flat=True)) == ["invite", "join"]


def test_a_letter_is_good_for_a_week(client, dinkes, adi, django_capture_on_commit_callbacks):
    invite(client, adi, django_capture_on_commit_callbacks, agency=dinkes.pk)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        page = client.get(letter_path())
    assert page.status_code == 410
    assert "Minta admin sistem mengirim undangan yang baru" in page.content.decode()


def test_a_new_letter_closes_the_old_one(client, dinkes, adi, django_capture_on_commit_callbacks):
    invite(client, adi, django_capture_on_commit_callbacks, agency=dinkes.pk)
    old = letter_path()
    [invitation] = Invitation.objects.all()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/people/invitations/{invitation.pk}/send_again/")
    new = letter_path()
    client.logout()
    assert (client.get(old).status_code, client.get(new).status_code) == (410, 200)


def test_a_withdrawn_invitation_opens_nothing(
    client, dinkes, adi, django_capture_on_commit_callbacks
):
    invite(client, adi, django_capture_on_commit_callbacks, agency=dinkes.pk)
    [invitation] = Invitation.objects.all()
    client.post(f"/people/invitations/{invitation.pk}/withdraw/")
    assert client.get(letter_path()).status_code == 410
    assert client.post(f"/people/invitations/{invitation.pk}/withdraw/").status_code == 409


def test_the_key_of_a_letter_is_not_kept(client, dinkes, adi, django_capture_on_commit_callbacks):
    invite(client, adi, django_capture_on_commit_callbacks, agency=dinkes.pk)
    key = letter_path().removeprefix("/undangan/").rstrip("/")
    [row] = Invitation.objects.values()
    assert key not in str(row)


@pytest.mark.parametrize("password", ["pendek", "1234567890", "nila contoh"])
def test_a_weak_password_is_refused_and_the_name_stays(
    client, dinkes, adi, password, django_capture_on_commit_callbacks
):
    invite(client, adi, django_capture_on_commit_callbacks, agency=dinkes.pk)
    client.logout()
    page = client.post(letter_path(), {"name": "Nila C.", "password": password})
    assert page.status_code == 422
    assert 'value="Nila C."' in page.content.decode()
    assert not User.objects.filter(email="nila@contoh.test").exists()


def test_hendra_invites_authors_of_his_own_agency_only(
    client, hendra, budi, django_capture_on_commit_callbacks
):
    invite(client, hendra, django_capture_on_commit_callbacks, role="admin", agency=budi.agency_id)
    [invitation] = Invitation.objects.all()
    assert (invitation.role, invitation.agency) == (Role.AUTHOR, hendra.agency)
    wanted = Invitation(email="z@contoh.test", name="Z", role=Role.AUTHOR, agency=budi.agency)
    with pytest.raises(NotYours):
        people.invite(wanted, by=hendra)
    assert client.get(f"/people/{budi.pk}/").status_code == 404


def test_ratna_proposes_somebody_and_no_letter_goes_out_before_adi_agrees(
    client, dinkes, adi, ratna, django_capture_on_commit_callbacks
):
    invite(client, ratna, django_capture_on_commit_callbacks, agency=dinkes.pk)
    assert mail.outbox == []
    [invitation] = Invitation.objects.all()
    assert client.post(f"/people/invitations/{invitation.pk}/send_again/").status_code == 403
    client.force_login(adi)
    assert "diusulkan Ratna Contoh" in client.get("/people/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/people/invitations/{invitation.pk}/send_again/")
    assert len(mail.outbox) == 1


def test_an_address_is_invited_once_and_never_when_it_is_known(
    client, dinkes, adi, sari, django_capture_on_commit_callbacks
):
    known = {"agency": dinkes.pk, "email": "SARI@contoh.test"}
    page = invite(client, adi, django_capture_on_commit_callbacks, **known)
    assert page.status_code == 422
    assert "sudah dipakai pengguna lain" in page.content.decode()
    invite(client, adi, django_capture_on_commit_callbacks, agency=dinkes.pk)
    page = invite(client, adi, django_capture_on_commit_callbacks, agency=dinkes.pk)
    assert "Sudah ada undangan untuk surel ini" in page.content.decode()


def test_an_author_without_an_agency_is_refused_with_what_was_typed(client, adi):
    client.force_login(adi)
    page = client.post("/people/", NILA)
    assert page.status_code == 422
    assert "perlu OPD" in page.content.decode()
    assert "nila@contoh.test" in page.content.decode()


def test_a_new_role_ends_saris_sessions(client, sari, adi, dinkes):
    client.force_login(sari)
    client.get("/")
    people.change(sari, by=adi, name="Sari", role=Role.AGENCY_HEAD, agencies=[dinkes])
    assert client.get("/").status_code == 302
    [act] = Act.objects.filter(person=sari)
    assert act.verb == "change_role"
    assert "Penyusun OPD → Penanggung jawab OPD" in act.note


def test_adi_changes_everybody_but_himself(client, adi, sari, dinkes):
    client.force_login(adi)
    place = {"name": "Sari Baru", "role": "author", "agencies": [dinkes.pk]}
    assert client.post(f"/people/{sari.pk}/change/", place).status_code == 302
    sari.refresh_from_db()
    assert sari.name == "Sari Baru"
    assert client.post(f"/people/{adi.pk}/change/", place).status_code == 403
    with pytest.raises(NotYours):
        people.deactivate(adi, by=adi, heir=None, reason="x")


def test_who_leaves_is_out_at_once_and_rina_goes_on_with_the_drafts(
    client, sari, rina, dewi, adi, channels
):
    draft = factories.make_draft(sari, channels["x"])
    client.force_login(sari)
    client.get("/")
    people.deactivate(sari, by=adi, heir=rina, reason="pindah tugas")
    assert client.get("/").status_code == 302
    draft.refresh_from_db()
    assert draft.author == rina
    assert set(draft.hands()) == {sari.pk, rina.pk}
    with pytest.raises(NotNow, match="sudah tidak aktif"):
        people.deactivate(sari, by=adi, heir=None, reason="lagi")


def test_a_draft_goes_to_a_colleague_only(sari, budi, adi, channels):
    with pytest.raises(NotNow, match="OPD yang sama"):
        people.deactivate(sari, by=adi, heir=budi, reason="pindah")
    sari.refresh_from_db()
    assert sari.is_active


def test_sari_comes_back_with_her_password(client, sari, adi):
    people.deactivate(sari, by=adi, heir=None, reason="cuti panjang")
    door = {"login": "sari@contoh.test", "password": factories.PASSWORD}
    client.post("/masuk/", door)
    assert "_auth_user_id" not in client.session
    people.reactivate(sari, by=adi)
    client.post("/masuk/", door)
    assert client.session["_auth_user_id"] == str(sari.pk)


def test_sari_works_for_two_agencies_one_at_a_time(client, sari, budi, adi, dinkes, channels):
    both = [dinkes, budi.agency]
    people.change(sari, by=adi, name=sari.name, role=Role.AUTHOR, agencies=both)
    there = factories.make_draft(budi, factories.make_channel(budi.agency, "x"))
    here = factories.make_draft(sari, channels["x"])
    client.force_login(sari)
    assert client.get(f"/posts/{there.pk}/").status_code == 404
    client.post("/profil/opd/", {"agency": budi.agency_id})
    assert client.get(f"/posts/{there.pk}/").status_code == 200
    assert client.get(f"/posts/{here.pk}/").status_code == 404
    client.post("/profil/opd/", {"agency": dinkes.pk})
    assert client.get(f"/posts/{here.pk}/").status_code == 200


def test_budi_does_not_switch_to_an_agency_that_is_not_his(client, budi, dinkes):
    client.force_login(budi)
    assert client.post("/profil/opd/", {"agency": dinkes.pk}).status_code == 403
    assert client.post("/profil/opd/", {"agency": "x"}).status_code == 404


def test_people_are_found_by_name_role_and_state(client, sari, budi, adi):
    people.deactivate(budi, by=adi, heir=None, reason="pindah")
    client.force_login(adi)
    assert "Budi Contoh" not in client.get("/people/").content.decode()
    assert "Budi Contoh" in client.get("/people/?state=gone").content.decode()
    found = client.get("/people/?q=sari&role=author").content.decode()
    assert "sari@contoh.test" in found
    assert "adi@contoh.test" not in found


def test_sari_sees_no_list_of_people(client, sari):
    client.force_login(sari)
    assert client.get("/people/").status_code == 403


# --- delegation ---


def delegate(client, by, giver, taker, days=(0, 5), **more):
    client.force_login(by)
    today = timezone.localdate()
    begins, ends = (today + timedelta(days=day) for day in days)
    wish = {"giver": giver.pk, "taker": taker.pk, "begins": begins, "ends": ends, "basis": "800/1"}
    return client.post("/people/delegations/", wish | more)


def test_dewi_is_on_leave_and_hendra_reviews_until_she_is_back(
    client, adi, dewi, sari, hendra, channels
):
    post = factories.make_submitted(sari, channels["x"])
    delegate(client, adi, dewi, hendra)
    hendra = User.objects.get(pk=hendra.pk)
    factories.approve(post, hendra)
    assert post.status == Post.Status.APPROVED
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        later = factories.make_submitted(sari, channels["facebook"], publish_at=None)
        with pytest.raises(NotAllowed):
            factories.approve(later, User.objects.get(pk=hendra.pk))


def test_who_stands_in_still_approves_nothing_of_their_own(client, adi, dewi, sari, channels):
    delegate(client, adi, dewi, sari)
    sari = User.objects.get(pk=sari.pk)
    post = factories.make_submitted(sari, channels["x"])
    with pytest.raises(NotAllowed):
        factories.approve(post, sari)


def test_a_delegation_ended_early_ends_now(client, adi, dewi, hendra):
    delegate(client, adi, dewi, hendra)
    client.force_login(hendra)
    assert client.get("/review/").status_code == 200
    client.force_login(dewi)
    [one] = dewi.given.all()
    assert client.post(f"/people/delegations/{one.pk}/end/").status_code == 302
    client.force_login(User.objects.get(pk=hendra.pk))
    assert client.get("/review/").status_code == 403
    assert client.post(f"/people/delegations/{one.pk}/end/").status_code == 403


def test_what_ratna_proposes_gives_nobody_a_right_before_adi_agrees(
    client, adi, ratna, dewi, hendra
):
    delegate(client, ratna, dewi, hendra)
    client.force_login(User.objects.get(pk=hendra.pk))
    assert client.get("/review/").status_code == 403
    client.force_login(adi)
    [one] = dewi.given.all()
    client.post(f"/people/delegations/{one.pk}/agree/")
    client.force_login(User.objects.get(pk=hendra.pk))
    assert client.get("/review/").status_code == 200


def test_a_delegation_that_makes_no_sense_is_refused_in_words(client, adi, dewi, sari, budi):
    said = {
        "Lebih awal daripada hari pertamanya": delegate(client, adi, dewi, sari, days=(3, 1)),
        "Pengganti harus orang lain": delegate(client, adi, dewi, dewi),
        "dari OPD yang sama": delegate(client, adi, sari, budi),
        "Masa ini sudah lewat": delegate(client, adi, dewi, sari, days=(-9, -3)),
    }
    for sentence, page in said.items():
        assert page.status_code == 422
        assert sentence in page.content.decode()
    delegate(client, adi, dewi, sari)
    assert "sudah ada" in delegate(client, adi, dewi, sari).content.decode()


def test_who_was_invited_to_an_agency_that_was_merged_joins_its_successor(
    client, dinkes, adi, django_capture_on_commit_callbacks
):
    invite(client, adi, django_capture_on_commit_callbacks, agency=dinkes.pk)
    into = Agency.objects.create(code="BARU", name="Dinas Baru", short_name="Baru")
    wanted = AgencyChange(
        agency=dinkes, kind="merge", into=into, on=timezone.localdate(), basis="P"
    )
    agencies.change(wanted, by=adi)
    client.logout()
    client.post(letter_path(), {"name": "Nila", "password": NEW})
    assert User.objects.get(email="nila@contoh.test").agency == into
