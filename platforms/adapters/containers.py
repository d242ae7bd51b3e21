"""Instagram's containers: made one by one, children first, and watched until they are ready."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from platforms.adapters.base import Job, TryLater
from platforms.adapters.graph import Graph
from platforms.adapters.meta import of_container
from platforms.adapters.probe import Probe
from platforms.adapters.trouble import Sign, Trouble, bytes_of, unclear

FIRST_POLL, LONGEST_POLL = 3, 60  # seconds


class Container(StrEnum):
    """A container's status as Instagram calls it, and one of ours: it knows no such container."""

    IN_PROGRESS = "IN_PROGRESS"
    FINISHED = "FINISHED"
    ERROR = "ERROR"
    EXPIRED = "EXPIRED"
    PUBLISHED = "PUBLISHED"
    MISSING = "MISSING"


class Containers:
    """The containers of one job, and `done`, the checkpoint that remembers them.

    `children` ids in the order of the pictures, how many of them are `ready`; the `container`
    that will be published, whether it is `finished` or already `published`, and whether it is
    `worn`: too often refused at the publish, to be replaced unless public; `polls` in a row.
    """

    def __init__(self, graph: Graph, job: Job, probe: Probe | None = None) -> None:
        self.graph, self.job, self.probe = graph, job, probe
        self.done: dict[str, Any] = dict(job.checkpoint)

    @property
    def complete(self) -> bool:
        return bool(self.done.get("finished"))

    @property
    def step(self) -> str:
        """The name of what comes next, "" when nothing is left."""
        made, ready = len(self.children), int(self.done.get("ready", 0))
        if self.complete:
            return ""
        if "container" in self.done:
            return "container"
        if len(self.job.payload.pictures) == 1:
            return "single"
        if made < len(self.job.payload.pictures):
            return f"child {made + 1}"
        return f"ready {ready + 1}" if ready < made else "carousel"

    def advance(self) -> None:
        """One call to the platform: make the next container, or ask whether one is ready."""
        match self.step.split():
            case ["container"]:
                self._watch_container()
            case ["single"]:
                self._make_single()
            case ["child", _]:
                self._make_child()
            case ["ready", number]:
                self._watch_child(int(number) - 1)
            case ["carousel"]:
                self._make_carousel()

    @property
    def children(self) -> list[str]:
        return list(self.done.get("children", ()))

    def state(self) -> Container:
        """The present status of the container to publish; MISSING when there is none."""
        if "container" not in self.done:
            return Container.MISSING
        return self._status(str(self.done["container"]))[0]

    def drop_container(self) -> None:
        """Forget it, and look at its children again: they are as old as it is."""
        for key in ("container", "finished", "published", "worn"):
            self.done.pop(key, None)
        self.done |= {"ready": 0, "polls": 0}

    def _drop_children(self, first: int) -> None:
        self.done |= {"children": self.children[:first], "ready": first, "polls": 0}

    # --- making ---

    def _make(self, **fields: str) -> str:
        try:
            return str(self.graph.make(f"{self.job.account.remote_id}/media", **fields)["id"])
        except Trouble as trouble:
            if "children" in fields and trouble.sign in (Sign.GONE, Sign.STALE):
                self.done["ready"] = 0  # one of them has gone: ask each
            elif trouble.sign is Sign.GONE:  # nothing of ours was named: the account is missing
                raise trouble.at_once() from trouble
            raise

    def _picture(self, index: int) -> dict[str, str]:
        picture = self.job.payload.pictures[index]
        bytes_of(self.job, picture)  # Meta fetches them from the same shelf: see them whole first
        url = self.job.shelf.url(picture)
        if self.probe:
            self.probe.look(url, picture, index + 1)
        return {"image_url": url, "alt_text": picture.alt}

    def _make_single(self) -> None:
        self.done["container"] = self._make(**self._picture(0), caption=self.job.payload.text)

    def _make_child(self) -> None:
        child = self._make(**self._picture(len(self.children)), is_carousel_item="true")
        self.done["children"] = [*self.children, child]

    def _make_carousel(self) -> None:
        children, caption = ",".join(self.children), self.job.payload.text
        self.done["container"] = self._make(
            media_type="CAROUSEL", children=children, caption=caption
        )

    # --- watching ---

    def _watch_container(self) -> None:
        """Ask it. Even a worn one is asked before it is replaced: it may be public after all."""
        state, said = self._status(str(self.done["container"]))
        if state in (Container.EXPIRED, Container.MISSING, Container.ERROR):
            self.drop_container()
        self._demand_ready(state, said)
        if self.done.get("worn") and state is Container.FINISHED:
            return self.drop_container()
        self.done |= {"finished": True, "published": state is Container.PUBLISHED, "polls": 0}

    def _watch_child(self, index: int) -> None:
        state, said = self._status(self.children[index])
        if state in (Container.EXPIRED, Container.MISSING, Container.ERROR):
            self._drop_children(index)
        self._demand_ready(state, said)
        self.done |= {"ready": index + 1, "polls": 0}

    def _demand_ready(self, state: Container, said: str) -> None:
        """Raise the trouble that a container is late, spoilt or gone."""
        if state is Container.IN_PROGRESS:
            polls = int(self.done.get("polls", 0))
            self.done["polls"] = polls + 1
            after = timedelta(seconds=min(FIRST_POLL * 2 ** max(polls - 3, 0), LONGEST_POLL))
            raise Trouble(TryLater("Instagram masih menyiapkan gambarnya.", after))
        if state not in (Container.FINISHED, Container.PUBLISHED):
            raise of_container(said if state is Container.ERROR else state)

    def _status(self, container: str) -> tuple[Container, str]:
        """Its status, and the sentence that explains an error."""
        try:
            answer = self.graph.read(container, fields="status_code,status")
        except Trouble as trouble:
            if trouble.sign is Sign.GONE:
                return Container.MISSING, ""
            raise
        try:
            return Container(str(answer.get("status_code"))), str(answer.get("status", ""))
        except ValueError as error:
            raise unclear(
                "Instagram", f"container status {answer.get('status_code')}"[:200]
            ) from error
