"""Owns which platform a request is for, by its Host header, and where faults strike it."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from socket import SHUT_RDWR
from wsgiref.types import StartResponse, WSGIEnvironment

from sandbox import control, fault_answers, graph, pages, x
from sandbox.exchange import LOOPBACK, Refusal, Request, Response, as_json
from sandbox.world import Call, World


class Application:
    """The WSGI application of the sandbox."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        response = self.answer(Request(environ))
        if response.cut is not None:
            self._cut(environ, response.cut)
        phrase = HTTPStatus(response.status).phrase
        headers = response.headers | {"Content-Length": str(len(response.body))}
        start_response(f"{response.status} {phrase}", list(headers.items()))
        return [response.body]

    def answer(self, request: Request) -> Response:
        if request.too_large:
            return as_json({"error": "request body too large"}, 413)
        if request.host in x.HOSTS:
            return self._play_x(request)
        if request.host in graph.HOSTS:
            return self._play_graph(request)
        if request.host not in LOOPBACK:
            return as_json({"error": f"the sandbox does not play {request.host}"}, 404)
        if request.path.startswith(control.PREFIX):
            return control.answer(self.world, request)
        return pages.answer(self.world, request)

    def _play_x(self, request: Request) -> Response:
        noted = self.world.note(request)
        try:
            call = x.understand(self.world, request)
        except Refusal as refusal:
            return x.finish(request, refusal.response, None)
        noted["account"] = call.account.id
        return x.finish(request, self._perform(call), call.account)

    def _play_graph(self, request: Request) -> Response:
        noted = self.world.note(request)
        try:
            call = graph.understand(self.world, request)
        except Refusal as refusal:
            return graph.finish(request, refusal.response, None)
        noted["account"] = call.account.id
        return graph.finish(request, self._perform(call), call.account)

    def _perform(self, call: Call) -> Response:
        """Do the call, unless a fault comes first; a fault "after" hides a success only."""
        if early := self._fault(call, when="before"):
            return early
        try:
            response = call.act()
        except Refusal as refusal:
            return refusal.response
        if response.status < 400:
            return self._fault(call, when="after") or response
        return response

    def _fault(self, call: Call, *, when: str) -> Response | None:
        account = call.account
        fault = self.world.faults.take(account.platform, call.step, account.id, when=when)
        return fault_answers.answer(fault, account, call.step) if fault else None

    def _cut(self, environ: WSGIEnvironment, seconds: float) -> None:
        """End the connection without an answer: close() alone would not, files still hold it."""
        self.world.stopping.wait(seconds)
        try:
            environ["sandbox.connection"].shutdown(SHUT_RDWR)
        except OSError:
            return  # the other side was faster
