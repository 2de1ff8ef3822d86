"""Bundles on request: which part of the log, made into a file, with whom it tells of."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from msgspec import Struct

from application.audit.bundles import Part, part_of_case, part_of_period, whole_log, write_bundle
from application.audit.log_proofs import Opened, sealed_version
from application.audit.log_refusals import BundleTooLarge, SizeOutOfRange
from application.audit.log_view import LogView
from application.audit.people import people_in


class Wanted(Struct, frozen=True, kw_only=True):
    """What a bundle is to be about: a case, a period, or with neither the whole log.

    ``since`` is the size of a checkpoint that the auditor has already.
    """

    case_id: UUID | None = None
    start: datetime | None = None
    end: datetime | None = None
    since: int | None = None


class MadeBundle(Struct, frozen=True):
    """What a bundle that was made is about, how many entries it has, and who is in it.

    The people are told of a case; of more there would be too many to tell.
    """

    about: dict[str, Any]
    size: int
    entries: int
    people: Sequence[UUID]


def make_bundle(
    opened: Opened, wanted: Wanted, into: IO[bytes], made_at: datetime, most: int | None = None
) -> MadeBundle:
    """Write a bundle into a file; return what it has.

    Raises:
        CaseNotFound, LogNotSealed, SizeOutOfRange: there is no such bundle.
        BundleTooLarge: it would have more than ``most`` entries.

    """
    with opened() as log:
        part, size = _part(log, wanted), log.checkpoint.size
        entries = sum(end - first for first, end in part.spans)
        if most is not None and entries > most:
            raise BundleTooLarge(entries=entries, most=most)
        people = people_in(log.entries(part.spans)) if wanted.case_id else ()
        write_bundle(log, part, into, made_at=made_at, since=_since(wanted.since, size))
    return MadeBundle(part.about, size, entries, sorted(people))


def _part(log: LogView, wanted: Wanted) -> Part:
    if wanted.case_id is not None:
        sealed_version(log, wanted.case_id)
        return part_of_case(log, wanted.case_id)
    if wanted.start is not None and wanted.end is not None:
        return part_of_period(log, wanted.start, wanted.end)
    return whole_log(log)


def _since(size: int | None, most: int) -> int | None:
    if size is not None and not 0 < size <= most:
        raise SizeOutOfRange("since", size, most=most)
    return size
