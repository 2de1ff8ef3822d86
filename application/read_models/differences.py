"""What a read model has otherwise than the streams."""

from msgspec import Struct


class Difference(Struct, frozen=True):
    """A row that the live read model has and the streams do not give, or the other way."""

    table: str
    row: str
    is_live: bool
