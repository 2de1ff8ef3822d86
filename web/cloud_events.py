"""Events as CloudEvents 1.0.2 (JSON): what a follower of another make understands.

The source of an event is its stream, so ``sequence``, its place there, counts as the extension
of that name says; ``position`` is its place in the whole log. Both are texts, as that extension
asks and because a number of CloudEvents has 32 bits.
"""

from typing import Any

from application.case_types import EVENT_TYPES
from application.use_cases.feed import FollowedEvent
from web.presentation import JSON, plain

BATCH = "application/cloudevents-batch+json"
_PREFIX = "kz.rfo."


def cloud_event(followed: FollowedEvent) -> dict[str, Any]:
    """Return the event with its attributes; its data are its fields, and nothing of a person."""
    case_id, event = followed.case_id, followed.event
    data = plain(event)
    return {
        "specversion": "1.0",
        "id": f"{case_id}/{followed.version}",
        "source": f"urn:uuid:{case_id}",
        "type": type_of(event.TOPIC),
        "subject": str(case_id),
        "time": data.pop("recorded_at"),
        "datacontenttype": JSON,
        "sequence": str(followed.version),
        "sequencetype": "Integer",
        "position": str(followed.position),
        "data": data,
    }


def type_of(topic: str) -> str:
    """Return the type of the events of a topic: ``kz.rfo.request.helped.v1``.

    A form that has taken an earlier one's place has its number at the end of its topic.
    """
    name, _, number = topic.rpartition("-")
    return f"{_PREFIX}{name}.v{number}" if number.isdecimal() else f"{_PREFIX}{topic}.v1"


def topics_of(beginning: str) -> frozenset[str]:
    """Return the topics of the types that begin so; none when no type does."""
    return frozenset(topic for topic in EVENT_TYPES if type_of(topic).startswith(beginning))
