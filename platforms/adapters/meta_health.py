"""What a Meta token is good for: its life, its rights, and the version that answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from platforms.adapters.base import Fault, Light, Refused
from platforms.adapters.graph import App, Graph
from platforms.adapters.trouble import Trouble

# platforms.md 2.1 and 3.1: which permission lights which lamp
FACEBOOK = {
    Light.SEND: ("pages_manage_posts",),
    Light.COMMENTS: ("pages_read_user_content", "pages_read_user_engagement"),
    Light.INSIGHT: ("read_insights",),
}
INSTAGRAM = {
    Light.SEND: ("instagram_content_publish",),
    Light.COMMENTS: ("instagram_manage_comments",),
    Light.INSIGHT: ("instagram_manage_insights",),
}
Lamps = Mapping[Light, tuple[str, ...]]


@dataclass(frozen=True)
class Grant:
    """What debug_token says of a token."""

    kind: str  # USER, PAGE, SYSTEM_USER; "" when it was not asked
    expires_at: datetime | None
    scopes: frozenset[str]
    targets: Mapping[str, tuple[str, ...]]  # scope -> ids it is limited to; missing: all

    def allows(self, scopes: Iterable[str], target: str = "") -> bool:
        """Whether any of `scopes` was granted, and for this target where it is limited to some."""
        return any(self._allows(scope, target) for scope in scopes)

    def _allows(self, scope: str, target: str) -> bool:
        limited = self.targets.get(scope)
        return scope in self.scopes and (not limited or not target or target in limited)

    def lights(self, lamps: Lamps, *targets: str) -> dict[Light, bool]:
        """The lamps of an account that is known by any of `targets`; none when nothing is known."""
        if not self.scopes:
            return {}
        return {
            light: any(self.allows(scopes, target) for target in targets or ("",))
            for light, scopes in lamps.items()
        }


def grant(app: App, token: str) -> Grant | None:
    """Ask Meta about a token; None where our app's id and secret are not set.

    Raises the Trouble that it is dead.
    """
    if not (app.app_id and app.app_secret):
        return None
    ours = Graph(app, f"{app.app_id}|{app.app_secret}")
    data = ours.read("debug_token", input_token=token).get("data") or {}
    if data.get("is_valid") is False:
        reason = f"Token {app.label} tidak berlaku lagi. Sambungkan ulang."
        raise Trouble(Refused(reason, Fault.CHANNEL, "debug_token: not valid"))
    return Grant(
        str(data.get("type") or ""),
        _nearest(data.get("expires_at"), data.get("data_access_expires_at")),
        frozenset(str(scope) for scope in data.get("scopes") or ()),
        _targets(data.get("granular_scopes")),
    )


def _targets(granular: Any) -> dict[str, tuple[str, ...]]:
    return {
        str(each["scope"]): tuple(str(id) for id in each.get("target_ids") or ())
        for each in granular or ()
        if isinstance(each, dict) and each.get("scope")
    }


def _nearest(*stamps: Any) -> datetime | None:
    """The earliest of Meta's times; 0 means that there is none."""
    known = [int(stamp) for stamp in stamps if str(stamp or "").isdecimal() and int(stamp) > 0]
    return datetime.fromtimestamp(min(known), UTC) if known else None


def version_warning(graph: Graph, wanted: str) -> str:
    """A sentence when Meta answered in another version than it was asked in; "" otherwise."""
    answered = graph.header("facebook-api-version")
    if not answered or answered == wanted:
        return ""
    return f"Meta menjawab dengan Graph API {answered}, bukan {wanted}. Perbarui versinya."
