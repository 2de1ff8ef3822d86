"""The front office's case file: one method for each thing its staff do."""

from application.use_cases.escalations import EscalationUseCases
from application.use_cases.organizations import OrganizationUseCases
from application.use_cases.requests import RequestUseCases
from application.use_cases.retries import Retries
from application.use_cases.upkeep import Upkeep
from application.use_cases.verifications import VerificationUseCases


class FrontOffice(
    OrganizationUseCases, VerificationUseCases, RequestUseCases, EscalationUseCases, Retries, Upkeep
):
    """The application. Each use case gets the case, acts on it, and saves what happened."""

    name = "case"
