"""Anybody on the played platforms: their links, timelines, ledger, and the pictures' bytes."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from opd_hub.local.browser import Browser, NotThere


class Onlooker(Browser):
    """Somebody without an account, looking at what a platform has made public."""

    def find_in_timeline(self, link: str) -> None:
        """Open a post's link, go on to its account, and see the post there. Raises NotThere."""
        single = self.get(link)
        home = re.search(r'href="(/[^"]+)">[^<]*Lini masa', single.text)
        if single.status != 200 or home is None:
            raise NotThere(f"{link} dijawab {single.status}")
        if f'href="{urlsplit(link).path}"' not in self.get(home[1]).text:
            raise NotThere(f"{link} tidak ada di lini masa {home[1]}")

    def ledger(self) -> list[dict[str, Any]]:
        """Every post that a platform accepted, in order, without what the demo data planted."""
        posts: list[dict[str, Any]] = json.loads(self.download("/__sandbox__/ledger"))["posts"]
        return posts

    def address(self, permalink: str) -> str:
        """Where a post's public link leads while its platform is played here."""
        return f"{self.base}/{permalink.removeprefix('https://')}"

    def picture(self, sha256: str) -> bytes:
        return self.download(f"/__sandbox__/blobs/{sha256}.jpg")
