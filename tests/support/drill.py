"""The drill: many people come, are copied and exported, are erased, and are looked for everywhere.

Everything is done as people do it: over HTTP at a running service, and at its command line.
"""

import base64
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4
from zipfile import ZipFile

import psycopg
from backing_up import quiet
from bodies import GROUP
from cryptography.exceptions import InvalidTag
from looked_up import hashes_found
from papers import filing, pdf
from persons import Somebody
from running import Running, said

from application.backups.making import back_up
from application.bootstrap import utc_now
from application.persistence.embedded import embedded_postgres, running_postgres
from application.persistence.key_file import KeyFile, read_key_file
from application.persistence.vault import unwrapped
from application.settings import Settings

SPECIALIST, HEAD = "specialist@KZ-75", "head@KZ-75"
KEYS = Path("keys/key-encryption-keys.json")
EVENTS = "SELECT * FROM case_events WHERE notification_id <= %s ORDER BY notification_id"
Row = tuple[Any, ...]


class Found(NamedTuple):
    """What a search has found: files with plain values, files with keys of people, and how much was read."""

    values: list[str]
    keys: list[str]
    size: int


class Drill:
    """One drill over a running service, with a folder for what is taken away from it."""

    def __init__(self, service: Running, outside: Path, count: int) -> None:
        self._service, self.outside = service, outside
        self.mark = uuid4().hex[:12]
        self.people = [self._somebody(number) for number in range(count)]
        self.url = running_postgres(service.data_dir) or ""
        self.keys: dict[UUID, bytes] = {}

    def _somebody(self, number: int) -> Somebody:
        name, email = f"Кенар {self.mark} {number}", f"{number}@{self.mark}.example"
        return Somebody(uuid4(), name, f"+7{7010000000 + number}", email)

    # What happens to people.

    def come(self) -> None:
        """Let everybody be a contact person, and some a beneficiary, a volunteer, in a document."""
        for number, who in enumerate(self.people):
            body = {"subject_id": str(who.id), "name": who.name}
            reached = {**body, "phone": who.phone, "email": who.email}
            contact = {**reached, "role": "координатор", "consent": True}
            group = {**GROUP, "name": f"Группа {uuid4().hex}", "contact_persons": [contact]}
            organization = self._post("organizations", group)
            if number % 5 == 1:
                self._verified(organization["id"], body)
            if number % 5 == 2:
                self._asked(reached)
            if number % 5 == 3:
                self._filed(who)
        with psycopg.connect(self.url) as connection:
            rows = connection.execute(WRAPPED).fetchall()
        keys, ids = self.key_file, {each.id for each in self.people}
        self.keys = {row[0]: unwrapped(keys, *row) for row in rows if row[0] in ids}
        assert len(self.keys) == len(self.people)

    def _verified(self, organization_id: str, person: dict[str, str]) -> None:
        case = self._post("verifications", {"organization_id": organization_id})
        beneficiary = {**person, "contacted_via": "phone", "result": "confirmed"}
        check = {
            "method": "past_experience",
            "outcome": "confirmed",
            "details": {"report": "Отчёт", "beneficiaries": [beneficiary]},
        }
        self._post(f"verifications/{case['id']}/record-check", check, case["version"])

    def _asked(self, person: dict[str, str]) -> None:
        asked = {
            "help_type": "training",
            "subject": "Обучение",
            "description": "Просят научить",
            "channel": "visit",
            "details": {"topic": "Первая помощь", "audience": "ngo_staff"},
        }
        place = {"region": "KZ-75", "district": "751710000"}
        self._post("assistance-requests", {**asked, **place, "volunteer": person})

    def _filed(self, who: Somebody) -> None:
        body, kind = filing(
            pdf(f"{who.name} {who.phone}"), "application/pdf", subject_id=str(who.id)
        )
        headers = {"Content-Type": kind, "Idempotency-Key": str(uuid4())}
        status, answer = self._service.send_anything("POST", "/api/v1/documents", body, headers)
        assert status == 201, answer

    def export(self, name: str) -> Path:
        """Take the list of organizations away, with people."""
        path = self.outside / name
        self.command("organizations", "export", str(path), "--with-contacts")
        return path

    def copies(self) -> tuple[Path, Path]:
        """Make a backup of ours, and a base backup of the server, and return both."""
        ours, base = self.outside / "yesterday.zip", self.outside / "base" / "postgres"
        back_up(self.settings, ours, utc_now(), quiet)
        base_backup(self.url, self._service.data_dir / "postgres", base)
        return ours, base.parent

    def erase(self, who: Somebody) -> Any:
        """Erase somebody, as a head does; return the report."""
        body = {"ground": "consent_withdrawn", "reason": "Отозвал согласие"}
        return self._post(f"subjects/{who.id}/erase", body, 0, HEAD)

    def command(self, *arguments: str) -> str:
        """Give a command at the machine; return what it said."""
        code, text = said(*arguments, data_dir=self._service.data_dir)
        assert code == 0, text
        return text

    @property
    def key_file(self) -> KeyFile:
        """The key file as it is now."""
        return read_key_file(self._service.data_dir / KEYS)

    @property
    def settings(self) -> Settings:
        """The settings of whoever gives a command at the machine of the service."""
        home = self._service.data_dir
        return Settings(data_dir=home, key_file=home / KEYS)

    def events(self, until: int = 2**62) -> list[Row]:
        """Return the events as they are stored, every byte."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(EVENTS, [until]).fetchall()

    def _post(self, path: str, body: Any, version: int | None = None, who: str = SPECIALIST) -> Any:
        match = {} if version is None else {"If_Match": f'"{version}"'}
        answer = self._service.call("POST", f"/api/v1/{path}", body, who, **match)
        assert answer.status in {200, 201}, answer
        return answer.body

    # What is left of them.

    def search(self, *places: Path) -> Found:
        """Look for every value and every key of everybody in all files of these places."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        files = [each for place in places for each in place.rglob("*") if each.is_file()]
        values = list(_forms(each.encode() for each in (self.mark, *self._phones)))
        keys = list(_forms(self.keys.values()))
        size = sum(each.stat().st_size for each in files)
        return Found(_grep(values, places), _grep(keys, places), size)

    @property
    def _phones(self) -> Iterator[str]:
        return (each.phone.removeprefix("+") for each in self.people)

    def opens(self, base: Path) -> int:
        """Start the server of a base backup, and return how much today's key file opens of it.

        That are keys of people, and phones known by their keyed hash.
        """
        owner = self._service.data_dir / "postgres"
        run("chown", "-R", f"--reference={owner}", base / "postgres")
        with embedded_postgres(base) as url, psycopg.connect(url) as connection:
            rows = connection.execute(WRAPPED).fetchall()
            hashed = hashes_found(connection, self.key_file, [each.phone for each in self.people])
        return sum(_opens(self.key_file, *row) for row in rows if row[0] in self.keys) + hashed

    def opens_of_backup(self, path: Path) -> int:
        """Return how many keys of people in a backup of ours today's key file opens."""
        with ZipFile(path) as archive:
            lines = archive.read("tables/subject_keys").decode().splitlines()
        rows = (line.split("\t") for line in lines)
        kept = ((UUID(row[0]), row[2].removeprefix("\\\\x")) for row in rows if row[2] != "\\N")
        return sum(
            _opens(self.key_file, subject_id, "", bytes.fromhex(key))
            for subject_id, key in kept
            if subject_id in self.keys
        )


