"""The rows that the history gives beside those that the read models have, byte for byte."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import astuple

from application.persistence.live_rows import LiveRows, case_column
from application.read_models.row import Row
from application.replay.divergences import HIDDEN, Divergence, Kind
from application.replay.replayed import ReplayedStream

Values = tuple[Any, ...]
Told = Mapping[str, Any]


class Comparison:
    """Goes through the streams in the order of their ids, and through every table beside them."""

    def __init__(self, live: Mapping[type[Row], LiveRows]) -> None:
        self._live = {each: rows for each, rows in live.items() if not each.NEWEST}
        self._of_several = {each: rows for each, rows in live.items() if each.NEWEST}
        self._newest: dict[type[Row], dict[Values, Row]] = {each: {} for each in self._of_several}
        self._unknown: set[UUID] = set()

    def of(self, stream: ReplayedStream, rows: Sequence[Row] | None) -> Iterator[Divergence]:
        """Return what is otherwise in the rows of the stream, and the rows before it that are nobody's.

        Of a stream that gives no rows, because it cannot be folded, none are compared.
        """
        if rows is None:
            self._unknown.add(stream.id)
        made = self._sorted(rows or ())
        for row_type, live in self._live.items():
            own = []
            for owner, values in live.up_to(stream.id):
                if owner == stream.id:
                    own.append(values)
                else:
                    yield _row(row_type, values, is_live=True)
            if rows is not None:
                told = {"case_type": stream.case_type, "number": stream.number}
                yield from _compared(row_type, own, made.get(row_type, ()), told)

    def _sorted(self, rows: Iterable[Row]) -> Mapping[type[Row], list[Values]]:
        """Return the rows by their tables; those that are made from several streams wait."""
        made: dict[type[Row], list[Values]] = {}
        for row in rows:
            if row.NEWEST:
                self._remember(row)
            else:
                made.setdefault(type(row), []).append(astuple(row))
        return made

    def rest(self) -> Iterator[Divergence]:
        """Return the rows that are left over, and what is otherwise in those made from several."""
        for row_type, live in self._live.items():
            yield from (_row(row_type, values, is_live=True) for _, values in live.up_to(None))
        for row_type, live in self._of_several.items():
            rows = [values for _, values in live.up_to(None)]
            yield from self._compared(row_type, rows)

    def _compared(self, row_type: type[Row], live: Sequence[Values]) -> Iterator[Divergence]:
        """Compare rows made from several streams, but for those of streams that give none."""
        made = {key: astuple(row) for key, row in self._newest[row_type].items()}
        known = []
        for values in live:
            if any(isinstance(each, UUID) and each in self._unknown for each in values):
                made.pop(_key(row_type, values), None)
            else:
                known.append(values)
        yield from _compared(row_type, known, list(made.values()), {})

    def _remember(self, row: Row) -> None:
        newest = self._newest[type(row)]
        before = newest.get(row.primary_key)
        if before is None or _age(row) >= _age(before):
            newest[row.primary_key] = row


def _age(row: Row) -> Values:
    return tuple(getattr(row, name) for name in row.NEWEST)


def _compared(
    row_type: type[Row], live: Sequence[Values], made: Sequence[Values], told: Told
) -> Iterator[Divergence]:
    left = {_key(row_type, values): values for values in made}
    for values in live:
        replayed = left.pop(_key(row_type, values), None)
        if replayed is None:
            yield _row(row_type, values, told, is_live=True)
        elif _bytes(values) != _bytes(replayed):
            yield from _fields(row_type, values, replayed, told)
    yield from (_row(row_type, values, told, is_live=False) for values in left.values())


def _fields(
    row_type: type[Row], live: Values, replayed: Values, told: Told
) -> Iterator[Divergence]:
    names = row_type.__struct_fields__
    for name, one, other in zip(names, live, replayed, strict=True):
        if _bytes(one) != _bytes(other):
            shown = {"live": _plain(one), "replayed": _plain(other)}
            yield Divergence(
                kind=Kind.FIELD,
                field=name,
                **({"is_hidden": True} if name in HIDDEN else shown),
                **{**_whose(row_type, replayed), **told},
            )


def _row(
    row_type: type[Row], values: Values, told: Told | None = None, *, is_live: bool
) -> Divergence:
    kind = Kind.ROW_EXTRA if is_live else Kind.ROW_MISSING
    return Divergence(kind=kind, **{**_whose(row_type, values), **(told or {})})


def _whose(row_type: type[Row], values: Values) -> dict[str, Any]:
    """Return of which case the row is, and what tells it from others of the case."""
    named = dict(zip(row_type.__struct_fields__, values, strict=True))
    case = case_column(row_type)
    return {
        "case_id": named[case],
        "number": None if "number" in row_type.KEY else named.get("number"),
        "table": row_type.TABLE,
        "row": {name: _plain(named[name]) for name in row_type.KEY if name != case},
    }


def _key(row_type: type[Row], values: Values) -> Values:
    return tuple(values[row_type.__struct_fields__.index(name)] for name in row_type.KEY)


def _bytes(value: Any) -> bytes:
    return msgspec.json.encode(value)


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)
