"""Taking a list in: read, looked over, and registered whole when that is confirmed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from application.services import Services
from application.use_cases.imports import Progress, Verdict
from domain.actors import Actor, Role, StaffId
from web.imports.lists import OrganizationList, read_list
from web.imports.outcomes import report
from web.imports.report import Report
from web.imports.spreadsheets import read_spreadsheet

Watch = Callable[[int], AbstractContextManager[Progress]]


def take_in(
    services: Services,
    by: StaffId,
    file: Path,
    region: str | None,
    watch: Watch,
    *,
    is_confirmed: bool,
) -> Report:
    """Say of every row what becomes of it; register all of them if it is confirmed.

    A program does it, in the name of whoever uses the machine, at the office of the list.
    """
    listed = read_list(read_spreadsheet(file), services.places, region)
    actor = Actor(by, Role.SERVICE, listed.region)
    verdicts = _judged(services, listed, actor, watch, is_confirmed=is_confirmed)
    alike = [each for verdict in verdicts for each in verdict.candidates]
    found = services.front_office_of(actor).queries.organizations_named(alike)
    names = {each["id"]: each["name"] for each in found}
    return report(listed, verdicts, names, is_confirmed=is_confirmed)


def _judged(
    services: Services, listed: OrganizationList, by: Actor, watch: Watch, *, is_confirmed: bool
) -> list[Verdict]:
    office, on = services.front_office_of(by), services.occasion(by, cause="import")
    do = office.register_all if is_confirmed and listed.is_good else office.look_over
    rows = [each.listed for each in listed.rows if each.listed]
    with watch(len(rows)) as progress:
        return do(on, rows, progress)
