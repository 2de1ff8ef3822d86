"""What is measured: a case of ours, and the same written as the library's documentation would."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from psycopg.conninfo import conninfo_to_dict

from application import bootstrap
from application.attempts import Attempt, AttemptedOccasion
from application.case_types import REQUEST
from application.persistence.embedded import embedded_postgres
from application.services import Services
from application.settings import Settings
from application.streams import Stream, begin
from domain.actors import Actor, Role, StaffId
from domain.assistance_request import AssistanceRequest
from domain.assistance_request.applicant import OrganizationSnapshot
from domain.assistance_request.asked import Asked
from domain.assistance_request.details import GrantInformation
from domain.catalogue.codes import Channel, Direction, HelpType, TeamType, VolunteerGroup
from domain.standing import NOT_VERIFIED

SPECIALIST = Actor(StaffId("dev-specialist-KZ-75"), Role.SPECIALIST, "KZ-75")
CONNECTION = ("dbname", "host", "port", "user", "password")
SLOW_DISK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
int fdatasync(int fd) { usleep(1000); return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd); }
"""


class Noted(Aggregate):
    """A case as the library's own documentation would write it."""

    @event("Requested")
    def __init__(self, subject: str, description: str) -> None:
        self.subject = subject
        self.description = description
        self.notes: list[str] = []

    @event("Noted")
    def note(self, text: str, staff_id: str, role: str, office: str, cause: str) -> None:
        """Write down something worth knowing."""
        self.notes.append(text)
        self.last = (staff_id, role, office, cause)


def their_note(noted: Noted, number: int) -> None:
    """Write a note of the same words as ours."""
    noted.note(f"Заметка {number}", "dev-specialist-KZ-75", "specialist", "KZ-75", "benchmark")


def occasion(services: Services) -> AttemptedOccasion:
    """Return the occasion of a command with a key of its own."""
    attempt = Attempt(str(uuid4()), "0" * 64)
    on = services.occasion(SPECIALIST, cause="benchmark", attempt=attempt)
    assert isinstance(on, AttemptedOccasion)
    return on


def new_request(on: AttemptedOccasion) -> Stream[Any]:
    """Return a new case, not saved yet."""
    organization = OrganizationSnapshot(
        id=uuid4(),
        version=1,
        name="Чистый берег",
        team_type=TeamType.INITIATIVE_GROUP,
        region="KZ-75",
        district="751710000",
        directions=(Direction.TAZA_ALEM,),
        volunteer_groups=(VolunteerGroup.GENERAL,),
        standing=NOT_VERIFIED,
    )
    asked = Asked(
        region="KZ-75",
        district="751710000",
        help_type=HelpType.GRANT_INFORMATION,
        subject="Гранты",
        description="Просят рассказать",
        channel=Channel.VISIT,
        details=GrantInformation(interests="Гранты"),
        organization=organization,
    )
    first = AssistanceRequest.request(on, number=f"KZ-75/2026/{uuid4()}", asked=asked)
    return begin(REQUEST, uuid4(), first)


def noted(stream: Stream[Any], on: AttemptedOccasion, number: int) -> Stream[Any]:
    """Return the case with one more note."""
    return stream.then(stream.state.note(on, text=f"Заметка {number}"))


@contextmanager
def database(*, slow_disk: bool = False) -> Iterator[tuple[Settings, str]]:
    """Run a PostgreSQL with the schema, on a disk as it is or one that takes 1 ms longer."""
    with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder:
        if slow_disk:
            os.environ["LD_PRELOAD"] = _slow_disk(Path(folder))
        settings = Settings(key_file=Path(folder) / "keys.json", threads=10)
        with embedded_postgres(Path(folder)) as url:
            os.environ.pop("LD_PRELOAD", None)
            bootstrap.prepare(settings, url)
            library_application(url, create_table="y").close()
            yield settings, url


def _slow_disk(folder: Path) -> str:
    folder.chmod(0o755)
    source, library = folder / "slow_disk.c", folder / "slow_disk.so"
    source.write_text(SLOW_DISK)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return str(library)


def library_application(url: str, create_table: str = "n") -> Application[UUID]:
    """Return the library's application as it comes, with tables of its own.

    They are made beforehand: two processes that make them at once fail.
    """
    parameters = conninfo_to_dict(url)
    connection = {
        f"POSTGRES_{name.upper()}": str(parameters.get(name) or "") for name in CONNECTION
    }
    return Application(
        env={
            **connection,
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_POOL_SIZE": "10",
            "CREATE_TABLE": create_table,
        }
    )
