"""How a question is put to the database, in the scope of whoever asks."""

from typing import Any

from application.persistence.reader import Reader


class Questions:
    """Asks through a reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def _one(self, statement: str, *params: Any) -> dict[str, Any] | None:
        rows = self._all(statement, *params)
        return rows[0] if rows else None

    def _all(self, statement: str, *params: Any) -> list[dict[str, Any]]:
        values = params[0] if params and isinstance(params[0], dict) else params
        return self._reader.rows(statement, values)
