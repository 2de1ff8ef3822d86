"""Commands of auditors; each lives in a file of its own and is hung in here."""

import click

from web.cli_audit_bundle import bundle, verify
from web.cli_audit_proofs import checkpoint, completeness, consistency, inclusion
from web.cli_replay import replay_all
from web.cli_rotate_key import rotate_key
from web.cli_what_if import rules, try_version


@click.group()
def audit() -> None:
    """Проверить историю: сложить её заново, примерить другое правило, доказать её целость."""


for command in (
    *(checkpoint, consistency, inclusion, completeness, bundle, verify, rotate_key),
    *(replay_all, try_version, rules),
):
    audit.add_command(command)
