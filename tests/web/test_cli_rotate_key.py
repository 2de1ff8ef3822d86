"""The log's key is handed over at the machine, and the setting that names witnesses."""

import pytest
from click.testing import CliRunner
from cosigning import WITNESS
from msgspec.structs import replace
from sealing import work
from shown_log import a_key, a_witness

from application.audit.hand_overs import read_hand_over
from application.audit.notes import read_note
from application.audit.stops import SealingStopped
from application.databases import sealer_url
from application.sealer import Sealer
from application.settings import SettingsError, read_settings
from web.cli_audit import audit


@pytest.fixture
def sealer(services, settings, database_url, tmp_path, monkeypatch) -> Sealer:
    """A sealer that has signed nothing yet, and the settings by which a command finds it."""
    mine = replace(settings, sealer_dir=tmp_path / "sealer", database_url=database_url)
    monkeypatch.setattr("web.cli_rotate_key.read_settings", lambda: mine)
    return Sealer(mine, sealer_url(mine, database_url), services.clock)


def rotated():
    result = CliRunner().invoke(audit, ["rotate-key", "--language", "en"])
    if isinstance(result.exception, SealingStopped):
        raise result.exception
    return result.exit_code, result.output


def test_the_key_is_handed_over_and_the_note_is_told(sealer, services):
    with pytest.raises(SealingStopped, match="nothing-signed"):
        rotated()

    work(services)
    sealer.seal_once()
    old = sealer.files.key().signing.verifying
    code, said = rotated()
    new = sealer.files.key().signing.verifying
    note = read_hand_over(read_note(said[said.index("kzrfo-handover-v1") :].rstrip("\n") + "\n"))
    assert (code, note.old, note.new) == (0, old, new)
    assert new.vkey in said
    assert "no. 2" in rotated()[1]


def test_a_key_that_cannot_be_handed_over_stays(sealer, services):
    work(services)
    sealer.seal_once()
    (sealer.files.folder / "key.json").write_text("{}")
    with pytest.raises(SealingStopped, match="files-unusable"):
        rotated()
    assert (sealer.files.folder / "key.json").read_text() == "{}"


def named(monkeypatch, *vkeys):
    monkeypatch.setenv("FRONTOFFICE_WITNESSES", ",".join(vkeys))
    return read_settings().witnesses


def test_witnesses_are_named_by_their_keys(monkeypatch):
    other = a_witness("other.example")
    keys = (WITNESS.verifying, other.verifying)
    assert named(monkeypatch, *(key.vkey for key in keys)) == keys


@pytest.mark.parametrize(
    "vkey", ["nonsense", "", a_key().verifying.vkey, a_witness().verifying.vkey[:-4]]
)
def test_what_names_no_witness_is_told_with_the_other_settings(monkeypatch, vkey):
    monkeypatch.setenv("FRONTOFFICE_PORT", "none")
    with pytest.raises(SettingsError, match=r"(?s)FRONTOFFICE_PORT.*FRONTOFFICE_WITNESSES"):
        named(monkeypatch, WITNESS.verifying.vkey, vkey)
