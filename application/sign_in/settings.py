"""What is agreed with the OpenID provider of the offices."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from domain.actors import Role

MOST_LEEWAY = 30


class OpenIdSettings(Struct, frozen=True, kw_only=True):
    """Whose tokens are believed, and which role at which office a group of theirs gives.

    ``leeway`` is how many seconds the clocks of the provider and of the service may differ.
    """

    issuer: str
    audience: str
    roles: Mapping[str, str]
    groups_claim: str = "groups"
    name_claim: str = "name"
    leeway: int = 10

    def __post_init__(self) -> None:
        if not (self.issuer and self.audience):
            raise ValueError("An issuer and an audience are needed")
        if not 0 <= self.leeway <= MOST_LEEWAY:
            message = f"The leeway is {self.leeway} seconds, not 0 to {MOST_LEEWAY}"
            raise ValueError(message)
        check_roles(self.roles)

    def role_of(self, groups: Collection[str]) -> str | None:
        """Return the role and the office of the first group in the order of the settings."""
        return next((role for group, role in self.roles.items() if group in groups), None)


def check_roles(mapping: Mapping[str, str]) -> None:
    """Refuse an entry that is not like ``rfo-almaty-heads`` to ``head@KZ-75``."""
    for group, text in mapping.items():
        role, _, office = text.partition("@")
        if not group.strip() or role not in {*Role} or not office.strip() or "@" in office:
            message = f"{group!r}: {text!r} is not <role>@<office> with a role of {', '.join(Role)}"
            raise ValueError(message)
