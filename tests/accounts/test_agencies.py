"""OPD: founded, renamed, merged and closed by Perda; what they had moves, history stays."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import agencies
from accounts.acts import NotNow, NotYours
from accounts.models import Act, Agency, AgencyChange, Role
from platforms.models import Channel
from publishing import workflow
from publishing.delivery import pause
from publishing.models import Delivery, Pause, Post
from publishing.workflow import NotAllowed
from tests import factories

PERDA = "Perda Nomor 3 Tahun 2026"


def change(agency, kind, by, **fields):
    wanted = {"on": timezone.localdate(), "basis": PERDA} | fields
    return agencies.change(AgencyChange(agency=agency, kind=kind, **wanted), by=by)


def test_a_renamed_agency_has_its_new_name_and_history_the_old_one(dinkes, adi):
    before = timezone.now() - timedelta(days=30)
    change(dinkes, "rename", adi, new_name="Dinas Kesehatan dan KB", new_short_name="Dinkes KB")
    dinkes.refresh_from_db()
    assert (dinkes.name, dinkes.short_name) == ("Dinas Kesehatan dan KB", "Dinkes KB")
    assert dinkes.known_as(before) == "Dinas Kesehatan"
    assert dinkes.known_as(timezone.now()) == "Dinas Kesehatan dan KB"
    [act] = Act.objects.filter(agency=dinkes)
    assert "“Dinas Kesehatan” menjadi “Dinas Kesehatan dan KB”" in act.note
    assert PERDA in act.note


def test_a_change_for_next_month_waits_for_its_day(dinkes, adi):
    day = timezone.localdate() + timedelta(days=30)
    change(dinkes, "rename", adi, new_name="Dinas Sehat", on=day)
    assert agencies.carry_out_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert agencies.carry_out_due() == 1
    assert agencies.carry_out_due() == 0
    dinkes.refresh_from_db()
    assert dinkes.name == "Dinas Sehat"


def test_what_ratna_proposes_waits_for_adi(dinkes, adi, ratna):
    wanted = change(dinkes, "rename", ratna, new_name="Dinas Sehat")
    dinkes.refresh_from_db()
    assert dinkes.name == "Dinas Kesehatan"
    with pytest.raises(NotYours):
        agencies.agree(wanted, by=ratna)
    agencies.agree(wanted, by=adi)
    dinkes.refresh_from_db()
    assert dinkes.name == "Dinas Sehat"
    with pytest.raises(NotNow):
        agencies.agree(wanted, by=adi)


def test_a_declined_proposal_is_never_done(dinkes, adi, ratna):
    wanted = change(dinkes, "rename", ratna, new_name="Dinas Sehat")
    agencies.decline(wanted, by=adi)
    assert agencies.carry_out_due() == 0
    assert Act.objects.filter(verb="decline", agency=dinkes).exists()


def test_sari_changes_no_agency(dinkes, sari):
    with pytest.raises(NotYours):
        change(dinkes, "close", sari)


def test_a_merger_moves_channels_drafts_and_people(dinkes, dpppa, sari, dewi, adi, channels):
    draft = factories.make_draft(sari, channels["x"])
    waiting = factories.make_approved(sari, dewi, channels["x"])
    live = factories.make_approved(sari, dewi, channels["facebook"])
    Delivery.objects.filter(post=live).update(status="published", remote_id="1_2")
    change(dinkes, "merge", adi, into=dpppa)
    for moved in (draft, waiting):
        moved.refresh_from_db()
        assert moved.agency == dpppa
    live.refresh_from_db()
    sari.refresh_from_db()
    dinkes.refresh_from_db()
    assert live.agency == dinkes
    assert set(Channel.objects.values_list("agency", flat=True)) == {dpppa.pk}
    assert sari.agency == dpppa
    assert (dinkes.is_open, dinkes.merged_into) == (False, dpppa)
    # and she still reads what was once published
    assert set(Post.objects.visible_to(sari)) == {draft, waiting, live}


def test_sari_submits_a_draft_that_moved(dinkes, dpppa, sari, adi, channels, picture_file):
    draft = factories.make_draft(sari, channels["instagram"], pictures=[picture_file()])
    change(dinkes, "merge", adi, into=dpppa)
    sari.refresh_from_db()
    draft.refresh_from_db()
    workflow.submit(draft, by=sari, seen=draft.version)
    assert draft.status == Post.Status.SUBMITTED


def test_a_merger_does_not_end_a_pause(dinkes, dpppa, sari, dewi, adi, channels):
    pause.start(pause.Target(agency=dinkes), reason="akun diretas", by=dewi)
    change(dinkes, "merge", adi, into=dpppa)
    stopped = Channel.objects.get(pk=channels["x"].pk)
    assert Pause.objects.active().touching(stopped).exists()
    fresh = factories.make_channel(dpppa, "x", remote_id="1499", handle="lain")
    assert not Pause.objects.active().touching(fresh).exists()


def test_a_closed_agency_sends_and_writes_nothing(dinkes, sari, adi, channels):
    change(dinkes, "close", adi)
    assert not Channel.objects.active().filter(agency=dinkes).exists()
    sari = type(sari).objects.get(pk=sari.pk)
    with pytest.raises(NotAllowed, match="sudah ditutup"):
        factories.make_draft(sari, channels["x"])


def test_a_merger_that_fails_half_way_has_not_happened(dinkes, dpppa, adi, channels, monkeypatch):
    def breaks(*args, **more):
        raise DatabaseError("broken")

    monkeypatch.setattr("publishing.workflow.succession.Fact.objects.filter", breaks)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(dinkes, "merge", adi, into=dpppa)
    dinkes.refresh_from_db()
    assert dinkes.is_open
    assert Channel.objects.filter(agency=dinkes).count() == 3


def test_what_waited_before_its_head_goes_on_where_the_successor_has_no_inner_step(
    dinkes, dpppa, sari, adi, channels
):
    factories.make_person("hendra@contoh.test", "Hendra", Role.AGENCY_HEAD, dinkes)
    Agency.objects.filter(pk=dinkes.pk).update(inner_step=True)
    sari.agency.refresh_from_db()
    post = factories.make_submitted(sari, channels["x"])
    assert post.with_head
    change(dinkes, "merge", adi, into=dpppa)
    post.refresh_from_db()
    assert (post.agency, post.with_head) == (dpppa, False)


def test_nobody_merges_into_a_closed_agency(dinkes, dpppa, adi):
    change(dpppa, "close", adi)
    dpppa.refresh_from_db()
    with pytest.raises(NotNow, match="sudah ditutup"):
        change(dinkes, "merge", adi, into=dpppa)
    with pytest.raises(NotNow, match="sudah ditutup"):
        change(dpppa, "rename", adi, new_name="Apa saja")


def test_the_history_of_agencies_is_written_once(dinkes, adi):
    change(dinkes, "rename", adi, new_name="Dinas Sehat")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Act.objects.update(note="lain")


def test_adi_founds_an_agency_and_renames_it_on_its_page(client, adi):
    client.force_login(adi)
    page = client.post("/agencies/", {"code": "dp tn", "name": "Dinas Tani", "short_name": "Tani"})
    agency = Agency.objects.get(code="DPTN")
    assert page.headers["Location"] == f"/agencies/{agency.pk}/"
    known = {"kind": "rename", "on": f"{timezone.localdate()}", "basis": PERDA}
    refused = client.post(f"/agencies/{agency.pk}/change/", known)
    assert refused.status_code == 422
    assert "Isi nama barunya" in refused.content.decode()
    client.post(f"/agencies/{agency.pk}/change/", known | {"new_name": "Dinas Pertanian"})
    page = client.get(f"/agencies/{agency.pk}/").content.decode()
    assert "Dinas Pertanian" in page
    assert "“Dinas Tani” menjadi “Dinas Pertanian”" in page


def test_ratna_proposes_on_the_page_and_adi_agrees(client, dinkes, dpppa, adi, ratna):
    client.force_login(ratna)
    wish = {"kind": "merge", "into": dpppa.pk, "on": f"{timezone.localdate()}", "basis": PERDA}
    client.post(f"/agencies/{dinkes.pk}/change/", wish)
    assert "diusulkan Ratna Contoh" in client.get("/agencies/").content.decode()
    [wanted] = AgencyChange.objects.all()
    assert client.post(f"/agencies/changes/{wanted.pk}/agree/").status_code == 403
    client.force_login(adi)
    client.post(f"/agencies/changes/{wanted.pk}/agree/")
    dinkes.refresh_from_db()
    assert dinkes.merged_into == dpppa
    again = client.post(f"/agencies/changes/{wanted.pk}/agree/")
    assert again.status_code == 409
    assert "sudah diputuskan" in again.content.decode()
