"""An account: given, its roles granted and revoked, its passwords, closed and reopened."""

from uuid import UUID

import pytest
from builders import HEAD, SPECIALIST, on
from people import actor
from specification import given

from application.case_types import STAFF
from domain.actors import Actor, Role, StaffId
from domain.personal import Personal, person
from domain.refusals import CommandNotAllowed
from domain.rules.authority import RoleForbidden
from domain.staff_account import StaffAccount, roles
from domain.staff_account.account import AccountStatus
from domain.staff_account.refusals import LoginMissing, OwnRights, RoleHeldAlready, RoleNotHeld
from domain.staff_account.roles import RoleOfAnotherOffice, RolesIncompatible
from domain.words import TextMissing

ADMINISTRATOR = actor("administrator@KZ")
PERSON = UUID(int=7)
HERSELF = Actor(StaffId(str(PERSON)), Role.ADMINISTRATOR, "KZ")
REGIONAL = (Role.SPECIALIST, Role.HEAD)
REPUBLICAN = (
    Role.REPUBLICAN_SPECIALIST,
    Role.REPUBLICAN_HEAD,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
COMMANDS = {
    "grant_role": lambda case, on: case.grant_role(on, role=Role.HEAD, reason="x"),
    "revoke_role": lambda case, on: case.revoke_role(on, role=Role.SPECIALIST, reason="x"),
    "change_post": lambda case, on: case.change_post(on, post="x"),
    "reset_password": lambda case, on: case.reset_password(on, reason="x"),
    "unlock": lambda case, on: case.unlock(on, reason="x"),
    "end_sessions": lambda case, on: case.end_sessions(on, reason="x"),
    "close_account": lambda case, on: case.close(on, reason="x"),
    "reopen_account": lambda case, on: case.reopen(on, reason="x"),
}
RIGHTS = ("grant_role", "revoke_role", "close_account", "reopen_account")


def created(office="KZ-75", **known_by):
    known_by = known_by or {"login": Personal(PERSON, "login", "aigul")}
    return StaffAccount.create(
        on(ADMINISTRATOR),
        office=office,
        post=" Специалист ",
        person=person(PERSON, "Пример Примеров"),
        **known_by,
    )


def granted(role=Role.SPECIALIST):
    return StaffAccount.RoleGranted(**on(ADMINISTRATOR).stamp, role=role, reason="x")


def revoked(role=Role.SPECIALIST):
    return StaffAccount.RoleRevoked(**on(ADMINISTRATOR).stamp, role=role, reason="x")


def closed():
    return StaffAccount.Closed(**on(ADMINISTRATOR).stamp, reason="x")


def reopened():
    return StaffAccount.Reopened(**on(ADMINISTRATOR).stamp, reason="x")


def of_provider():
    return created(identity=Personal(PERSON, "identity", "https://login.example 1"))


def after(*events, command, by=ADMINISTRATOR):
    return given(STAFF, *events).when(lambda case: COMMANDS[command](case, on(by)))


def test_an_account_begins_active_and_without_any_role():
    event = created()
    account = given(STAFF, event).state()

    assert event.post == "Специалист"
    assert (account.office, account.post, account.status) == ("KZ-75", "Специалист", "active")
    assert (account.staff_id, account.roles, account.acting_role) == (
        str(PERSON),
        frozenset(),
        None,
    )


@pytest.mark.parametrize("by", [SPECIALIST, HEAD, actor("auditor@KZ"), actor("service@KZ")])
def test_only_an_administrator_gives_accounts(by):
    with pytest.raises(RoleForbidden) as refused:
        StaffAccount.create(on(by), office="KZ-75", post="x", person=person(PERSON, "x"))
    assert refused.value.facts["roles"] == [Role.ADMINISTRATOR]


def test_a_post_has_words():
    with pytest.raises(TextMissing):
        StaffAccount.create(on(ADMINISTRATOR), office="KZ-75", post=" ", person=person(PERSON, "x"))


def test_a_granted_role_is_held_and_a_revoked_one_no_longer():
    story = given(STAFF, created())
    event = story.when(
        lambda case: case.grant_role(on(ADMINISTRATOR), role=Role.SPECIALIST, reason=" Принята ")
    ).then(StaffAccount.RoleGranted)

    assert (event.role, event.reason) == (Role.SPECIALIST, "Принята")
    assert story.state(event).acting_role is Role.SPECIALIST
    ended = after(created(), event, command="revoke_role").then(StaffAccount.RoleRevoked)
    assert given(STAFF, created(), event, ended).state().acting_role is None


def test_a_role_is_granted_once_and_revoked_only_while_it_is_held():
    both = (created(), granted(), granted(Role.HEAD))
    after(*both, command="grant_role").then_refused(RoleHeldAlready, role=Role.HEAD)
    after(created(), command="revoke_role").then_refused(RoleNotHeld, role=Role.SPECIALIST)
    ended = (created(), granted(), revoked())
    after(*ended, command="revoke_role").then_refused(RoleNotHeld, role=Role.SPECIALIST)


def test_what_the_caller_may_not_do_at_all_is_said_before_what_roles_there_are():
    after(created(), command="revoke_role", by=HEAD).then_refused(RoleForbidden)
    after(of_provider(), command="reset_password", by=HEAD).then_refused(RoleForbidden)


def test_another_post_is_recorded():
    story = given(STAFF, created())
    event = story.when(lambda case: case.change_post(on(ADMINISTRATOR), post=" Старший ")).then(
        StaffAccount.PostChanged
    )
    assert story.state(event).post == "Старший"
    story.when(lambda case: case.change_post(on(ADMINISTRATOR), post=" ")).then_refused(TextMissing)


@pytest.mark.parametrize(
    ("command", "event"),
    [
        ("reset_password", StaffAccount.PasswordReset),
        ("unlock", StaffAccount.Unlocked),
        ("end_sessions", StaffAccount.SessionsEnded),
    ],
)
def test_what_concerns_signing_in_is_recorded_and_changes_no_rights(command, event):
    story = after(created(), granted(), command=command)
    assert story.state(story.then(event)) == story.state()


def test_a_person_records_their_own_new_password_in_whatever_role():
    by = Actor(StaffId(str(PERSON)), Role.SPECIALIST, "KZ-75")
    given(STAFF, created(), granted()).when(lambda case: case.change_password(on(by))).then(
        StaffAccount.PasswordChanged
    )


@pytest.mark.parametrize("command", ["reset_password", "unlock"])
def test_who_signs_in_at_a_provider_has_no_password_here(command):
    after(of_provider(), granted(), command=command).then_refused(LoginMissing)
    assert command not in given(STAFF, of_provider()).state().actions


def test_a_closed_account_acts_in_no_role_and_keeps_the_ones_it_had():
    event = after(created(), granted(), command="close_account").then(StaffAccount.Closed)
    account = given(STAFF, created(), granted(), event).state()

    assert (account.status, account.acting_role) == (AccountStatus.CLOSED, None)
    assert account.roles == {Role.SPECIALIST}
    again = after(created(), granted(), event, command="reopen_account").then(StaffAccount.Reopened)
    assert given(STAFF, created(), granted(), event, again).state().acting_role is Role.SPECIALIST


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - {"reopen_account"}))
def test_a_closed_account_is_reopened_and_nothing_else(command):
    refused = after(created(), granted(), closed(), command=command).then_refused(CommandNotAllowed)
    assert refused.allowed == ("reopen_account",)


