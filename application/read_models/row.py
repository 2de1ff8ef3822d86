"""What every row of a read model has in common."""

from typing import Any, ClassVar

from msgspec import Struct


class Row(Struct, frozen=True, kw_only=True):
    """A row that is written whole, in place of the one with the same key.

    Where ``NEWEST`` names columns, a row that is older by them does not take the place.
    A row that is not ``REPLACED`` stands in the way of another with its key, unless it is
    ``SHARED``: then it stays as it is, for both.
    """

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    NEWEST: ClassVar[tuple[str, ...]] = ()
    REPLACED: ClassVar[bool] = True
    SHARED: ClassVar[bool] = False

    @property
    def primary_key(self) -> tuple[Any, ...]:
        """What tells the row from every other of its table."""
        return tuple(getattr(self, name) for name in self.KEY)
