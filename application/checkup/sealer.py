"""Whether everything recorded is sealed and signed."""

from datetime import datetime

from application.checkup.findings import Finding, fail, ok, warn
from application.log_state import LogState, SealerState
from application.settings import Settings


def sealer_of(settings: Settings, log: LogState, now: datetime) -> Finding:
    """Return what there is to say of the sealer; that nobody signs is told where there is news."""
    match log.sealer(now):
        case SealerState.STOPPED:
            return fail("sealer", str(log.reason), **log.facts)
        case SealerState.BEHIND if log.is_followed:
            seconds = int(log.waited(now).total_seconds())
            return fail("sealer", "behind", unsigned=log.unsigned, seconds=seconds)
        case SealerState.SEALING:
            own = settings.is_embedded or settings.sealer_database_url or not settings.sealer
            return ok("sealer", size=log.size) if own else warn("sealer", "own-login")
        case _:
            return warn("sealer", "absent") if log.unsigned else ok("sealer", size=log.size)
