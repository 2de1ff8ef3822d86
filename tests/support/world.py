"""Cases to try access on: at any office, in any state, each made with a few use cases."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from builders import PLACES, TRAINING, a_group
from msgspec.structs import replace
from office import LOOK_UP, ref
from papers import pdf
from people import ADMINISTRATOR, People, actor

from application.case_types import DOCUMENT, ORGANIZATION, REQUEST, STAFF, VERIFICATION, CaseType
from application.front_office import FrontOffice
from application.services import Services
from application.streams import CaseRef, Stream
from application.use_cases.decisions import CheckInput, Decision
from domain.actors import Occasion, Role
from domain.catalogue.codes import Channel, CheckOutcome, ErasureGround, Finding, HelpType
from domain.organization_verification.checks import AnyCheckDetails

AUDITOR = actor("auditor@KZ")
OWN, OTHER, FOREIGN, REPUBLIC = "KZ-75", "KZ-19", "KZ-71", "KZ"
DISTRICTS = {each.region: each.code for each in PLACES.districts.values()}
Made = Stream[Any]
CHECKED: AnyCheckDetails = LOOK_UP
TYPES: Mapping[str, CaseType[Any]] = {
    "organizations": ORGANIZATION,
    "verifications": VERIFICATION,
    "assistance-requests": REQUEST,
    "documents": DOCUMENT,
    "staff": STAFF,
}


class World:
    """The service's cases and people; everything here is done by who may do it."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.people = People(services)
        self._count = count()

    def name(self) -> str:
        """Return a name that nothing else has."""
        return f"Группа {next(self._count)}-{uuid4().hex}"

    def at(self, office: str) -> FrontOffice:
        """Return the case file as the specialist of an office sees it."""
        return self.services.front_office_of(self.staff(office))

    def staff(self, office: str) -> Any:
        """Return the one who does everything at an office."""
        part = "republican_specialist" if office == REPUBLIC else "specialist"
        return actor(f"{part}@{office}")

    def on(self, office: str) -> Occasion:
        """Return the occasion of what is done at an office now."""
        return self.services.occasion(self.staff(office), cause="world")

    def today(self) -> date:
        """Return the day on which everything happens."""
        return self.services.today(OWN)

    def person(self, office: str) -> str:
        """Return the id of the account of the one who does everything at an office."""
        part = "republican_specialist" if office == REPUBLIC else "specialist"
        return str(self.people.account(f"{part}@{office}"))

    # Organizations.

    def active(self, office: str) -> Made:
        """Return an organization."""
        details = a_group(name=self.name(), region=office, district=DISTRICTS[office])
        return self.at(office).register_organization(self.on(office), details=details)

    def closed(self, office: str) -> Made:
        """Return an organization that works no more."""
        made = self.active(office)
        return self.at(office).close_organization(ref(made), self.on(office), reason="Распалась")

    def duplicate(self, office: str) -> Made:
        """Return an organization that is the same as another."""
        one, other = self.active(office), self.active(office)
        return self.at(office).mark_duplicate(
            ref(one), self.on(office), duplicate_of=other.id, reason="Одна и та же"
        )

    # Verifications.

    def checked(self, office: str) -> Made:
        """Return a verification that can be decided."""
        return self._verification(office, None)

    def verified(self, office: str) -> Made:
        """Return a verification that was given."""
        return self._verification(office, Decision(findings=dict.fromkeys(Finding, True)))

    def withdrawn(self, office: str) -> Made:
        """Return a verification that ended without a decision."""
        made = self.checked(office)
        return self.at(office).withdraw_verification(
            ref(made), self.on(office), reason="Передумали"
        )

    def verification_asked(self, office: str) -> Made:
        """Return a verification with a question at the republican office."""
        made = self.checked(office)
        return self.at(office).escalate(
            VERIFICATION, ref(made), self.on(office), question="Как быть?"
        )

    def verify(self, organization_id: UUID, office: str) -> Made:
        """Return the verification of an organization, which is given at once."""
        return self._of(organization_id, office, Decision(findings=dict.fromkeys(Finding, True)))

    def _verification(self, office: str, decision: Decision | None) -> Made:
        return self._of(self.active(office).id, office, decision)

    def _of(self, organization_id: UUID, office: str, decision: Decision | None) -> Made:
        return self.at(office).request_verification(
            self.on(office),
            organization_id=organization_id,
            checks=(CheckInput(outcome=CheckOutcome.CONFIRMED, details=CHECKED),),
            decision=decision,
        )

    # Requests.

    def taken(self, office: str, asked: Any = TRAINING) -> Made:
        """Return a request that has just come in."""
        return self.at(office).request_help(
            self.on(office),
            organization_id=self.active(office).id,
            help_type=HelpType(asked.help_type),
            subject=f"Запрос {office}",
            description="Просят помочь",
            channel=Channel.VISIT,
            details=asked,
        )

    def waiting(self, office: str) -> Made:
        """Return a request that waits for its organization."""
        made = self.taken(office)
        return self.at(office).ask_organization(ref(made), self.on(office), question="Когда?")

    def ended(self, office: str) -> Made:
        """Return a request that its organization has withdrawn."""
        made = self.taken(office)
        return self.at(office).withdraw_request(ref(made), self.on(office), reason="Не нужно")

    def offered(self, office: str, to: str = REPUBLIC) -> Made:
        """Return a request that is on offer to another office."""
        return self.offer(self.taken(office), office, to)

    def offer(self, made: Made, office: str, to: str) -> Made:
        """Return a request that the office which holds it offers to another."""
        return self.at(office).offer_transfer(
            CaseRef(made.id), self.on(office), to_office=to, reason="Там ближе"
        )

    def asked(self, office: str) -> Made:
        """Return a request with a question at the republican office."""
        made = self.taken(office)
        return self.at(office).escalate(REQUEST, ref(made), self.on(office), question="Как быть?")

    # Documents.

    def filed(self, office: str, **more: Any) -> Made:
        """Return a document that nobody else has."""
        return self.at(office).upload_document(self.on(office), content=pdf(self.name()), **more)

    # Annotations.

    def annotated(self, office: str) -> Made:
        """Return what an auditor has noted about a request that has just come in."""
        on = self.services.occasion(AUDITOR, cause="world")
        audit = self.services.front_office_of(AUDITOR)
        about = self.taken(office).id
        return audit.add_annotation(on, case_id=about, version=1, text="Спросить о письме")

    def no_more_annotated(self, office: str) -> Made:
        """Return an annotation that its author has withdrawn."""
        made = self.annotated(office)
        on = self.services.occasion(AUDITOR, cause="world")
        audit = self.services.front_office_of(AUDITOR)
        return audit.withdraw_annotation(ref(made), on, reason="Письмо нашлось")

    # Accounts.

    def account(self, office: str) -> Made:
        """Return an account that can be used."""
        return self._accounts.create_account(
            self.by_administrator(),
            office=office,
            post="Специалист",
            name="Пример Примеров",
            login=uuid4().hex,
            roles=(Role.SPECIALIST,),
            reason="Принят на работу",
        )

    def closed_account(self, office: str) -> Made:
        """Return an account that can be used no more."""
        made = self.account(office)
        return self._accounts.close_account(ref(made), self.by_administrator(), reason="Ушёл")

    def by_administrator(self) -> Occasion:
        """Return the occasion of what an administrator does now."""
        return self.services.occasion(ADMINISTRATOR, cause="world")

    @property
    def _accounts(self) -> FrontOffice:
        return self.services.front_office_of(ADMINISTRATOR)

    # People. What stands for one here has their own id, and the version of what was decided.

    def known(self, office: str) -> Made:
        """Return a person whom one office knows."""
        person_id = uuid4()
        self.filed(office, subject_id=person_id)
        return self._person(person_id)

    def held(self, office: str) -> Made:
        """Return a person whose data an office holds."""
        return self._decided(office, FrontOffice.hold_subject)

    def erased(self, office: str) -> Made:
        """Return a person who was erased."""
        ground = ErasureGround.PURPOSE_REACHED
        return self._decided(office, FrontOffice.erase_subject, ground=ground)

    def _decided(self, office: str, decide: Any, **more: Any) -> Made:
        made, by = self.known(office), actor(f"head@{office}")
        on = self.services.occasion(by, cause="world")
        decide(self.services.front_office_of(by), ref(made), on, reason="Так надо", **more)
        return self._person(made.id)

    def _person(self, person_id: UUID) -> Made:
        return replace(self.services.front_office.subject(person_id), id=person_id)

    # What is asked and answered.

    def again(self, made: Made) -> Made:
        """Return a case as it is by now, whoever sees it."""
        return self.services.front_office.case(made.case_type, made.id)

    def accepted(self, made: Made, office: str) -> Made:
        """Return a request after the office to which it was offered has taken it."""
        return self.at(office).accept_transfer(CaseRef(made.id), self.on(office))

    def noted(self, made: Made, office: str, text: str, *documents: UUID) -> Made:
        """Return a request with one more note of the office that holds it."""
        return self.at(office).note(
            CaseRef(made.id), self.on(office), text=text, documents=documents
        )

    def later(self, days: int) -> str:
        """Return a day to come."""
        return (self.today() + timedelta(days=days)).isoformat()


State = Callable[[World, str], Made]


def missing_id() -> UUID:
    """Return the id of no case."""
    return uuid4()
