"""The command that folds the whole history again and compares everything with it."""

import sys
from functools import partial

import click

from application.bootstrap import check_prepared
from application.databases import database_to_read
from application.replay.replaying import replay
from application.settings import read_settings
from web.cli_output import answering, tell
from web.cli_progress import progress_bar
from web.replay_report import COLUMNS, document, row, whole
from web.second_process import second_process


@click.command("replay")
@answering()
def replay_all(output: str) -> None:
    """Сложить каждую историю с нуля, дважды и в разных условиях, и сверить с ней все списки.

    Второй раз — в другом процессе, с другим часовым поясом и другим зерном хеширования.
    Ничего не меняет. Код 1, если что-то расходится: названы дело, список и поле.
    """
    settings = read_settings()
    watch = partial(progress_bar, label="Повтор историй")
    with database_to_read(settings) as url:
        check_prepared(url)
        found = replay(url, settings.key_file, second_process, watch)
    if found.divergences or output != "table":
        tell(output, COLUMNS, [row(each) for each in found.divergences], document(found))
    click.echo(whole(found), err=output != "table")
    sys.exit(1 if found.divergences else 0)
