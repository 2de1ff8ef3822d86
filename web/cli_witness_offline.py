"""A witness without a network: files come by e-mail or on a stick, the signature goes back so."""

from pathlib import Path

import click

from application.audit.hand_overs import written
from application.audit.log_in_files import LogInFiles
from application.audit.witness_folder import WitnessFolder
from application.audit.witnesses import witness
from application.bootstrap import utc_now
from web.cli_witness_options import FILE, in_folder
from web.cli_witness_words import outcome_words, refusals_told


@click.command("cosign")
@click.option("--checkpoint", type=FILE, required=True, help="Подписанная контрольная точка.")
@click.option("--consistency", type=FILE, help="Доказательство продолжения, хеш в строке.")
@click.option("--hand-overs", type=FILE, help="Все записки о передаче ключа, если ключ меняли.")
@in_folder
def cosign(
    checkpoint: Path, consistency: Path | None, hand_overs: Path | None, folder: Path
) -> None:
    """Подписать без сети: файлы принесены; строка с подписью печатается."""
    home = WitnessFolder(folder)
    with refusals_told():
        seen = written(home.memory().hand_overs)
        log = LogInFiles(checkpoint, hand_overs, consistency, seen)
        signed = witness(home, log, int(utc_now().timestamp()))
    click.echo(outcome_words(signed), err=True)
    click.echo(signed.line)
