"""The composition root: the one place where the application is put together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from msgspec import Struct

from application.front_office import FrontOffice
from application.persistence.key_file import ensure_key_file
from application.persistence.store import upgrade
from application.reference.calendar import load_calendar
from application.reference.places import load_places
from application.settings import Settings
from application.use_cases.case_work import Surroundings
from domain.actors import Actor, Occasion
from domain.places import Places


class Services(Struct, frozen=True, kw_only=True):
    """What the ways in work with."""

    front_office: FrontOffice
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]

    @property
    def places(self) -> Places:
        """The regions, districts and offices."""
        return self.front_office.places

    def today(self, office: str) -> date:
        """Return the date where the office is."""
        zone = self.places.zone(self.places.check_office(office))
        return self.clock().astimezone(ZoneInfo(zone)).date()

    def occasion(
        self, by: Actor, *, cause: str, occurred_on: date | None = None, comment: str | None = None
    ) -> Occasion:
        """Return the circumstances of a command that is given now."""
        return Occasion(
            by=by,
            recorded_at=self.clock(),
            today=self.today(by.office),
            cause=cause,
            occurred_on=occurred_on,
            comment=comment,
        )


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@contextmanager
def build(
    settings: Settings,
    database_url: str,
    *,
    clock: Callable[[], datetime] = utc_now,
    new_id: Callable[[], UUID] = uuid4,
) -> Iterator[Services]:
    """Put the application together over a database whose schema is up to date."""
    with FrontOffice(_surroundings(settings, database_url, new_id)) as front_office:
        yield Services(front_office=front_office, clock=clock, new_id=new_id)


def prepare(settings: Settings, database_url: str) -> None:
    """Make the schema or bring it up to date, once, before any worker starts."""
    with FrontOffice(_surroundings(settings, database_url, uuid4)) as front_office:
        upgrade(database_url, front_office.recorder)


def _surroundings(
    settings: Settings, database_url: str, new_id: Callable[[], UUID]
) -> Surroundings:
    return Surroundings(
        database_url=database_url,
        key_file=ensure_key_file(settings.key_file),
        places=load_places(),
        calendar=load_calendar(),
        new_id=new_id,
        pool_size=settings.threads,
    )
