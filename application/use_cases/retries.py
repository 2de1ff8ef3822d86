"""A command that is sent again with its key has one effect and one answer."""

from collections.abc import Callable
from typing import Any

from application.attempts import AttemptedOccasion
from application.case_types import CASE_TYPES
from application.persistence.vault import SubjectErased
from application.save_outcomes import KeyReused, KeyUsed, OutcomeUnknown
from application.streams import Stream
from application.use_cases.case_work import CaseWork
from domain.actors import Occasion
from domain.refusals import Refusal

_BY_NAME = {each.name: each for each in CASE_TYPES}


class Retries(CaseWork):
    """Looks for the first answer where a command could not be done, or may have been."""

    def once(self, on: Occasion, command: Callable[[], Stream[Any]]) -> Stream[Any]:
        """Do the command, or return the case as it was when the same key did it before.

        Nothing is looked up for a command that succeeds: a key that has been used stands
        in the way of the save itself, also of one that runs at the same moment.
        """
        try:
            return command()
        except (Refusal, KeyUsed, OutcomeUnknown):
            done = self._done_before(on)
            if done is None:
                raise
            return done

    def _done_before(self, on: Occasion) -> Stream[Any] | None:
        found = self.attempt(on)
        if found is None:
            return None
        if not found["asked"]:  # Somebody of whom it told was erased since.
            raise SubjectErased
        if not isinstance(on, AttemptedOccasion) or not self.vault.is_marked(
            on.attempt.asked, found["asked"]
        ):
            raise KeyReused
        return self.case(_BY_NAME[found["case_type"]], found["case_id"], version=found["version"])
