"""What was decided about the data of a person. None of it is personal: a person is an id here."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.catalogue.codes import ErasureGround
from domain.events import Event


class Opened(Event, frozen=True, kw_only=True):
    """Something is decided about a person's data for the first time; ``subject_id`` is who."""

    TOPIC: ClassVar[str] = "subject.opened"
    subject_id: UUID


class Held(Event, frozen=True, kw_only=True):
    """The data must be kept, as a law or a court wants it: up to and with the day, or until released."""

    TOPIC: ClassVar[str] = "subject.held"
    reason: str
    until: date | None = None


class Released(Event, frozen=True, kw_only=True):
    """The hold of an office ended."""

    TOPIC: ClassVar[str] = "subject.released"
    held_by: str
    reason: str


class Erased(Event, frozen=True, kw_only=True):
    """The key of the person was destroyed, and with it all that was sealed under it.

    ``found`` says how much there was in each place that was looked at.
    """

    TOPIC: ClassVar[str] = "subject.erased"
    catalogue: str
    ground: ErasureGround
    reason: str
    found: Mapping[str, int] = {}
