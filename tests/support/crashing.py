"""Somebody at work until they are killed."""

from typing import Any

from builders import TODAY, TRAINING
from office import Office, ref

from application import bootstrap
from application.settings import Settings
from domain.assistance_request import details, steps
from domain.catalogue.codes import LoanKind

ROOM = details.PremisesAndEquipment(
    kind=LoanKind.PREMISES, needed="Зал", needed_from=TODAY, needed_until=TODAY
)


def lent(item: str) -> steps.Lent:
    """Return the step that something was lent."""
    return steps.Lent(loan_kind=LoanKind.PREMISES, item=item, lent_from=TODAY, lent_until=TODAY)


def work(settings: Settings, url: str, started: Any, name: str) -> None:
    """Record cases with rows in every read model, one after the other."""
    with bootstrap.build(settings, url) as services:
        office, number = Office(services), 0
        started.send("at work")
        while True:
            organization = office.group(f"{name}-{number}")
            waiting = office.request(organization.id, ROOM)
            office.verified(organization.id)
            stream = office.cases.case(waiting.case_type, waiting.id)
            stream = office.cases.record_step(
                ref(stream), office.on(), summary="Зал", details=lent(f"{name}-{number}")
            )
            office.cases.escalate(stream.case_type, ref(stream), office.on(), question="Как быть?")
            office.request(organization.id, TRAINING)
            number += 1
