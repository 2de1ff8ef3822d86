"""What a witness has seen last, how long ago that is, and what it is alarmed at."""

import base64
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from babel.dates import format_timedelta

from application.audit.witness_folder import WitnessFolder
from application.bootstrap import utc_now
from web.cli_output import answering, tell
from web.cli_witness_options import FOLDER
from web.cli_witness_words import REFUSED, refusals_told
from web.languages import SPOKEN

_COLUMNS = ("witness", "log", "size", "cosigned_at", "age", "hand_overs", "alarms", "vkey")


@click.command("status")
@answering()
@FOLDER
def status(output: str, folder: Path) -> None:
    """Показать, что свидетель видел последним и как давно. Код 1, если есть тревоги."""
    with refusals_told():
        document = _document(WitnessFolder(folder), utc_now())
    tell(output, _COLUMNS, [{**document, "age": _words(document["age_seconds"])}], document)
    if document["alarms"]:
        sys.exit(REFUSED)


def _document(home: WitnessFolder, now: datetime) -> dict[str, Any]:
    key, memory, policy = home.key().verifying, home.memory(), home.policy()
    last, seconds = memory.last, memory.note.cosigned_at(key) if memory.note else None
    cosigned = None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return {
        "witness": key.name,
        "vkey": key.vkey,
        "log": policy.log.name,
        "size": last.size if last else 0,
        "root": base64.b64encode(last.root).decode() if last else None,
        "cosigned_at": cosigned,
        "age_seconds": None if cosigned is None else int((now - cosigned).total_seconds()),
        "hand_overs": len(memory.hand_overs),
        "alarms": home.alarms,
    }


def _words(seconds: int | None) -> str:
    return "—" if seconds is None else format_timedelta(seconds, locale=SPOKEN.get())
