"""The command that gives the log to a new key."""

import sys

import click

from application.audit.stops import SealingStopped
from application.bootstrap import check_prepared, utc_now
from application.databases import database_to_read, sealer_url
from application.sealer import Sealer
from application.settings import read_settings
from web.cli_language import speaking, words

REFUSED = 1


@click.command("rotate-key")
@speaking
def rotate_key() -> None:
    """Передать журнал новому ключу и уничтожить прежний; сервис при этом работает."""
    settings = read_settings()
    with database_to_read(settings) as database_url:
        check_prepared(database_url)
        sealer = Sealer(settings, sealer_url(settings, database_url), utc_now)
        try:
            note = sealer.hand_over()
        except SealingStopped as stop:
            click.echo(_told(stop), err=True)
            sys.exit(REFUSED)
        new = sealer.files.key()
    click.echo(words("key-rotated", number=len(new.hand_overs), vkey=new.signing.verifying.vkey))
    click.echo(note.written)


def _told(stop: SealingStopped) -> str:
    if stop.reason == "nothing-signed":
        return words("nothing-signed")
    facts = ", ".join(f"{name}: {value}" for name, value in stop.facts.items())
    return words("key-not-rotated", reason=stop.reason, facts=facts or "—")
