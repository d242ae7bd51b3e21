"""Owns which platform a request is for, by its Host header, and where faults strike it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sandbox import control, fault_answers, graph, pages, private, x
from sandbox.exchange import LOOPBACK, Refusal, Request, Response, as_json
from sandbox.records import Account
from sandbox.world import Call, World

Understand = Callable[[World, Request], Call]
Finish = Callable[[World, Request, Response, Account | None], Response]

PLAYED: dict[str, tuple[Understand, Finish]] = {
    **dict.fromkeys(x.HOSTS, (x.understand, x.finish)),
    **dict.fromkeys(graph.HOSTS, (graph.understand, graph.finish)),
    **dict.fromkeys(private.HOSTS, (private.understand, private.finish)),
}


class Application:
    """Everything the sandbox answers: the platforms, the controls, the public pages."""

    def __init__(self, world: World) -> None:
        self.world = world

    def answer(self, request: Request) -> Response:
        if request.host in PLAYED:
            return self._play(request, *PLAYED[request.host])
        if request.host not in LOOPBACK:
            return as_json({"error": f"the sandbox does not play {request.host}"}, 404)
        if request.path.startswith(control.PREFIX):
            return control.answer(self.world, request)
        return pages.answer(self.world, request)

    def _play(self, request: Request, understand: Understand, finish: Finish) -> Response:
        noted = self.world.note(request)
        account = None
        try:
            call = understand(self.world, request)
            account = call.account
            noted["account"] = account.id
            response = self._perform(call, request)
        except Refusal as refusal:
            response = refusal.response
        finished = finish(self.world, request, response, account)
        return replace(finished, wait=finished.wait + self.world.latency)

    def _perform(self, call: Call, request: Request) -> Response:
        if call.step == "publish":
            going_on = self.world.in_flight.publishing(call.account, request)
            request.until_answered.enter_context(going_on)
        response = self._act(call)
        for fault in self.world.faults.trimmings(call.place):
            response = fault_answers.trimmed(response, fault, call.account)
        return response

    def _act(self, call: Call) -> Response:
        """Do the call, unless a fault comes first; a fault "after" hides a success only."""
        faults = self.world.faults
        if fault := faults.take(call.place, when="before"):
            return fault_answers.answer(fault, call)
        try:
            said = call.act()
        except Refusal as refusal:
            return refusal.response
        if said.status < 400 and (fault := faults.take(call.place, when="after")):
            return fault_answers.answer(fault, call, said)
        return said
