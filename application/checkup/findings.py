"""What is found of one thing: how grave it is, and the code of its words."""

from enum import StrEnum
from typing import Any

from msgspec import Struct


class Level(StrEnum):
    """How grave a finding is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Finding(Struct, frozen=True):
    """What was found of one thing; ``facts`` stand in its words."""

    check: str
    code: str
    level: Level
    facts: dict[str, Any] = {}


def ok(check: str, state: str = "ok", **facts: object) -> Finding:
    """Return that a thing is as it should be."""
    return Finding(check, f"{check}-{state}", Level.OK, facts)


def warn(check: str, state: str, **facts: object) -> Finding:
    """Return that a thing works, and had better be otherwise."""
    return Finding(check, f"{check}-{state}", Level.WARN, facts)


def fail(check: str, state: str, **facts: object) -> Finding:
    """Return that a thing stands in the way."""
    return Finding(check, f"{check}-{state}", Level.FAIL, facts)
