"""The command line of the front office; its exit codes are in the help of the group."""

import sys

import click
from eventsourcing.persistence import PersistenceError

from application.audit.stops import SealingStopped
from application.backups.outcomes import BackupFailed, BackupRefused
from application.databases import StartRefused
from application.settings import SettingsError
from domain.refusals import Refusal
from web.cli_audit import audit
from web.cli_backup import backup, restore
from web.cli_calendar import calendar
from web.cli_cases import cases
from web.cli_demo import demo
from web.cli_doctor import doctor
from web.cli_events import events
from web.cli_keys import keys
from web.cli_organizations import organizations
from web.cli_read_models import read_models
from web.cli_seal import seal
from web.cli_serve import openapi, serve
from web.cli_staff import staff
from web.cli_subjects import subjects
from web.cli_witness import witness
from web.languages import language, texts
from web.logs import frames
from web.problem_errors import detail


@click.group()
@click.version_option(package_name="front-office")
def frontoffice() -> None:
    """Дела фронт-офисов волонтёров: сервер, дела, списки, описание интерфейса.

    Код выхода: 0 — сделано; 1 — отказано, есть расхождения или строки, которые нельзя внести;
    2 — неверна команда или настройки, или база данных недоступна.
    """


COMMANDS = (
    serve,
    demo,
    cases,
    events,
    organizations,
    calendar,
    staff,
    subjects,
    keys,
    read_models,
    doctor,
    audit,
    backup,
    restore,
    witness,
    seal,
    openapi,
)
for command in COMMANDS:
    frontoffice.add_command(command)


def main() -> None:
    """Run the command line; whatever goes wrong is a sentence, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # The streams of a console.
    try:
        frontoffice()
    except (SettingsError, StartRefused, BackupRefused) as refusal:
        _end(str(refusal), 2)
    except BackupFailed as failure:
        _end(str(failure), 1)
    except SealingStopped as stop:
        _end(detail(str(texts("checkup")[f"sealer-{stop.reason}"][language()]), stop.facts), 1)
    except Refusal as refusal:
        words = texts("problems").get(refusal.code, {})
        _end(detail(words.get(f"detail_{language()}", refusal.code), refusal.facts), 1)
    except PersistenceError:
        _end(texts("command_line")["database-lost"][language()], 2)
    except Exception as error:  # noqa: BLE001  Its words may be somebody's personal data.
        where = "\n".join(frames(error.__traceback__))
        told = texts("command_line")["unexpected"][language()]
        _end(f"{told} {type(error).__name__}\n{where}", 1)


def _end(words: str, code: int) -> None:
    click.echo(words, err=True)
    sys.exit(code)
