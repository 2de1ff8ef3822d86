"""How each fact changes what the next decision about an account reads."""

from domain.events import Evolution
from domain.staff_account import events
from domain.staff_account.account import AccountStatus, StaffAccount

evolve: Evolution[StaffAccount] = Evolution()


@evolve.begin(events.Created)
def _created(event: events.Created) -> StaffAccount:
    return StaffAccount(
        office=event.office,
        staff_id=str(event.person.subject_id),
        post=event.post,
        has_login=event.login is not None,
    )


@evolve.when(events.RoleGranted)
def _granted(account: StaffAccount, event: events.RoleGranted) -> StaffAccount:
    return account.but(roles=account.roles | {event.role})


@evolve.when(events.RoleRevoked)
def _revoked(account: StaffAccount, event: events.RoleRevoked) -> StaffAccount:
    return account.but(roles=account.roles - {event.role})


@evolve.when(events.PostChanged)
def _post_changed(account: StaffAccount, event: events.PostChanged) -> StaffAccount:
    return account.but(post=event.post)


@evolve.when(events.Closed)
def _closed(account: StaffAccount, _: events.Closed) -> StaffAccount:
    return account.but(status=AccountStatus.CLOSED)


@evolve.when(events.Reopened)
def _reopened(account: StaffAccount, _: events.Reopened) -> StaffAccount:
    return account.but(status=AccountStatus.ACTIVE)
