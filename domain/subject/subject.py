"""A person as a subject of personal data: one for all cases in which they appear.

A person in the cases of one office only is a matter of its head; one whom several offices
know, of the republican head. Whoever sees a person may hold their data, and only the office
that holds it, or the republican head, releases it again.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.actors import Actor, Occasion
from domain.case import Case
from domain.catalogue.codes import ErasureGround
from domain.organization.organization import CATALOGUE
from domain.places import REPUBLICAN_OFFICE
from domain.refusals import Refusal
from domain.rules import authority
from domain.rules.authority import OfficeForbidden
from domain.subject import events
from domain.subject.holds import Hold, SubjectStatus
from domain.subject.refusals import AccountOpen, HoldInPast, SubjectHeld
from domain.words import check_words


class Subject(Case, frozen=True, kw_only=True):
    """What the next decision about the data of a person reads.

    ``offices`` hold the cases in which the person appears, and ``has_open_account`` says that
    they work here: both are looked up for the decision, for no event of theirs says it.
    """

    office: str = REPUBLICAN_OFFICE
    subject_id: UUID = UUID(int=0)
    status: SubjectStatus = SubjectStatus.KNOWN
    holds: tuple[Hold, ...] = ()
    offices: frozenset[str] = frozenset()
    has_open_account: bool = False

    Opened: ClassVar = events.Opened
    Held: ClassVar = events.Held
    Released: ClassVar = events.Released
    Erased: ClassVar = events.Erased

    @property
    def actions(self) -> tuple[str, ...]:
        """The commands that the status allows."""
        if self.status is SubjectStatus.ERASED:
            return ()
        release = ("release_subject",) if self.holds else ()
        return ("hold_subject", *release, "erase_subject")

    def refusal_to(self, by: Actor, command: str) -> Refusal | None:
        """Return why the caller may not give the command; what several offices know, one decides."""
        refusal = super().refusal_to(by, command)
        own = frozenset({by.office})
        if refusal or by.office == REPUBLICAN_OFFICE:
            return refusal
        if command == "erase_subject" and not self.offices <= own:
            return OfficeForbidden(office=REPUBLICAN_OFFICE, own=by.office)
        holders = {each.office for each in self.holds}
        if command == "release_subject" and holders and not own <= holders:
            return OfficeForbidden(office=min(holders), own=by.office)
        return None

    def open(self, on: Occasion, subject_id: UUID) -> events.Opened:
        """Begin the record of what is decided about the person."""
        return self.Opened(**on.stamp, subject_id=subject_id)

    def hold(self, on: Occasion, *, reason: str, until: date | None = None) -> events.Held:
        """Let the data be kept, in place of what the office said before."""
        self.require(on, "hold_subject")
        if until is not None and until < on.today:
            raise HoldInPast("until", until, today=on.today)
        return self.Held(**on.stamp, reason=check_words("reason", reason), until=until)

    def release(self, on: Occasion, *, reason: str, held_by: str | None = None) -> events.Released:
        """End the hold of the caller's office, or of another one, or the only one there is."""
        self.require(on, "release_subject")
        by, holders = on.by.office, [each.office for each in self.holds]
        wanted = held_by or (by if by in holders else holders[0])
        if wanted not in holders:
            raise self.refusal(on, "release_subject")
        if by not in {wanted, REPUBLICAN_OFFICE}:
            raise OfficeForbidden(office=wanted, own=by)
        words = check_words("reason", reason)
        return self.Released(**on.stamp, held_by=wanted, reason=words)

    def erase(
        self,
        on: Occasion,
        *,
        ground: ErasureGround,
        reason: str,
    ) -> events.Erased:
        """Let the key be destroyed, unless somebody holds the data or the person works here.

        What was found is still to be told.
        """
        self.require(on, "erase_subject")
        for hold in self.holds:
            if hold.is_in_force(on.today):
                raise SubjectHeld(office=hold.office, reason=hold.reason, until=hold.until)
        if self.has_open_account:
            raise AccountOpen
        words = check_words("reason", reason)
        return self.Erased(**on.stamp, catalogue=CATALOGUE, ground=ground, reason=words)

    def erase_again(self, on: Occasion, *, reason: str) -> events.Erased:
        """Let the key be destroyed that an older backup has brought back, whatever it says."""
        authority.check_role(on.by.role, "erase_again")
        return self.Erased(
            **on.stamp,
            catalogue=CATALOGUE,
            ground=ErasureGround.ERASED_BEFORE,
            reason=reason,
        )
