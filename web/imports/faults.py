"""Faults that the form or the domain finds, as remarks on the columns they came from."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.refusals import InvalidValue, Refusal
from web.imports.headings import title_of
from web.imports.remarks import Remark, said
from web.languages import texts
from web.problem_errors import field_error


def refused(refusal: Refusal, others: str = "") -> Remark:
    """Return why the row may not be registered, in the words of a list where HTTP has its own."""
    if refusal.code in texts("imports"):
        facts = {**refusal.facts, "others": others, "column": title_of("not_duplicate")}
        return Remark(refusal.code, said(refusal.code, **facts))
    assert isinstance(refusal, InvalidValue), refusal.code  # noqa: S101  All others are named there.
    (error,) = field_error(refusal)["errors"]
    return _of_field(refusal.code, error)


def unlike(remarks: Sequence[Remark], errors: Sequence[Mapping[str, Any]]) -> list[Remark]:
    """Return the remarks of the form on fields of which nothing has been said yet."""
    faulty = {each.field for each in remarks if each.is_fault}
    found = [_of_field("validation-failed", error) for error in errors]
    return [each for each in found if each.field not in faulty]


def _of_field(code: str, error: Mapping[str, Any]) -> Remark:
    return Remark(code, " ".join(error["messages"]), _column(error["path"]))


def _column(path: str) -> str | None:
    """Return the column from which the part of the body came."""
    *parents, last = path.removeprefix("$.").split(".")
    if parents and last == "name":
        return "leader" if parents == ["leader"] else "contact"
    name = last.partition("[")[0]
    return name if name in texts("columns") else None
