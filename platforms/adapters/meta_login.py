"""Connecting Facebook pages and the Instagram accounts linked to them (platforms.md 2.1, 3.1)."""

from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from platforms.adapters.base import Fault, Healthy, Refused, Secret
from platforms.adapters.connecting import (
    Beginning,
    Begun,
    Check,
    ConsentLogin,
    Found,
    Inspection,
    Return,
)
from platforms.adapters.graph import App, Graph
from platforms.adapters.meta_health import FACEBOOK, INSTAGRAM, Grant, Lamps, grant
from platforms.adapters.trouble import Trouble

SCOPES = (
    *("pages_show_list", "pages_read_engagement", "pages_manage_posts", "pages_manage_engagement"),
    *("pages_read_user_content", "read_insights", "business_management"),
    *("instagram_basic", "instagram_content_publish", "instagram_manage_comments"),
    *("instagram_manage_insights", "instagram_manage_contents"),
)
PAGE_FIELDS = "id,name,username,access_token,tasks,instagram_business_account{id,username,name}"
MOST_PAGES = 100
_NO_APP = "ID dan rahasia aplikasi Meta belum diatur di pemasangan ini. Tempelkan token saja."
_DENIED = "Izin tidak diberikan di Facebook. Kanal belum terhubung."
_NO_PAGES = (
    "Tidak ada halaman yang dapat dikelola dengan izin ini. Minta admin halaman memberi Anda "
    "peran yang boleh mengunggah, lalu ulangi dan centang halamannya."
)


class MetaLogin(ConsentLogin):
    """Facebook Login: a short token, a long one, its pages, and the Instagram account of each."""

    key = "meta"
    label = "Facebook dan Instagram"
    before: ClassVar[tuple[str, ...]] = (
        "OPD punya halaman Facebook sendiri, bukan profil pribadi.",
        "Akun Instagram-nya akun profesional dan tertaut ke halaman itu.",
        "Anda berperan di halaman itu dan boleh mengunggah.",
        "Akun Facebook Anda memakai verifikasi dua langkah.",
        "Aplikasi Meta berstatus Live, dan alamat kembali di bawah ini terdaftar persis di sana.",
    )
    pasted: ClassVar[tuple[Secret, ...]] = (Secret("token", "Token system user"),)

    def __init__(self, app: App) -> None:
        self.app = app

    def setup(self) -> tuple[Check, ...]:
        has = bool(self.app.app_id and self.app.app_secret)
        return (Check("ID dan rahasia aplikasi Meta terpasang", has, "" if has else _NO_APP),)

    def begin(self, *, state: str, return_to: str) -> Beginning:
        if not (self.app.app_id and self.app.app_secret):
            return Refused(_NO_APP, Fault.CHANNEL)
        asked = {
            "client_id": self.app.app_id,
            "redirect_uri": return_to,
            "state": state,
            "response_type": "code",
            "scope": ",".join(SCOPES),
        }
        dialog = f"https://www.facebook.com/{self.app.version}/dialog/oauth?{urlencode(asked)}"
        return Begun(self.app.way.public(dialog))

    def returned(
        self, answer: Mapping[str, str], *, kept: Mapping[str, str], return_to: str
    ) -> Return:
        if answer.get("error") or not answer.get("code"):
            return Refused(_DENIED, Fault.CHANNEL, f"dialog: {answer.get('error', '')[:60]}")
        try:
            short = self._exchange(code=answer["code"], redirect_uri=return_to)
            long = self._exchange(grant_type="fb_exchange_token", fb_exchange_token=short)
            return self._inspection(long)
        except Trouble as trouble:
            return trouble.preparing()

    def inspect(self, pasted: Mapping[str, str]) -> Return:
        try:
            return self._inspection(pasted.get("token", ""))
        except Trouble as trouble:
            return trouble.preparing()

    def _exchange(self, **asked: str) -> str:
        """A token for a code, or a long-lived one for a short one. Raises Trouble."""
        app = {"client_id": self.app.app_id, "client_secret": self.app.app_secret}
        graph = Graph(self.app, f"{self.app.app_id}|{self.app.app_secret}")
        token = str(graph.read("oauth/access_token", **app, **asked).get("access_token") or "")
        if not token:
            raise Trouble(Refused(_DENIED, Fault.CHANNEL, "no token in the answer"))
        return token

    def _inspection(self, token: str) -> Return:
        known = grant(self.app, token)
        graph = Graph(self.app, token)
        pages = self._pages(graph, known)
        if not pages:
            return Refused(_NO_PAGES, Fault.CHANNEL, "no pages")
        accounts = tuple(found for page in pages for found in _of_page(page, known))
        return Inspection(_of_grant(known), accounts)

    def _pages(self, graph: Graph, known: Grant | None) -> list[dict[str, Any]]:
        """The pages of the token; of a business portfolio's page the list says nothing."""
        listed = graph.listed("me/accounts", fields=PAGE_FIELDS, limit=str(MOST_PAGES))
        if listed or known is None:
            return listed
        targets = known.targets.get("pages_manage_posts") or known.targets.get("pages_show_list")
        return [graph.named(page, PAGE_FIELDS) for page in (targets or ())[:MOST_PAGES]]


