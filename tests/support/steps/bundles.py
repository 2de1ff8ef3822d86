"""A bundle of the log: taken from the service, and verified at home."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from bundling import Auditor, packed
from drivers import READER, REQUESTS, Refused
from memory_log import POLICY
from pytest_bdd import given, parsers, then, when
from sealing import change, sealer_of
from steps.access import READERS, looks
from steps.desk import SPECIALIST, Desk

from application.services import Services
from application.settings import Settings
from web import bundles

WHO = f"(?P<who>{'|'.join({**READERS, 'специалист': SPECIALIST})})"
TODAY = {"from": "2026-03-02T00:00:00+05:00", "to": "2026-03-03T00:00:00+05:00"}
REWRITE = """
UPDATE case_events SET state = convert_to(replace(convert_from(state, 'UTF8'), 'KZ-75', 'KZ-71'), 'UTF8')
WHERE originator_id = %s AND originator_version = %s
"""
DELETE = "DELETE FROM case_events WHERE originator_id = %s AND originator_version = %s"


class Home:
    """The auditor's own desk: a policy, an earlier checkpoint, and the bundle that was taken."""

    def __init__(self, folder: Path, desk: Desk, database_url: str, sealer: Any) -> None:
        self.auditor = Auditor(folder)
        self.desk = desk
        self.url = database_url
        self.sealer = sealer
        self.taken = b""
        self.known: tuple[str, ...] = ()

    @property
    def request(self) -> str:
        """The request at hand."""
        return str(self.desk.request["id"])

    def trust(self, policy: str) -> None:
        """Keep whom to trust."""
        self.auditor.keep("policy", policy.encode())

    def take(self, who: str, **asked: Any) -> None:
        """Take a bundle."""
        answer = self.desk.driver.bundle(who, **asked)
        if isinstance(answer, Refused):
            self.desk.answer = answer
        else:
            self.taken = answer

    def verdict(self) -> tuple[int, str]:
        """Verify what was taken."""
        assert self.taken, self.desk.answer
        return self.auditor.check(self.taken, *self.known)


@pytest.fixture
def home(
    tmp_path: Path, desk: Desk, services: Services, settings: Settings, database_url: str
) -> Home:
    """An auditor's desk beside the office's."""
    sealer = sealer_of(services, settings, database_url, tmp_path / "sealer")
    return Home(tmp_path, desk, database_url, sealer)


@given("журнал опечатан")
def sealed(home: Home) -> None:
    home.sealer.seal_once()


@given("аудитор знает ключ журнала")
def knows_the_key(home: Home) -> None:
    (key,) = home.sealer.files.key().verifying
    home.trust(f"log {key.vkey}\nquorum none\n")


@given("аудитор знает ключ другого журнала")
def knows_another_key(home: Home) -> None:
    home.trust(POLICY)


@given("аудитор сохранил контрольную точку")
def keeps_a_checkpoint(home: Home) -> None:
    note = home.sealer.files.last().written
    home.known = ("--checkpoint", home.auditor.keep("known", note.encode()))


@given("к запросу добавлена заметка")
def noted(desk: Desk) -> None:
    desk.command(REQUESTS, "note", text="Звонили")


@given(parsers.parse("из базы удалено событие {version:d} этого запроса"))
def deleted(home: Home, version: int) -> None:
    change(home.url, DELETE, home.request, version)


@given(parsers.parse("в базе переписано событие {version:d} этого запроса"))
def rewritten(home: Home, version: int) -> None:
    change(home.url, REWRITE, home.request, version)


@given("из базы пропали хеши журнала")
def without_hashes(home: Home) -> None:
    change(home.url, "DELETE FROM log_tiles")


@given(parsers.parse("по сети выдаётся не больше записей, чем {most:d}"))
def few_at_once(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(bundles, "MOST_ENTRIES", most)


@when(parsers.re(f"{WHO} берёт пакет о запросе$"))
def takes_case(home: Home, who: str) -> None:
    home.take({**READERS, "специалист": SPECIALIST}[who], case=home.request)


@when("аудитор берёт пакет о запросе, который продолжает его точку")
def takes_continued(home: Home) -> None:
    size = Path(home.known[1]).read_text("utf-8").splitlines()[1]
    home.take(READER, case=home.request, since=size)


@when("аудитор берёт пакет о сегодняшнем дне")
def takes_day(home: Home) -> None:
    home.take(READER, **TODAY)


@when("аудитор берёт пакет обо всём журнале")
def takes_log(home: Home) -> None:
    home.take(READER, whole="true")


@when(parsers.parse("аудитор просит доказать, что журнал продолжает {size:d} записей"))
def asks_for_consistency(home: Home, size: int) -> None:
    home.desk.answer = home.desk.driver.consistency(READER, size)


@when("кто-то исправляет пакет")
def mended(home: Home) -> None:
    with ZipFile(io.BytesIO(home.taken)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    changed = files["events.ndjson"].replace(b"KZ-75", b"KZ-71")
    assert changed != files["events.ndjson"]
    home.taken = packed({**files, "events.ndjson": changed})


@then(parsers.parse("проверка пройдена: в деле событий {count:d}, и это все"))
def all_of_a_case(home: Home, count: int) -> None:
    code, text = home.verdict()
    shown = f"Дело {home.request}: все события, версии с 1 по {count}"
    assert (code, shown in text) == (0, True), text


@then(parsers.parse("проверка пройдена: {words}"))
def verified(home: Home, words: str) -> None:
    code, text = home.verdict()
    assert (code, words in text) == (0, True), text


@then("журнал с прошлой точки только рос")
def only_grew(home: Home) -> None:
    assert "с тех пор он только рос" in home.verdict()[1]


@then(parsers.parse("проверка не пройдена: {words}"))
def refused(home: Home, words: str) -> None:
    code, text = home.verdict()
    assert (code, words in text) == (1, True), text


@then("записано, что пакет о запросе унёс аудитор")
def on_record(home: Home) -> None:
    assert home.taken
    (look,) = [each for each in looks(home.desk, case_id=home.request) if each["kind"] == "export"]
    assert (look["asked"]["list"], look["role"]) == ("bundles", "auditor")
