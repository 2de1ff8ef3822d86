"""What the domain answers when it will not do what was asked.

A refusal is an answer, not a failure: it has a stable ``code`` (part of the
published interface), the ``facts`` a reader needs to act on it, and it leaves
no event. Its words in Russian, Kazakh and English are made at the edge.
"""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818  A refusal reads as an answer: OrganizationNotVerified.
    """A rule said no."""

    code: ClassVar[str]

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class InvalidValue(Refusal):
    """One value of a command is wrong in itself, whatever the state of the case."""

    def __init__(self, field: str, value: object = None, **facts: object) -> None:
        super().__init__(field=field, value=value, **facts)
        self.field = field


class CommandNotAllowed(Refusal):
    """The case is in a state that does not allow the command, but the ``allowed`` ones."""

    code = "wrong-state"

    def __init__(self, command: str, state: str, allowed: tuple[str, ...]) -> None:
        super().__init__(command=command, state=state, allowed=allowed)
        self.command = command
        self.allowed = allowed
