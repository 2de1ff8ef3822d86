"""Some hundreds of forged or broken tokens, each with a name; none may ever be accepted."""

from collections.abc import Iterator
from datetime import datetime

from forged_claims import forged_claims
from forged_forms import forged_forms
from forged_signatures import forged_signatures
from forging import ProviderKeys, make_keys, valid

from application.sign_in.openid import OpenIdSettings

__all__ = ["ProviderKeys", "forged", "make_keys", "valid"]


def forged(
    keys: ProviderKeys, settings: OpenIdSettings, now: datetime
) -> Iterator[tuple[str, str]]:
    """Return the tokens with their names; the keys are those of the provider of the settings."""
    yield from forged_claims(keys, settings, now)
    yield from forged_forms(keys, settings, now)
    yield from forged_signatures(keys, settings, now)
