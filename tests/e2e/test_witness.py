"""A witness at a running service: its signature is shown, and a log written anew is found out."""

import time
from pathlib import Path
from threading import Event

import psycopg
import pytest
from bodies import GROUP
from running import Running, running, said

from application.audit.hand_overs import read_notes
from application.audit.notes import read_note
from application.audit.sealer_files import SealerFiles
from application.audit.witness_folder import WitnessFolder
from application.persistence.embedded import running_postgres
from application.persistence.log_sealer import SEALING_LOCK

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

    def signed(self, before: str = "") -> str:
        """Wait for another checkpoint than the one before; return what it says."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            status, note = self.shown("checkpoint")
            text = note.partition("\n\n")[0]
            if status == 200 and text != before:
                return text
            self._pause.wait(0.1)  # What it waits for takes the processor's time, too.
        raise AssertionError((note, self.service.said))

    def work(self) -> None:
        """Record something."""
        name = f"Двор {time.monotonic_ns()}"
        answer = self.service.call("POST", "/api/v1/organizations", {**GROUP, "name": name})
        assert answer.status in {201, 409}, answer.body

    def look(self) -> tuple[int, str]:
        """Let the witness look once."""
        url = f"http://127.0.0.1:{self.service.port}"
        asked = ("--url", url, "--token-file", str(self.token), "--folder", str(self.home.path))
        return said("witness", "once", *asked, data_dir=Path("/nowhere"), LANG="C")


@pytest.fixture
def place(data_dir, tmp_path):
    """A service that seals at once, and knows the witness from its first start."""
    files = SealerFiles(data_dir / "sealer")
    files.make_key("office.test/log")
    home = WitnessFolder(tmp_path / "witness")
    witness = home.make("auditor.example", files.key().signing.verifying).verifying
    with running(data_dir, SEAL_SECONDS="0.1", WITNESSES=witness.vkey) as service:
        yield Place(service, home)


def rewritten(place: Place) -> None:
    """Change the first event, and let the log be sealed anew as if nothing had been."""
    with psycopg.connect(running_postgres(place.service.data_dir)) as connection:
        connection.execute(REWRITTEN.format(lock=SEALING_LOCK))
        (place.service.data_dir / "sealer" / "last-checkpoint").unlink()


def test_a_witness_cosigns_follows_a_new_key_and_finds_a_log_written_anew(place):
    first = place.signed()
    code, text = place.look()
    assert (code, "верит ей на слово" in text) == (0, True), text
    status, note = place.shown("checkpoint")
    assert (status, place.home.key().verifying.vkey.split("+")[0] in note) == (200, True)

    code, text = said("audit", "rotate-key", data_dir=place.service.data_dir)
    assert code == 0, text
    place.work()
    second = place.signed(first)
    assert place.look()[0] == 0
    hand_overs = read_notes(place.shown("hand-overs")[1])
    signed = read_note(place.shown("checkpoint")[1])
    assert place.home.policy().accepted(signed, hand_overs)
    assert signed.cosigned_at(place.home.key().verifying) is not None

    rewritten(place)
    place.signed(second)
    code, text = place.look()
    assert (code, "ТРЕВОГА" in text) == (1, True), text
    [name] = place.home.alarms
    evidence = (place.home.path / name).read_text("utf-8")
    assert evidence.count("office.test/log") >= 2
    assert place.home.memory().note.text == f"{second}\n"
