"""Commands of auditors; each lives in a file of its own and is hung in here."""

import click

from web.cli_audit_bundle import bundle, verify
from web.cli_audit_proofs import checkpoint, completeness, consistency, inclusion


@click.group()
def audit() -> None:
    """Проверить историю: сложить её заново, примерить другое правило, доказать её целость."""


for command in (checkpoint, consistency, inclusion, completeness, bundle, verify):
    audit.add_command(command)
