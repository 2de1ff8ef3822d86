"""Files whose first line is a secret."""

from pathlib import Path

from application.audit.witness_refusals import WitnessUnusable

_MOST = 10_000


def first_line(path: Path) -> str:
    """Return the first line of a file with a secret; say which file it is that cannot be used."""
    try:
        with path.open(encoding="utf-8") as file:
            line = file.readline(_MOST).strip()
    except (OSError, ValueError) as error:
        raise WitnessUnusable("secret-unreadable", file=path, told=str(error)) from error
    if not line or not line.isprintable():
        raise WitnessUnusable("secret-unreadable", file=path, told="empty")
    return line
