"""Cryptography: values that were changed do not open, and keys can be replaced."""

import base64
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from cryptography.exceptions import InvalidTag
from msgspec.structs import replace

from application.persistence.key_file import KEY_BYTES, ensure_key_file
from application.persistence.pools import WRITER, Pools
from application.persistence.sealing import seal, unseal
from application.persistence.vault import Vault
from application.sign_in.passwords import hashed, matches
from domain.personal import Personal

CASE, SUBJECT = UUID(int=1), UUID(int=2)
KEYRING = {SUBJECT: bytes(range(32))}
NAME = Personal(SUBJECT, "name", "Канарейка Примеровна")


def test_a_sealed_value_with_any_bit_changed_does_not_open():
    sealed = seal(NAME, KEYRING, CASE, 1)
    raw = base64.b64decode(sealed["sealed"])
    assert unseal(sealed, KEYRING, CASE, 1) == NAME
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1
        broken = {**sealed, "sealed": base64.b64encode(changed).decode()}
        with pytest.raises(InvalidTag):
            unseal(broken, KEYRING, CASE, 1)
    for length in (0, 11, 12, 20, len(raw) - 1):
        cut = {**sealed, "sealed": base64.b64encode(raw[:length]).decode()}
        with pytest.raises((InvalidTag, ValueError)):
            unseal(cut, KEYRING, CASE, 1)


def test_one_value_sealed_many_times_never_looks_the_same():
    sealed = {seal(NAME, KEYRING, CASE, 1)["sealed"] for _ in range(500)}
    nonces = {base64.b64decode(each)[:12] for each in sealed}
    assert (len(sealed), len(nonces)) == (500, 500)


def test_keys_are_random_of_256_bits_and_no_two_are_the_same(tmp_path):
    files = [ensure_key_file(tmp_path / str(number) / "keys.json") for number in range(20)]
    keys = [file.key(file.current) for file in files] + [file.lookup_key for file in files]

    assert {len(key) for key in keys} == {KEY_BYTES} == {32}
    assert len(set(keys)) == 40


@pytest.fixture
def vault_with(services, database_url):
    pools = Pools(database_url, 2)
    yield lambda key_file: Vault(pools.of(WRITER), key_file)
    pools.close()


def test_a_new_key_takes_over_while_the_old_one_still_opens(vault_with, tmp_path):
    """The key of the key file is replaced by adding one and naming it the current one."""
    old = ensure_key_file(tmp_path / "keys.json")
    before, after = uuid4(), uuid4()
    kept = vault_with(old).provide([before])
    added = {**old.keys, "next": base64.b64encode(bytes(range(32))).decode()}
    new = replace(old, current="next", keys=added)

    assert vault_with(new).keys([before]) == kept
    made = vault_with(new).provide([after])
    assert vault_with(new).keys([before, after]) == {**kept, **made}
    with pytest.raises(KeyError):  # Who has the old key only cannot read what is new.
        vault_with(old).keys([after])


def test_the_key_of_a_person_is_never_stored_as_it_is(vault_with, tmp_path, database_url, services):
    file = ensure_key_file(tmp_path / "keys.json")
    subject = uuid4()
    key = vault_with(file).provide([subject])[subject]
    with services.front_office.surroundings.pools.of(WRITER).get_connection() as connection:
        row = connection.execute(
            "SELECT wrapped FROM subject_keys WHERE subject_id = %s", [subject]
        ).fetchone()
    assert key not in row["wrapped"]
    assert file.key(file.current) not in row["wrapped"]


def test_a_password_kept_at_another_cost_is_still_known():
    """Costs can be raised without asking everybody for a new password."""
    older = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=2).hash("the password")
    assert matches("the password", older)
    assert not matches("another word", older)
    assert matches("the password", hashed("the password"))
    for broken in ("", "$argon2id$", "plain words", older[:-4], older.replace("argon2id", "md5")):
        assert not matches("the password", broken)
