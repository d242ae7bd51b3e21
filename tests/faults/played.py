"""The sandbox as a process of its own."""

import sys
from pathlib import Path
from typing import Any

import requests

from opd_hub.local import commands, ports, processes
from opd_hub.local.folders import ROOT
from tests.conftest import Box


class Played(Box):
    """The sandbox as a process of its own; it may be killed and comes back as it was."""

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(f"http://{ports.HOST}:{port}")
        self.folder, self.port = folder, port
        self.start()

    def start(self) -> None:
        _python, *rest = commands.sandbox(self.port, str(self.folder / "sandbox"))
        run = (sys.executable, *rest)
        self.child = processes.start("sandbox", run, folder=self.folder, cwd=ROOT)
        ports.wait_until_open(self.port, self.child.watch)

    def ask(self, name: str, **body: Any) -> Any:
        """Set (with a body) or read one of the sandbox's controls."""
        where = f"{self.url}/__sandbox__/{name}"
        answer = (
            requests.post(where, json=body, timeout=5) if body else requests.get(where, timeout=5)
        )
        answer.raise_for_status()
        return answer.json()
