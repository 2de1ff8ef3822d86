"""Why somebody is not let in. None of it says whether there is such an account."""

from domain.refusals import Refusal


class NotSignedIn(Refusal):
    """The request names nobody, or a token that is not, or no longer, good."""

    code = "not-signed-in"


class SignInRefused(Refusal):
    """Login and password do not go together."""

    code = "sign-in-refused"


class SignInThrottled(Refusal):
    """Too many attempts to sign in; ``retry_after`` is the seconds to wait."""

    code = "sign-in-throttled"


class PasswordChangeDue(Refusal):
    """The first password is to be replaced by one of their own, while signing in."""

    code = "password-change-due"


class TooManyRequests(Refusal):
    """The account or the address sends more than its share; ``retry_after`` is in seconds."""

    code = "too-many-requests"
