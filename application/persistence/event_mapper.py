"""Between an event in memory and its stored form: slim JSON, personal values sealed.

The stored form is the event's own fields. The id of the case, the version and the
topic are columns beside it. Only the few types of event that hold personal data pay
for sealing and opening; all others are decoded by one cached decoder per topic.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import (
    EventStore,
    JSONTranscoder,
    Mapper,
    Recording,
    StoredEvent,
)

from application.persistence.personal_fields import holds_personal_data, subjects
from application.persistence.sealing import Keyring, seal, unseal
from application.persistence.vault import Vault
from application.streams import Recorded
from domain.events import Event
from domain.personal import Personal


class EventMapper(Mapper[UUID]):
    """Maps events by their stable topics; a given keyring seals and opens personal values."""

    def __init__(self, event_types: Mapping[str, type[Event]]) -> None:
        super().__init__(transcoder=JSONTranscoder())
        self._types = event_types
        self._decoders = {
            topic: msgspec.json.Decoder(event_type)
            for topic, event_type in event_types.items()
            if not holds_personal_data(event_type)
        }

    def store(self, recorded: Recorded, keyring: Keyring) -> StoredEvent:
        """Return the event as it is stored."""
        case_id, version, event = recorded

        def sealed(item: Personal) -> Mapping[str, str]:
            return seal(item, keyring, case_id, version)

        state = msgspec.json.encode(event, enc_hook=sealed)
        return StoredEvent(case_id, version, type(event).TOPIC, state)

    def load(self, stored: StoredEvent, keyring: Keyring) -> Recorded:
        """Return the event as it was before it was stored."""
        decoder = self._decoders.get(stored.topic)
        event = self._opened(stored, keyring) if decoder is None else decoder.decode(stored.state)
        return Recorded(stored.originator_id, stored.originator_version, event)  # type: ignore[arg-type]  # Ids are UUIDs in this store.

    def subjects_of(self, stored: Iterable[StoredEvent]) -> frozenset[UUID]:
        """Return everybody whose personal data is sealed in the events."""
        found: set[UUID] = set()

        def collect(_: type, item: Mapping[str, str]) -> Personal:
            found.add(UUID(item["subject_id"]))
            return Personal(UUID(item["subject_id"]), "name", None)

        for each in stored:
            if each.topic not in self._decoders:
                self._decoded(each, collect)
        return frozenset(found)

    def _opened(self, stored: StoredEvent, keyring: Keyring) -> Event:
        def opened(_: type, item: Mapping[str, str]) -> Personal:
            return unseal(item, keyring, stored.originator_id, stored.originator_version)  # type: ignore[arg-type]

        return self._decoded(stored, opened)

    def _decoded(self, stored: StoredEvent, hook: Callable[[type, Any], Any]) -> Event:
        return msgspec.json.decode(stored.state, type=self._types[stored.topic], dec_hook=hook)


class SealingEventStore(EventStore[UUID]):
    """The library's event store, with the keys of the people in the events at hand."""

    mapper: EventMapper

    def __init__(self, mapper: EventMapper, recorder: Any, vault: Vault) -> None:
        super().__init__(mapper, recorder)
        self._vault = vault

    def put(self, domain_events: Sequence[Any], **kwargs: Any) -> list[Recording[UUID]]:
        """Store the events with what else belongs to their transaction."""
        keyring = self._vault.provide(subjects(each.event for each in domain_events))
        stored = [self.mapper.store(each, keyring) for each in domain_events]
        self.recorder.insert_events(stored, **kwargs)
        return []

    def get(self, originator_id: UUID, **kwargs: Any) -> Iterator[Any]:
        """Return the events of one case."""
        stored = self.recorder.select_events(originator_id=originator_id, **kwargs)
        people = self.mapper.subjects_of(stored)
        keyring = self._vault.keys(people) if people else {}
        return (self.mapper.load(each, keyring) for each in stored)
