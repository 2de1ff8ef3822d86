"""Proofs of single facts, with all that is needed to check them: hashes in base64."""

import base64
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from uuid import UUID

from msgspec import Struct

from application.audit.log_refusals import LogNotSealed, SizeOutOfRange
from application.audit.log_view import LogView
from application.audit.logged import LoggedHeads
from application.audit.tree import consistency, inclusion, root
from application.streams import CaseNotFound

Opened = Callable[[], AbstractContextManager[LogView]]


class InclusionProof(Struct, frozen=True, kw_only=True):
    """That an event is in the log: its entry is the ``index``-th of the first ``size``.

    ``note`` is the signed checkpoint of this size; without one the root is to be connected with
    a signed one by a consistency proof.
    """

    case: UUID
    version: int
    index: int
    size: int
    entry: str
    root: str
    proof: tuple[str, ...]
    note: str | None


class HeadBranch(Struct, frozen=True):
    """A branch of the map of heads: its bit, and the hash of the other side."""

    bit: int
    hash: str


class CompletenessProof(Struct, frozen=True, kw_only=True):
    """That a case ends with a version: by the map of heads, which is the last entry of the log.

    ``cases`` and ``heads`` are what that entry says, ``proof`` shows it to be the last one.
    """

    case: UUID
    version: int
    branches: tuple[HeadBranch, ...]
    cases: int
    heads: str
    size: int
    root: str
    proof: tuple[str, ...]
    note: str


class LogProofs:
    """Makes proofs, each of the log as it is at that moment."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    def checkpoint(self) -> str:
        """Return the newest checkpoint with its cosignatures."""
        with self.opened() as log:
            return newest_note(log)

    def consistency(self, old: int, new: int | None = None) -> list[str]:
        """Return the proof that the log of one size begins that of another, or the newest."""
        with self.opened() as log:
            end = _size(log, "to", new)
            if not 0 < old <= end:
                raise SizeOutOfRange("from", old, most=end)
            return [_text(each) for each in consistency(log.nodes, old, end)]

    def inclusion(self, case_id: UUID, version: int, size: int | None = None) -> InclusionProof:
        """Return the proof that an event of a case is in the log."""
        with self.opened() as log:
            end = _size(log, "size", size)
            index, note = log.index_of(case_id, version), log.note_of(end)
            if index is None and version > log.last_version(case_id):
                raise CaseNotFound
            if index is None or index >= end:
                raise LogNotSealed
            return InclusionProof(
                case=case_id,
                version=version,
                index=index,
                size=end,
                entry=_text(log.nodes(0, index)),
                root=_text(root(log.nodes, end)),
                proof=_texts(inclusion(log.nodes, index, end)),
                note=None if note is None else note.written,
            )

    def completeness(self, case_id: UUID) -> CompletenessProof:
        """Return the proof that a case ends with its last version."""
        with self.opened() as log:
            version, size = sealed_version(log, case_id), log.checkpoint.size
            (heads,) = log.entries([(size - 1, size)])
            assert isinstance(heads, LoggedHeads)  # noqa: S101  A checkpoint ends with one.
            return CompletenessProof(
                case=case_id,
                version=version,
                branches=tuple(
                    HeadBranch(bit, _text(other)) for bit, other in log.branches(case_id)
                ),
                cases=heads.cases,
                heads=_text(heads.root),
                size=size,
                root=_text(log.checkpoint.root),
                proof=_texts(inclusion(log.nodes, size - 1, size)),
                note=newest_note(log),
            )


def sealed_version(log: LogView, case_id: UUID) -> int:
    """Return the last version of a case, when that is sealed.

    Raises:
        CaseNotFound: there is no such case.
        LogNotSealed: what was recorded last is not sealed yet.

    """
    last = log.last_version(case_id)
    if not last:
        raise CaseNotFound
    if log.index_of(case_id, last) is None:
        raise LogNotSealed
    return last


def newest_note(log: LogView) -> str:
    """Return the newest checkpoint as it is handed on."""
    note = log.note_of(log.checkpoint.size)
    assert note is not None  # noqa: S101  It is one because it was signed.
    return note.written


def _size(log: LogView, field: str, size: int | None) -> int:
    most = log.checkpoint.size
    if size is not None and not 0 < size <= most:
        raise SizeOutOfRange(field, size, most=most)
    return most if size is None else size


def _texts(hashes: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(map(_text, hashes))


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
