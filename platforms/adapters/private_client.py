"""instagrapi, tamed: one request for each call, timeouts, no sleep, no question on a terminal.

Importing this loads the library (50 MB, half a second): whoever needs it does so when he needs it.
"""

import json
import logging
import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import instagrapi
import requests
from instagrapi import config
from instagrapi.exceptions import ChallengeRequired, ClientError, TwoFactorRequired
from instagrapi.transports import create_curl_h2_adapter
from requests.adapters import HTTPAdapter

from platforms.adapters.base import Picture
from platforms.adapters.private_session import DEVICE, GRANT, Session
from platforms.adapters.private_troubles import judged, not_uploaded
from platforms.adapters.trouble import as_json
from platforms.adapters.wire import Line, Way

# Their DEBUG lines hold whole answers, and with them sessions; their ERROR lines too.
SILENCED = ("instagrapi", "private_request", "public_request", "graphql_request")
for _name in SILENCED:
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

HASTE = (0.6, 1.8)  # seconds between two requests of a person with a phone
THOUGHT = 3.0  # seconds after an upload, which Instagram digests; as the library waits
# Words in Indonesian would hide from the library the few English ones that it knows trouble by.
HOME = {"country": "ID", "country_code": 62, "timezone_offset": 7 * 3600}


@dataclass(frozen=True)
class Road:
    """How a client travels: its way, its pauses, and whether as curl, whose TLS a phone has."""

    way: Way
    pause: Callable[[float], None] = time.sleep

    @property
    def is_real(self) -> bool:
        return not self.way.base_url


