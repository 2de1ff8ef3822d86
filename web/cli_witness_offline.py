"""A witness without a network: files come by e-mail or on a stick, the signature goes back so."""

from pathlib import Path

import click
from msgspec import Struct

from application.audit.asking import MOST_BYTES
from application.audit.hand_overs import written
from application.audit.witness_folder import WitnessFolder
from application.audit.witness_refusals import WitnessUnusable
from application.audit.witnesses import witness
from application.bootstrap import utc_now
from web.cli_witness_options import FILE, in_folder
from web.cli_witness_words import outcome_words, refusals_told


class LogInFiles(Struct, frozen=True):
    """What a log shows of itself, in files; without hand-overs those are meant that were seen."""

    checkpoint_file: Path
    hand_overs_file: Path | None
    consistency_file: Path | None
    seen_hand_overs: str

    def checkpoint(self) -> str:
        """Return the signed note."""
        return _text(self.checkpoint_file)

    def hand_overs(self) -> str:
        """Return all hand-overs, one after another."""
        return _text(self.hand_overs_file) if self.hand_overs_file else self.seen_hand_overs

    def consistency(self, old: int, new: int) -> str:
        """Return the proof that was brought, whatever its sizes are."""
        if self.consistency_file is None:
            raise WitnessUnusable("proof-missing", old=old, new=new)
        return _text(self.consistency_file)


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


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise WitnessUnusable("file-unreadable", file=path, told=str(error)) from error
    if len(text) > MOST_BYTES:
        raise WitnessUnusable("file-too-large", file=path, limit=MOST_BYTES)
    return text.replace("\r\n", "\n")  # Mail and editors of other systems end lines so.
