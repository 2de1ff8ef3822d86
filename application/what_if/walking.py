"""Every history walked, event by event, and its decisions taken again."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from operator import attrgetter
from typing import Any

from msgspec import Struct

from application.databases import StartRefused
from application.persistence.key_file import KeyFile
from application.persistence.opened_streams import tried
from application.persistence.replay_snapshot import replay_snapshot
from application.persistence.schema import DatabaseUnusable
from application.reference.local_days import day_at
from application.replay.histories import Histories
from application.replay.replaying import Watch
from application.streams import Stream
from application.what_if.decisions import Moment, OtherDecision, other_decision
from application.what_if.rules import TriableRule
from domain.places import Places
from domain.rules.versions import RuleVersion


class WhatIf(Struct, frozen=True, kw_only=True):
    """What would be otherwise under a version: of how many decisions, and which.

    ``unread`` is how many histories could not be read; a replay lists what is wrong with them.
    """

    version: RuleVersion
    considered: int
    items: tuple[OtherDecision, ...]
    unread: int


def what_if(
    database_url: str,
    keys: KeyFile,
    places: Places,
    rule: TriableRule,
    version: RuleVersion,
    watch: Watch,
) -> WhatIf:
    """Take every decision of the history again under the version, in one snapshot.

    Raises:
        StartRefused: it could not be done; the message says why.

    """
    try:
        with replay_snapshot(database_url) as seen:
            walk = Walk(Histories(seen, keys), places, rule, version)
            return walk.all(watch)
    except DatabaseUnusable as error:
        raise StartRefused(str(error)) from error


class Walk:
    """A walk through all histories with one version of one rule."""

    def __init__(
        self, histories: Histories, places: Places, rule: TriableRule, version: RuleVersion
    ) -> None:
        self._histories = histories
        self._places = places
        self._rule = rule
        self._version = version
        self._considered = 0

    def all(self, watch: Watch) -> WhatIf:
        """Return what would be otherwise, in the order of the cases' numbers."""
        found: list[OtherDecision] = []
        unread = 0
        with watch(self._histories.count()) as done, closing(self._histories.all()) as histories:
            for opened in histories:
                others, _ = tried(lambda each=opened.stream: self._of(each))  # type: ignore[misc]  # Bound here, used here.
                unread += others is None
                found += others or ()
                done(len(opened.stored.events))
        return WhatIf(
            version=self._version,
            considered=self._considered,
            items=tuple(sorted(found, key=attrgetter("number", "version"))),
            unread=unread,
        )

    def _of(self, stream: Stream[Any] | None) -> Sequence[OtherDecision] | None:
        if stream is None:
            return None
        if stream.case_type.name != self._rule.case_type:
            return ()
        return [each for moment in self._moments(stream) for each in self._otherwise(moment)]

    def _moments(self, stream: Stream[Any]) -> Iterator[Moment]:
        state = None
        for version, event in enumerate(stream.events, start=1):
            today = day_at(event.by.office, event.recorded_at, self._places)
            calendar = self._histories.calendar_at(event.recorded_at)
            yield Moment(stream, version, state, event, today, calendar)
            state = stream.case_type.evolve.fold((event,), state)

    def _otherwise(self, moment: Moment) -> Iterator[OtherDecision]:
        for each in self._rule.reconsidered(moment, self._version):
            self._considered += 1
            if each.is_other:
                said = getattr(moment.event, self._rule.said_in, None)
                yield other_decision(moment, each, said)
