"""A person is erased: the key is destroyed, and what was made from their values is made anew."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from msgspec.structs import replace

from application.persistence.key_file import KeyFileUnusable
from application.repeating import repeated
from application.save_outcomes import CalendarChanged, PeopleChanged
from application.streams import CaseRef
from application.use_cases.erasure_reports import ErasureReports
from application.use_cases.people_uses import Erasure, PeopleUse
from application.use_cases.subjects import Case, decided
from domain.actors import Occasion
from domain.catalogue.codes import ErasureGround
from domain.subject import Subject
from domain.subject.events import Erased

Command = Callable[[Subject, Occasion], Erased]
RESTORED = "Восстановленная копия вернула данные человека, которые были удалены"


class ErasureUseCases(ErasureReports):
    """Erases people, and keeps them erased whatever a restore has brought back."""

    def erase_subject(
        self, ref: CaseRef, on: Occasion, *, ground: ErasureGround, reason: str
    ) -> Case:
        """Destroy the key of a person, and remove all that was made from their data."""
        return self._erase(
            on,
            lambda: self.subject_at_version(ref),
            lambda state, on: state.erase(on, ground=ground, reason=reason),
        )

    def keep_erased(self, on: Occasion) -> int:
        """Erase again those whom a restore has brought back; return how many.

        Whoever was erased and is not in the list outside the database yet is put into it.

        Raises:
            KeyFileUnusable: nobody can say who was erased.

        """
        back = sorted(self.surroundings.erased.ids() - self.vault.erased())
        for subject_id in back:
            self._erase_again(subject_id, on)
        self.list_erased()
        return len(back)

    def list_erased(self) -> None:
        """Put everybody who was erased into the list outside, if it can be read."""
        with suppress(KeyFileUnusable):
            listed = self.surroundings.erased.ids()
            self.surroundings.erased.add(self.vault.erased() - listed)

    def _erase_again(self, subject_id: UUID, on: Occasion) -> None:
        self._erase(
            on,
            lambda: self.decided_about(subject_id),
            lambda state, on: state.erase_again(on, reason=RESTORED),
        )

    def _erase(self, on: Occasion, read: Callable[[], Case], command: Command) -> Case:
        saved = repeated(lambda: self._erased(on, read(), command), PeopleChanged, CalendarChanged)
        self.surroundings.erased.add([saved.state.subject_id])
        return saved

    def _erased(self, on: Occasion, stream: Case, command: Command) -> Case:
        """Save the erasure with everything that follows from it, in one statement."""
        subject_id, lookup = stream.state.subject_id, self.vault.lookup_id

        def told(state: Subject, on: Occasion) -> Erased:
            erased = command(state, on)
            found = {name: place.found for name, place in self.found(subject_id).items()}
            return replace(erased, found={k: v for k, v in found.items() if v})

        saved, remade = decided(stream, on, told), self.remade(subject_id)
        people = PeopleUse(subjects=sorted(remade.others), lookup=lookup)
        erasure = Erasure(
            subject_id=subject_id,
            cases=list(remade.versions),
            versions=list(remade.versions.values()),
        )
        return self._kept(on, [saved], [*remade.rows, people, erasure])
