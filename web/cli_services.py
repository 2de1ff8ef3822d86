"""What the commands work with."""

from collections.abc import Iterator
from contextlib import contextmanager

from application import bootstrap
from application.services import Services
from application.settings import read_settings


@contextmanager
def command_services() -> Iterator[Services]:
    """Put the application together over the database of the settings, also beside a service."""
    settings = read_settings()
    with (
        bootstrap.database_to_read(settings) as database_url,
        bootstrap.build(settings, database_url) as services,
    ):
        yield services
