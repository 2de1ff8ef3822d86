"""Events as they were stored once, read as what they are called and hold today.

A stored event is never changed. When the form of an event changes, the new form gets a new
topic, and the old topic gets an entry here with what turns its fields into those of today.
The golden file keeps every form that was ever written, and a test reads all of them.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec
from msgspec import Struct


class Upcast(Struct, frozen=True):
    """The topic of today, and how the fields of the old form become its fields."""

    topic: str
    change: Callable[[dict[str, Any]], dict[str, Any]]


Upcasts = Mapping[str, Upcast]
UPCASTS: Upcasts = {}


def upcast(upcasts: Upcasts, topic: str, state: bytes) -> tuple[str, bytes]:
    """Return the topic and the stored form of today, by as many steps as there are."""
    while (step := upcasts.get(topic)) is not None:
        topic, state = step.topic, msgspec.json.encode(step.change(msgspec.json.decode(state)))
    return topic, state


def stored_as(upcasts: Upcasts, topics: Collection[str]) -> list[str]:
    """Return every topic under which events of these topics of today were ever stored."""
    old = (topic for topic in upcasts if _today(upcasts, topic) in topics)
    return [*topics, *old]


def _today(upcasts: Upcasts, topic: str) -> str:
    while (step := upcasts.get(topic)) is not None:
        topic = step.topic
    return topic
