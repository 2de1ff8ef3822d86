"""Backups: taken at the office, brought back somewhere else, or not."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from backing_up import empty_database, quiet, rewritten, tables_in
from drivers import HttpDriver
from msgspec.structs import replace
from people import People
from pytest_bdd import given, then, when
from steps.desk import Desk

from application import bootstrap
from application.backups.making import back_up
from application.backups.outcomes import BackupRefused
from application.backups.restoring import Restored, restore
from application.settings import Settings
from web.app import create_app


class Rescue:
    """A backup, and the place where everything is to be again."""

    def __init__(self, here: Settings, there: Settings, path: Path) -> None:
        self.here, self.there, self.path = here, there, path
        self.restored: Restored | None = None
        self.refused = False

    def restore(self, where: Settings) -> None:
        """Try to restore."""
        try:
            self.restored = restore(where, self.path, quiet)
        except BackupRefused:
            self.refused = True


@pytest.fixture
def rescue(
    settings: Settings, database_url: str, server_url: str, tmp_path: Path
) -> Iterator[Rescue]:
    """A place with nothing in it, and a name for a backup."""
    with empty_database(server_url) as url:
        here, there = (replace(settings, database_url=each) for each in (database_url, url))
        yield Rescue(here, there, tmp_path / "backup.zip")


@pytest.fixture
def afterwards() -> Iterator[ExitStack]:
    """What is put together in a scenario and taken apart after it."""
    with ExitStack() as stack:
        yield stack


@given("сделана резервная копия")
def backed_up(rescue: Rescue, clock: Any) -> None:
    back_up(rescue.here, rescue.path, clock(), quiet)


@given("файл ключей утрачен")
def key_file_lost(rescue: Rescue, tmp_path: Path) -> None:
    rescue.there = replace(rescue.there, key_file=tmp_path / "lost.json")


@given("в резервной копии исправлена история запроса")
def changed(rescue: Rescue) -> None:
    def other(members: dict[str, bytes]) -> None:
        members["tables/case_events"] = members["tables/case_events"].replace(b"7b", b"7c", 1)

    rescue.path = rewritten(rescue.path, other)


@when("дела восстановлены из резервной копии")
def restored(rescue: Rescue, desk: Desk, clock: Any, afterwards: ExitStack) -> None:
    """Go on at the place where everything is again, by the same way in."""
    rescue.restore(rescue.there)
    assert rescue.there.database_url is not None
    services = afterwards.enter_context(
        bootstrap.build(rescue.there, rescue.there.database_url, clock=clock)
    )
    first = create_app(services).test_client() if isinstance(desk.driver, HttpDriver) else services
    desk.driver = type(desk.driver)(first, People(services))


@when("дела восстанавливают из резервной копии")
def tried(rescue: Rescue) -> None:
    rescue.restore(rescue.there)


@when("дела восстанавливают из резервной копии туда, где уже есть дела")
def tried_over(rescue: Rescue) -> None:
    rescue.restore(rescue.here)


@then("каждое дело складывается так же")
def folds_the_same(rescue: Rescue) -> None:
    assert rescue.restored is not None
    assert rescue.restored.refolded == ()


@then("восстановление не начато")
def not_begun(rescue: Rescue) -> None:
    assert rescue.refused
    assert rescue.restored is None


@then("место для восстановления осталось пустым")
def still_empty(rescue: Rescue) -> None:
    assert rescue.there.database_url is not None
    assert tables_in(rescue.there.database_url) == set()
