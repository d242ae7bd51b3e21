"""What the stories answer to the questions of their kind, by the name of each question."""

from typing import Any, TypeAlias

from publishing.models import Kind

Told: TypeAlias = dict[str, Any]  # fields of a Story: what kind of post it is, and its answers


def service(service: str, where: str, when: str, contact: str = "") -> Told:
    """Where and when something can be had."""
    return _of(Kind.SERVICE, service=service, where=where, when=when, contact=contact)


def disruption(service: str, where: str, since: str, until: str) -> Told:
    """What does not work, and how long."""
    return _of(Kind.DISRUPTION, service=service, where=where, since=since, until=until)


def event(what: str, who: str, where: str, when: str) -> Told:
    """What happens; an answer left "" is one that the author still owes."""
    return _of(Kind.EVENT, what=what, who=who, where=where, when=when)


def programme(name: str, result: str) -> Told:
    """One of `desks.PROGRAMMES`, and what came of it."""
    return _of(Kind.PROGRAMME, result=result) | {"programme": name}


def greeting(occasion: str) -> Told:
    return _of(Kind.GREETING, occasion=occasion)


def campaign(call: str) -> Told:
    return _of(Kind.CAMPAIGN, call=call)


def clarification(statement: str, label: str, fact: str, reference: str) -> Told:
    """`label` is a key of `kinds.LABELS`."""
    answers = {"statement": statement, "label": label, "fact": fact, "reference": reference}
    return _of(Kind.CLARIFICATION, **answers)


def correction(of: str, wrong: str, right: str) -> Told:
    """Puts right the story whose key is `of`."""
    return _of(Kind.CORRECTION, wrong=wrong, right=right) | {"corrects": of}


def reply(question: str) -> Told:
    return _of(Kind.REPLY, question=question)


def emergency(reference: str, time: str, until: tuple[int, str]) -> Told:
    """`until` is a day, counted from the one on which it goes out, and an hour."""
    return _of(Kind.EMERGENCY, reference=reference, time=time) | {"until": until}


def _of(kind: Kind, **answers: str) -> Told:
    return {"kind": kind, "details": answers}
