"""Accounts of staff: created, given roles, closed; and their passwords, which no event holds."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from application.case_types import STAFF
from application.persistence.registry import Registry
from application.persistence.vault import SubjectErased
from application.read_models.staff_rows import login_key
from application.repeating import repeated
from application.sign_in.passwords import first_password, hashed
from application.streams import CaseRef, StaleCase, Stream, begin
from application.use_cases.case_work import CaseWork, not_before
from domain.actors import Occasion, Role
from domain.events import Event
from domain.personal import Personal, PersonalField, person
from domain.staff_account import StaffAccount
from domain.staff_account.refusals import LoginTaken

Account = Stream[StaffAccount]
Tell = Callable[[str], object]
FIRST_PASSWORD_LIFE = timedelta(days=7)


class AccountUseCases(CaseWork):
    """What an administrator does about accounts. First passwords are told once, to ``tell``."""

    def login_keys(self, login: str) -> list[str]:
        """Return the keyed hashes under which a login may stand in the list of accounts."""
        return [login_key(login, each) for each in self.vault.every_lookup]

    @property
    def registry(self) -> Registry:
        """Sessions and passwords."""
        return self.surroundings.registry

    def create_account(
        self,
        on: Occasion,
        *,
        office: str,
        post: str,
        name: str,
        login: str | None = None,
        identity: str | None = None,
        roles: Sequence[Role] = (),
        tell: Tell = lambda _: None,
        **why: Any,
    ) -> Account:
        """Give somebody an account, its first roles for the reason told, and a first password."""
        self.places.check_office(office)
        account_id = self.new_id()
        created = StaffAccount.create(
            on,
            office=office,
            post=post,
            person=person(account_id, name),
            login=_personal(account_id, "login", login),
            identity=_personal(account_id, "identity", identity),
        )
        self._check_free(login)
        stream = _with_roles(begin(STAFF, account_id, created), on, roles, {"reason": post, **why})
        saved = self.keep(on, stream)
        if login is not None:
            self._give_password(saved, on, tell)
        return saved

    def _check_free(self, login: str | None) -> None:
        """Refuse a login that is taken: the database sees only one under the same key."""
        if login is not None and self.registry.by_login(*self.login_keys(login)):
            raise LoginTaken

    def case_of(self, ref: CaseRef) -> Account:
        """Return an account."""
        return self.case(STAFF, ref.id)

    def grant_role(self, ref: CaseRef, on: Occasion, *, role: Role, reason: str) -> Account:
        """Give an account a role."""
        return self.act(
            STAFF, ref, on, lambda case, on: case.grant_role(on, role=role, reason=reason)
        )

    def revoke_role(self, ref: CaseRef, on: Occasion, *, role: Role, reason: str) -> Account:
        """End a role of an account; with the last one its sessions end too."""
        saved = self.act(
            STAFF, ref, on, lambda case, on: case.revoke_role(on, role=role, reason=reason)
        )
        if not saved.state.roles:
            self.registry.end_sessions(ref.id)
        return saved

    def change_post(self, ref: CaseRef, on: Occasion, *, post: str) -> Account:
        """Record another post."""
        return self.act(STAFF, ref, on, lambda case, on: case.change_post(on, post=post))

    def reset_password(
        self, ref: CaseRef, on: Occasion, *, reason: str, tell: Tell = lambda _: None
    ) -> Account:
        """Make a new first password, and sign everybody out.

        The old password is gone first: whatever comes between, it is no good any more.
        """
        account = self.at_version(STAFF, ref)
        told = account.then(account.state.reset_password(not_before(account, on), reason=reason))
        self.registry.forget_password(ref.id)
        self.registry.end_sessions(ref.id)
        saved = self.keep(on, told)
        self._give_password(saved, on, tell)
        self._let_in_again(saved)
        return saved

    def unlock(self, ref: CaseRef, on: Occasion, *, reason: str) -> Account:
        """Let somebody sign in again after too many wrong passwords."""
        saved = self.act(STAFF, ref, on, lambda case, on: case.unlock(on, reason=reason))
        self._let_in_again(saved)
        return saved

    def end_sessions(self, ref: CaseRef, on: Occasion, *, reason: str) -> Account:
        """Sign everybody out who is signed in with the account."""
        return self._signed_out(ref, on, lambda case, on: case.end_sessions(on, reason=reason))

    def close_account(self, ref: CaseRef, on: Occasion, *, reason: str) -> Account:
        """Close an account."""
        return self._signed_out(ref, on, lambda case, on: case.close(on, reason=reason))

    def reopen_account(self, ref: CaseRef, on: Occasion, *, reason: str) -> Account:
        """Let a closed account be used again, but that of somebody who was erased."""
        if self.case(STAFF, ref.id).first(StaffAccount.Created).person.name.value is None:
            raise SubjectErased(subject_ids=[str(ref.id)])
        return self.act(STAFF, ref, on, lambda case, on: case.reopen(on, reason=reason))

    def change_password(self, account_id: UUID, on: Occasion, old: str, new: str) -> bool:
        """Keep the hash of a new password of the person's own in place of the ``old`` one's.

        Whoever knew the old one is signed out. Nothing is done, and that is told, when an
        administrator has made another password meanwhile.
        """
        if not self.registry.replace_password(account_id, old, new):
            return False
        self.registry.end_sessions(account_id)
        repeated(
            lambda: self.act(STAFF, CaseRef(account_id), on, StaffAccount.change_password),
            StaleCase,
        )
        return True

    def _signed_out(
        self, ref: CaseRef, on: Occasion, command: Callable[[StaffAccount, Occasion], Event]
    ) -> Account:
        """Sign everybody out, and then save it: sessions never outlive what ended them."""
        account = self.at_version(STAFF, ref)
        told = account.then(command(account.state, not_before(account, on)))
        self.registry.end_sessions(ref.id)
        return self.keep(on, told)

    def _give_password(self, account: Account, on: Occasion, tell: Tell) -> None:
        """Make a first password. A program keeps its own; a person has a week to replace it."""
        password = first_password()
        is_program = Role.SERVICE in account.state.roles
        until = None if is_program else on.recorded_at + FIRST_PASSWORD_LIFE
        self.registry.set_password(
            account.id, hashed(password), must_change=not is_program, until=until
        )
        tell(password)

    def _let_in_again(self, account: Account) -> None:
        login: Any = account.first(StaffAccount.Created).login
        if login is not None and login.value:
            self.registry.give_back(*buckets_of(self.vault.lookup, login.value))


def _with_roles(
    stream: Account, on: Occasion, roles: Sequence[Role], why: Mapping[str, Any]
) -> Account:
    for role in roles:
        stream = stream.then(stream.state.grant_role(on, role=role, **why))
    return stream


def buckets_of(lookup: Callable[[str], str], login: str) -> tuple[str, str]:
    """Return the buckets that say how often somebody may try to sign in: soon, and in a day."""
    key = login_key(login, lookup)
    return f"sign-in:{key}", f"locked:{key}"


def _personal(account_id: UUID, field: PersonalField, value: str | None) -> Personal | None:
    return None if value is None else Personal(account_id, field, value)
