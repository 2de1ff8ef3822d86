"""A backup is taken while the service works, and brings it up again somewhere else."""

import json
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from backing_up import manifest_of, other_fold, resealed, rewritten
from bodies import GROUP
from external import external_postgres, owned_database
from running import running, said
from signing_in import PHRASE

from application.persistence.key_file import read_key_file

KEYS = Path("keys/key-encryption-keys.json")
SAME = "Каждое дело складывается так же: "


@contextmanager
def short_folder():
    with tempfile.TemporaryDirectory(prefix="fo", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A running service with people and cases, and what was said of the backup it was given."""
    path = tmp_path_factory.mktemp("copies") / "backup.zip"
    with short_folder() as folder, running(folder) as service:
        group = service.call("POST", "/api/v1/organizations", WITH_CONTACT).headers["Location"]
        code, text = said("backup", str(path), data_dir=folder)
        assert code == 0, text
        yield service, group, path, text


@pytest.fixture
def backup(served):
    return served[2]


@pytest.fixture
def keys(served):
    return served[0].data_dir / KEYS


def with_key_file(data_dir, keys):
    (data_dir / KEYS).parent.mkdir(parents=True)
    shutil.copy(keys, data_dir / KEYS)
    return data_dir


def test_a_backup_says_what_is_in_it_and_what_has_to_be_kept_apart(served, backup, keys):
    _, _, path, text = served
    manifest = manifest_of(path)
    assert f"Дел: {manifest.streams}, событий: {manifest.events}" in text
    assert manifest.fingerprint in text
    assert str(keys) in text
    assert "храните его отдельно" in text
    assert list(manifest.key_ids) == [json.loads(keys.read_text())["current"]]
    assert "keep a copy of that file, apart from backups" in manifest.note
    assert backup.stat().st_mode & 0o777 == 0o600


def test_restored_on_another_machine_the_service_goes_on(served, backup, keys, data_dir):
    service, group, _, _ = served
    code, text = said("restore", str(backup), data_dir=with_key_file(data_dir, keys))
    assert code == 0, text
    assert f"{SAME}дел: {manifest_of(backup).streams}" in text
    assert said("read-models", "check", data_dir=data_dir)[0] == 0
    with running(data_dir) as restored:
        old = service.signed_in.token("specialist@KZ-75")
        assert restored.send("GET", group, token=old).status == 401
        again = {"login": "specialist@KZ-75", "password": PHRASE}
        token = restored.send("POST", "/api/v1/session", again, token=None).body["access_token"]
        shown = restored.send("GET", f"{group}/history", token=token)
        assert shown.body == service.call("GET", f"{group}/history").body


def test_a_backup_of_a_stopped_service_is_the_same(served, backup, keys, data_dir):
    said("restore", str(backup), data_dir=with_key_file(data_dir, keys))
    other = backup.with_name("stopped.zip")
    assert said("backup", str(other), data_dir=data_dir)[0] == 0
    assert manifest_of(other).fingerprint == manifest_of(backup).fingerprint


def test_what_cannot_be_done_is_said_in_a_sentence_and_leaves_nothing(
    served, backup, keys, data_dir
):
    service = served[0]
    for command, where, told in (
        ("restore", data_dir, "The key file"),
        ("restore", service.data_dir, "Another front office is running"),
        ("backup", service.data_dir, "is there already"),
        ("backup", data_dir, "is there already"),
    ):
        code, text = said(command, str(backup), data_dir=where)
        assert (code, told in text, "Traceback" in text) == (2, True, False), text
    assert list(data_dir.iterdir()) == []
    code, text = said("backup", str(data_dir / "new.zip"), data_dir=data_dir / "nothing")
    assert (code, "There is no data in" in text) == (2, True)
    with_key_file(data_dir, keys)
    shortened = data_dir / "short.zip"
    shortened.write_bytes(backup.read_bytes()[:-100])
    code, text = said("restore", str(shortened), data_dir=data_dir)
    assert (code, "is no whole backup" in text) == (2, True)
    assert not (data_dir / "postgres").exists()


def test_what_folds_otherwise_is_told_and_kept_only_if_the_rules_are_others(backup, keys, data_dir):
    def of_other_rules(manifest, members):
        other_fold(manifest, members)
        manifest["rules"] = "of yesterday"

    with_key_file(data_dir, keys)
    for change, expected, told in (
        (other_fold, 1, "Nothing was kept, the place is still empty"),
        (of_other_rules, 0, "Копию сделала другая версия сервиса"),
    ):
        changed = rewritten(backup, resealed(read_key_file(keys), change))
        code, text = said("restore", str(changed), data_dir=data_dir)
        assert (code, told in text) == (expected, True), text


def test_it_goes_from_the_embedded_server_to_an_older_one_and_back(backup, keys, data_dir):
    """The owner is no superuser, and passwords stand in the settings only."""
    with external_postgres() as server:
        owner, clerk = owned_database(server)
        urls = {"OWNER_DATABASE_URL": owner, "DATABASE_URL": clerk}
        with_key_file(data_dir, keys)
        code, text = said("restore", str(backup), data_dir=data_dir, **urls)
        assert (code, SAME in text) == (0, True), text
        code, text = said("restore", str(backup), data_dir=data_dir, **urls)
        assert (code, "The database is not empty" in text) == (2, True)
        assert said("read-models", "check", data_dir=data_dir, **urls)[0] == 0
        other = data_dir / "older.zip"
        code, text = said("backup", str(data_dir / "no.zip"), data_dir=data_dir, DATABASE_URL=clerk)
        assert (code, "FRONTOFFICE_OWNER_DATABASE_URL" in text) == (2, True)
        assert said("backup", str(other), data_dir=data_dir, **urls)[0] == 0
    older = manifest_of(other)
    assert older.fingerprint == manifest_of(backup).fingerprint
    assert older.server != manifest_of(backup).server
    code, text = said("restore", str(other), data_dir=data_dir)
    assert (code, SAME in text) == (0, True), text


WITH_CONTACT = {
    **GROUP,
    "contact_persons": [{"name": "Пример Примеров", "role": "координатор", "consent": True}],
}
