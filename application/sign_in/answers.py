"""What is answered when a token proves nothing."""

from domain.refusals import Refusal


class TokenRefused(Refusal):
    """The token proves nobody's identity; ``reason`` is for the log, never for the caller."""

    code = "token-refused"

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class ProviderUnreachable(Exception):  # noqa: N818  It reads as an answer, like a refusal.
    """The keys of the provider cannot be had, so that nothing can be said of the token."""
