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

from application.persistence.event_log import LoggedRow
from application.persistence.personal_fields import holds_personal_data, subjects
from application.persistence.recorder import CaseRecorder, StoredRow
from application.persistence.sealing import Keyring, seal, unseal
from application.persistence.upcasts import UPCASTS, Upcasts, upcast
from application.persistence.vault import Vault
from application.streams import Recorded
from domain.events import Event
from domain.personal import Personal

Stored = StoredEvent | StoredRow | LoggedRow


class EventMapper(Mapper[UUID]):
    """Maps events by their stable topics; a given keyring seals and opens personal values."""

    def __init__(self, event_types: Mapping[str, type[Event]], upcasts: Upcasts = UPCASTS) -> None:
        super().__init__(transcoder=JSONTranscoder())
        self._upcasts = upcasts
        self._types = event_types
        self._decoders = {
            topic: msgspec.json.Decoder(event_type).decode
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

    def load(self, stored: Stored, keyring: Keyring) -> Recorded:
        """Return the event as it was before it was stored."""
        return self.load_all([stored], keyring)[0]

    def load_all(self, stored: Sequence[Stored], keyring: Keyring) -> list[Recorded]:
        """Return the events as they were, with as little as can be for each."""
        decoders, opened = self._decoders, self._opened
        return [
            Recorded(
                each.originator_id,  # type: ignore[arg-type]  # Ids are UUIDs in this store.
                each.originator_version,
                decoders[each.topic](each.state)
                if each.topic in decoders
                else opened(each, keyring),
            )
            for each in stored
        ]

    def load_without_people(self, stored: Stored) -> Event:
        """Return the event as it reads when all its people are erased: no key is asked for."""
        decode = self._decoders.get(stored.topic)
        return self._decoded(stored, _erased) if decode is None else decode(stored.state)

    def subjects_of(self, stored: Iterable[Stored]) -> frozenset[UUID]:
        """Return everybody whose personal data is sealed in the events."""
        found: set[UUID] = set()

        def collect(_: type, item: Mapping[str, str]) -> Personal:
            found.add(UUID(item["subject_id"]))
            return Personal(UUID(item["subject_id"]), "name", None)

        for each in stored:
            if each.topic not in self._decoders:
                self._decoded(each, collect)
        return frozenset(found)

    def _opened(self, stored: Stored, keyring: Keyring) -> Event:
        def opened(_: type, item: Mapping[str, str]) -> Personal:
            return unseal(item, keyring, stored.originator_id, stored.originator_version)  # type: ignore[arg-type]

        return self._decoded(stored, opened)

    def _decoded(self, stored: Stored, hook: Callable[[type, Any], Any]) -> Event:
        topic, state = upcast(self._upcasts, stored.topic, stored.state)
        return msgspec.json.decode(state, type=self._types[topic], dec_hook=hook)


def _erased(_: type, item: Mapping[str, str]) -> Personal:
    return Personal(UUID(item["subject_id"]), item["field"], None)  # type: ignore[arg-type]


class SealingEventStore(EventStore[UUID]):
    """The library's event store, with the keys of the people in the events at hand."""

    mapper: EventMapper
    recorder: CaseRecorder

    def __init__(self, mapper: EventMapper, recorder: CaseRecorder, vault: Vault) -> None:
        super().__init__(mapper, recorder)
        self._vault = vault

    def put(self, domain_events: Sequence[Any], **kwargs: Any) -> list[Recording[UUID]]:
        """Store the events with what else belongs to their transaction."""
        keyring = self._vault.provide(subjects(each.event for each in domain_events))
        stored = [self.mapper.store(each, keyring) for each in domain_events]
        self.recorder.insert_events(stored, **kwargs)
        return []

    def get(self, originator_id: UUID, *, lte: int | None = None, **_: Any) -> Iterator[Any]:
        """Return the events of one case, in order, all or up to a version."""
        stored = self.recorder.select_stream(originator_id, lte)
        people = self.mapper.subjects_of(stored)
        keyring = self._vault.keys(people) if people else {}
        return iter(self.mapper.load_all(stored, keyring))

    def without(self, subject_id: UUID, originator_id: UUID) -> list[Any]:
        """Return the events of one case as they read once the person is erased."""
        stored = self.recorder.select_stream(originator_id)
        keyring = self._vault.keys(self.mapper.subjects_of(stored) - {subject_id})
        return self.mapper.load_all(stored, keyring)

    def of_topic(self, topic: str, originator_ids: Sequence[UUID]) -> list[Recorded]:
        """Return the events of one topic in these streams."""
        stored = self.recorder.select_topic(topic, originator_ids)
        return self.mapper.load_all(stored, self._vault.keys(self.mapper.subjects_of(stored)))
