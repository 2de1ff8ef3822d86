"""Why the data of a person is not erased, or not held."""

from domain.refusals import InvalidValue, Refusal


class SubjectHeld(Refusal):
    """The data has to be kept: by which ``office``, why, and until when."""

    code = "subject-held"


class AccountOpen(Refusal):
    """The person works here: their account is closed before they are erased."""

    code = "account-open"


class HoldInPast(InvalidValue):
    """A hold that ends before today holds nothing."""

    code = "hold-in-past"
