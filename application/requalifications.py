"""Which verification a change of an organization asks to be made anew, since when and why."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from application.streams import Stream
from domain.organization import Organization
from domain.rules.requalification import Material


class AskedToReverify(Struct, frozen=True):
    """The verification that held when material details changed, which they were, and since when.

    A later decision is another verification: it has been made knowing of the change.
    """

    verification_id: UUID
    since: datetime
    changed: tuple[Material, ...]


def asked_to_reverify(stream: Stream[Organization]) -> AskedToReverify | None:
    """Return what is asked for, if a material change was ever made."""
    changes = [
        (event, event.requalification)
        for event in stream.events
        if isinstance(event, Organization.DetailsChanged) and event.requalification
    ]
    if not changes:
        return None
    last = changes[-1][1].verification_id
    of_last = [(event, asked) for event, asked in changes if asked.verification_id == last]
    changed = {each for _, asked in of_last for each in asked.changed}
    ordered = tuple(each for each in Material if each in changed)
    return AskedToReverify(last, of_last[0][0].recorded_at, ordered)