WRAPPED = "SELECT subject_id, kek_id, wrapped FROM subject_keys WHERE wrapped IS NOT NULL"


def base_backup(url: str, data: Path, copy: Path) -> None:
    """Copy the files of a running server as its manual says, with the log that they need."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_backup_start('drill', true)")
        shutil.copytree(data, copy, ignore=shutil.ignore_patterns("postmaster.*", ".s.PGSQL*"))
        (row,) = connection.execute("SELECT labelfile FROM pg_backup_stop(false)").fetchall()
    (copy / "backup_label").write_text(row[0])
    shutil.copytree(data / "pg_wal", copy / "pg_wal", dirs_exist_ok=True)


def _opens(keys: KeyFile, subject_id: UUID, _: str, kept: bytes) -> bool:
    for kek_id in keys.keys:
        try:
            return bool(unwrapped(keys, subject_id, kek_id, kept))
        except InvalidTag:
            continue
    return False


def unpacked(path: Path, folder: Path) -> Path:
    """Unpack a backup, so that it can be searched."""
    with ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def _forms(values: Iterable[bytes]) -> Iterator[bytes]:
    """Return values as they are and as a database or a text would write them.

    A search goes by lines: of a key with line breaks in it the longest piece is looked for.
    """
    for value in values:
        yield max(re.split(rb"[\n\0]", value), key=len)
        yield value.hex().encode()
        yield base64.b64encode(value).rstrip(b"=")[:-1]


def _grep(patterns: Sequence[bytes], places: Sequence[Path]) -> list[str]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"\n".join(patterns) + b"\n")
        file.flush()
        found = subprocess.run(
            ["grep", "-raFl", "-f", file.name, *map(str, places)],
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
    assert found.returncode in {0, 1}, found.stderr
    return found.stdout.decode().splitlines()


def run(*command: object) -> None:
    """Run a command that has to succeed."""
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


def fresh(folder: Path) -> Path:
    """Return the folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
