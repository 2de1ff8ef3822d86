"""What can become of a save beside success and a conflict of versions."""

from eventsourcing.persistence import OperationalError

from domain.refusals import Refusal


class KeyUsed(Exception):  # noqa: N818  It is no error: the first answer is given again.
    """The caller has used the key before: what was done then is the answer."""


class CalendarChanged(Exception):  # noqa: N818  It is no error: terms are derived again.
    """The calendar of working days was corrected after the terms of the save were derived."""


class PeopleChanged(Exception):  # noqa: N818  It is no error: it is read and sealed again.
    """Somebody was erased, or keys were replaced, after what is saved was read."""


class BinJustTaken(Exception):  # noqa: N818  It is no error: duplicates are looked for again.
    """An organization with the same BIN was saved after likely duplicates were looked for."""


class OutcomeUnknown(OperationalError):  # noqa: N818  It is no error of anybody's.
    """The connection was lost, or the server warned, while the save may have been committed."""


class KeyReused(Refusal):
    """The key was used before, to ask for something else."""

    code = "idempotency-key-reused"
