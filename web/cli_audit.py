"""Commands of auditors; each lives in a file of its own and is hung in here."""

import click


@click.group()
def audit() -> None:
    """Проверить историю: сложить её заново, примерить другое правило, доказать её целость."""
