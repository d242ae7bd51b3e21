"""Texts of real life, some to be caught, most to be left alone: tests/guidelines/cases/*.toml."""

import tomllib
from pathlib import Path

import pytest

from guidelines import Level, check
from guidelines.rules import BY_CODE
from tests.guidelines.contexts import world

FILES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


def cases():
    for file in FILES:
        for number, case in enumerate(tomllib.loads(file.read_text())["case"], 1):
            yield pytest.param(case, id=f"{file.stem}-{number}")


def found(case):
    asked = {k: v for k, v in case.items() if k not in ("text", "must", "never", "clean")}
    if "phones" in asked:
        asked["phones"] = frozenset(asked["phones"])
    return check(case["text"], world(**asked))


@pytest.mark.parametrize("case", list(cases()))
def test_a_text_is_answered_as_a_person_would(case):
    findings = found(case)
    codes = {f.code for f in findings}
    unknown = {*case.get("must", ()), *case.get("never", ())} - BY_CODE.keys()
    assert unknown == set()
    assert codes >= set(case.get("must", ()))
    assert codes & set(case.get("never", ())) == set()
    if case.get("clean"):
        assert [f for f in findings if f.level != Level.INFO] == []
