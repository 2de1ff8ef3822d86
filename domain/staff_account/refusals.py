"""Why something is not done to an account."""

from domain.refusals import Refusal


class OwnRights(Refusal):
    """Nobody decides over the rights of their own account: so there is always an administrator."""

    code = "own-rights"


class RoleHeldAlready(Refusal):
    """The account has the role."""

    code = "role-held-already"


class RoleNotHeld(Refusal):
    """The account does not have the role."""

    code = "role-not-held"


class LoginTaken(Refusal):
    """Somebody signs in with this login already."""

    code = "login-taken"


class IdentityTaken(Refusal):
    """Somebody of the identity provider has an account already."""

    code = "identity-taken"


class LoginMissing(Refusal):
    """The account has no login: its owner signs in at the identity provider."""

    code = "login-missing"
