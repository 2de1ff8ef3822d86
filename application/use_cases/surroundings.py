"""What the application is given when it is put together."""

from collections.abc import Callable
from uuid import UUID

from msgspec import Struct

from application.calendar_in_force import CalendarInForce
from application.persistence.erased_list import ErasedList
from application.persistence.keys_in_force import KeysInForce
from application.persistence.pools import Pools
from application.persistence.registry import Registry
from domain.places import Places


class Surroundings(Struct, frozen=True, kw_only=True):
    """What the application is given: database, keys, reference data and new ids.

    ``owner_url`` reaches the database as the owner of its tables: for upkeep only.
    """

    pools: Pools
    owner_url: str
    keys: KeysInForce
    erased: ErasedList
    places: Places
    calendar: CalendarInForce
    new_id: Callable[[], UUID]
    registry: Registry