def test_an_account_that_is_not_closed_is_not_reopened():
    for events in ((created(),), (created(), closed(), reopened())):
        after(*events, command="reopen_account").then_refused(CommandNotAllowed)


@pytest.mark.parametrize("command", RIGHTS)
def test_nobody_decides_about_their_own_rights(command):
    ended = (closed(),) if command == "reopen_account" else ()
    after(
        created("KZ"), granted(Role.ADMINISTRATOR), *ended, command=command, by=HERSELF
    ).then_refused(OwnRights)


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - set(RIGHTS)))
def test_what_gives_no_rights_an_administrator_may_do_to_themselves(command):
    assert after(
        created("KZ"), granted(Role.ADMINISTRATOR), command=command, by=HERSELF
    )._happened()


@pytest.mark.parametrize("command", sorted(COMMANDS))
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_decides_about_accounts(command, role):
    by = Actor(StaffId("x"), role, "KZ-75")
    after(created(), granted(), command=command, by=by).then_refused(RoleForbidden, role=role)


@pytest.mark.parametrize(
    "command", sorted(COMMANDS.keys() - {"change_post", "reopen_account", "revoke_role"})
)
def test_every_decision_has_its_reason(command):
    name = {"close_account": "close"}.get(command, command)
    role = {"role": Role.SPECIALIST} if command == "grant_role" else {}
    given(STAFF, created()).when(
        lambda case: getattr(case, name)(on(ADMINISTRATOR), reason=" ", **role)
    ).then_refused(TextMissing)


