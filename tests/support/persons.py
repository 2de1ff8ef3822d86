"""One person in everything in which a person can be: a subject across cases."""

from typing import Any, NamedTuple
from uuid import UUID, uuid4

from builders import TRAINING, a_group
from office import ref
from papers import pdf
from people import actor
from world import DISTRICTS, World

from application.case_types import DOCUMENT, ORGANIZATION, REQUEST, VERIFICATION
from application.streams import CaseRef, Stream
from domain.actors import Occasion
from domain.catalogue.codes import (
    BeneficiaryResult,
    Channel,
    CheckOutcome,
    ErasureGround,
    HelpType,
)
from domain.organization_verification.checks import Beneficiary, PastExperience
from domain.personal import ContactPerson, Person, person

WITHDRAWN = ErasureGround.CONSENT_WITHDRAWN


class Somebody(NamedTuple):
    """Whom a test tells of."""

    id: UUID
    name: str
    phone: str
    email: str

    @property
    def person(self) -> Person:
        """Them, as a case takes them."""
        return person(self.id, self.name, self.phone, self.email)

    @property
    def contact(self) -> ContactPerson:
        """Them, as somebody an office may turn to."""
        return ContactPerson(self.person, "координатор", consent=True)

    @property
    def values(self) -> tuple[str, str, str]:
        """What nobody may find once they are erased."""
        return self.name, self.phone, self.email


def somebody(number: int = 1, mark: str = "Канарейкин") -> Somebody:
    """Return somebody new."""
    phone = f"+7701{number:07}"
    return Somebody(uuid4(), f"Кенар {mark} {number}", phone, f"k{number}@{mark}.example")


class Appearing(NamedTuple):
    """The cases in which somebody appears."""

    organization: Stream[Any]
    verification: Stream[Any]
    request: Stream[Any]
    document: Stream[Any]

    def values(self, world: World) -> set[str | None]:
        """Return what is told of people in all of them, read again."""
        organization, verification, request, document = map(world.again, self)
        details = organization.state.details
        people = [details.leader, *(each.person for each in details.contact_persons)]
        people += [request.first(request.case_type.first).volunteer]
        people += [each.person for each in verification.events[-1].details.beneficiaries]
        told = {
            item.value for each in people for item in (each.name, each.phone, each.email) if item
        }
        return {*told, document.first(document.case_type.first).sha256}


def appears(world: World, who: Somebody, office: str) -> Appearing:
    """Let somebody be a leader, a contact, a beneficiary, a volunteer, and in a document."""
    at, on = world.at(office), world.on(office)
    details = a_group(
        name=world.name(),
        region=office,
        district=DISTRICTS[office],
        leader=who.person,
        contact_persons=(who.contact,),
    )
    organization = at.register_organization(on, details=details)
    verification = at.request_verification(on, organization_id=organization.id)
    checked = at.record_check(ref(verification), on, **vouching(who))
    request = at.request_help(
        on,
        volunteer=who.person,
        region=office,
        district=DISTRICTS[office],
        help_type=HelpType(TRAINING.help_type),
        subject="Обучение",
        description="Просит научить",
        channel=Channel.VISIT,
        details=TRAINING,
    )
    document = at.upload_document(on, content=pdf(who.name), subject_id=who.id)
    return Appearing(organization, checked, request, document)


def vouching(who: Somebody) -> dict[str, Any]:
    """Return a check that rests on what somebody says."""
    confirmed = BeneficiaryResult.CONFIRMED
    beneficiary = Beneficiary(
        person=person(who.id, who.name), contacted_via=Channel.PHONE, result=confirmed
    )
    details = PastExperience(report="Отчёт о субботнике", beneficiaries=(beneficiary,))
    return {"outcome": CheckOutcome.CONFIRMED, "details": details}


def head(office: str) -> str:
    """Return who decides about people at an office."""
    return f"{'republican_' if office == 'KZ' else ''}head@{office}"


def decided_by(world: World, who: str) -> tuple[Any, Occasion]:
    """Return the case file as somebody sees it, and the occasion of what they decide now."""
    by = actor(who)
    return world.services.front_office_of(by), world.services.occasion(by, cause="decision")


def erase(world: World, subject_id: UUID, who: str, **more: Any) -> Stream[Any]:
    """Erase somebody."""
    office, on = decided_by(world, who)
    given = {"ground": WITHDRAWN, "reason": "Отозвал согласие", **more}
    return office.erase_subject(CaseRef(subject_id), on, **given)


KINDS = (ORGANIZATION, VERIFICATION, REQUEST, DOCUMENT)
