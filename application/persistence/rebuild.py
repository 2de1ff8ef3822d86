"""Making the read models anew beside the live ones, comparing both, and swapping them.

Writers go on while everything is read. What they change meanwhile is read again, last of
all behind a lock on the table of events that lasts for the comparison and the swap.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg
from msgspec.structs import astuple
from psycopg.sql import SQL, Composed, Identifier

from application.calendar_in_force import CALENDAR_ID
from application.persistence.files import sql
from application.persistence.recorder import CaseRecorder
from application.persistence.stream_reader import StreamReader
from application.persistence.tables import write
from application.read_models.differences import Difference
from application.read_models.row import Row
from application.read_models.rows import READ_MODELS
from application.streams import Stream

_TABLES = SQL(", ").join(Identifier("public", each.TABLE) for each in READ_MODELS)
_WITH_A_TERM = "SELECT id FROM rebuilt.requests WHERE due_on IS NOT NULL"
# An erasure is an event of the person's, and changes the rows of the cases they appear in.
_OF_THE_ERASED = """
SELECT a.case_id FROM public.subjects s JOIN public.appearances a USING (subject_id)
WHERE s.id = ANY(%s)
"""
_CATCH_UP = 200
RowsOf = Callable[[Stream[Any]], Iterator[Row]]


class Rebuild:
    """One rebuild, over a connection of its own that is in autocommit.

    ``rows_now`` returns what makes the rows by the calendar of working days as it is by now.
    """

    def __init__(
        self, reader: StreamReader, recorder: CaseRecorder, rows_now: Callable[[], RowsOf]
    ) -> None:
        self._connection = reader.connection
        self._recorder = recorder
        self._reader = reader
        self._rows_now = rows_now
        self._rows_of: RowsOf
        self._position = 0

    def run(self, progress: Callable[[int], object]) -> None:
        """Make all rows anew; tell how many events have been read, batch by batch."""
        self._connection.execute("DROP SCHEMA IF EXISTS rebuilt CASCADE")
        self._connection.execute("CREATE SCHEMA rebuilt")
        self._connection.execute("SET search_path TO rebuilt, public")
        self._connection.execute(sql("read_models.sql"))
        self._position = self._recorder.final_position()
        self._rows_of = self._rows_now()
        for streams in self._reader.all():
            self._load(streams)
            progress(sum(stream.version for stream in streams))
        while len(self._reader.changed_after(self._position)) > _CATCH_UP:
            self._catch_up()

    def compare(self, *, swap: bool) -> list[Difference]:
        """Return what differs, and put the new read models in place of the live ones."""
        with self._connection.transaction():
            self._connection.execute("LOCK TABLE public.case_events IN EXCLUSIVE MODE")
            self._catch_up()
            self._connection.execute(sql("read_model_policies.sql"))
            if swap:
                self._connection.execute(SQL("LOCK TABLE {}").format(_TABLES))
            different = [each for model in READ_MODELS for each in self._differences(model)]
            if swap:
                self._swap()
            self._connection.execute("DROP SCHEMA rebuilt CASCADE")
        return different

    def _load(self, streams: Iterable[Stream[Any]]) -> None:
        """Copy the rows of streams of which none has been read before."""
        by_type: dict[type[Row], list[Row]] = {}
        for stream in streams:
            for row in self._rows_of(stream):
                by_type.setdefault(type(row), []).append(row)
        for row_type, of_type in by_type.items():
            if row_type.NEWEST:
                self._write(row_type, of_type)
            else:
                self._copy(row_type, of_type)

    def _copy(self, row_type: type[Row], of_type: list[Row]) -> None:
        columns = SQL(", ").join(map(Identifier, row_type.__struct_fields__))
        statement = SQL("COPY rebuilt.{} ({}) FROM STDIN").format(
            Identifier(row_type.TABLE), columns
        )
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in of_type:
                copy.write_row(astuple(row))

    def _write(self, row_type: type[Row], of_type: list[Row]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(write(row_type), [astuple(row) for row in of_type])

    def _catch_up(self) -> None:
        """Read the cases again that have changed since, or whose rows a decision has changed.

        With the calendar that is every one with a term; with a person, every one of theirs.
        """
        final = self._recorder.final_position()
        changed = self._reader.changed_after(self._position)
        self._position = final
        if CALENDAR_ID in changed:
            self._rows_of = self._rows_now()
            changed += [row[0] for row in self._connection.execute(_WITH_A_TERM)]
        erased = self._connection.execute(_OF_THE_ERASED, [changed]).fetchall()
        changed += [row[0] for row in erased]
        for stream in self._reader.these(changed):
            for row in self._rows_of(stream):
                self._write(type(row), [row])

    def _differences(self, row_type: type[Row]) -> Iterator[Difference]:
        live, rebuilt = (
            SQL("SELECT {} FROM {}").format(
                SQL(", ").join(map(Identifier, row_type.__struct_fields__)),
                Identifier(schema, row_type.TABLE),
            )
            for schema in ("public", "rebuilt")
        )
        for one, other, is_live in ((live, rebuilt, True), (rebuilt, live, False)):
            for row in self._connection.execute(_not_in(one, other)):
                yield Difference(row_type.TABLE, str(row[0]), is_live)

    def _swap(self) -> None:
        self._connection.execute(sql("without_event_policies.sql"))
        self._connection.execute(SQL("DROP TABLE {}").format(_TABLES))
        self._connection.execute(sql("between_cases.sql"))
        for each in READ_MODELS:
            moved = SQL("ALTER TABLE {} SET SCHEMA public").format(
                Identifier("rebuilt", each.TABLE)
            )
            self._connection.execute(moved)
        self._connection.execute(sql("event_policies.sql"))


def count_rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Return how many rows each live read model has."""
    counted = SQL(", ").join(
        SQL("(SELECT count(*) FROM {})").format(Identifier("public", each.TABLE))
        for each in READ_MODELS
    )
    (row,) = connection.execute(SQL("SELECT {}").format(counted)).fetchall()
    return {each.TABLE: count for each, count in zip(READ_MODELS, row, strict=True)}


def _not_in(one: Composed, other: Composed) -> Composed:
    return SQL("SELECT row_to_json(d)::text FROM ({} EXCEPT ALL {}) AS d").format(one, other)
