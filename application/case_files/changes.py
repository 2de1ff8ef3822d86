"""What differs between two files of one case: the fields, as their readers see them."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from application.case_files.parts import INTERNAL, Placed

Path = tuple[str | int, ...]
# What is another in every two versions, and what is no part of the case.
_BESIDE = frozenset({("version",), ("updated_at",), ("links",)})


class Change(Struct, frozen=True):
    """A field, by its path in the file, and what it was before and after; None where it is not."""

    path: Path
    before: Any
    after: Any


def changes(before: Struct, after: Struct) -> tuple[Change, ...]:
    """Return the fields that differ, in the order in which a file has them."""
    old, new = dict(_values(before)), dict(_values(after))
    paths = dict.fromkeys((*new, *old))
    found = (Change(path, old.get(path), new.get(path)) for path in paths)
    return tuple(each for each in found if each.before != each.after)


def _values(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Return what a file holds, each value with its path; nothing for what it has not."""
    if path in _BESIDE or value is None or value == ():
        return
    parts = _parts(value)
    if parts is None:
        yield path, value
        return
    for name, part in parts.items():
        yield from _values(part, (*path, name))


def _parts(value: Any) -> Mapping[Any, Any] | None:
    """Return the parts of a value that consists of several, as JSON has them."""
    match value:
        case Placed():
            beside = {name: getattr(value, name) for name in value.__struct_fields__}
            fact = _parts(beside.pop("fact")) or {}
            return {**beside, **fact, **beside}
        case Struct():
            tag = value.__struct_config__.tag_field
            names = ((tag,) if tag else ()) + value.__struct_fields__
            return {name: getattr(value, name) for name in names if name not in INTERNAL}
        case Mapping():
            return value
        case tuple() if any(isinstance(each, Struct) for each in value):
            return dict(enumerate(value))
        case _:
            return None
