"""What a person does at a platform's consent page, over HTTP: read it, say yes or no."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import requests


def decide(address: str, answer: str = "yes", **chosen: str) -> dict[str, str]:
    """Open the consent page, press a button, and give the query with which one comes back."""
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(address, timeout=5)
        assert page.status_code == 200, page.text
        fields = dict(_fields(page.text)) | chosen | {"do": answer}
        said = browser.post(address, data=fields, timeout=5, allow_redirects=False)
        assert said.status_code == 302, said.text
        return dict(parse_qsl(urlsplit(said.headers["Location"]).query))


def _fields(html: str) -> list[tuple[str, str]]:
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', html)
    ticked = re.findall(r'<input type="checkbox" name="([^"]*)" value="([^"]*)" checked', html)
    options = re.findall(r'<select name="([^"]*)"><option value="([^"]*)"', html)
    return [(name, unescape(value)) for name, value in (*hidden, *ticked, *options)]
