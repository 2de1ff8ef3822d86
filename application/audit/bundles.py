"""Bundles: what an auditor takes home and checks without us (docs/log-format.md, section 6)."""

import base64
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from importlib.resources import files
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec
from msgspec import Struct

from application.audit.heads import Branch
from application.audit.log_view import LogView, Span
from application.audit.notes import Note
from application.audit.tree import consistency, proof_of_spans

FORMAT = "kzrfo-bundle-v1"
_FILE_MODE = 0o644 << 16


class Part(Struct, frozen=True):
    """The part of the log that a bundle is about, and how its manifest names it."""

    about: dict[str, Any]
    spans: Sequence[Span]
    branches: Sequence[Branch] | None = None


def part_of_case(log: LogView, case_id: UUID) -> Part:
    """Return all events of a case, and what shows that these are all."""
    last = log.checkpoint.size - 1
    spans = [(index, index + 1) for index in (*log.indexes_of(case_id), last)]
    return Part({"kind": "case", "case": case_id}, spans, log.branches(case_id))


def part_of_period(log: LogView, start: datetime, end: datetime) -> Part:
    """Return everything that was recorded from a moment on and before another."""
    size = log.checkpoint.size
    first, behind = log.recorded(start, end)
    last = [(size - 1, size)] if behind < size else []
    about = {"kind": "period", "from": start, "to": end}
    return Part(about, [(first, behind), *last])


def whole_log(log: LogView) -> Part:
    """Return all entries."""
    return Part({"kind": "log"}, [(0, log.checkpoint.size)])


def write_bundle(
    log: LogView, part: Part, into: IO[bytes], *, made_at: datetime, since: int | None = None
) -> None:
    """Write the bundle into a file that can be sought in, a few entries at a time.

    The same log gives the same bytes. ``since`` is the size of an earlier checkpoint with which the
    auditor compares.
    """
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        size = log.checkpoint.size
        add = _adding(archive)
        add("manifest.json", [_manifest(log, part, made_at)])
        add("checkpoint", [_written(log.note_of(size))])
        for number, note in enumerate(log.hand_overs(), start=1):
            add(f"hand-overs/{number}", [_written(note)])
        if since is not None:
            add(f"consistency/{since}", _lines(consistency(log.nodes, since, size)))
        if part.branches is not None:
            add("heads", (b"%d " % bit + _line(other) for bit, other in part.branches))
        add("proof", _lines(proof_of_spans(log.nodes, part.spans, size)))
        add("verify.py", [files("application.audit").joinpath("verify.py").read_bytes()])
        add("events.ndjson", (each.line for each in log.entries(part.spans)))


def _adding(archive: ZipFile) -> Callable[[str, Iterable[bytes]], None]:
    def add(name: str, pieces: Iterable[bytes]) -> None:
        entry = ZipInfo(name)
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = _FILE_MODE
        with archive.open(entry, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)

    return add


def _manifest(log: LogView, part: Part, made_at: datetime) -> bytes:
    head = log.checkpoint
    named = {"format": FORMAT, "origin": head.origin, **part.about}
    return msgspec.json.encode({**named, "size": head.size, "made_at": made_at}) + b"\n"


def _written(note: Note | None) -> bytes:
    assert note is not None  # noqa: S101  The newest checkpoint was signed.
    return note.written.encode()


def _lines(hashes: Iterable[bytes]) -> Iterable[bytes]:
    return (_line(each) for each in hashes)


def _line(value: bytes) -> bytes:
    return base64.b64encode(value) + b"\n"
