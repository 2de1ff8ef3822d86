"""Auditors annotate cases: in streams apart, so that no case learns of it."""

from datetime import date
from typing import Any
from uuid import UUID

from application.case_types import ANNOTATION, DOCUMENT, ORGANIZATION, REQUEST, STAFF, VERIFICATION
from application.read_models.annotation_lists import ANNOTATIONS
from application.read_models.lists import ListQuery
from application.streams import CaseNotFound, CaseRef, Stream, begin
from application.use_cases.case_work import CaseWork
from domain.actors import Occasion
from domain.annotation import Annotation

AnnotationStream = Stream[Annotation]
WITH_HISTORY = (ORGANIZATION, VERIFICATION, REQUEST, DOCUMENT, STAFF)


class AnnotationUseCases(CaseWork):
    """What auditors note about cases."""

    def any_case(self, case_id: UUID, **past: Any) -> Stream[Any]:
        """Return the case of the id, of whatever kind it is, as it is or was."""
        for case_type in WITH_HISTORY:
            try:
                return self.case(case_type, case_id, **past)
            except CaseNotFound:
                continue
        raise CaseNotFound(id=case_id)

    def add_annotation(
        self, on: Occasion, *, case_id: UUID, text: str, version: int | None = None
    ) -> AnnotationStream:
        """Note something about a case, or about the event of one of its versions."""
        about = self.any_case(case_id)
        added = Annotation.add(
            on,
            case_type=about.case_type.name,
            case_id=about.id,
            last=about.version,
            text=text,
            version=version,
        )
        return self.keep(on, begin(ANNOTATION, self.new_id(), added))

    def withdraw_annotation(self, ref: CaseRef, on: Occasion, *, reason: str) -> AnnotationStream:
        """Take a note back; it stays on record, with the reason."""
        return self.act(ANNOTATION, ref, on, lambda note, on: note.withdraw(on, reason=reason))

    def annotations_of(self, case_id: UUID, today: date) -> list[dict[str, Any]]:
        """Return all that stands or stood noted about the case, the oldest first."""
        query = ListQuery(today=today, filters={"case_id": case_id}, order="created_at")
        return [row for batch in self.queries.batches(ANNOTATIONS, query) for row in batch]
