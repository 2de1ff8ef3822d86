"""People whom a real identity provider knows, and tokens that somebody has made up."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from forged_tokens import forged, make_keys, valid
from msgspec.structs import replace
from people import People
from provider import CLIENT, HEAD, SPECIALIST, STRANGER, provider

from application import bootstrap
from application.databases import StartRefused
from application.services import Services
from application.sign_in.settings import OpenIdSettings
from web.app import create_app

ROLES = {"rfo-almaty-heads": "head@KZ-75", "rfo-almaty": "specialist@KZ-75"}


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def keys():
    return make_keys()


@pytest.fixture(scope="module")
def started(keys):
    with provider(keys.private_jwks()) as started:
        yield started


@pytest.fixture
def trusted(started) -> OpenIdSettings:
    return OpenIdSettings(issuer=started.issuer, audience=CLIENT, roles=ROLES)


@pytest.fixture
def open_office(services, settings, database_url, trusted) -> Iterator[Services]:
    """The application that believes the provider, at the provider's own time."""
    believing = replace(settings, openid=trusted)
    with bootstrap.build(believing, database_url, clock=now) as built:
        yield built


@pytest.fixture
def app(open_office) -> Flask:
    return create_app(open_office)


def me(app, token):
    return app.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


def account(app, open_office, staff_id):
    headers = People(open_office).headers("administrator@KZ")
    return app.test_client().get(f"/api/v1/staff/{staff_id}", headers=headers).get_json()


def test_somebody_in_a_group_has_an_account_from_the_first_request(app, started, open_office):
    token = started.sign_in(HEAD)
    first, again = me(app, token).get_json(), me(app, token).get_json()

    assert first == again
    assert (first["role"], first["office"]) == ("head", "KZ-75")
    told = account(app, open_office, first["staff_id"])
    assert [each["granted_by"] for each in told["roles"]] == ["identity-provider"]
    assert told["login"] is None


def test_somebody_in_no_group_of_ours_is_not_let_in(app, started):
    assert me(app, started.sign_in(STRANGER)).status_code == 401


def test_the_role_follows_the_groups(app, started, keys, trusted, open_office):
    def with_groups(*groups: str):
        return me(app, valid(keys, trusted, now(), sub="7", groups=list(groups)))

    specialist = with_groups("rfo-almaty").get_json()
    head = with_groups("rfo-almaty-heads").get_json()
    assert (specialist["role"], head["role"]) == ("specialist", "head")
    assert specialist["staff_id"] == head["staff_id"]
    assert with_groups("others").status_code == 401
    told = account(app, open_office, head["staff_id"])["roles"]
    assert [(each["role"], bool(each["revoked_at"])) for each in told] == [
        ("specialist", True),
        ("head", True),
    ]
    assert with_groups("rfo-almaty").get_json()["role"] == "specialist"


def test_an_account_that_was_closed_here_stays_closed(app, started, open_office):
    token = started.sign_in(SPECIALIST)
    staff_id = me(app, token).get_json()["staff_id"]
    headers = {
        **People(open_office).headers("administrator@KZ"),
        "If-Match": "*",
        "Idempotency-Key": "close",
    }
    path = f"/api/v1/staff/{staff_id}/close"
    closed = app.test_client().post(path, json={"reason": "Уволен"}, headers=headers)
    assert closed.status_code == 200
    assert me(app, token).status_code == 401


def test_what_an_administrator_ends_is_not_given_back_by_the_same_token(
    app, started, keys, trusted, open_office
):
    early = now() - timedelta(seconds=60)
    token = valid(keys, trusted, early, sub="8", groups=["rfo-almaty-heads"])
    staff_id = me(app, token).get_json()["staff_id"]
    for command, body in (("end-sessions", {}), ("revoke-role", {"role": "head"})):
        headers = {
            **People(open_office).headers("administrator@KZ"),
            "If-Match": "*",
            "Idempotency-Key": command,
        }
        path = f"/api/v1/staff/{staff_id}/{command}"
        ended = app.test_client().post(path, json={"reason": "Спор", **body}, headers=headers)
        assert ended.status_code == 200
        assert me(app, token).status_code == 401
    soon = int(now().timestamp()) + 2
    later = valid(keys, trusted, now(), sub="8", groups=["rfo-almaty-heads"], iat=soon)
    answer = me(app, later)
    assert (answer.status_code, answer.get_json().get("role")) == (200, "head"), answer.get_json()


