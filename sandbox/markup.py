"""Owns the HTML of the public pages, in Indonesian and without scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta, timezone
from html import escape

from sandbox.records import INSTAGRAM, Account, Picture, Post, moment

STYLE_ADDRESS = "/pages.css"
NAMES = {"x": "X", "facebook": "Facebook", "instagram": "Instagram"}
WIB = timezone(timedelta(hours=7))
MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")

PAGE = """<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · Tiruan</title>
<link rel="stylesheet" href="{style}">
</head>
<body>
<header class="banner"><p>Ini tiruan untuk uji coba, bukan platform sungguhan</p></header>
<main data-platform="{platform}">
{content}
</main>
</body>
</html>
"""


def directory(by_platform: Mapping[str, Sequence[Account]], counts: Mapping[str, int]) -> str:
    sections = "".join(
        f'<section data-platform="{platform}"><h2>{NAMES[platform]}</h2>'
        f'<ul class="accounts">{"".join(_listed(each, counts[each.key]) for each in accounts)}</ul>'
        "</section>"
        for platform, accounts in by_platform.items()
        if accounts
    )
    empty = '<p class="empty">Belum ada akun. Akun muncul setelah data contoh dimuat.</p>'
    lead = "Lini masa setiap akun contoh, seperti yang akan dilihat warga."
    content = f'<h1>Akun tiruan</h1><p class="lead">{lead}</p>{sections or empty}'
    return page("Akun", content)


def timeline(account: Account, posts: Sequence[Post], total: int) -> str:
    cards = "".join(_card(account, post, alone=False) for post in posts)
    empty = '<p class="empty">Akun ini belum mengunggah apa pun.</p>'
    head = (
        f'{_back("/", "Semua akun")}<header class="profile">{_avatar(account)}'
        f"<div><h1>{escape(account.name)}</h1>"
        f"<p>{_signature(account)} · {NAMES[account.platform]} · {total} unggahan</p>"
        "</div></header>"
    )
    return page(account.name, head + (cards or empty), account.platform)


def single(account: Account, post: Post) -> str:
    back = _back(_home(account), f"Lini masa {account.name}")
    return page(account.name, back + _card(account, post, alone=True), account.platform)


def missing() -> str:
    content = (
        f'{_back("/", "Semua akun")}<div class="empty"><h1>Halaman tidak ditemukan</h1>'
        "<p>Unggahan ini tidak ada, belum terbit, atau sudah dihapus.</p></div>"
    )
    return page("Tidak ditemukan", content)


def page(title: str, content: str, platform: str = "") -> str:
    return PAGE.format(title=escape(title), style=STYLE_ADDRESS, platform=platform, content=content)


def _listed(account: Account, count: int) -> str:
    return (
        f'<li><a href="{escape(_home(account))}">{_avatar(account)}'
        f'<span class="who"><strong>{escape(account.name)}</strong>'
        f"<span>{_signature(account)}</span></span>"
        f'<span class="count">{count} unggahan</span></a></li>'
    )


def _card(account: Account, post: Post, *, alone: bool) -> str:
    """A post; Instagram shows pictures first, the others the text."""
    name = "h1" if alone else "strong"
    head = (
        f'<header>{_avatar(account)}<div class="who"><{name}>{escape(account.name)}</{name}>'
        f"<span>{_signature(account)}</span></div></header>"
    )
    text = f'<p class="text">{_linked(post.text)}</p>' if post.text else ""
    link = f'<p class="link">{_linked(post.link)}</p>' if post.link else ""
    pictures = _gallery(post.pictures)
    body = pictures + text if post.platform == INSTAGRAM else text + link + pictures
    date = f'<time datetime="{escape(post.at)}">{_when(post.at)}</time>'
    address = "/" + post.permalink.removeprefix("https://")
    foot = date if alone else f'<a href="{escape(address)}">{date}</a>'
    return f'<article class="post">{head}{body}<footer>{foot}</footer></article>'


def _gallery(pictures: Sequence[Picture]) -> str:
    if not pictures:
        return ""
    figures = "".join(_figure(picture) for picture in pictures)
    return f'<div class="gallery" data-count="{len(pictures)}">{figures}</div>'


def _figure(picture: Picture) -> str:
    alt = escape(picture.alt)
    caption = f'<figcaption><abbr title="{alt}">ALT</abbr></figcaption>' if alt else ""
    return (
        f'<figure><img src="/__sandbox__/blobs/{picture.sha256}.jpg" alt="{alt}" '
        f'width="{picture.width}" height="{picture.height}" loading="lazy">{caption}</figure>'
    )


def _avatar(account: Account) -> str:
    letters = "".join(word[0] for word in account.name.split()[:2] if word[0].isalnum())
    return f'<span class="avatar" aria-hidden="true">{escape(letters.upper() or "?")}</span>'


def _signature(account: Account) -> str:
    return f"@{escape(account.handle.lstrip('@'))}"


def _home(account: Account) -> str:
    places = {
        "x": f"/x.com/{account.handle}",
        "facebook": f"/www.facebook.com/{account.id}",
        "instagram": f"/www.instagram.com/{account.handle}/",
    }
    return places[account.platform]


def _back(address: str, label: str) -> str:
    return f'<p class="back"><a href="{escape(address)}">← {escape(label)}</a></p>'


def _linked(text: str) -> str:
    """Escaped text with its links; line breaks are kept by the style."""
    done, written = 0, ""
    for match in LINK.finditer(text):
        address = escape(match.group())
        written += escape(text[done : match.start()])
        written += f'<a href="{address}" rel="nofollow noopener">{address}</a>'
        done = match.end()
    return written + escape(text[done:])


def _when(at: str) -> str:
    local = moment(at).astimezone(WIB)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H.%M} WIB"
