"""No forged or broken token proves anybody's identity, and nothing but a refusal comes of it."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from forged_tokens import forged, make_keys, valid
from forging import KIDS
from hypothesis import given
from hypothesis import strategies as st

from application.sign_in.openid import OpenIdSettings, OpenIdVerifier, TokenRefused

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
SETTINGS = OpenIdSettings(
    issuer="https://sign-in.example.kz",
    audience="front-office",
    roles={"rfo-almaty-heads": "head@KZ-75"},
)
KEYS = make_keys()
FORGED = list(forged(KEYS, SETTINGS, NOW))
VALID = [valid(KEYS, SETTINGS, NOW, alg) for alg in KIDS]
DOCUMENTS = {
    f"{SETTINGS.issuer}/.well-known/openid-configuration": {
        "issuer": SETTINGS.issuer,
        "jwks_uri": f"{SETTINGS.issuer}/keys",
    },
    f"{SETTINGS.issuer}/keys": KEYS.public_jwks(),
}


def fetch(url):
    return json.dumps(DOCUMENTS[url]).encode()


VERIFIER = OpenIdVerifier(SETTINGS, lambda: NOW, fetch)
SEEN_AT_ONCE = ("form: ", "size: ", "twice ", "payload: ", "claims: ", "alg ", "HS", "header: alg ")


@pytest.mark.parametrize("token", [token for _, token in FORGED], ids=[name for name, _ in FORGED])
def test_a_forged_token_is_refused(token):
    with pytest.raises(TokenRefused) as refused:
        VERIFIER.verify(token)
    assert refused.value.facts == {}
    assert refused.value.reason


@pytest.mark.parametrize("kind", SEEN_AT_ONCE)
def test_for_what_is_seen_at_once_no_provider_is_asked(kind):
    unfit = OpenIdVerifier(SETTINGS, lambda: NOW, {}.__getitem__)
    tokens = [token for name, token in FORGED if name.startswith(kind)]
    assert len(tokens) > 5
    for token in tokens:
        with pytest.raises(TokenRefused):
            unfit.verify(token)


@pytest.mark.parametrize("token", VALID, ids=KIDS)
def test_a_valid_token_is_accepted(token):
    identity = VERIFIER.verify(token)

    assert (identity.issuer, identity.subject) == (SETTINGS.issuer, "demo-head")
    assert identity.name == "Демо Заведующая"
    assert SETTINGS.role_of(identity.groups) == "head@KZ-75"


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": ["another-system", "front-office"]},
        {"exp": int(NOW.timestamp()) - SETTINGS.leeway + 1, "iat": int(NOW.timestamp()) - 600},
        {"iat": int(NOW.timestamp()) + SETTINGS.leeway},
        {"nbf": NOW.timestamp() + SETTINGS.leeway},
        {"exp": NOW.timestamp() + 0.5},
        {"sub": "д" * 255},
        {"unknown": [[{"a": 1}]]},
    ],
    ids=str,
)
def test_what_is_at_the_edge_is_accepted(claims):
    assert VERIFIER.verify(valid(KEYS, SETTINGS, NOW, **claims)).issuer == SETTINGS.issuer


def test_there_are_enough_of_them_and_all_are_different():
    assert len(FORGED) >= 200
    assert Counter(name for name, _ in FORGED).most_common(1)[0][1] == 1
    assert Counter(token for _, token in FORGED).most_common(1)[0][1] == 1
    assert not {token for _, token in FORGED} & {*VALID}


@pytest.mark.parametrize(
    "token",
    [None, 1, VALID[0].encode(), [VALID[0]], {VALID[0]: True}],
    ids=lambda token: type(token).__name__,
)
def test_what_is_no_text_is_refused(token):
    with pytest.raises(TokenRefused):
        VERIFIER.verify(token)


@given(st.sampled_from(VALID), st.data())
def test_no_token_with_one_letter_changed_is_accepted(token, data):
    at = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.one_of(st.sampled_from(VALID[0]), st.characters()))
    changed = token[:at] + letter + token[at + 1 :]
    if changed != token:
        with pytest.raises(TokenRefused):
            VERIFIER.verify(changed)


@given(
    st.one_of(st.text(), st.from_regex(r"[\w-]{1,99}\.[\w-]{1,99}\.[\w-]{1,99}", fullmatch=True))
)
def test_no_other_text_is_accepted(text):
    with pytest.raises(TokenRefused):
        VERIFIER.verify(text)
