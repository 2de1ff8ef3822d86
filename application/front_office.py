"""The front office's case file: one method for each thing its staff do."""

from threading import Lock

from application.scopes import WHOLE, Scope
from application.use_cases.accounts import AccountUseCases
from application.use_cases.annotations import AnnotationUseCases
from application.use_cases.comparing import ComparingUseCases
from application.use_cases.erasures import ErasureUseCases
from application.use_cases.escalations import EscalationUseCases
from application.use_cases.feed import FeedUseCases
from application.use_cases.imports import ImportUseCases
from application.use_cases.keys import KeyUseCases
from application.use_cases.naming import NamingUseCases
from application.use_cases.requests import RequestUseCases
from application.use_cases.retries import Retries
from application.use_cases.surroundings import Surroundings
from application.use_cases.verifications import VerificationUseCases


class FrontOffice(
    ImportUseCases,
    VerificationUseCases,
    RequestUseCases,
    EscalationUseCases,
    AccountUseCases,
    AnnotationUseCases,
    NamingUseCases,
    ComparingUseCases,
    FeedUseCases,
    ErasureUseCases,
    Retries,
    KeyUseCases,
):
    """The application. Each use case gets the case, acts on it, and saves what happened."""

    name = "case"


class FrontOffices:
    """The case file as it is seen in each scope; all share their connections."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self._lock = Lock()
        self._made: dict[Scope, FrontOffice] = {}

    def of(self, scope: Scope = WHOLE) -> FrontOffice:
        """Return the case file of the scope."""
        with self._lock:
            if scope not in self._made:
                self._made[scope] = FrontOffice(self.surroundings, scope)
            return self._made[scope]
