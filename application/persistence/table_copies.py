"""The statements that copy one table out of a database and into another."""

from msgspec import Struct
from psycopg.sql import SQL, Composed, Identifier


class KeptTable(Struct, frozen=True):
    """A table of a backup, with the columns that are written and read."""

    name: str
    columns: tuple[str, ...]

    @property
    def count(self) -> Composed:
        """The statement that counts its rows."""
        return SQL("SELECT count(*) FROM {}").format(self._name)

    @property
    def copy_out(self) -> Composed:
        """The statement that copies its rows out of the database."""
        return SQL("COPY {} ({}) TO STDOUT").format(self._name, self._columns)

    @property
    def copy_in(self) -> Composed:
        """The statement that copies rows into it."""
        return SQL("COPY {} ({}) FROM STDIN").format(self._name, self._columns)

    @property
    def analyze(self) -> Composed:
        """The statement that looks at its rows, so that they are found quickly."""
        return SQL("ANALYZE {}").format(self._name)

    @property
    def _name(self) -> Identifier:
        return Identifier("public", self.name)

    @property
    def _columns(self) -> Composed:
        return SQL(", ").join(map(Identifier, self.columns))
