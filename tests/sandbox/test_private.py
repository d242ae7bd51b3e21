"""Instagram's app interface as the sandbox plays it, called by instagrapi itself."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
import requests
from instagrapi import Client
from instagrapi import exceptions as theirs

from sandbox import private_password
from tests.sandbox.callers import ToSandbox, picture

PASSWORD = "sandi-dinkes"


class App(Client):  # type: ignore[misc]
    """The library, led to the sandbox; it sleeps nowhere, and repeats what it repeats."""

    def __init__(self, url: str) -> None:
        self.door = ToSandbox(url)
        super().__init__(private_transport="requests", request_timeout=0, with_challenge_flow=False)

    def _configure_private_session_retry(self, private_transport=None) -> None:
        self.private.mount("https://", self.door)

    def _configure_public_session_retry(self) -> None:
        self.public.mount("https://", self.door)


@pytest.fixture
def account(controls):
    def change(**secrets: str) -> None:
        known = {"platform": "instagram", "id": "301", "handle": "contoh_dinkes", "name": "Dinkes"}
        wish = known | {"secrets": {"token": "token-halaman", "password": PASSWORD} | secrets}
        assert controls.post("accounts", [wish]).status_code == 200

    change()
    return change


@pytest.fixture
def app(box, account):
    return App(box.url)


@pytest.fixture
def inside(app):
    """The app, signed in."""
    assert app.login("contoh_dinkes", PASSWORD)
    return app


@pytest.fixture
def file(tmp_path) -> Path:
    """A picture on the phone."""
    made: Path = tmp_path / "poster.jpg"
    made.write_bytes(picture())
    return made


def publish(app, file, caption="Halo"):
    upload, width, height = app.photo_rupload(file)
    return app.photo_configure(upload, width, height, caption)


def test_the_app_signs_in_with_the_right_password_only(app):
    with pytest.raises(theirs.BadPassword):
        app.login("contoh_dinkes", "salah")
    assert app.login("contoh_dinkes", PASSWORD)
    assert app.account_info().username == "contoh_dinkes"
    with pytest.raises(theirs.ProxyAddressIsBlocked):
        App(app.door.base.geturl()).login("tidak.ada", PASSWORD)


def test_an_account_without_a_password_lets_anybody_in(app, account):
    account(password="")
    assert app.login("contoh_dinkes", "apa saja")


def test_the_app_is_asked_for_a_code(app, account):
    account(code="123456")
    with pytest.raises(theirs.TwoFactorRequired):
        app.login("contoh_dinkes", PASSWORD)
    with pytest.raises(theirs.UnknownError):
        app.login("contoh_dinkes", PASSWORD, verification_code="000000")
    assert app.login("contoh_dinkes", PASSWORD, verification_code="123456")


def test_the_app_is_asked_for_a_confirmation(app, account):
    account(challenge="1")
    with pytest.raises(theirs.ChallengeRequired):
        app.login("contoh_dinkes", PASSWORD)


def test_several_sessions_are_good_side_by_side(box, inside):
    other = App(box.url)
    other.login("contoh_dinkes", PASSWORD)
    assert other.sessionid != inside.sessionid
    assert inside.account_info().pk == other.account_info().pk == "301"
    inside.authorization_data["sessionid"] = "301%3Apalsu-palsu-palsu%3A1"
    with pytest.raises(theirs.LoginRequired):
        inside.account_info()


def test_a_password_that_was_wrapped_for_somebody_else_is_not_opened():
    for given in ("", "#PWD_INSTAGRAM:4:1:", "#PWD_INSTAGRAM:4:1:AAAA", "#PWD:0:1:terang"):
        assert private_password.unwrapped(given) is None


def test_a_photo_stands_on_the_wall_of_the_official_interface(inside, file, controls, graph):
    made = publish(inside, file)["media"]
    (shown,) = controls.ledger()
    assert (shown["text"], shown["account"], shown["id"]) == ("Halo", "301", str(made["pk"]))
    listed = graph.get_object("301/media", fields="id,caption,permalink")["data"]
    assert [each["id"] for each in listed] == [shown["id"]]
    page = shown["permalink"].removeprefix("https://")
    assert requests.get(f"{controls.url}/{page}", timeout=5).status_code == 200


def test_an_album_keeps_its_order_and_an_alt_text_for_each(inside, controls, tmp_path):
    children = []
    for shade in (10, 200):
        file = tmp_path / f"{shade}.jpg"
        file.write_bytes(picture(shade=shade))
        upload, *_size = inside.photo_rupload(file, upload_id=str(1790000000000 + shade))
        children.append({"upload_id": upload, "custom_accessibility_caption": f"Abu {shade}"})
    inside.album_configure(children, "Album")
    (shown,) = controls.ledger()
    assert [image["alt"] for image in shown["images"]] == ["Abu 10", "Abu 200"]
    media = inside.media_info_v1(shown["id"])
    assert (media.media_type, len(media.resources), media.caption_text) == (8, 2, "Album")
    with pytest.raises(theirs.ClientError):
        inside.album_configure(children[:1], "Satu")


def test_who_repeats_a_configure_has_two_posts(inside, file, controls):
    upload, width, height = inside.photo_rupload(file)
    for _ in range(2):
        inside.photo_configure(upload, width, height, "Halo")
    assert controls.texts() == ["Halo", "Halo"]


def test_a_configure_without_its_upload_makes_nothing(inside, controls):
    with pytest.raises(theirs.ClientError, match="media_needs_reupload"):
        inside.photo_configure("1790000000000", 10, 10, "Halo")
    assert controls.ledger() == []


def test_what_is_no_jpeg_is_not_taken(inside, tmp_path):
    page = io.BytesIO(picture(format="PNG"))
    headers = {"X-Instagram-Rupload-Params": json.dumps({"upload_id": "1"})}
    headers["Authorization"] = inside.authorization
    for body in (page.getvalue(), b"bukan gambar"):
        answer = inside.private.post(
            "https://i.instagram.com/rupload_igphoto/1_0_1", data=body, headers=headers
        )
        assert answer.status_code == 400


def test_the_list_goes_page_by_page_and_a_deleted_post_is_gone(inside, file, controls):
    for number in range(3):
        publish(inside, file, f"Ke-{number}")
    first, cursor = inside.user_medias_paginated_v1("301", 2)
    rest, end = inside.user_medias_paginated_v1("301", 2, end_cursor=cursor)
    assert [each.caption_text for each in first + rest] == ["Ke-2", "Ke-1", "Ke-0"]
    assert not end
    assert inside.media_delete(first[0].id)
    with pytest.raises(theirs.MediaNotFound):
        inside.media_info_v1(first[0].pk)
    assert [entry["deleted"] for entry in controls.ledger()] == [False, False, True]
    with pytest.raises(theirs.PrivateAccount):
        inside.user_medias_v1("302")


FAULTS = {
    "login_required": theirs.LoginRequired,
    "challenge_required": theirs.ChallengeRequired,
    "feedback_required": theirs.FeedbackRequired,
    "please_wait": theirs.PleaseWaitFewMinutes,
    "429": theirs.ClientThrottledError,
    "suspended": theirs.AccountSuspended,
    "transcode": theirs.ClientError,
    "needs_reupload": theirs.ClientError,
    "500": theirs.ClientError,
    "forbidden": theirs.ClientForbiddenError,
    "garbled": theirs.ClientJSONDecodeError,
}


@pytest.mark.parametrize("kind", FAULTS)
def test_each_failure_is_the_librarys_own_exception(inside, file, controls, kind):
    controls.fault("instagram_private", "publish", kind)
    with pytest.raises(FAULTS[kind]):
        publish(inside, file)
    assert controls.ledger() == []
    assert publish(inside, file)


def test_a_fault_after_the_post_hides_the_answer_only(inside, file, controls):
    controls.fault("instagram_private", "publish", "500", when="after")
    with pytest.raises(theirs.ClientError):
        publish(inside, file)
    assert controls.texts() == ["Halo"]


def test_the_library_itself_posts_twice_after_a_408(inside, file, controls, monkeypatch):
    """Why the hub sends by itself: this is the hidden repeat."""
    monkeypatch.setattr("instagrapi.mixins.private.time", Hasty())
    controls.fault("instagram_private", "publish", "408", when="after")
    publish(inside, file)
    assert controls.texts() == ["Halo", "Halo"]


class Hasty:
    """A clock that does not sleep, for that one module."""

    time = staticmethod(time.time)

    @staticmethod
    def sleep(seconds: float) -> None:
        """Not now."""


def test_faults_of_one_interface_leave_the_other_alone(inside, file, controls, graph):
    controls.fault("instagram", "any", "500", times=0)
    assert publish(inside, file)
    controls.heal()
    controls.fault("instagram_private", "any", "500", times=0)
    assert graph.get_object("301")["id"] == "301"
    assert controls.post("faults", {"platform": "x", "kind": "408"}).status_code == 400


def test_a_post_that_lists_do_not_show_yet_is_there_all_the_same(inside, file, controls):
    controls.fault("instagram", "any", "invisible", seconds=60)
    made = publish(inside, file)["media"]
    assert inside.user_medias_v1("301") == []
    assert inside.media_info_v1(made["pk"]).pk == made["pk"]


def test_an_address_that_is_not_played_says_so(inside):
    with pytest.raises(theirs.ClientNotFoundError):
        inside.private_request("direct_v2/inbox/")
