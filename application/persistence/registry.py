"""What no stream holds of accounts: sessions, password hashes, and rates."""

from datetime import datetime
from typing import Any
from uuid import UUID

from application.persistence.buckets import Buckets

_ADMIT = """
WITH who AS MATERIALIZED (
    SELECT s.id AS session_id, t.id, t.role, t.office FROM sessions s
    JOIN staff t ON t.id = s.account_id AND t.role IS NOT NULL
    WHERE s.access_hash = %(token)s AND s.access_until > %(now)s
)
SELECT who.*, take('address:' || %(address)s, %(address_rate)s, %(address_burst)s) AS address_wait,
    CASE WHEN who.id IS NULL THEN 0
    ELSE take('account:' || who.id, %(account_rate)s, %(account_burst)s) END AS account_wait,
    coalesce((SELECT max(version) FROM calendars), 0) AS calendar
FROM (SELECT 1) AS one LEFT JOIN who ON true
"""
_OLD_RATES = "DELETE FROM rates WHERE at < %s - interval '2 days'"
_OLD_SESSIONS = "DELETE FROM sessions WHERE refresh_until < %s"
_BY_LOGIN = """
SELECT t.id, t.role, t.office, c.password_hash, c.must_change, c.valid_until FROM staff t
JOIN credentials c ON c.account_id = t.id WHERE t.login_key = ANY(%s)
"""
_BY_IDENTITY = """
SELECT id, role, office, status, believed_from, told_at,
    coalesce((SELECT max(version) FROM calendars), 0) AS calendar
FROM staff WHERE identity_key = ANY(%s)
"""
_ACCOUNTS = "SELECT id FROM staff LIMIT 1"
_KEEP_HASH = """
INSERT INTO credentials (account_id, password_hash, must_change, valid_until)
VALUES (%s, %s, %s, %s) ON CONFLICT (account_id) DO UPDATE SET
    password_hash = excluded.password_hash, must_change = excluded.must_change,
    valid_until = excluded.valid_until
"""
_REPLACE_HASH = """
UPDATE credentials SET password_hash = %(new)s, must_change = false, valid_until = NULL
WHERE account_id = %(account_id)s AND password_hash = %(old)s
"""
_FORGET_HASH = "DELETE FROM credentials WHERE account_id = %s"
# A password that was checked and has been replaced meanwhile begins nothing.
_BEGIN = """
INSERT INTO sessions
    (id, account_id, access_hash, access_until, refresh_hash, refresh_until, made_at)
SELECT %(id)s, %(account_id)s, %(access)s, %(access_until)s, %(refresh)s, %(until)s, %(now)s
WHERE %(checked)s::text IS NULL OR EXISTS (
    SELECT FROM credentials WHERE account_id = %(account_id)s AND password_hash = %(checked)s)
"""
# Of two that send one refresh token at once, one finds the session and the other a used token.
_ROTATE = """
UPDATE sessions SET access_hash = %(access)s, access_until = least(%(until)s, refresh_until),
    refresh_hash = %(refresh)s, used_hashes = used_hashes || %(used)s::bytea
WHERE refresh_hash = %(used)s AND refresh_until > %(now)s AND access_until > %(idle_since)s
    AND EXISTS (SELECT FROM staff t WHERE t.id = account_id AND t.role IS NOT NULL)
RETURNING account_id, access_until, refresh_until
"""
_END_STOLEN = "DELETE FROM sessions WHERE used_hashes @> ARRAY[%s::bytea]"
_END = "DELETE FROM sessions WHERE id = %s"
_END_ALL = "DELETE FROM sessions WHERE account_id = %s"


class Registry(Buckets):
    """Sessions, password hashes and rates, shared by all workers."""

    def admit(self, token: bytes, address: str, now: datetime) -> dict[str, Any]:
        """Return whose token it is, if anybody's, and how long account and address must wait.

        How often the calendar of working days was corrected is told with it.
        """
        rates = self._rates
        limits = {
            "address_rate": rates.address,
            "address_burst": rates.address * 10,
            "account_rate": rates.account,
            "account_burst": rates.account * 10,
        }
        found: dict[str, Any] = self._reader.row(
            _ADMIT, {"token": token, "address": address, "now": now, **limits}
        )
        return found

    def forget_old(self, now: datetime) -> None:
        """Forget rates of days ago and sessions that have ended."""
        self._reader.run(_OLD_RATES, [now])
        self._reader.run(_OLD_SESSIONS, [now])

    def by_login(self, *login_keys: str) -> dict[str, Any] | None:
        """Return the account of a login, with what its password is checked against.

        Several keys of one login are those under which it may stand.
        """
        found: dict[str, Any] | None = self._reader.row(_BY_LOGIN, [list(login_keys)])
        return found

    def by_identity(self, *identity_keys: str) -> dict[str, Any] | None:
        """Return the account of somebody known to the identity provider."""
        found: dict[str, Any] | None = self._reader.row(_BY_IDENTITY, [list(identity_keys)])
        return found

    def has_accounts(self) -> bool:
        """Whether there is any account."""
        return self._reader.row(_ACCOUNTS) is not None

    def set_password(
        self, account_id: UUID, password_hash: str, *, must_change: bool, until: datetime | None
    ) -> None:
        """Keep the hash of a password in place of the one before."""
        self._reader.run(_KEEP_HASH, [account_id, password_hash, must_change, until])

    def replace_password(self, account_id: UUID, old: str, new: str) -> bool:
        """Keep a hash in place of the old one; return whether that was still there."""
        values = {"account_id": account_id, "old": old, "new": new}
        return self._reader.run(_REPLACE_HASH, values) == 1

    def forget_password(self, account_id: UUID) -> None:
        """Forget the password of an account: nobody signs in with it any more."""
        self._reader.run(_FORGET_HASH, [account_id])

    def begin_session(self, **values: Any) -> bool:
        """Keep a new session; return whether the password that was checked still holds."""
        return self._reader.run(_BEGIN, values) == 1

    def rotate(self, **values: Any) -> dict[str, Any] | None:
        """Put new tokens in place of a session's; a used refresh token ends it."""
        found: dict[str, Any] | None = self._reader.row(_ROTATE, values)
        if found is None:
            self._reader.run(_END_STOLEN, [values["used"]])
        return found

    def end_session(self, session_id: UUID) -> None:
        """End one session."""
        self._reader.run(_END, [session_id])

    def end_sessions(self, account_id: UUID) -> None:
        """End every session of the account."""
        self._reader.run(_END_ALL, [account_id])
