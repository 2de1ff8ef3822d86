"""What one process tells another of a history that it has folded, message by message."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

import msgspec
from msgspec import Struct

from application.replay.divergences import Divergence
from application.replay.environment import Environment


class ReplayedStream(Struct, frozen=True, kw_only=True, tag="stream"):
    """A stream, keyed digests of what it folds to, and what is otherwise in it.

    ``digests`` are those of its state, of its rows in each table, and of what is wrong in itself.
    """

    id: UUID
    version: int
    case_type: str | None
    number: str | None
    digests: Mapping[str, str]
    divergences: tuple[Divergence, ...] = ()


class Rest(Struct, frozen=True, kw_only=True, tag="rest"):
    """What belongs to no one stream, after the last of them.

    ``underived`` is how many corrections of the calendar the terms in the lists do not know yet.
    """

    divergences: tuple[Divergence, ...] = ()
    underived: int = 0


Message = Environment | ReplayedStream | Rest


def written(messages: Iterable[Message]) -> Iterator[bytes]:
    """Return each message as a line."""
    return (msgspec.json.encode(each) + b"\n" for each in messages)


def read(lines: Iterable[bytes]) -> Iterator[Message]:
    """Return the messages of the lines; raises msgspec.DecodeError at one that is none."""
    decode = msgspec.json.Decoder(Message).decode
    return (decode(line) for line in lines)
