"""Every stream, folded from zero: what it comes to, and what is otherwise in it."""

from collections.abc import Generator, Sequence

import msgspec
from msgspec.structs import astuple, replace

from application.persistence.digested_streams import canonical
from application.persistence.key_file import KeyFile
from application.persistence.live_rows import live_rows, underived
from application.persistence.opened_streams import OpenedStream, tried
from application.persistence.replay_snapshot import ReplaySnapshot
from application.read_models.projection import Projection
from application.read_models.row import Row
from application.replay.comparison import Comparison
from application.replay.divergences import EVENTS, STATE, Divergence, Kind
from application.replay.histories import Histories
from application.replay.offices import offices_otherwise
from application.replay.replayed import ReplayedStream, Rest


def folded(seen: ReplaySnapshot, keys: KeyFile) -> Generator[ReplayedStream]:
    """Return what every stream folds to, in the order of the ids, with what is wrong in itself."""
    histories = Histories(seen, keys)
    folding = Folding(histories)
    for opened in histories.all():
        yield folding.of(opened)[0]


def compared(seen: ReplaySnapshot, keys: KeyFile) -> Generator[ReplayedStream | Rest]:
    """Return the same, and what the read models have otherwise than it gives."""
    histories = Histories(seen, keys)
    folding = Folding(histories)
    with live_rows(seen.connection) as live:
        comparison = Comparison(live)
        for opened in histories.all():
            replayed, rows = folding.of(opened)
            found = comparison.of(replayed, rows)
            yield replace(replayed, divergences=(*replayed.divergences, *found))
        rest = tuple(comparison.rest())
    yield Rest(divergences=rest, underived=underived(seen.connection))


class Folding:
    """Makes of a stream its rows and digests, also of one that was tampered with."""

    def __init__(self, histories: Histories) -> None:
        self._digest = histories.vault.lookup
        self._projection = Projection(histories.calendar, histories.vault.lookup)

    def of(self, opened: OpenedStream) -> tuple[ReplayedStream, Sequence[Row] | None]:
        """Return what the stream comes to, and its rows, if it gives any."""
        made, fault = tried(lambda: self._made(opened))
        rows, digests = made or (None, {})
        wrong = [*opened.faults, *offices_otherwise(opened)]
        if made is None:
            wrong.append(Divergence(kind=Kind.UNFOLDABLE, case_id=opened.stored.id, fault=fault))
        first = opened.events[0].event if opened.events else None
        case_type = opened.stream.case_type.name if opened.stream else None
        number = getattr(first, "number", None)
        named = tuple(replace(each, case_type=case_type, number=number) for each in wrong)
        told = self._digest(msgspec.json.encode(named).decode())
        replayed = ReplayedStream(
            id=opened.stored.id,
            version=len(opened.stored.events),
            case_type=case_type,
            number=number,
            digests={**digests, EVENTS: told},
            divergences=named,
        )
        return replayed, rows

    def _made(self, opened: OpenedStream) -> tuple[Sequence[Row] | None, dict[str, str]]:
        if opened.stream is None:
            return None, {}
        rows = tuple(self._projection.rows(opened.stream))
        told = {STATE: canonical(opened.stream.state)}
        for row in rows:
            before, own = told.get(row.TABLE, ""), msgspec.json.encode(astuple(row)).decode()
            told[row.TABLE] = f"{before}{own}\n"
        return rows, {name: self._digest(text) for name, text in told.items()}
