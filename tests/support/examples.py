"""One example of every event there is, in its smallest telling form."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec

from application.case_types import EVENT_TYPES
from domain.actors import Actor, Role, StaffId
from domain.events import Event
from domain.personal import Personal

MOMENT = datetime(2026, 3, 2, 7, tzinfo=UTC)
SUBJECT = UUID(int=5)
ACTOR = Actor(StaffId("s-1"), Role.SPECIALIST, "KZ-75")


def examples() -> list[Event]:
    """Return an example of each event, and of each kind of details it may have."""
    return [each for topic in sorted(EVENT_TYPES) for each in of_type(EVENT_TYPES[topic])]


def of_type(event_type: type[Event]) -> list[Event]:
    """Return events with every field filled, the optional ones too."""
    info = msgspec.inspect.type_info(event_type)
    assert isinstance(info, msgspec.inspect.StructType)
    details = next((field.type for field in info.fields if field.name == "details"), None)
    kinds = details.types if isinstance(details, msgspec.inspect.UnionType) else (details,)
    return [_event(info, kind) for kind in kinds]


def _event(info: msgspec.inspect.StructType, details: msgspec.inspect.Type | None) -> Event:
    types = {field.name: field.type for field in info.fields}
    if details is not None:
        types["details"] = details
    event: Event = info.cls(**{name: _value(name, node) for name, node in types.items()})
    return event


def _value(name: str, node: msgspec.inspect.Type) -> Any:
    match node:
        case msgspec.inspect.UnionType(types=types):
            some = [each for each in types if not isinstance(each, msgspec.inspect.NoneType)]
            return _value(name, some[0])
        case msgspec.inspect.StructType(cls=cls, fields=fields):
            return (
                ACTOR if cls is Actor else cls(**{f.name: _value(f.name, f.type) for f in fields})
            )
        case msgspec.inspect.VarTupleType(item_type=item):
            return (_value(name, item),)
        case msgspec.inspect.DictType(key_type=key, value_type=value):
            return {_value(name, key): _value(name, value)}
        case _:
            return _scalar(name, node)


def _scalar(name: str, node: msgspec.inspect.Type) -> Any:
    offices = {"office": "KZ-75", "from_office": "KZ-75", "to_office": "KZ", "region": "KZ-75"}
    if isinstance(node, msgspec.inspect.EnumType):
        return next(iter(node.cls))
    plain: dict[type, Any] = {
        msgspec.inspect.CustomType: Personal(SUBJECT, "name", "Пример Примеров"),
        msgspec.inspect.DateTimeType: MOMENT,
        msgspec.inspect.DateType: date(2026, 3, 2),
        msgspec.inspect.UUIDType: UUID(int=6),
        msgspec.inspect.BoolType: True,
        msgspec.inspect.IntType: 1,
    }
    return plain.get(type(node), offices.get(name, f"<{name}>"))
