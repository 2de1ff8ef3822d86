"""What the cases are called that others name by their ids."""

from collections.abc import Iterable
from uuid import UUID

from application.use_cases.case_work import CaseWork


class NamingUseCases(CaseWork):
    """Tells names and numbers of cases to whoever sees them."""

    def names_of_cases(self, ids: Iterable[UUID]) -> dict[str, str | None]:
        """Return the names of organizations and the numbers of cases; none that is not seen."""
        wanted = set(ids)
        return dict(self.queries.called(wanted)) if wanted else {}