class PrivateClient(instagrapi.Client):  # type: ignore[misc]
    """One account's phone, for the length of one call."""

    private: Any  # a Line
    public: Any

    def __init__(
        self, road: Road, settings: Mapping[str, Any], hidden: tuple[str, ...] = ()
    ) -> None:
        self.road, self.hidden = road, hidden
        self._curl: HTTPAdapter | None = None
        self.is_in_haste = False
        super().__init__(
            settings={**({} if settings.get("uuids") else HOME), **settings},
            request_timeout=0,  # no timeout at all, but a sleep before each request
            with_challenge_flow=False,
            private_transport="curl" if road.is_real else "requests",
        )

    # --- sessions: the library mounts its own adapters in here, again and again ---

    def _configure_private_session_retry(self, private_transport: str | None = None) -> None:
        if isinstance(self.private, Line):
            return
        self.private = self._line(self.private)
        if self.road.is_real:
            self._curl = _Patient(create_curl_h2_adapter(), self.road.way.door.timeout)
            self.private.mount("https://", self._curl)

    def _configure_public_session_retry(self) -> None:
        if not isinstance(self.public, Line):
            self.public = self._line(self.public)

    def _line(self, session: requests.Session) -> Line:
        line = Line(self.road.way.door)
        line.headers.update(session.headers)
        line.verify = session.verify
        return line

    def leave(self) -> None:
        """Close what is this client's own; the door is everybody's."""
        if self._curl:
            self._curl.close()

    # --- requests ---

    def private_request(
        self,
        endpoint: str,
        data: Any = None,
        params: Any = None,
        login: bool = False,
        with_signature: bool = True,
        headers: Mapping[str, str] | None = None,
        extra_sig: Any = None,
        domain: str | None = None,
    ) -> Any:
        """Send it once. The library's own sends a post again after a 408 or half an answer."""
        own = {"Authorization": self.authorization} if self.authorization else {}
        self.private_requests_count += 1
        self._hesitate()
        return self._send_private_request(
            endpoint,
            data=data,
            params=params,
            login=login,
            with_signature=with_signature,
            headers=own | dict(headers or {}),
            extra_sig=extra_sig,
            domain=domain,
        )

    def challenge_code_handler(self, *_: object) -> str:
        """Nobody sits at a terminal: a person confirms in the app, and comes back."""
        raise ChallengeRequired("confirm in the app")

    change_password_handler = challenge_code_handler

    def asked(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """What `call` gives; raises the Trouble that its failure stands for."""
        self.private.last = None
        try:
            return call(*args, **kwargs)
        except (
            ClientError,
            requests.RequestException,
            AssertionError,
            AttributeError,
            LookupError,
            OverflowError,
            TypeError,
            ValueError,
        ) as error:
            raise judged(error, self.private.last, self.hidden) from error

    def read(self, path: str, **params: str) -> dict[str, Any]:
        """One GET, whose answer must say "ok"."""
        return self._good(self.asked(self.private_request, path, params=params or None))

    def _good(self, answer: Any) -> dict[str, Any]:
        if isinstance(answer, dict) and answer.get("status") == "ok":
            return answer
        raise judged(ValueError("not ok"), self.private.last, self.hidden)

    def profile(self) -> dict[str, Any]:
        """The account itself, as Instagram shows it to its owner."""
        user = self.read("accounts/current_user/", edit="true").get("user")
        if not isinstance(user, dict) or str(user.get("pk")) != str(self.user_id):
            raise judged(ValueError("another user"), self.private.last, self.hidden)
        return user

    def enter_code(self, code: str, context: dict[str, Any]) -> None:
        """Finish a sign-in that stopped to ask for a code."""
        waiting = TwoFactorRequired("a code was asked for")
        self._login_with_bloks_two_factor(code, context, waiting)
        self.login_flow()

    def said_at_sign_in(self, error: BaseException, name: str) -> Any:
        """What Instagram said under this name, wherever in its answer to a sign-in."""
        return self._find_login_response_value(dict(vars(error)), name)

    def _hesitate(self) -> None:
        """As a person does, who has no machine's pace."""
        if not self.is_in_haste:
            self.road.pause(random.uniform(*HASTE))  # noqa: S311

    # --- publishing ---

    def upload(self, jpeg: bytes, number: str, *, in_album: bool) -> None:
        """Send one picture's bytes as they are; nothing is shown. The same number may come again.

        The library's own would write the JPEG anew: not the bytes that were approved.
        """
        self._hesitate()
        name = f"{number}_0_{int(number) % 9_000_000_000 + 1_000_000_000}"
        address = f"https://{config.API_DOMAIN}/rupload_igphoto/{name}"
        headers = self.private_headers(_upload_headers(jpeg, number, name, in_album))
        answer = self.asked(self.private.post, address, data=jpeg, headers=headers)
        body = as_json(answer)
        if answer.status_code != 200:
            raise not_uploaded(answer, self.hidden)
        if not isinstance(body, dict) or str(body.get("upload_id")) != number:
            raise judged(ValueError("no upload"), answer, self.hidden)
        self.road.pause(THOUGHT)

    def configure(
        self, caption: str, pictures: tuple[Picture, ...], numbers: list[str]
    ) -> dict[str, Any]:
        """The one request that makes a post of what was uploaded; gives its media."""
        # The engine has just made sure that it may send: nothing may come between.
        self.is_in_haste = True
        if len(pictures) == 1:
            (one,) = pictures
            alt = {"custom_accessibility_caption": one.alt}
            answer = self.asked(
                self.photo_configure, numbers[0], one.width, one.height, caption, extra_data=alt
            )
        else:
            children = [_child(*pair) for pair in zip(pictures, numbers, strict=True)]
            answer = self.asked(self.album_configure, children, caption)
        media = answer.get("media") if isinstance(answer, dict) else None
        if not isinstance(media, dict) or not media.get("pk"):
            raise judged(ValueError("no media"), self.private.last, self.hidden)
        return media

    def session(self, other_number: str = "") -> Session:
        """What this client signed in with, to be sealed."""
        settings = self.get_settings()
        return Session({name: settings.get(name) for name in DEVICE + GRANT}, other_number)


def _upload_headers(jpeg: bytes, number: str, name: str, in_album: bool) -> dict[str, str]:
    facts = {
        "retry_context": '{"num_step_auto_retry":0,"num_reupload":0,"num_step_manual_retry":0}',
        "media_type": "1",
        "xsharing_user_ids": "[]",
        "upload_id": number,
        "image_compression": '{"lib_name":"moz","lib_version":"3.1.m","quality":"80"}',
    } | ({"is_sidecar": "1"} if in_album else {})
    return {
        "Accept-Encoding": "gzip",
        "X-Instagram-Rupload-Params": json.dumps(facts),
        "X-Entity-Type": "image/jpeg",
        "Offset": "0",
        "X-Entity-Name": name,
        "X-Entity-Length": str(len(jpeg)),
        "Content-Type": "application/octet-stream",
    }


def _child(picture: Picture, number: str) -> dict[str, Any]:
    size = [picture.width, picture.height]
    edits = {"crop_original_size": size, "crop_center": [0.0, -0.0], "crop_zoom": 1.0}
    return {
        "upload_id": number,
        "edits": json.dumps(edits),
        "extra": json.dumps({"source_width": picture.width, "source_height": picture.height}),
        "scene_capture_type": "",
        "scene_type": None,
        "custom_accessibility_caption": picture.alt,
    }


class _Patient(HTTPAdapter):
    """The library's curl, which by itself waits for ever, with our timeouts."""

    def __init__(self, curl: HTTPAdapter, timeout: tuple[float, float]) -> None:
        self.curl, self.timeout = curl, timeout
        super().__init__(max_retries=0)

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = self.timeout
        return self.curl.send(request, *args, **kwargs)

    def close(self) -> None:
        with suppress(Exception):  # it is thrown away
            self.curl.close()
        super().close()
