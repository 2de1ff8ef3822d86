"""How often something may be done: token buckets in the database, shared by all workers."""

from uuid import UUID

from msgspec import Struct

from application.persistence.reader import Reader

_TAKE = "SELECT take(%s, %s, %s) AS wait"
_GIVE_BACK = "DELETE FROM rates WHERE key = ANY(%s)"


class Rates(Struct, frozen=True):
    """How many requests a second an account and an address may send; ten seconds' worth at once."""

    account: float = 20.0
    address: float = 60.0


class Buckets:
    """A bucket for each account, each address, and whatever else has a rate."""

    def __init__(self, reader: Reader, rates: Rates) -> None:
        self._reader = reader
        self._rates = rates

    def take(self, bucket: str, per_second: float, burst: float) -> float:
        """Take one from a bucket; return for how many seconds there is none."""
        return float(self._reader.row(_TAKE, [bucket, per_second, burst])["wait"])

    def take_for_account(self, account_id: UUID) -> float:
        """Take a request of the account; return for how many seconds it has none."""
        rate = self._rates.account
        return self.take(f"account:{account_id}", rate, rate * 10)

    def take_for_address(self, address: str) -> float:
        """Take a request of the address; return for how many seconds it has none."""
        rate = self._rates.address
        return self.take(f"address:{address}", rate, rate * 10)

    def give_back(self, *buckets: str) -> None:
        """Fill buckets up again."""
        self._reader.run(_GIVE_BACK, [list(buckets)])
