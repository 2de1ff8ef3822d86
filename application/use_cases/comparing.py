"""Two versions of a case, one beside the other."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from application.case_files.changes import Change, changes
from application.sight import as_seen
from application.streams import CaseNotFound, Stream
from application.use_cases.reading import ReadingUseCases
from domain.versions import VersionsReversed, check_version

End = int | datetime | None


class Comparison(Struct, frozen=True):
    """A case as it was at first and at last, and the fields of its file that differ."""

    before: Stream[Any]
    after: Stream[Any]
    changes: tuple[Change, ...]


class ComparingUseCases(ReadingUseCases):
    """Tells what has changed in a case."""

    def compared(self, stream: Stream[Any], today: date, ends: Mapping[str, End]) -> Comparison:
        """Compare two files of the case, each as who reads that version or moment is shown it.

        ``ends`` may name ``from_version`` or ``from_moment``, ``to_version`` or ``to_moment``;
        unless told otherwise it is from the first version to the last that the office sees.
        """
        before, was = _at(stream, "from", ends, 1)
        after, became = _at(stream, "to", ends, stream.version)
        if before.version > after.version:
            raise VersionsReversed("to_version", start=before.version, end=after.version)
        files = self.file(before, today, was), self.file(after, today, became)
        return Comparison(before, after, changes(*files))


def _at(
    stream: Stream[Any], end: str, ends: Mapping[str, End], usual: int
) -> tuple[Stream[Any], datetime]:
    """Return the case as it was at an end, and the moment as of which that is shown."""
    moment, version = ends.get(f"{end}_moment"), ends.get(f"{end}_version", usual)
    if isinstance(moment, datetime):
        version = sum(event.recorded_at <= moment for event in stream.events)
    assert isinstance(version, int)  # noqa: S101  Versions are numbers.
    check_version(f"{end}_version", version, stream.version)
    if not version:
        raise CaseNotFound(case_type=stream.case_type.name, id=stream.id)
    past = as_seen(stream, version)
    return past, moment if isinstance(moment, datetime) else past.changed_at
