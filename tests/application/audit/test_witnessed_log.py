"""A witness at the log that the service seals: what it follows, and what it finds."""

import pytest
from log_in_database import LogInDatabase
from msgspec.structs import replace
from sealing import change, work

from application.audit.witness_folder import WitnessFolder
from application.audit.witness_refusals import WitnessAlarm
from application.audit.witnesses import witness
from application.databases import sealer_url
from application.sealer import Sealer

NOW = 1_800_000_000
EVERYTHING = ("entries", "tiles", "heads", "head_nodes", "checkpoints", "hand_overs")


@pytest.fixture
def sealer(services, settings, database_url, tmp_path) -> Sealer:
    """A sealer that has signed something."""
    mine = replace(settings, sealer_dir=tmp_path / "sealer", log_origin="office.test/log")
    made = Sealer(mine, sealer_url(mine, database_url), services.clock)
    work(services)
    made.seal_once()
    return made


@pytest.fixture
def home(sealer, tmp_path) -> WitnessFolder:
    made = WitnessFolder(tmp_path / "witness")
    made.make("auditor.example", sealer.files.key().signing.verifying)
    return made


def test_a_witness_follows_what_is_sealed_over_three_keys(sealer, home, services, database_url):
    log, sizes = LogInDatabase(database_url), []
    for count in (1, 2, 3, 1):
        sizes.append(witness(home, log, NOW).checkpoint.size)
        sealer.hand_over()
        work(services, count)
        sealer.seal_once()
    assert witness(home, log, NOW).checkpoint.size > sizes[-1]
    assert sizes == sorted(set(sizes))


def sealed_anew(sealer: Sealer, database_url: str, key: object) -> None:
    """Take the log away and make it anew of the events there are, as a thief of the key would."""
    for table in EVERYTHING:
        change(database_url, f"DELETE FROM log_{table}")
    (sealer.files.folder / "last-checkpoint").unlink()
    sealer.files.keep_key(key)
    sealer.seal_once()


@pytest.mark.parametrize("more", [0, 1])
def test_a_log_sealed_anew_over_a_changed_event_alarms_it(
    sealer, home, services, database_url, more
):
    witness(home, LogInDatabase(database_url), NOW)
    before = home.memory()
    change(
        database_url,
        "UPDATE case_events SET state = state || ' ' WHERE notification_id ="
        " (SELECT min(notification_id) FROM case_events)",
    )
    for _ in range(more):
        work(services)
    sealed_anew(sealer, database_url, sealer.files.key())

    with pytest.raises(WitnessAlarm) as alarm:
        witness(home, LogInDatabase(database_url), NOW)
    assert alarm.value.code == ("log-inconsistent" if more else "log-forked")
    assert home.memory() == before


def test_a_log_put_back_to_an_earlier_day_alarms_it(sealer, home, services, database_url):
    work(services)
    sealer.seal_once()
    witness(home, LogInDatabase(database_url), NOW)
    change(
        database_url,
        "DELETE FROM log_checkpoints WHERE size > (SELECT min(size) FROM log_checkpoints)",
    )
    with pytest.raises(WitnessAlarm, match="log-shrunk"):
        witness(home, LogInDatabase(database_url), NOW)


def test_a_log_sealed_anew_without_its_hand_over_alarms_it(sealer, home, services, database_url):
    old = sealer.files.key()
    sealer.hand_over()
    witness(home, LogInDatabase(database_url), NOW)
    sealed_anew(sealer, database_url, old)
    with pytest.raises(WitnessAlarm, match="hand-overs-changed"):
        witness(home, LogInDatabase(database_url), NOW)
