"""The command that says whether everything is as it should be, and what to do where it is not."""

import sys
from collections.abc import Iterator

import click

from application.bootstrap import utc_now
from application.checkup import check_up
from application.checkup.findings import Finding, Level, fail, ok
from application.settings import Settings, SettingsError, read_settings
from web.cli_output import answering, tell
from web.languages import language, texts
from web.ports import answers, port_fault
from web.problem_errors import detail


@click.command()
@answering()
def doctor(output: str) -> None:
    """Осмотреть установку, ничего не меняя. Код 1, если что-то мешает работать."""
    findings = list(_findings())
    items = [
        {"check": each.check, "level": each.level, "code": each.code, "words": _words(each)}
        for each in findings
    ]
    rows = [{**each, "check": _title(each["check"]), "told": each["words"]} for each in items]
    tell(output, ("level", "check", "told"), rows, {"items": items})
    sys.exit(1 if any(each.level is Level.FAIL for each in findings) else 0)


def _findings() -> Iterator[Finding]:
    try:
        settings = read_settings()
    except SettingsError as error:
        yield fail("settings", "wrong", told=str(error))
        return
    yield ok("settings")
    yield from check_up(settings, utc_now)
    yield _port(settings)


def _port(settings: Settings) -> Finding:
    address, fault = settings.address, port_fault(settings)
    if fault is None:
        return ok("port", "free", address=address)
    if answers(settings):
        return ok("port", "ours", address=address)
    return fail("port", "taken", address=address, fault=fault)


def _title(check: str) -> str:
    return str(texts("checkup")["titles"][check][language()])


def _words(finding: Finding) -> str:
    return detail(str(texts("checkup")[finding.code][language()]), finding.facts)
