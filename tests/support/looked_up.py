"""Phones that are known by their keyed hash: what somebody with the key file could find out."""

from collections.abc import Sequence
from typing import Any

import psycopg

from application.persistence.key_file import KeyFile
from application.persistence.look_ups import LookUps

HASHED = """
SELECT count(*) FROM organizations WHERE identifiers && (
    SELECT array_agg('phone:' || hash) FROM unnest(%s::text[]) AS hash)
"""


def hashes_found(connection: psycopg.Connection[Any], keys: KeyFile, phones: Sequence[str]) -> int:
    """Return how many organizations a key file finds by the phones of their people."""
    hashes = [hash_of(phone) for hash_of in LookUps(keys).every_lookup for phone in phones]
    return int(connection.execute(HASHED, [hashes]).fetchall()[0][0])
