"""What is kept of passwords and tokens: hashes only, and nothing for longer than needed."""

import base64
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import psycopg
import pytest
from people import ADMINISTRATOR
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from application.scopes import Scope, View
from application.sign_in.passwords import (
    PasswordTooShort,
    PasswordTooWeak,
    check_password,
    matches,
)
from application.sign_in.refusals import NotSignedIn, SignInRefused, SignInThrottled
from application.sign_in.tokens import token_hash
from application.streams import CaseRef
from domain.actors import Actor, Occasion, Role, StaffId

OWN = "четыре рыжих кота едят арбуз"
LOGIN = "a.primerova"
NOBODY = Actor(StaffId("nobody"), Role.SERVICE, "KZ")


class Desk:
    """The desk of the service, and the registry of accounts behind it."""

    def __init__(self, services, database_url):
        self.services = services
        self.database_url = database_url
        self.accounts = services.front_offices.of(Scope(View.REGISTRY))
        self.sessions = services.desk.sessions

    def on(self):
        return self.services.occasion(ADMINISTRATOR, cause="test")

    def account(self, login=LOGIN, role=Role.SPECIALIST):
        """Create an account; return its id and its first password."""
        told = []
        made = self.accounts.create_account(
            self.on(),
            office="KZ-75",
            post="Специалист",
            name="А. Примерова",
            login=login,
            roles=(role,),
            tell=told.append,
        )
        return made.id, told[0]

    def sign_in(self, password, login=LOGIN, new_password=None):
        now = self.services.clock()
        on = Occasion(by=NOBODY, recorded_at=now, today=now.date(), cause="192.0.2.1")
        desk = self.services.desk
        return desk.sign_in(on, login=login, password=password, new_password=new_password)

    def own(self, login=LOGIN, password=OWN):
        """Create an account with a password of its own; return its id and a session."""
        account_id, first = self.account(login)
        return account_id, self.sign_in(first, login, password)

    def who(self, session):
        return self.sessions.caller(session.access_token, "192.0.2.1").actor

    def stored(self, statement):
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(statement).fetchall()

    def everything_stored(self):
        """Return every row of every table, as text and with its bytes read as text."""
        tables = self.stored("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert {"sessions", "credentials", "case_events", "reads"} <= {name for (name,) in tables}
        rows = [self.stored(f'SELECT "{name}"::text FROM "{name}"') for (name,) in tables]
        states = self.stored("SELECT convert_from(state, 'UTF8') FROM case_events")
        return str(rows) + str(states)


@pytest.fixture
def desk(services, database_url):
    return Desk(services, database_url)


def ways_to_write(secret):
    """Return the secret as it stands in a text, in bytes shown as hex, and in base64."""
    raw = secret.encode()
    yield secret
    yield raw.hex()
    yield base64.b64encode(raw).decode().rstrip("=")[:-1]


def test_no_table_holds_a_password_or_a_token(desk):
    account_id, first = desk.account()
    assert desk.sessions.begin(account_id)
    session = desk.sign_in(first, new_password=OWN)
    renewed = desk.sessions.renew(session.refresh_token)
    tokens = [session.access_token, session.refresh_token]
    tokens += [renewed.access_token, renewed.refresh_token]

    assert desk.stored("SELECT count(*) FROM sessions") == [(1,)]
    stored = desk.everything_stored()
    assert str(account_id) in stored
    assert token_hash(renewed.access_token).hex() in stored
    for secret in (first, OWN, *tokens, *(token.removeprefix("fo_") for token in tokens)):
        assert not [text for text in ways_to_write(secret) if text in stored]


def test_a_login_is_kept_sealed_and_found_by_a_keyed_hash(desk):
    desk.own("zeppelin.person")
    assert "zeppelin" not in desk.everything_stored()
    assert desk.sign_in(OWN, "Zeppelin.Person ")


def test_a_password_is_kept_as_a_salted_argon2id_hash_that_costs_what_owasp_asks(desk):
    for login in ("one", "two"):
        desk.own(login)
    kept = [each for (each,) in desk.stored("SELECT password_hash FROM credentials")]

    assert len({*kept}) == 2
    for each in kept:
        _, kind, version, cost, salt, digest = each.split("$")
        assert (kind, version, cost) == ("argon2id", "v=19", "m=19456,t=2,p=1")
        assert (len(salt), len(digest)) == (22, 43)  # 16 and 32 bytes.


def test_tokens_are_random_and_none_is_like_another(desk):
    account_id, _ = desk.account()
    sessions = [desk.sessions.begin(account_id) for _ in range(100)]
    tokens = {token for each in sessions for token in (each.access_token, each.refresh_token)}

    assert len(tokens) == 200
    raw = [base64.urlsafe_b64decode(token.removeprefix("fo_") + "=") for token in tokens]
    assert {len(each) for each in raw} == {32}
    assert all(len({each[place] for each in raw}) > 50 for place in range(32))


def test_a_token_is_whose_it_is_and_nobody_elses(desk):
    accounts = {desk.account(login)[0] for login in ("one", "two", "three")}
    sessions = {each: desk.sessions.begin(each) for each in accounts}
    assert {each: desk.who(session).staff_id for each, session in sessions.items()} == {
        each: str(each) for each in accounts
    }


def test_of_two_who_renew_at_once_one_is_a_thief_and_both_are_out(desk):
    account_id, _ = desk.account()
    for _ in range(10):
        session = desk.sessions.begin(account_id)

        def renew(_, token=session.refresh_token):
            try:
                return desk.sessions.renew(token)
            except NotSignedIn:
                return None

        with ThreadPoolExecutor(4) as pool:
            won = [each for each in pool.map(renew, range(4)) if each is not None]
        assert len(won) == 1
        for each in (session, *won):
            with pytest.raises(NotSignedIn):
                desk.who(each)
            with pytest.raises(NotSignedIn):
                desk.sessions.renew(each.refresh_token)


def test_sessions_that_have_ended_are_forgotten(desk, services, clock):
    account_id, _ = desk.account()
    desk.sessions.begin(account_id)
    clock.now += timedelta(hours=11)
    going_on = desk.sessions.begin(account_id)
    clock.now += timedelta(minutes=65)
    services.tidy_up()

    assert desk.stored("SELECT count(*) FROM sessions") == [(1,)]
    assert desk.sessions.renew(going_on.refresh_token)


def test_rates_of_days_ago_are_forgotten(desk, services, clock):
    with pytest.raises(SignInRefused):
        desk.sign_in(OWN, "nobody")
    assert desk.stored("SELECT count(*) FROM rates") == [(3,)]
    desk.services.front_office.registry.forget_old(clock.now + timedelta(days=20_000))
    assert desk.stored("SELECT count(*) FROM rates") == [(0,)]


def test_addresses_and_logins_are_kept_for_the_rates_by_hash_or_not_for_long(desk):
    with pytest.raises(SignInRefused):
        desk.sign_in(OWN, "zeppelin.person")
    (keys,) = zip(*desk.stored("SELECT key FROM rates"), strict=True)
    assert not [key for key in keys if "zeppelin" in key]


def test_an_account_closed_in_between_renews_nothing(desk):
    account_id, session = desk.own()
    other = desk.sessions.begin(account_id)
    desk.accounts.close_account(CaseRef(account_id), desk.on(), reason="Уволен")

    assert desk.stored("SELECT count(*) FROM sessions") == [(0,)]
    for each in (session, other):
        with pytest.raises(NotSignedIn):
            desk.sessions.renew(each.refresh_token)


def test_a_session_begun_as_the_account_is_closed_is_good_for_nothing(desk):
    account_id, _ = desk.own()
    desk.accounts.close_account(CaseRef(account_id), desk.on(), reason="Уволен")
    late = desk.sessions.begin(account_id)  # The password was checked just before.
    with pytest.raises(NotSignedIn):
        desk.who(late)
    with pytest.raises(NotSignedIn):
        desk.sessions.renew(late.refresh_token)


def refused(desk, password):
    _, first = desk.account()
    with pytest.raises((PasswordTooShort, PasswordTooWeak)) as caught:
        desk.sign_in(first, new_password=password)
    assert desk.stored("SELECT must_change FROM credentials") == [(True,)]
    assert password not in (str(caught.value) + repr(caught.value.facts)) or not password
    return type(caught.value)


@pytest.mark.parametrize("password", ["", "x7$Kq!2pLz9", "жук"])
def test_a_password_has_at_least_twelve_characters(desk, password):
    assert refused(desk, password) is PasswordTooShort


@pytest.mark.parametrize(
    "password",
    [
        *("passwordpassword", "qwertyuiop123", "123456789012", "aaaaaaaaaaaa", "iloveyou1234"),
        *("qwerty123456", "abcdefghijkl", "Password1234", "p@ssw0rdp@ssw0rd", "йцукенгшщзхъ"),
        *("парольпароль", "Пароль123456", "фывапролджэ1", "ghbdtnghbdtn", "qwertyqwerty"),
    ],
)
def test_a_password_that_others_have_is_refused(desk, password):
    assert refused(desk, password) is PasswordTooWeak


def test_no_long_password_of_the_list_of_thirty_thousand_is_accepted():
    listed = [each for each in FREQUENCY_LISTS["passwords"] if len(each) >= 12]
    assert len(listed) > 100
    accepted = []
    for each in listed:
        with suppress(PasswordTooWeak):
            check_password(each, ())
            accepted.append(each)
    assert accepted == []


@pytest.mark.parametrize(
    "password",
    [
        *("frontoffice1", "FrontOffice2026", "qazvolunteer1", "a.primerova1", "A.Primerova99"),
        *("Волонтёр2026", "волонтерволонтер", "djkjynth2026", "фронт-офис26", "Қазақстан2026"),
    ],
)
def test_a_password_made_of_what_is_known_of_the_service_or_the_login_is_refused(desk, password):
    assert refused(desk, password) is PasswordTooWeak


def test_a_first_password_is_not_kept_as_ones_own(desk):
    _, first = desk.account()
    with pytest.raises(PasswordTooWeak):
        desk.sign_in(first, new_password=first)


@pytest.mark.parametrize(
    "password",
    [
        *("correct horse battery staple", "четыре рыжих кота", "төрт сары мысық қарбыз жейді"),
        *("vuqhzmwkdrpt", "8305917264058", "🐈🐕🦆🐎🐖🐑🦙🐪🦛🦏🐘🦒🦓", " leading and trailing "),
        *("kkkTq7 blue kettle " * 4, "шесть слов и ещё раз шесть слов " * 4),
    ],
    ids=lambda password: f"{password[:16]}-{len(password)}",
)
def test_any_characters_make_a_password_and_it_is_taken_exactly_as_it_is(desk, password):
    assert 12 <= len(password) <= 128
    _, first = desk.account()
    desk.sign_in(first, new_password=password)

    assert desk.sign_in(password)
    swapped, stripped = password.swapcase(), password.strip()
    for wrong in {password[:-1], f"{password} ", password[:72], swapped, stripped} - {password}:
        with pytest.raises(SignInRefused):
            desk.sign_in(wrong)
        desk.sign_in(password)  # It gives the attempts back.


def test_a_password_longer_than_128_characters_is_refused_and_not_cut(desk):
    assert refused(desk, "correct horse battery " * 6) is PasswordTooShort


@pytest.fixture
def interrupted(monkeypatch):
    """Let something happen between the check of a password and what follows from it."""

    def then(happens):
        def checked(password, password_hash):
            good = matches(password, password_hash)
            monkeypatch.setattr("application.sign_in.desk.matches", matches)
            happens()
            return good

        monkeypatch.setattr("application.sign_in.desk.matches", checked)

    return then


@pytest.mark.parametrize("new_password", [None, "шесть зелёных ежей"], ids=["kept", "changed"])
def test_a_password_that_is_reset_while_it_is_checked_lets_nobody_in(
    desk, interrupted, new_password
):
    account_id, session = desk.own()
    told = []
    interrupted(
        lambda: desk.accounts.reset_password(
            CaseRef(account_id), desk.on(), reason="Утечка", tell=told.append
        )
    )
    with pytest.raises(SignInRefused):
        desk.sign_in(OWN, new_password=new_password)
    with pytest.raises(NotSignedIn):
        desk.who(session)
    assert desk.sign_in(told[0], new_password="четыре синих слона")


def test_a_reset_that_is_broken_off_leaves_no_password_that_works(desk, monkeypatch):
    account_id, session = desk.own()
    monkeypatch.setattr(desk.accounts, "keep", _broken)
    with pytest.raises(ConnectionError):
        desk.accounts.reset_password(CaseRef(account_id), desk.on(), reason="Утечка")
    monkeypatch.undo()
    with pytest.raises(SignInRefused):
        desk.sign_in(OWN)
    with pytest.raises(NotSignedIn):
        desk.who(session)


def _broken(*_):
    raise ConnectionError


def test_attempts_that_are_refused_do_not_use_up_the_day(desk):
    desk.own()
    for _ in range(30):
        with pytest.raises((SignInRefused, SignInThrottled)):
            desk.sign_in("не тот пароль")
    (left,) = desk.stored("SELECT tokens FROM rates WHERE key LIKE 'locked:%'")
    assert left[0] > 14
