"""The files of SQL statements, and the marks by which a database knows which it has."""

import hashlib
from importlib.resources import files


def sql(name: str) -> bytes:
    """Return a file of statements."""
    return files(__package__).joinpath("sql", name).read_bytes()


def mark_of(*names: str) -> str:
    """Return what tells these files from every earlier form of theirs."""
    return hashlib.sha256(b"".join(sql(name) for name in names)).hexdigest()


def mark_of_read_models() -> str:
    """Return what tells the read models: their form, and the days by which terms are derived."""
    days = files("application.reference").joinpath("working_days.csv").read_bytes()
    return hashlib.sha256(mark_of(*READ_MODEL_FILES).encode() + days).hexdigest()


RIGHTS = ("rights.sql",)
# The policies of the events look into the read models, and are said with them.
READ_MODEL_FILES = (
    *("read_models.sql", "between_cases.sql", "read_model_policies.sql"),
    *("event_policies.sql", "searching.sql"),
)
