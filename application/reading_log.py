"""What was looked at is recorded before it is shown: cases with people in them, and lists."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from application.persistence.personal_fields import subjects
from application.persistence.reads import Read, ReadLog
from application.streams import Stream
from domain.actors import Actor

_NO_WORDS = re.compile(r"[0-9A-Za-z_.:+-]{1,64}( [0-9:.+]{5,25})?")


class Look(Struct, frozen=True):
    """Who looks, and the id of the request by which they do."""

    by: Actor
    cause: str


class ReadingLog:
    """Records who looked at what; there is no switch to turn it off."""

    def __init__(
        self, reads: ReadLog, clock: Callable[[], datetime], lookup: Callable[[str], str]
    ) -> None:
        self._reads = reads
        self._clock = clock
        self._lookup = lookup

    def case(self, look: Look, kind: str, stream: Stream[Any], others: Iterable[UUID] = ()) -> None:
        """Record that a case is about to be seen, if there is a person in it.

        ``others`` are people who are shown beside those of whom the case itself tells.
        """
        seen = subjects(stream.events) | set(others)
        if seen or kind == "export":
            self._record(
                look,
                kind,
                case_type=stream.case_type.name,
                case_id=stream.id,
                version=stream.version,
                subjects=tuple(sorted(seen)),
            )

    def list(
        self,
        look: Look,
        name: str,
        filters: Mapping[str, Any],
        shown: int,
        people: Iterable[UUID] = (),
        kind: str = "list",
    ) -> None:
        """Record that a list is about to be seen, and by what it was narrowed down.

        A list that is taken away as a whole is an ``export``.
        """
        asked = self._narrowed(name, filters)
        self._record(look, kind, asked=asked, shown=shown, subjects=tuple(people))

    def export(
        self,
        look: Look,
        name: str,
        filters: Mapping[str, Any],
        streams: Sequence[Stream[Any]],
        *,
        with_people: bool,
    ) -> None:
        """Record that the cases of a list are about to be taken away, with or without people."""
        asked = self._narrowed(name, filters)
        seen = {each for one in streams for each in subjects(one.events)} if with_people else set()
        self._record(look, "export", asked=asked, shown=len(streams), subjects=tuple(sorted(seen)))

    def feed(self, look: Look, after: int, beginning: str | None, shown: int) -> None:
        """Record that events of the feed are about to be taken away: of no people, but many.

        Who asks and finds nothing new is not recorded: followers ask all the time.
        """
        if shown:
            filters = {"after": after} | ({"type": beginning} if beginning else {})
            self.list(look, "events", filters, shown, kind="export")

    def bundle(
        self, look: Look, about: Mapping[str, Any], entries: int, people: Iterable[UUID]
    ) -> None:
        """Record that a bundle of the log is about to be taken away: of a case, with its people."""
        told = {"asked": self._narrowed("bundles", about), "shown": entries}
        self._record(look, "export", case_id=about.get("case"), subjects=tuple(people), **told)

    def _narrowed(self, name: str, filters: Mapping[str, Any]) -> dict[str, str]:
        asked = {field: self._asked(field, value) for field, value in filters.items()}
        return {"list": name, **asked}

    def _asked(self, field: str, value: Any) -> str:
        """Return a filter's value: a code, an id or a day. Words may be a name, and are hashed."""
        text = str(value)
        return text if field != "q" and _NO_WORDS.fullmatch(text) else self._lookup(text)

    def _record(self, look: Look, kind: str, **more: Any) -> None:
        self._reads.add(
            Read(recorded_at=self._clock(), by=look.by, cause=look.cause, kind=kind, **more)
        )
