"""Staff sign in at a real OpenID provider; its keys change, and it is not always there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from forging import good_claims, good_header, make_keys, signed, valid
from provider import CLIENT, HEAD, OTHER_CLIENT, SPECIALIST, STRANGER, provider

from application.sign_in.fetching import fetch_document
from application.sign_in.openid import (
    OpenIdSettings,
    OpenIdVerifier,
    ProviderUnreachable,
    TokenRefused,
)

ROLES = {"rfo-almaty-heads": "head@KZ-75", "rfo-almaty": "specialist@KZ-75"}


class LaterClock:
    """The clock of the machine, as that of the provider is, and what is added to it."""

    def __init__(self):
        self.later = timedelta()

    def __call__(self):
        return datetime.now(UTC) + self.later


class CountedFetch:
    """Fetches the documents, and notes which."""

    def __init__(self):
        self.urls = []

    def __call__(self, url):
        self.urls.append(url)
        return fetch_document(url)


@pytest.fixture(scope="module")
def keys():
    return make_keys()


@pytest.fixture(scope="module")
def started(keys):
    with provider(keys.private_jwks()) as started:
        yield started


@pytest.fixture
def stopped(started):
    """The provider, for a test that stops it or starts it with other keys."""
    yield started
    started.stop()
    started.start()


@pytest.fixture
def settings(started):
    return OpenIdSettings(issuer=started.issuer, audience=CLIENT, roles=ROLES)


@pytest.fixture
def later():
    return LaterClock()


@pytest.fixture
def fetch():
    return CountedFetch()


@pytest.fixture
def verifier(settings, later, fetch):
    return OpenIdVerifier(settings, later, fetch)


@pytest.mark.parametrize(
    ("person", "name", "role"),
    [
        (HEAD, "Демо Заведующая", "head@KZ-75"),
        (SPECIALIST, "Демо Специалист", "specialist@KZ-75"),
        (STRANGER, "Демо Гость", None),
    ],
)
def test_who_signs_in_has_the_role_of_their_group(started, settings, verifier, person, name, role):
    identity = verifier.verify(started.sign_in(person))

    assert (identity.issuer, identity.subject) == (started.issuer, person)
    assert identity.name == name
    assert "everybody" in identity.groups
    assert settings.role_of(identity.groups) == role


def test_a_sign_in_at_another_system_is_not_one_here(started, verifier):
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(started.sign_in(HEAD, OTHER_CLIENT))
    assert refused.value.reason == "audience"


def test_a_sign_in_ends_in_its_own_time(started, verifier, later):
    token = started.sign_in(HEAD)
    later.later = timedelta(minutes=59)
    assert verifier.verify(token).subject == HEAD
    later.later = timedelta(minutes=61)
    with pytest.raises(TokenRefused) as refused:
        verifier.verify(token)
    assert refused.value.reason == "expired"


def test_new_keys_of_the_provider_are_followed(stopped, verifier, later):
    old = stopped.sign_in(HEAD)
    verifier.verify(old)
    stopped.stop()
    stopped.start([{**jwk, "kid": f"new-{jwk['kid']}"} for jwk in make_keys().private_jwks()])
    later.later = timedelta(seconds=11)

    assert verifier.verify(stopped.sign_in(HEAD)).subject == HEAD
    with pytest.raises(TokenRefused):
        verifier.verify(old)


def test_a_dropped_key_is_known_for_ten_minutes_at_most(stopped, verifier, later):
    old = stopped.sign_in(HEAD)
    verifier.verify(old)
    stopped.stop()
    stopped.start(make_keys().private_jwks())
    later.later = timedelta(minutes=9)
    assert verifier.verify(old).subject == HEAD
    later.later = timedelta(minutes=10)
    with pytest.raises(TokenRefused):
        verifier.verify(old)


def test_tokens_are_verified_without_asking_the_provider_each_time(started, verifier, fetch):
    for person in (HEAD, SPECIALIST, STRANGER):
        verifier.verify(started.sign_in(person))
    assert fetch.urls == [
        f"{started.issuer}/.well-known/openid-configuration",
        f"{started.issuer}/oauth/jwks.json",
    ]


def test_invented_keys_do_not_drown_the_provider(keys, settings, verifier, later, fetch):
    claims = good_claims(settings, later(), exp=int(later().timestamp()) + 3600)
    storm = [
        signed(keys.rsa, "RS256", good_header() | {"kid": f"invented-{number}"}, claims)
        for number in range(200)
    ]
    honest = signed(keys.rsa, "RS256", good_header(), claims)
    verifier.verify(honest)

    for seconds, documents in ((1, 2), (9, 2), (11, 4), (15, 4), (22, 6)):
        later.later = timedelta(seconds=seconds)
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(lambda token: answer(verifier, token), storm)) == {TokenRefused}
        assert len(fetch.urls) == documents
        assert verifier.verify(honest).subject == HEAD


def test_many_at_once_fetch_the_keys_once(started, verifier, fetch):
    token = started.sign_in(HEAD)
    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(lambda _: answer(verifier, token), range(64))) == {HEAD}
    assert len(fetch.urls) == 2


def test_what_is_known_does_for_an_hour_while_the_provider_is_away(
    keys, settings, stopped, verifier, later, fetch
):
    verifier.verify(stopped.sign_in(HEAD))
    stopped.stop()
    for minutes in (9, 11, 30, 59):
        later.later = timedelta(minutes=minutes)
        assert verifier.verify(valid(keys, settings, later())).subject == HEAD
    asked = len(fetch.urls)
    verifier.verify(valid(keys, settings, later()))
    assert len(fetch.urls) == asked
    unknown = signed(
        keys.rsa, "RS256", good_header() | {"kid": "new"}, good_claims(settings, later())
    )
    with pytest.raises(ProviderUnreachable):
        verifier.verify(unknown)
    later.later = timedelta(minutes=61)
    with pytest.raises(ProviderUnreachable):
        verifier.verify(valid(keys, settings, later()))


def test_nobody_is_known_before_the_provider_was_ever_reached(
    keys, settings, stopped, verifier, later, fetch
):
    token = stopped.sign_in(HEAD)
    stopped.stop()
    with pytest.raises(ProviderUnreachable):
        verifier.verify(token)
    with pytest.raises(ProviderUnreachable):
        verifier.verify(token)
    assert len(fetch.urls) == 1
    stopped.start()
    later.later = timedelta(seconds=11)
    assert verifier.verify(token).subject == HEAD


def test_a_provider_that_names_itself_otherwise_is_not_believed(started, later):
    settings = OpenIdSettings(issuer=started.issuer + "/", audience=CLIENT, roles=ROLES)
    token = valid(make_keys(), settings, later())
    with pytest.raises(ProviderUnreachable, match="names itself otherwise"):
        OpenIdVerifier(settings, later).verify(token)


def answer(verifier, token):
    """Return who it is, or the kind of refusal."""
    try:
        return verifier.verify(token).subject
    except TokenRefused:
        return TokenRefused
