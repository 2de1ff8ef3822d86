"""The command that gives the log to a new key."""

import click

from application.bootstrap import check_prepared, utc_now
from application.databases import database_to_seal
from application.sealer import Sealer
from application.settings import read_settings
from web.cli_language import speaking, words


@click.command("rotate-key")
@speaking
def rotate_key() -> None:
    """Передать журнал новому ключу и уничтожить прежний; сервис при этом работает."""
    settings = read_settings()
    with database_to_seal(settings) as url:
        check_prepared(url)
        sealer = Sealer(settings, url, utc_now)
        note = sealer.hand_over()
        new = sealer.files.key()
    click.echo(words("key-rotated", number=len(new.hand_overs), vkey=new.signing.verifying.vkey))
    click.echo(note.written)
