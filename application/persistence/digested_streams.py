"""Reading every stream for its digests, as it is stored and as it folds, in one order."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import tuple_row

from application.persistence.stream_digests import StreamDigest
from application.persistence.stream_reader import StreamReader
from application.persistence.vault import Vault
from domain.personal import Personal

_FETCHED = 5000
_STORED = """
SELECT originator_id, max(originator_version), encode(sha256(string_agg(
    int8send(originator_version) || int8send(notification_id)
    || int4send(octet_length(topic)) || convert_to(topic, 'UTF8')
    || int4send(octet_length(state)) || state, ''::bytea ORDER BY originator_version)), 'hex')
FROM public.case_events GROUP BY originator_id ORDER BY originator_id
"""


def stored_digests(connection: psycopg.Connection[Any]) -> Iterator[StreamDigest]:
    """Return every stream as it is stored, in the order of the ids."""
    with connection.cursor("stored", row_factory=tuple_row) as cursor:
        cursor.itersize = _FETCHED
        for stream_id, version, digest in cursor.execute(_STORED):
            yield StreamDigest(str(stream_id), version, digest)


def stream_digests(
    reader: StreamReader, vault: Vault, progress: Callable[[int], object]
) -> Iterator[StreamDigest]:
    """Return every stream, as it is stored and as it folds, in the order of the ids."""
    folded = _folded(reader, vault, progress)
    for stored, (stream_id, digest) in zip(stored_digests(reader.connection), folded, strict=True):
        assert stored.id == str(stream_id)  # noqa: S101  Both are read in one snapshot and order.
        yield stored._replace(folded=digest)


def _folded(
    reader: StreamReader, vault: Vault, progress: Callable[[int], object]
) -> Iterator[tuple[UUID, str]]:
    for streams in reader.all():
        for stream in streams:
            yield stream.id, vault.lookup(canonical(stream.state))
        progress(sum(stream.version for stream in streams))


def canonical(state: Any) -> str:
    """Return a state as text that is the same wherever the same events have been folded."""
    told = msgspec.to_builtins(state, enc_hook=_plain, str_keys=True, order="deterministic")
    return msgspec.json.encode(told).decode()


def _plain(item: Personal) -> tuple[str, str, str | None]:
    return str(item.subject_id), item.field, item.value
