"""People whom an identity provider knows: their accounts follow what it says of them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from application.persistence.registry import Registry
from application.read_models.staff_rows import identity_key
from application.reference.local_days import day_at
from application.repeating import repeated
from application.sign_in.openid import Identity, OpenIdSettings, OpenIdVerifier
from application.sign_in.refusals import NotSignedIn, TooManyRequests
from application.sign_in.sessions import Caller, seconds
from application.streams import CaseRef, StaleCase
from application.use_cases.accounts import AccountUseCases
from domain.actors import Actor, Occasion, Role, StaffId
from domain.places import REPUBLICAN_OFFICE
from domain.staff_account.account import AccountStatus
from domain.staff_account.refusals import IdentityTaken

PROVIDER = Actor(StaffId("identity-provider"), Role.ADMINISTRATOR, REPUBLICAN_OFFICE)
REASON = "Группы у поставщика удостоверений"


class Strangers:
    """Finds or makes the account of an identity, and gives it the role of its groups.

    An account that was closed here stays closed whatever the provider says.
    """

    def __init__(
        self,
        accounts: AccountUseCases,
        registry: Registry,
        verifier: OpenIdVerifier,
        settings: OpenIdSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._accounts = accounts
        self._registry = registry
        self._verifier = verifier
        self._settings = settings
        self._clock = clock

    def caller(self, token: str) -> Caller:
        """Return who the token stands for, in the role that the provider gives them now."""
        identity = self._verifier.verify(token)
        # Another request of theirs may be first.
        return repeated(lambda: self._known(identity), IdentityTaken, StaleCase)

    def _known(self, identity: Identity) -> Caller:
        role, office = self._given(identity)
        name = f"{identity.issuer} {identity.subject}"
        lookups = self._accounts.vault.every_lookup
        found = self._registry.by_identity(*(identity_key(name, each) for each in lookups))
        if found is None:
            return self._first_seen(identity, name, role, office)
        _check_believable(found, identity, role, office)
        if role != found["role"]:
            self._change_role(found["id"], role, identity.told_at)
        if role is None:
            raise NotSignedIn
        if wait := self._registry.take_for_account(found["id"]):
            raise TooManyRequests(retry_after=seconds(wait))
        actor = Actor(StaffId(str(found["id"])), role, found["office"])
        return Caller(actor, calendar=found["calendar"])

    def _given(self, identity: Identity) -> tuple[Role | None, str | None]:
        """Return the role and the office that the groups give."""
        mapped = self._settings.role_of(identity.groups)
        role, _, office = (mapped or "").partition("@")
        return (Role(role), office) if mapped else (None, None)

    def _first_seen(
        self, identity: Identity, name: str, role: Role | None, office: str | None
    ) -> Caller:
        if role is None or office is None:
            raise NotSignedIn
        made = self._accounts.create_account(
            self._occasion(),
            office=office,
            post=role.value,
            name=identity.name or identity.subject,
            identity=name,
            roles=(role,),
            reason=REASON,
            told_at=identity.told_at,
        )
        return Caller(Actor(StaffId(str(made.id)), role, office))

    def _occasion(self) -> Occasion:
        now = self._clock()
        today = day_at(REPUBLICAN_OFFICE, now, self._accounts.places)
        return Occasion(by=PROVIDER, recorded_at=now, today=today, cause="identity-provider")

    def _change_role(self, account_id: UUID, role: Role | None, told_at: datetime) -> None:
        """Give the account the role of today's groups in place of the ones it had."""
        on = self._occasion()
        account = self._accounts.case_of(CaseRef(account_id))
        more: dict[str, Any] = {"reason": REASON, "told_at": told_at}
        for held in sorted(account.state.roles - {role}):
            account = account.then(account.state.revoke_role(on, role=held, **more))
        if role is not None and role not in account.state.roles:
            account = account.then(account.state.grant_role(on, role=role, **more))
        if account.unsaved:
            self._accounts.keep(on, account)


def _check_believable(
    found: Mapping[str, Any], identity: Identity, role: Role | None, office: str | None
) -> None:
    """Refuse what was said before it was decided otherwise, here or there, or of another office."""
    if found["status"] != AccountStatus.ACTIVE or office not in {None, found["office"]}:
        raise NotSignedIn
    later = [found["believed_from"], found["told_at"] if role != found["role"] else None]
    if any(moment and identity.told_at < moment for moment in later):
        raise NotSignedIn
