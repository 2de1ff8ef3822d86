"""A witness of the log: what it cosigns, what alarms it, and what the service keeps of it."""

from pathlib import Path

import psycopg
import pytest
from cosigning import NOW, cosigned, publish
from pytest_bdd import given, parsers, then, when
from shown_log import ALog, a_key, a_witness
from steps.access import READERS
from steps.desk import SPECIALIST, Desk

from application.audit.checkpoints import Checkpoint
from application.audit.notes import Note
from application.audit.policy_files import read_policy
from application.audit.witness_folder import WitnessFolder
from application.audit.witness_refusals import WitnessAlarm, WitnessRefusal
from application.audit.witnesses import Witnessed, witness

ALARMS = {
    "показано меньше": "log-shrunk",
    "содержание подменено": "log-forked",
    "это не продолжение": "log-inconsistent",
}
REFUSALS = {"ключ неизвестен": "not-signed"}


class Watch:
    """A witness with the key that the service knows, and the log it looks at."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.log = ALog("nothing")
        self.home = WitnessFolder(folder)
        self.url = database_url
        self.seen: Witnessed | WitnessRefusal
        self.notes: list[tuple[Note, Checkpoint]] = []

    def sign(self) -> None:
        """Let the log sign what it has, and the service show it."""
        self.notes.append((self.log.note(), self.log.head()))
        publish(self.url, self.log)

    def look(self) -> None:
        """Let the witness look."""
        try:
            self.seen = witness(self.home, self.log, NOW)
        except WitnessRefusal as refusal:
            self.seen = refusal

    def kept(self) -> int:
        """Return how many cosignatures the service has."""
        with psycopg.connect(self.url) as connection:
            row = connection.execute("SELECT count(*) FROM log_cosignatures").fetchone()
        assert row is not None
        return int(row[0])


def entries(text: str) -> list[str]:
    return text.split(", ")


@pytest.fixture
def watch(tmp_path: Path, services: object, database_url: str) -> Watch:
    """A log with an empty database beside it, and the place for a witness."""
    assert services is not None
    return Watch(tmp_path / "witness", database_url)


@given("аудитор завёл свидетеля журнала")
def made(watch: Watch) -> None:
    watch.home.make("auditor.example", watch.log.key.verifying)


@given(parsers.parse('журнал подписал записи "{text}"'))
def began(watch: Watch, text: str) -> None:
    watch.log = ALog(*entries(text), key=watch.log.key)
    watch.sign()


@given("свидетель посмотрел на журнал")
@when("свидетель смотрит на журнал")
def looks(watch: Watch) -> None:
    watch.look()


@when(parsers.parse('журнал дополнен записями "{text}"'))
def grew(watch: Watch, text: str) -> None:
    watch.log.add(*entries(text))
    watch.sign()


@when(parsers.parse('журнал подменён записями "{text}"'))
def exchanged(watch: Watch, text: str) -> None:
    watch.log.entries = [each.encode() for each in entries(text)]


@when("журнал подписан чужим ключом")
def signed_by_a_stranger(watch: Watch) -> None:
    watch.log.key = a_key()


@given(parsers.re(r"ключ журнала сменили (?P<times>\d) раза?"))
@when(parsers.re(r"ключ журнала сменили (?P<times>\d) раза?"))
def handed_over(watch: Watch, times: str) -> None:
    for number in range(int(times)):
        watch.log.hand_over()
        watch.log.add(f"после смены {number}")
        watch.sign()


@when("журнал дополнен и подписан прежним ключом")
def signed_by_the_old_key(watch: Watch) -> None:
    watch.log.add("ещё")
    watch.log.key = watch.log.first


@when("аудитор передаёт подпись свидетеля")
def hands_in(desk: Desk, watch: Watch) -> None:
    hand_in(desk, cosigned(watch.log), 3)


@when("специалист передаёт подпись свидетеля")
def specialist_hands_in(desk: Desk, watch: Watch) -> None:
    hand_in(desk, cosigned(watch.log), 3, SPECIALIST)


@when("аудитор передаёт подпись незнакомого свидетеля")
def stranger_hands_in(desk: Desk, watch: Watch) -> None:
    hand_in(desk, cosigned(watch.log, a_witness("stranger.example")), 3)


@when("аудитор передаёт подпись свидетеля под 7 записями")
def hands_in_for_nothing(desk: Desk, watch: Watch) -> None:
    hand_in(desk, cosigned(watch.log), 7)


@when("аудитор передаёт подпись свидетеля под подменённым журналом")
def hands_in_for_another(desk: Desk, watch: Watch) -> None:
    hand_in(desk, cosigned(ALog("x", "y", "z", key=watch.log.key)), 3)


def hand_in(desk: Desk, line: str, size: int, who: str = READERS["аудитор"]) -> None:
    desk.answer = desk.driver.cosign(who, size=size, line=line)


@then(parsers.parse("свидетель подписал записей: {size:d}"))
def has_cosigned(watch: Watch, size: int) -> None:
    assert isinstance(watch.seen, Witnessed), watch.seen
    assert watch.seen.checkpoint == watch.log.head(size)


@then(parsers.parse("свидетель поднял тревогу: {phrase}"))
def is_alarmed(watch: Watch, phrase: str) -> None:
    assert isinstance(watch.seen, WitnessAlarm), watch.seen
    assert watch.seen.code == ALARMS[phrase]


@then(parsers.parse("свидетель не подписал: {phrase}"))
def has_refused(watch: Watch, phrase: str) -> None:
    assert isinstance(watch.seen, WitnessRefusal), watch.seen
    assert watch.seen.code == REFUSALS[phrase]


@then(parsers.parse("у свидетеля остались записи: {size:d}"))
def remembers(watch: Watch, size: int) -> None:
    last = watch.home.memory().last
    assert last is not None
    assert last.size == size


@then("обе подписанные точки сохранены")
def has_evidence(watch: Watch) -> None:
    [name] = watch.home.alarms
    evidence = (watch.home.path / name).read_text("utf-8")
    for note in (watch.notes[0][0], watch.log.note()):
        assert note.written in evidence


@then("аудитор с первым ключом принимает все контрольные точки")
def auditor_accepts(watch: Watch) -> None:
    policy = read_policy(f"log {watch.log.first.verifying.vkey}\nquorum none\n")
    for note, head in watch.notes:
        assert policy.accepted(note, watch.log.passed_on) == head


@then(parsers.parse("сервис хранит подписи свидетеля: {count:d}"))
def service_keeps(watch: Watch, count: int) -> None:
    assert watch.kept() == count
