"""People whom an identity provider knows: their accounts follow what it says of them."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from application.persistence.registry import Registry
from application.read_models.staff_rows import identity_key
from application.sign_in.openid import Identity, OpenIdSettings, OpenIdVerifier
from application.sign_in.refusals import NotSignedIn, TooManyRequests
from application.sign_in.sessions import Caller, seconds
from application.streams import CaseRef, StaleCase
from application.use_cases.accounts import AccountUseCases
from domain.actors import Actor, Occasion, Role, StaffId
from domain.places import REPUBLICAN_OFFICE
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
        try:
            return self._known(identity)
        except (IdentityTaken, StaleCase):  # Another request of theirs was the first.
            return self._known(identity)

    def _known(self, identity: Identity) -> Caller:
        mapped = self._settings.role_of(identity.groups)
        name = f"{identity.issuer} {identity.subject}"
        found = self._registry.by_identity(identity_key(name, self._accounts.vault.lookup))
        if mapped is None and (found is None or found["role"] is None):
            raise NotSignedIn
        role, _, office = (mapped or "@").partition("@")
        if found is None:
            return self._first_seen(identity, name, Role(role), office)
        if found["status"] != "active" or (mapped and office != found["office"]):
            raise NotSignedIn
        if role != (found["role"] or ""):
            self._change_role(found["id"], Role(role) if role else None)
        if not role:
            raise NotSignedIn
        if wait := self._registry.take_for_account(found["id"]):
            raise TooManyRequests(retry_after=seconds(wait))
        return Caller(Actor(StaffId(str(found["id"])), Role(role), office))

    def _first_seen(self, identity: Identity, name: str, role: Role, office: str) -> Caller:
        made = self._accounts.create_account(
            self._occasion(),
            office=office,
            post=role.value,
            name=identity.name or identity.subject,
            identity=name,
            roles=(role,),
            reason=REASON,
        )
        return Caller(Actor(StaffId(str(made.id)), role, office))

    def _occasion(self) -> Occasion:
        now = self._clock()
        zone = ZoneInfo(self._accounts.places.zone(REPUBLICAN_OFFICE))
        today = now.astimezone(zone).date()
        return Occasion(by=PROVIDER, recorded_at=now, today=today, cause="identity-provider")

    def _change_role(self, account_id: object, role: Role | None) -> None:
        """Give the account the role of today's groups in place of the ones it had."""
        ref, on = CaseRef(account_id), self._occasion()  # type: ignore[arg-type]
        account = self._accounts.case_of(ref)
        for held in sorted(account.state.roles - {role}):
            event = account.state.revoke_role(on, role=held, reason=REASON)
            account = account.then(event)
        if role is not None and role not in account.state.roles:
            account = account.then(account.state.grant_role(on, role=role, reason=REASON))
        self._accounts.keep(on, account)
