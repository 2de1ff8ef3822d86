"""The witness whom the service of the tests knows, and checkpoints for it to cosign."""

import psycopg
from shown_log import ALog, a_witness

WITNESS = a_witness("auditor.example/witness")
NOW = 1_772_434_800


def publish(database_url: str, log: ALog) -> int:
    """Put the head of a log and its hand-overs where the service shows them; return the size."""
    head, note = log.head(), log.checkpoint()
    with psycopg.connect(database_url) as connection:
        connection.execute("DELETE FROM log_checkpoints WHERE size = %s", [head.size])
        connection.execute("INSERT INTO log_checkpoints VALUES (%s, %s, now())", [head.size, note])
        connection.execute("DELETE FROM log_hand_overs")
        for number, each in enumerate(log.passed_on, 1):
            connection.execute("INSERT INTO log_hand_overs VALUES (%s, %s)", [number, each.written])
    return head.size


def cosigned(log: ALog, key=WITNESS, seconds: int = NOW) -> str:
    """Return the line of a witness under the head of a log."""
    return log.note().cosigned(key, seconds).lines[-1]
