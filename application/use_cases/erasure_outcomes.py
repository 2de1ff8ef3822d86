"""What has become of what was found in a place, as a report has it."""

from collections.abc import Mapping

from application.case_files.erasure_report import Outcome, PlaceReport
from application.use_cases.subjects import Case
from domain.subject import Subject

# What becomes of what was found in a place.
_AFTER: Mapping[str, Outcome] = {
    "events": Outcome.UNREADABLE,
    "keys": Outcome.DESTROYED,
    "organizations": Outcome.MADE_ANEW,
    "staff": Outcome.MADE_ANEW,
    **dict.fromkeys(("documents", "attempts", "passwords", "sessions"), Outcome.REMOVED),
}
# What stays, and why it may.
_STAYS: Mapping[str, Outcome] = {
    **dict.fromkeys(("appearances", "reads"), Outcome.IDS_ONLY),
    "exports": Outcome.OUTSIDE,
}
NEVER = ("lists", "logs")


def found_before(stream: Case) -> Mapping[str, int]:
    """Return what was found when the person was erased, all times together."""
    found: dict[str, int] = {}
    for event in stream.events:
        if isinstance(event, Subject.Erased):
            found |= {name: max(found.get(name, 0), n) for name, n in event.found.items()}
    return found


def outcome_of(name: str, found: int, left: int) -> Outcome:
    """Return what has become of what was there, or why it stays."""
    if name in NEVER:
        return Outcome.NEVER_THERE
    if not found:
        return Outcome.NOTHING
    return _STAYS.get(name) or (Outcome.PRESENT if left else _AFTER[name])


def place_report(place: str, looked: int, found: int, left: int, outcome: Outcome) -> PlaceReport:
    """Return what is said of a place."""
    return PlaceReport(place=place, looked=looked, found=found, left=left, outcome=outcome)