def _of_grant(known: Grant | None) -> tuple[Check, ...]:
    """What Meta says of the grant as a whole."""
    if known is None:
        return (Check("Meta mengenali tokennya", True),)
    kinds = {"SYSTEM_USER": "token system user", "USER": "token pengguna", "PAGE": "token halaman"}
    until = f"berlaku sampai {known.expires_at:%d-%m-%Y}" if known.expires_at else "tanpa batas"
    said = f"{kinds.get(known.kind, known.kind)}, {until}"
    missing = [scope for scope in SCOPES if scope not in known.scopes]
    return (
        Check("Meta mengenali tokennya", True, said),
        Check("Semua izin diberikan", not missing, ", ".join(missing)),
    )


def _of_page(page: Mapping[str, Any], known: Grant | None) -> list[Found]:
    """The page, and the Instagram account linked to it, as accounts to connect."""
    token, number = str(page.get("access_token") or ""), str(page["id"])
    name = str(page.get("name") or "")
    linked = page.get("instagram_business_account") or {}
    tasks = page.get("tasks")
    checks = (
        Check("Anda dapat mengunggah di halaman ini", _may_create(tasks, token)),
        _scope(known, FACEBOOK, "mengunggah ke halaman ini", number),
        Check(
            "Akun Instagram tertaut ke halaman ini",
            None if not linked else True,
            f"@{linked.get('username')}" if linked else "Tautkan lewat pengaturan halaman.",
        ),
    )
    handle = str(page.get("username") or name)
    lights = known.lights(FACEBOOK, number) if known else {}
    health = Healthy(handle, name, lights=lights, expires_at=_ends(known))
    found = [Found("facebook", number, handle, name, {"token": token}, health, checks)]
    if linked.get("id"):
        found.append(_of_instagram(linked, number, token, known))
    return found


def _of_instagram(linked: Mapping[str, Any], page: str, token: str, known: Grant | None) -> Found:
    number, handle = str(linked["id"]), str(linked.get("username") or "")
    name = str(linked.get("name") or handle)
    lights = known.lights(INSTAGRAM, number, page) if known else {}
    checks = (
        Check("Akun profesional yang tertaut ke halaman", True, f"@{handle}"),
        _scope(known, INSTAGRAM, "mengunggah ke akun ini", number, page),
    )
    health = Healthy(handle, name, lights=lights, expires_at=_ends(known))
    return Found("instagram", number, handle, name, {"token": token}, health, checks)


def _may_create(tasks: Any, token: str) -> bool | None:
    if not token:
        return False
    if not isinstance(tasks, list):
        return None
    return any(task in ("CREATE_CONTENT", "MANAGE") for task in tasks)


def _scope(known: Grant | None, lamps: Lamps, deed: str, *targets: str) -> Check:
    (light, scopes), *_others = lamps.items()
    allowed = known.lights(lamps, *targets).get(light) if known else None
    said = f"Ulangi dan beri izin {scopes[0]}." if allowed is False else ""
    return Check(f"Izin {deed} diberikan", allowed, said)


def _ends(known: Grant | None) -> Any:
    """A page's token outlives the long-lived user token that it came from; data access does not."""
    return known.expires_at if known and known.kind != "USER" else None
