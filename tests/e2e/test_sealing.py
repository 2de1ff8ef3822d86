"""The sealer runs beside the service, ends with it, and says when it has stopped."""

import os
import signal
from functools import partial
from threading import enumerate as enumerate_threads

import psutil
import psycopg
from bodies import GROUP
from msgspec.structs import replace
from running import running, said

from application.audit.checkpoints import read_checkpoint
from application.audit.notes import read_note
from application.audit.sealer_files import SealerFiles
from application.bootstrap import utc_now
from application.checkup import check_up
from application.persistence.embedded import running_postgres
from application.settings import KEY_FILE, Settings
from web.sealing import sealed

QUICK = {"SEAL_SECONDS": "0.2", "WORKERS": "1"}
TAMPER = """
UPDATE log_tiles SET hashes = overlay(hashes PLACING '\\x00' FROM 1) WHERE level = 0
"""
LAST = "SELECT note FROM log_checkpoints ORDER BY size DESC LIMIT 1"


def once(asked, is_it):
    """Ask again until it is as it should be; return the answer."""
    return next(answer for answer in iter(asked, object()) if is_it(answer))


def ready(service):
    answer = service.send("GET", "/readyz", token=None)
    assert answer.status == 200
    return answer.body


def sealers(service):
    """Return the sealers among what the service has started."""
    children = psutil.Process(service.process.pid).children(recursive=True)
    return [each for each in children if "--beside-service" in _command(each)]


def _command(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def gone(process):
    """Wait until the process is no more."""
    while _command(process):
        pass
    return True


def metrics(service):
    return service.send_anything("GET", "/metrics", None, {})[1].decode()


def last_note(service):
    with psycopg.connect(running_postgres(service.data_dir)) as connection:
        row = connection.execute(LAST).fetchone()
    return None if row is None else row[0]


def test_what_is_recorded_is_signed_beside_the_service_and_no_sealer_outlives_it(data_dir):
    with running(data_dir, **QUICK) as service:
        first = once(partial(last_note, service), bool)
        (sealer,) = sealers(service)
        os.kill(sealer.pid, signal.SIGKILL)
        assert service.call("POST", "/api/v1/organizations", GROUP).status == 201
        note = read_note(once(partial(last_note, service), lambda each: each != first))
        assert note.is_signed_by(SealerFiles(data_dir / "sealer").key().verifying[0])
        assert read_checkpoint(note.text).size > read_checkpoint(read_note(first).text).size
        assert once(partial(ready, service), lambda body: body["sealer"] == "sealing")
        assert "frontoffice_sealer_sealing 1.0" in metrics(service)
        (sealer,) = sealers(service)
        service.stop(signal.SIGKILL)
        assert gone(sealer)


def test_a_sealer_that_has_stopped_says_so_and_the_service_works_until_a_new_log_begins(data_dir):
    with running(data_dir, **QUICK) as service:
        assert once(partial(last_note, service), bool)
        with psycopg.connect(running_postgres(data_dir)) as connection:
            connection.execute(TAMPER)
        body = once(partial(ready, service), lambda each: each["sealer"] == "stopped")
        assert body["sealer_reason"] == "log-changed"
        assert "frontoffice_sealer_stopped 1.0" in metrics(service)
        assert service.call("POST", "/api/v1/organizations", GROUP).status == 201

        settings = Settings(data_dir=data_dir, key_file=data_dir / KEY_FILE)
        (finding,) = (each for each in check_up(settings, utc_now) if each.check == "sealer")
        assert (finding.code, finding.level) == ("sealer-log-changed", "fail")
        code, text = said("seal", "--once", "--language", "en", data_dir=data_dir)
        assert (code, "is not the one that was signed" in text) == (1, True)

        code, text = said("seal", "--new-log", "The disk broke", data_dir=data_dir)
        assert code == 0
        assert SealerFiles(data_dir / "sealer").key().signing.verifying.vkey in text
        assert once(partial(ready, service), lambda each: each["sealer"] == "sealing")
        (sealer,) = sealers(service)
    assert gone(sealer)
    assert any("sealer stopped" in line for line in service.said)


def test_where_it_is_done_elsewhere_no_sealer_is_started(settings):
    with sealed(replace(settings, sealer=False), "postgresql://nobody@127.0.0.1:1/nothing"):
        assert [each for each in enumerate_threads() if each.name == "sealer-keeper"] == []
