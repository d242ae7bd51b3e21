"""A person's browser without the window: pages, their forms, cookies; no JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self
from urllib.parse import urljoin

import requests

TOKEN = "csrfmiddlewaretoken"
File = tuple[str, bytes, str]  # its name, its bytes, its content type


class NotThere(Exception):
    """The page has no such form, button or field; a person would not have found it either."""


@dataclass(frozen=True)
class Button:
    """What a person presses."""

    label: str
    name: str = ""
    value: str = ""
    action: str = ""


@dataclass
class Form:
    """A form as the server drew it, hidden fields and all."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    buttons: list[Button] = field(default_factory=list)

    def button(self, label: str) -> Button | None:
        return next((button for button in self.buttons if button.label == label), None)


@dataclass(frozen=True)
class Page:
    """An answer of the server."""

    url: str
    status: int
    text: str
    forms: Sequence[Form]

    def form_by_button(self, label: str) -> Form:
        """The form that a person submits by pressing `label`."""
        for form in self.forms:
            if form.button(label):
                return form
        there = ", ".join(button.label for form in self.forms for button in form.buttons)
        raise NotThere(
            f"tidak ada tombol “{label}” di {self.url}; yang ada: {there or 'tidak ada'}"
        )

    def token(self) -> str:
        """What Django wants back from any form on this page."""
        for form in self.forms:
            for name, value in form.fields:
                if name == TOKEN:
                    return value
        raise NotThere(f"tidak ada formulir yang dapat dikirim di {self.url}")


class Browser:
    """One person's session. `base` is where relative addresses begin."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False  # a proxy of the machine has no business between us

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def get(self, address: str) -> Page:
        return _page(self.session.get(urljoin(self.base, address), timeout=30))

    def submit(
        self,
        page: Page,
        label: str,
        fields: Mapping[str, str | Sequence[str]] | None = None,
        files: Sequence[tuple[str, File]] = (),
    ) -> Page:
        """Fill in `fields`, choose `files`, press `label`, and follow where the server leads."""
        form = page.form_by_button(label)
        button = form.button(label) or Button(label)
        sent = _filled(form, fields or {}, button)
        address = urljoin(page.url, button.action or form.action)
        if form.method == "get":
            return _page(self.session.get(address, params=sent, timeout=30))
        headers = {"Referer": page.url}  # as browsers do; Django wants it under https
        answer = self.session.post(address, sent, files=files or None, headers=headers, timeout=60)
        return _page(answer)

    def post(self, address: str, seen: Page, fields: Mapping[str, str]) -> Page:
        """Send a form that no page offered this person, with the token of one they have `seen`."""
        sent = {**fields, TOKEN: seen.token()}
        headers = {"Referer": seen.url}
        return _page(
            self.session.post(urljoin(self.base, address), sent, headers=headers, timeout=30)
        )

    def download(self, address: str) -> bytes:
        """The bytes behind an address that is no page."""
        answer = self.session.get(urljoin(self.base, address), timeout=30)
        if answer.status_code != 200:
            raise NotThere(f"{answer.url} dijawab {answer.status_code}")
        return answer.content


def _filled(
    form: Form, fields: Mapping[str, str | Sequence[str]], button: Button
) -> list[tuple[str, str]]:
    unknown = set(fields) - form.names
    if unknown:
        raise NotThere(f"formulir tidak punya isian {', '.join(sorted(unknown))}")
    sent = [(name, value) for name, value in form.fields if name not in fields]
    for name, value in fields.items():
        sent += [(name, one) for one in ([value] if isinstance(value, str) else value)]
    return [*sent, (button.name, button.value)] if button.name else sent


def _page(answer: requests.Response) -> Page:
    reader = _FormReader()
    reader.feed(answer.text)
    reader.close()
    return Page(answer.url, answer.status_code, answer.text, reader.forms)


class _FormReader(HTMLParser):
    """Collects forms, and what each would send if a person pressed a button at once."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._owner: Form | None = None  # of the button, textarea or select being read
        self._words: list[str] | None = None
        self._attrs: dict[str, str] = {}
        self._select = ""
        self._hint = False  # inside a <kbd>: the key beside a label is not the label

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
            self._by_id[given.get("id", "")] = self._open
            return
        owner = self._by_id.get(given["form"]) if "form" in given else self._open
        if tag == "kbd":
            self._hint = True
        elif tag == "option" and self._owner:
            self._option(given)
        elif owner and "disabled" not in given:
            self._control(tag, given, owner)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "kbd":
            self._hint = False
        elif tag == "button" and self._owner and self._words is not None:
            self._press(" ".join("".join(self._words).split()))
        elif tag == "textarea" and self._owner and self._words is not None:
            # The first line break after the tag is the writer's of the page, not the person's.
            text = "".join(self._words).removeprefix("\n")
            self._owner.fields.append((self._attrs.get("name", ""), text))
        if tag in ("button", "textarea", "select"):
            self._owner = self._words = None

    def handle_data(self, data: str) -> None:
        if self._words is not None and not self._hint:
            self._words.append(data)

    def _control(self, tag: str, given: dict[str, str], owner: Form) -> None:
        name = given.get("name", "")
        if tag == "input":
            self._input(given, owner)
        elif tag in ("button", "textarea"):
            self._owner, self._words, self._attrs = owner, [], given
        elif tag == "select":
            self._owner, self._select = owner, name
        if name and tag in ("input", "textarea", "select"):
            owner.names.add(name)

    def _input(self, given: dict[str, str], owner: Form) -> None:
        kind, name = given.get("type", "text").lower(), given.get("name", "")
        if kind == "submit":
            owner.buttons.append(_button(given.get("value", ""), given))
        elif kind in ("checkbox", "radio"):
            if "checked" in given:
                owner.fields.append((name, given.get("value", "on")))
        elif name and kind not in ("file", "button", "reset", "image"):
            owner.fields.append((name, given.get("value", "")))

    def _option(self, given: dict[str, str]) -> None:
        if self._owner and "selected" in given:
            self._owner.fields.append((self._select, given.get("value", "")))

    def _press(self, label: str) -> None:
        if self._owner and self._attrs.get("type", "submit") == "submit":
            label = self._attrs.get("aria-label", label)
            self._owner.buttons.append(_button(label, self._attrs))


def _button(label: str, given: Mapping[str, str]) -> Button:
    return Button(label, given.get("name", ""), given.get("value", ""), given.get("formaction", ""))