def test_an_older_token_does_not_bring_an_older_role_back(app, started, keys, trusted):
    def said(seconds_ago: int, group: str):
        moment = now() - timedelta(seconds=seconds_ago)
        return me(app, valid(keys, trusted, moment, sub="9", groups=[group]))

    assert said(90, "rfo-almaty-heads").get_json()["role"] == "head"
    assert said(60, "rfo-almaty").get_json()["role"] == "specialist"
    assert said(90, "rfo-almaty-heads").status_code == 401
    assert said(60, "rfo-almaty").get_json()["role"] == "specialist"


def test_many_first_requests_at_once_make_one_account(app, started, keys, trusted):
    token = valid(keys, trusted, now(), sub="10", groups=["rfo-almaty"])
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: me(app, token), range(6)))
    assert {each.status_code for each in answers} == {200}
    assert len({each.get_json()["staff_id"] for each in answers}) == 1


def test_a_group_that_gives_what_there_is_not_is_told_at_the_start(
    settings, database_url, services, trusted
):
    for given in ("administrator@KZ-75", "head@KZ-99"):
        wrong = replace(settings, openid=replace(trusted, roles={"group": given}))
        with (
            pytest.raises(StartRefused, match="FRONTOFFICE_OIDC_ROLES"),
            bootstrap.build(wrong, database_url, clock=now),
        ):
            pass


def test_nobody_comes_in_while_the_provider_cannot_be_asked(
    services, settings, database_url, keys, trusted
):
    gone = replace(trusted, issuer="http://127.0.0.1:1")
    believing = replace(settings, openid=gone)
    with bootstrap.build(believing, database_url, clock=now) as built:
        answer = me(create_app(built), valid(keys, gone, now()))
    assert (answer.status_code, answer.get_json()["code"]) == (
        503,
        "identity-provider-unreachable",
    )
    assert answer.headers["Retry-After"]


def test_no_forged_token_is_accepted_and_none_is_an_error(app, keys, trusted, open_office):
    """Those that a header can carry; the others are no header at all."""
    client, answers = app.test_client(), {}
    for name, token in forged(keys, trusted, now()):
        try:
            bearer = {"Authorization": f"Bearer {token}".encode("latin-1").decode("latin-1")}
            answers[name] = client.get("/api/v1/me", headers=bearer).status_code
        except (UnicodeEncodeError, ValueError):
            continue
    assert len(answers) >= 500
    assert set(answers.values()) == {401}
    assert me(app, valid(keys, trusted, now(), groups=["rfo-almaty"])).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "bearer {token}x",
        "Bearer {token} {token}",
        "Bearer {token},",
        "Token {token}",
        "{token}",
        "Bearer fo_",
        "Bearer fo_" + "A" * 43,
        "Bearer FO_{token}",
        "Bearer {token}" + "=" * 9000,
        "Bearer {refresh}",
    ],
)
def test_what_is_no_token_of_ours_lets_nobody_in(app, open_office, header):
    people = People(open_office)
    session = open_office.desk.sessions.begin(people.account("specialist@KZ-75"))
    told = header.format(token=session.access_token, refresh=session.refresh_token)
    answer = app.test_client().get("/api/v1/me", headers={"Authorization": told})
    assert (answer.status_code, answer.headers["WWW-Authenticate"].split()[0]) == (401, "Bearer")
    assert me(app, session.access_token).status_code == 200
