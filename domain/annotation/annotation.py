"""An annotation: written by an auditor, withdrawn by nobody else, and no part of its case.

It is a stream of its own, so that the case, its version and its history are what they were:
whoever is audited does not see what the audit notes, and no note can change what it is about.
"""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.actors import Actor, Occasion
from domain.annotation import events
from domain.case import Case
from domain.refusals import Refusal
from domain.rules import authority
from domain.versions import check_version
from domain.words import check_words


class NotTheAuthor(Refusal):
    """An annotation is withdrawn by whoever wrote it."""

    code = "not-the-author"


class AnnotationStatus(StrEnum):
    """What an annotation can be."""

    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


class Annotation(Case, frozen=True, kw_only=True):
    """An annotation as the next decision about it needs to know it."""

    author: str
    status: AnnotationStatus = AnnotationStatus.IN_FORCE

    Added: ClassVar = events.Added
    Withdrawn: ClassVar = events.Withdrawn

    @classmethod
    def add(
        cls,
        on: Occasion,
        *,
        case_type: str,
        case_id: UUID,
        last: int,
        text: str,
        version: int | None = None,
    ) -> events.Added:
        """Write something down about a case that has come to the version ``last``."""
        authority.check_role(on.by.role, "annotate")
        if version is not None:
            check_version("version", version, last)
        return cls.Added(
            **on.stamp,
            case_type=case_type,
            case_id=case_id,
            case_version=version,
            text=check_words("text", text),
        )

    @property
    def actions(self) -> tuple[str, ...]:
        """The one command, until it was withdrawn."""
        return ("withdraw_annotation",) if self.status is AnnotationStatus.IN_FORCE else ()

    def refusal_to(self, by: Actor, command: str) -> Refusal | None:
        """Return why the caller may not: only the author may."""
        refusal = super().refusal_to(by, command)
        if refusal is None and by.staff_id != self.author:
            return NotTheAuthor()
        return refusal

    def withdraw(self, on: Occasion, *, reason: str) -> events.Withdrawn:
        """Take the annotation back, with the reason."""
        self.require(on, "withdraw_annotation")
        return self.Withdrawn(**on.stamp, reason=check_words("reason", reason))
