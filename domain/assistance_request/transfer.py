"""Moving a request to another office: offered, then accepted, declined or taken back."""

from typing import ClassVar

from msgspec import Struct

from domain.actors import Actor, Occasion
from domain.assistance_request import hand_over
from domain.escalation import EscalatableCase
from domain.places import Places
from domain.refusals import Refusal
from domain.words import check_words


class TransferPending(Refusal):
    """The request is on offer to another office and cannot end before the answer."""

    code = "transfer-pending"


class TransferToSameOffice(Refusal):
    """The request is at that office already."""

    code = "transfer-to-same-office"


class NotOfferedOffice(Refusal):
    """Only the office to which the request is offered may accept or decline it."""

    code = "not-offered-office"


class Offer(Struct, frozen=True):
    """A transfer that waits for its answer."""

    from_office: str
    to_office: str


class TransferableCase(EscalatableCase, frozen=True, kw_only=True):
    """A case that can move to another office."""

    offer: Offer | None = None

    TransferOffered: ClassVar = hand_over.TransferOffered
    TransferAccepted: ClassVar = hand_over.TransferAccepted
    TransferDeclined: ClassVar = hand_over.TransferDeclined
    TransferCancelled: ClassVar = hand_over.TransferCancelled

    def offer_transfer(
        self, on: Occasion, *, to_office: str, reason: str, places: Places
    ) -> hand_over.TransferOffered:
        """Offer the case to another office."""
        self.require(on, "offer_transfer")
        places.check_office(to_office, "to_office")
        if to_office == self.office:
            raise TransferToSameOffice(office=to_office)
        words = check_words("reason", reason)
        return self.TransferOffered(
            **on.stamp, from_office=self.office, to_office=to_office, reason=words
        )

    def accept_transfer(self, on: Occasion) -> hand_over.TransferAccepted:
        """Take the case over."""
        offer = self._open_offer("accept_transfer", on)
        return self.TransferAccepted(
            **on.stamp, from_office=offer.from_office, to_office=offer.to_office
        )

    def decline_transfer(self, on: Occasion, *, reason: str) -> hand_over.TransferDeclined:
        """Leave the case where it is."""
        offer = self._open_offer("decline_transfer", on)
        words = check_words("reason", reason)
        return self.TransferDeclined(
            **on.stamp, from_office=offer.from_office, to_office=offer.to_office, reason=words
        )

    def cancel_transfer(self, on: Occasion) -> hand_over.TransferCancelled:
        """Take the offer back."""
        offer = self._open_offer("cancel_transfer", on)
        return self.TransferCancelled(
            **on.stamp, from_office=offer.from_office, to_office=offer.to_office
        )

    def check_no_open_offer(self) -> None:
        """Refuse to end the case while it is on offer."""
        if self.offer is not None:
            raise TransferPending(to_office=self.offer.to_office)

    @property
    def transfer_actions(self) -> tuple[str, ...]:
        """The commands of a transfer."""
        if self.offer is None:
            return ("offer_transfer",)
        return ("accept_transfer", "decline_transfer", "cancel_transfer")

    @property
    def involved(self) -> frozenset[str]:
        """The offices that have a part in the case now, the one it is offered to among them."""
        involved = super().involved
        return involved if self.offer is None else involved | {self.offer.to_office}

    def refusal_to(self, by: Actor, command: str) -> Refusal | None:
        """Return why the caller may not give the command; an offer is answered where it went."""
        return super().refusal_to(by, command) or self._refusal_of_offer(by, command)

    def _refusal_of_offer(self, by: Actor, command: str) -> Refusal | None:
        offer = self.offer
        if offer is None or command not in _ANSWERS or by.office == offer.to_office:
            return None
        return NotOfferedOffice(to_office=offer.to_office, office=by.office)

    def _open_offer(self, command: str, on: Occasion) -> Offer:
        self.require(on, command)
        assert self.offer is not None  # noqa: S101  The command is offered only then.
        return self.offer


_ANSWERS = frozenset({"accept_transfer", "decline_transfer"})
