"""What the commands work with."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from application import bootstrap
from application.databases import database, database_to_read, running_already
from application.services import Services
from application.settings import Settings, read_settings
from web.callers import EXTENSION


@contextmanager
def prepared_services() -> Iterator[Services]:
    """Put the application together where no service may have run yet: make what it needs."""
    settings = read_settings()
    if running_already(settings):
        with command_services() as services:
            yield services
        return
    with database(settings) as database_url:
        bootstrap.prepare(settings, database_url)
        with _built(settings, database_url) as services:
            yield services


@contextmanager
def command_services() -> Iterator[Services]:
    """Put the application together over the database of the settings, also beside a service."""
    settings = read_settings()
    with database_to_read(settings) as database_url:
        bootstrap.check_prepared(database_url)
        with _built(settings, database_url) as services:
            yield services


@contextmanager
def _built(settings: Settings, database_url: str) -> Iterator[Services]:
    """Put the application together, for the forms of the web too: they look places up."""
    with bootstrap.build(settings, database_url) as services:
        app = Flask("frontoffice", static_folder=None)
        app.extensions[EXTENSION] = services
        with app.app_context():
            yield services
