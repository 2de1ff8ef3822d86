"""What of the log is made to be published: signed heads, hand-overs, and who has cosigned."""

from application.persistence.pools import Pools
from application.persistence.reader import Reader
from application.scopes import WHOLE

_NOTE = "SELECT note FROM log_checkpoints WHERE size = %s"
_HAND_OVERS = "SELECT note FROM log_hand_overs ORDER BY number"
# Who has cosigned a checkpoint once has said all there is to say: the first line stays.
_ADD = (
    "INSERT INTO log_cosignatures (size, witness, line) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
)


class PublishedLog:
    """Reads what was signed, and adds cosignatures; nothing here changes or removes any."""

    def __init__(self, pools: Pools) -> None:
        self._reader = pools.reader(WHOLE)
        self._writer = Reader(pools.writer, WHOLE.office)

    def checkpoint(self, size: int) -> str | None:
        """Return the note that the log signed at this size; none if there is none."""
        row = self._reader.row(_NOTE, [size])
        return None if row is None else str(row["note"])

    def hand_overs(self) -> list[str]:
        """Return all hand-overs, in their order."""
        return [str(row["note"]) for row in self._reader.rows(_HAND_OVERS)]

    def add_cosignature(self, size: int, witness: str, line: str) -> None:
        """Keep a cosignature, unless the witness has given one for this checkpoint."""
        self._writer.run(_ADD, [size, witness, line])
