"""Tokens of an OpenID provider: a signature of its own, for us, for now, and of a strict form."""

from collections.abc import Callable
from datetime import datetime

import jwt
from jwt.types import Options

from application.sign_in.answers import ProviderUnreachable, TokenRefused
from application.sign_in.claims import Identity, read_identity
from application.sign_in.fetching import fetch_document
from application.sign_in.key_set import KeySet
from application.sign_in.settings import OpenIdSettings, check_roles
from application.sign_in.token_form import ALGORITHMS, TokenForm, read_form

__all__ = [
    "Identity",
    "OpenIdSettings",
    "OpenIdVerifier",
    "ProviderUnreachable",
    "TokenRefused",
    "check_roles",
]

# The library reads the clock of the machine; the given clock has decided before.
OPTIONS: Options = {
    "require": ["exp", "iat", "iss", "aud", "sub"],
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}


class OpenIdVerifier:
    """Tells whose identity a token proves; any number of threads may ask."""

    def __init__(
        self,
        settings: OpenIdSettings,
        clock: Callable[[], datetime],
        fetch: Callable[[str], bytes] = fetch_document,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._keys = KeySet(settings.issuer, clock, fetch)

    def verify(self, token: str) -> Identity:
        """Return whose identity the token proves, or refuse it without a word of why."""
        try:
            return self._verified(token)
        except (TokenRefused, ProviderUnreachable):
            raise
        except Exception as error:
            raise TokenRefused(type(error).__name__) from error

    def _verified(self, token: str) -> Identity:
        """Check the form and the claims first: they cost nothing and ask nobody."""
        form = read_form(token)
        identity = read_identity(form.claims, self._settings, self._clock())
        self._check_signature(token, form)
        return identity

    def _check_signature(self, token: str, form: TokenForm) -> None:
        jwt.decode(
            token,
            self._keys.key(form.kid, form.alg),
            algorithms=list(ALGORITHMS),
            issuer=self._settings.issuer,
            audience=self._settings.audience,
            options=OPTIONS,
        )
