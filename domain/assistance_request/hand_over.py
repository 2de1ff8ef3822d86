"""The facts that pass between offices: questions put up, and transfers of the request."""

from typing import ClassVar

from domain import escalation_events as escalation
from domain.events import Event


class Escalated(escalation.Raised, frozen=True, kw_only=True):
    """A question about the request was put to another office."""

    TOPIC: ClassVar[str] = "request.escalated"


class EscalationAcknowledged(escalation.Acknowledged, frozen=True, kw_only=True):
    """The question has been seen."""

    TOPIC: ClassVar[str] = "request.escalation-acknowledged"


class EscalationAnswered(escalation.Answered, frozen=True, kw_only=True):
    """The question was answered."""

    TOPIC: ClassVar[str] = "request.escalation-answered"


class EscalationReturned(escalation.Returned, frozen=True, kw_only=True):
    """The question was sent back."""

    TOPIC: ClassVar[str] = "request.escalation-returned"


class EscalationRecalled(escalation.Recalled, frozen=True, kw_only=True):
    """The question was taken back."""

    TOPIC: ClassVar[str] = "request.escalation-recalled"


class TransferOffered(Event, frozen=True, kw_only=True):
    """The office offered the request to another office."""

    TOPIC: ClassVar[str] = "request.transfer-offered"
    from_office: str
    to_office: str
    reason: str


class TransferAccepted(Event, frozen=True, kw_only=True):
    """The other office took the request over."""

    TOPIC: ClassVar[str] = "request.transfer-accepted"
    from_office: str
    to_office: str


class TransferDeclined(Event, frozen=True, kw_only=True):
    """The other office did not take the request."""

    TOPIC: ClassVar[str] = "request.transfer-declined"
    from_office: str
    to_office: str
    reason: str


class TransferCancelled(Event, frozen=True, kw_only=True):
    """The office took its offer back."""

    TOPIC: ClassVar[str] = "request.transfer-cancelled"
    from_office: str
    to_office: str
