"""Decisions under another version of a rule, as people read them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec.structs import asdict

from application.what_if.decisions import Decided, OtherDecision
from application.what_if.walking import WhatIf
from domain.catalogue.catalogue import title_of
from domain.rules.versions import RuleVersion
from web.languages import language, texts

COLUMNS = ("number", "version", "occurred_on", "office", "was", "would_be", "why")


def row(found: OtherDecision) -> Mapping[str, Any]:
    """Return a decision as the row of a table."""
    return {
        "number": found.number,
        "version": found.version,
        "occurred_on": found.occurred_on,
        "office": found.office,
        "was": _said("decided", found.was),
        "would_be": _said("decided", found.would_be),
        "why": _said("why", found.why),
    }


def document(found: WhatIf) -> Mapping[str, Any]:
    """Return what would be otherwise as a document, with the codes and in words."""
    return {
        "rule": parameters(found.version),
        "considered": found.considered,
        "unread": found.unread,
        "items": [_item(each) for each in found.items],
    }


def parameters(version: RuleVersion) -> Mapping[str, Any]:
    """Return a version of a rule by its parameters, lists in one order."""
    values = asdict(version).items()
    return {name: sorted(each) if isinstance(each, frozenset) else each for name, each in values}


def whole(found: WhatIf) -> str:
    """Return what the walk came to, in a sentence or two."""
    facts = {
        "version": found.version.version,
        "considered": found.considered,
        "count": len(found.items),
        "unread": found.unread,
    }
    codes = ("told", "unread") if found.unread else ("told",)
    return "\n".join(_in_words("whole", code, facts) for code in codes)


def _item(found: OtherDecision) -> Mapping[str, Any]:
    members = {name: getattr(found, name) for name in found.__struct_fields__}
    told = {
        name: {"code": each.code, "facts": each.facts, "words": _said(part, each)}
        for name, part, each in (
            ("was", "decided", found.was),
            ("would_be", "decided", found.would_be),
            ("why", "why", found.why),
        )
    }
    return {**members, **told}


def _said(part: str, decided: Decided) -> str:
    return _in_words(part, decided.code, {k: _shown(v) for k, v in decided.facts.items()})


def _in_words(part: str, code: str, facts: Mapping[str, Any]) -> str:
    return str(texts("what_if")[part][code][language()]).format(**facts)


def _shown(fact: object) -> str:
    match fact:
        case StrEnum():
            return str(getattr(title_of(fact), language()))
        case date():
            return f"{fact:%d.%m.%Y}"
        case list():
            return ", ".join(map(_shown, fact)) or "—"
        case _:
            return str(fact)
