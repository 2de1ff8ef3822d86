"""A witness at a running service: its signature is shown, and a log written anew is found out."""

import time
from collections.abc import Iterator
from threading import Event

import psycopg
import pytest
from bodies import GROUP
from click.testing import CliRunner
from running import Running, running, said

from application.audit.hand_overs import read_notes
from application.audit.notes import Note, read_note
from application.audit.sealer_files import SealerFiles
from application.audit.witness_folder import WitnessFolder
from application.persistence.embedded import running_postgres
from application.persistence.log_sealer import SEALING_LOCK
from web.cli_witness import witness

AUDITOR = "auditor@KZ"
REWRITTEN = """
SELECT pg_advisory_lock({lock});
UPDATE case_events SET state = state || ' ' WHERE notification_id = 1;
DELETE FROM log_entries; DELETE FROM log_tiles; DELETE FROM log_heads;
DELETE FROM log_head_nodes; DELETE FROM log_checkpoints; DELETE FROM log_cosignatures;
"""


class Place:
    """A service, and a witness beside it that the service knows."""

    def __init__(self, service: Running, home: WitnessFolder) -> None:
        self.service = service
        self.home = home
        self._pause = Event()
        self.token = home.path / "token"
        self.token.write_text(service.signed_in.token(AUDITOR))

    def shown(self, name: str) -> tuple[int, str]:
        """Return what the service answers to an auditor."""
        headers = {"Authorization": f"Bearer {self.token.read_text()}"}
        status, body = self.service.send_anything("GET", f"/api/v1/audit/{name}", None, headers)
        return status, body.decode()

    def signed_anew(self, before: Note) -> None:
        """Wait until the service shows another checkpoint than this."""
        for status, text in self._answers():
            if status == 200 and read_note(text).text != before.text:
                return

    def cosigned(self) -> tuple[Note, str]:
        """Let the witness look until the newest checkpoint bears its signature.

        Return that, and what the witness said at its first look.
        """
        said: list[str] = []
        for status, _ in self._answers():
            if status == 200:
                code, words = self.look()
                said.append(words)
                assert code == 0, words
                note = read_note(self.shown("checkpoint")[1])
                if note.cosigned_at(self.home.key().verifying) is not None:
                    break
        return note, said[0]

    def _answers(self) -> Iterator[tuple[int, str]]:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            yield self.shown("checkpoint")
            self._pause.wait(0.1)  # What it waits for takes the processor's time, too.
        raise AssertionError((self.shown("checkpoint"), self.service.said))

    def work(self) -> None:
        """Record something."""
        name = f"Двор {time.monotonic_ns()}"
        answer = self.service.call("POST", "/api/v1/organizations", {**GROUP, "name": name})
        assert answer.status in {201, 409}, answer.body

    def look(self) -> tuple[int, str]:
        """Let the witness look once."""
        asked = ("--url", f"http://127.0.0.1:{self.service.port}", "--token-file", str(self.token))
        told = ("once", *asked, "--folder", str(self.home.path), "--language", "ru")
        result = CliRunner().invoke(witness, told)
        return result.exit_code, result.output


@pytest.fixture
def place(data_dir, tmp_path):
    """A service that seals at once, and knows the witness from its first start."""
    files = SealerFiles(data_dir / "sealer")
    files.make_key("office.test/log")
    home = WitnessFolder(tmp_path / "witness")
    key = home.make("auditor.example", files.key().signing.verifying).verifying
    with running(data_dir, SEAL_SECONDS="0.1", WITNESSES=key.vkey, WORKERS="1") as service:
        yield Place(service, home)


def rewritten(place: Place) -> None:
    """Change the first event, and let the log be sealed anew as if nothing had been."""
    with psycopg.connect(running_postgres(place.service.data_dir)) as connection:
        connection.execute(REWRITTEN.format(lock=SEALING_LOCK))
        (place.service.data_dir / "sealer" / "last-checkpoint").unlink()


def test_a_witness_cosigns_follows_a_new_key_and_finds_a_log_written_anew(place):
    first, words = place.cosigned()
    assert "верит ей на слово" in words

    code, words = said("audit", "rotate-key", data_dir=place.service.data_dir)
    assert code == 0, words
    place.work()
    place.signed_anew(first)
    second, _ = place.cosigned()
    hand_overs = read_notes(place.shown("hand-overs")[1])
    assert place.home.policy().accepted(second, hand_overs)
    assert second.text != first.text
    assert len(hand_overs) == 1

    rewritten(place)
    place.signed_anew(second)
    code, words = place.look()
    assert (code, "ТРЕВОГА" in words) == (1, True), words
    [name] = place.home.alarms
    assert second.text in (place.home.path / name).read_text("utf-8")
    assert place.home.memory().note.text == second.text
