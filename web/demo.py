"""The demonstration: a small region with the handbook's own cases, in every state.

Everything is recorded through the ordinary use cases. The organizations and people are
invented; the BINs are published ones of well-known companies (they have to exist).
"""

from datetime import timedelta
from typing import Any

from application.case_types import REQUEST
from application.read_models.lists import ORGANIZATIONS, ListQuery
from application.services import Services
from application.streams import Stream
from domain.assistance_request import details, outcomes, steps
from domain.catalogue.codes import (
    Audience,
    DeclineReason,
    GrantDocument,
    LegalForm,
    LoanKind,
    MediaKind,
    PermitResult,
    RegistrationResult,
)
from web.demo_office import ALMALY, BOSTANDYK, MEDEU, REGION, DemonstrationOffice


def is_wanted(services: Services) -> bool:
    """Whether the database is still empty."""
    first = ListQuery(today=services.today(REGION), limit=1)
    return not services.front_office.queries.page(ORGANIZATIONS, first).rows


def load(services: Services) -> None:
    """Record the demonstration."""
    Demonstration(services).record()


class Demonstration(DemonstrationOffice):
    """What happens at one office in a few weeks."""

    def record(self) -> None:
        """Record everything."""
        shore = self._foundation("Общественный фонд «Чистый берег»", "971240001315", MEDEU, 1)
        reading = self._foundation("Общественный фонд «Читающий город»", "940140000385", ALMALY, 2)
        yard = self._group("Инициативная группа «Тёплый двор»", BOSTANDYK, 3)
        hands = self._group("Инициативная группа «Добрые руки»", ALMALY, 4)
        self._verify_by_visit(shore)
        self._verification_in_progress(reading)
        self._permit_for_clean_up(shore)
        self._room_for_meetings(yard)
        self._registration_of_a_group(hands)
        self._grant_application(reading)
        self._introduction(shore, reading)
        self._coverage(shore)
        self._question_to_the_republican_office(yard)
        self._request_of_another_region(hands)
        self._withdrawn(yard)
        self._overdue(reading)

    def _permit_for_clean_up(self, organization: Stream[Any]) -> None:
        asked = details.StateBodyLiaison(
            state_body="Акимат Медеуского района",
            matter="Разрешение на субботник",
            place="берег реки Малая Алматинка",
        )
        ref = self._request(
            organization, asked, "Разрешение на субботник", "Просят помочь с разрешением", 20
        )
        self._assigned(ref, 19)
        letter = steps.LetterSent(state_body="Акимат Медеуского района", sent_on=self._day(18))
        self._office.record_step(ref, self._on(18), summary="Письмо в акимат", details=letter)
        granted = outcomes.StateBodyAnswered(
            state_body="Акимат Медеуского района",
            result=PermitResult.GRANTED,
            answered_on=self._day(10),
        )
        self._office.help(ref, self._on(10), outcome="Разрешение получено", details=granted)
        self._office.record_feedback(
            ref, self._on(6), resolved=True, feedback="Субботник прошёл, спасибо"
        )

    def _room_for_meetings(self, organization: Stream[Any]) -> None:
        asked = details.PremisesAndEquipment(
            kind=LoanKind.PREMISES,
            needed="Комната для собраний по субботам",
            needed_from=self._today,
            needed_until=self._today + timedelta(days=60),
            people=15,
        )
        ref = self._request(
            organization, asked, "Комната для собраний", "Группе негде собираться", 9
        )
        self._assigned(ref, 8)
        head = self._on(7, f"head@{REGION}")
        self._office.waive_verification(ref, head, reason="Группа известна району много лет")
        lent = steps.Lent(
            loan_kind=LoanKind.PREMISES,
            item="Комната 12",
            lent_from=self._today,
            lent_until=self._today + timedelta(days=60),
        )
        self._office.record_step(ref, self._on(7), summary="Предложена комната 12", details=lent)

    def _registration_of_a_group(self, organization: Stream[Any]) -> None:
        asked = details.RegistrationAdvice(
            question="Как зарегистрировать общественный фонд",
            planned_legal_form=LegalForm.PUBLIC_FOUNDATION,
        )
        ref = self._request(
            organization, asked, "Регистрация фонда", "Группа хочет стать фондом", 25
        )
        self._assigned(ref, 24)
        self._office.help(
            ref,
            self._on(12),
            outcome="Устав и заявление подготовлены",
            details=outcomes.RegistrationAdvised(
                result=RegistrationResult.DOCUMENTS_PREPARED,
                advice="Подать документы в центр обслуживания населения",
            ),
        )

    def _grant_application(self, organization: Stream[Any]) -> None:
        asked = details.GrantAndReportAdvice(
            document=GrantDocument.GRANT_APPLICATION, programme="Малые гранты для НПО"
        )
        ref = self._request(
            organization, asked, "Заявка на малый грант", "Просят посмотреть бюджет", 6
        )
        self._assigned(ref, 5)
        self._office.ask_organization(ref, self._on(4), question="Пришлите черновик бюджета")

    def _introduction(self, one: Stream[Any], other: Stream[Any]) -> None:
        asked = details.PartnerInformation(looking_for="Кто проводит уроки для детей")
        ref = self._request(
            one, asked, "Партнёр для эко-уроков", "Ищут организацию с учителями", 15
        )
        self._assigned(ref, 14)
        made = steps.IntroductionMade(organization_id=other.id)
        self._office.record_step(ref, self._on(11), summary="Провели встречу", details=made)
        introduced = outcomes.PartnersIntroduced(introduced_to=(other.id,))
        self._office.help(
            ref, self._on(9), outcome="Договорились о совместных уроках", details=introduced
        )

    def _coverage(self, organization: Stream[Any]) -> None:
        asked = details.MediaCoverage(event="Большой субботник", held_on=self._day(3))
        ref = self._request(
            organization, asked, "Рассказать о субботнике", "Просят позвать журналистов", 8
        )
        self._assigned(ref, 7)
        appeared = steps.PublicationAppeared(
            outlet="Городская газета", media=MediaKind.NEWSPAPER, published_on=self._day(1)
        )
        self._office.record_step(ref, self._on(1), summary="Вышла заметка", details=appeared)

    def _question_to_the_republican_office(self, organization: Stream[Any]) -> None:
        asked = details.GrantInformation(interests="Поддержка дворовых групп")
        ref = self._request(
            organization, asked, "Гранты для групп", "Есть ли программы без регистрации", 7
        )
        self._assigned(ref, 6)
        self._office.escalate(
            REQUEST, ref, self._on(5), question="Есть ли программы для групп без БИН?"
        )
        republican = self._on(3, "republican_specialist@KZ")
        self._office.acknowledge_escalation(REQUEST, ref, republican)

    def _request_of_another_region(self, organization: Stream[Any]) -> None:
        asked = details.Training(topic="Первая помощь", audience=Audience.INITIATIVE_GROUP)
        ref = self._request(
            organization, asked, "Тренинг в Конаеве", "Группа ездит в Алматинскую область", 3
        )
        self._office.offer_transfer(
            ref, self._on(2), to_office="KZ-19", reason="Обучение пройдёт в Алматинской области"
        )

    def _withdrawn(self, organization: Stream[Any]) -> None:
        asked = details.MediaAttraction(story="Двор, который убирают сами жители")
        ref = self._request(
            organization, asked, "Интерес телевидения", "Хотели бы сюжет о дворе", 13
        )
        self._office.withdraw_request(ref, self._on(12), reason="Телеканал приехал сам")

    def _overdue(self, organization: Stream[Any]) -> None:
        asked = details.GrantInformation(interests="Программы для библиотек")
        self._request(organization, asked, "Программы поддержки чтения", "Ждут ответа", 35)
        refused = self._request(
            organization, asked, "Деньги на ремонт", "Просят оплатить ремонт склада", 18
        )
        self._office.decline(
            refused,
            self._on(16),
            reason_code=DeclineReason.OUTSIDE_POWERS,
            explanation="Фронт-офис не выдаёт денег; о программах мы рассказали отдельно",
        )