@pytest.mark.parametrize("role", REGIONAL)
def test_the_roles_of_a_region_are_its_own(role):
    roles.check_role_at(role, "KZ-19")
    with pytest.raises(RoleOfAnotherOffice):
        roles.check_role_at(role, "KZ")


@pytest.mark.parametrize("role", REPUBLICAN)
def test_the_roles_of_the_republican_office_are_its_own(role):
    roles.check_role_at(role, "KZ")
    with pytest.raises(RoleOfAnotherOffice):
        roles.check_role_at(role, "KZ-19")


@pytest.mark.parametrize("office", ["KZ", "KZ-75"])
def test_a_program_may_belong_to_any_office(office):
    roles.check_role_at(Role.SERVICE, office)


def test_every_role_has_a_place():
    assert {*REGIONAL, *REPUBLICAN, Role.SERVICE} == set(Role)


@pytest.mark.parametrize("role", Role)
def test_one_person_holds_work_of_one_kind_only(role):
    beside = {frozenset(REGIONAL), frozenset(REPUBLICAN[:2])}
    for other in Role:
        together = role is other or frozenset({role, other}) in beside
        assert held_together(role, other) is together, (role, other)


def held_together(*held):
    try:
        roles.check_together(held)
    except RolesIncompatible:
        return False
    return True


def test_roles_that_do_not_go_together_are_not_granted_together():
    given(STAFF, created("KZ"), granted(Role.AUDITOR)).when(
        lambda case: case.grant_role(on(ADMINISTRATOR), role=Role.ADMINISTRATOR, reason="x")
    ).then_refused(RolesIncompatible, roles=[Role.ADMINISTRATOR, Role.AUDITOR])
    given(STAFF, created("KZ-75")).when(
        lambda case: case.grant_role(on(ADMINISTRATOR), role=Role.AUDITOR, reason="x")
    ).then_refused(RoleOfAnotherOffice, office="KZ-75")


@pytest.mark.parametrize(
    ("held", "acts"),
    [
        ((), None),
        (REGIONAL, Role.HEAD),
        (REPUBLICAN[:2], Role.REPUBLICAN_HEAD),
        *(((role,), role) for role in Role),
    ],
)
def test_an_account_acts_in_the_highest_of_its_roles(held, acts):
    assert roles.acting(held) is acts


def test_the_actions_offered_are_those_of_the_caller():
    account = given(STAFF, created(), granted()).state()
    assert set(account.actions_of(ADMINISTRATOR)) == COMMANDS.keys() - {"reopen_account"}
    assert account.actions_of(HEAD) == ()
    assert "revoke_role" not in given(STAFF, created()).state().actions_of(ADMINISTRATOR)
    assert set(account.actions_of(HERSELF)) == COMMANDS.keys() - set(RIGHTS)
