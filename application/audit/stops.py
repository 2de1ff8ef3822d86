"""Why the sealer stops: each reason has a code, by which its words are found."""

from typing import Any


class SealingStopped(Exception):  # noqa: N818  It is what was found, not an error of ours.
    """What is stored is not what was signed, or cannot be sealed; nothing more was signed."""

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts
