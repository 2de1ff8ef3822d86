"""Organizations and initiative groups."""

from typing import Any
from uuid import UUID, uuid5

from drivers import ORGANIZATIONS, day
from msgspec.structs import replace
from pytest_bdd import given, parsers, when
from steps.desk import ALMATY, Desk
from steps.tables import coded

from domain.catalogue.codes import (
    Channel,
    Direction,
    LegalForm,
    ParticipationMode,
    TeamType,
    VolunteerGroup,
)
from domain.organization import OrganizationDetails, OrganizationDetailsChange
from domain.personal import ContactPerson, person

MEDEU = "751710000"
BINS = ("971240001315", "940140000385", "020240000555", "941240000193", "010940000162")
GROUP = OrganizationDetails(
    team_type=TeamType.INITIATIVE_GROUP,
    name="",
    region=ALMATY,
    district=MEDEU,
    directions=(Direction.TAZA_ALEM,),
    volunteer_groups=(VolunteerGroup.GENERAL,),
    participation_modes=(ParticipationMode.OFFLINE,),
)


def a_group(name: str, **changes: Any) -> OrganizationDetails:
    """Return the details of an initiative group."""
    return replace(GROUP, name=name, **changes)


def an_organization(name: str, bin_: str = BINS[0], **changes: Any) -> OrganizationDetails:
    """Return the details of a registered organization."""
    return a_group(
        name,
        team_type=TeamType.NGO,
        legal_form=LegalForm.PUBLIC_FOUNDATION,
        bin=bin_,
        **changes,
    )


def a_contact(name: str, phone: str, *, consent: bool = True) -> ContactPerson:
    """Return a contact person; the same name and phone are the same person."""
    subject = uuid5(UUID(int=1), name + phone)
    return ContactPerson(person(subject, name, phone), "координатор", consent)


def register(desk: Desk, details: OrganizationDetails, **more: Any) -> None:
    """Register and remember under its name."""
    desk.begin(ORGANIZATIONS, details=details, **more)
    if isinstance(desk.answer, dict):
        desk.organizations[details.name] = str(desk.answer["id"])


@given(parsers.parse('организация "{name}" зарегистрирована'))
def registered(desk: Desk, name: str) -> None:
    register(desk, an_organization(name, BINS[len(desk.organizations)]))


@given(parsers.parse('инициативная группа "{name}" известна фронт-офису'))
def known_group(desk: Desk, name: str) -> None:
    register(desk, a_group(name))


@given(parsers.parse('группа "{name}", в которой есть и дети, и взрослые'))
def mixed_group(desk: Desk, name: str) -> None:
    groups = (VolunteerGroup.MINORS, VolunteerGroup.GENERAL)
    register(desk, a_group(name, volunteer_groups=groups, directions=(Direction.UMIT,)))


@when(parsers.parse('фронт-офис регистрирует организацию "{name}" с БИН {bin_}'))
def registers(desk: Desk, name: str, bin_: str) -> None:
    register(desk, an_organization(name, bin_))


@when(parsers.parse('фронт-офис регистрирует инициативную группу "{name}"'))
def registers_group(desk: Desk, name: str) -> None:
    register(desk, a_group(name))


@when(parsers.parse('фронт-офис регистрирует инициативную группу "{name}" с БИН {bin_}'))
def registers_group_with_bin(desk: Desk, name: str, bin_: str) -> None:
    register(desk, a_group(name, bin=bin_))


@when(parsers.parse('фронт-офис регистрирует организацию "{name}" без БИН'))
def registers_without_bin(desk: Desk, name: str) -> None:
    register(desk, a_group(name, team_type=TeamType.NGO, legal_form=LegalForm.PUBLIC_FOUNDATION))


@when(parsers.parse('фронт-офис регистрирует группу "{name}" с районом другого региона'))
def registers_elsewhere(desk: Desk, name: str) -> None:
    register(desk, a_group(name, district="711110000"))


@when(parsers.parse('фронт-офис регистрирует группу "{name}" с неизвестным районом'))
def registers_nowhere(desk: Desk, name: str) -> None:
    register(desk, a_group(name, district="759990000"))


@when(parsers.parse('фронт-офис регистрирует группу "{name}" с неизвестным регионом'))
def registers_in_no_region(desk: Desk, name: str) -> None:
    register(desk, a_group(name, region="KZ-99"))


@when(parsers.parse('фронт-офис регистрирует детскую группу "{name}" для работы в ЧС'))
def registers_children(desk: Desk, name: str) -> None:
    children = (VolunteerGroup.MINORS,)
    register(desk, a_group(name, volunteer_groups=children, directions=(Direction.UMIT,)))


@when(parsers.parse('фронт-офис записывает контактное лицо группы "{name}" с телефоном {phone}'))
def registers_with_phone(desk: Desk, name: str, phone: str) -> None:
    register(desk, a_group(name, contact_persons=(a_contact("Пример Примеров", phone),)))


@when(parsers.parse('фронт-офис записывает контактное лицо группы "{name}" без его согласия'))
def registers_without_consent(desk: Desk, name: str) -> None:
    contact = a_contact("Пример Примеров", "+77000000001", consent=False)
    register(desk, a_group(name, contact_persons=(contact,)))


@given(parsers.parse('сведения об организации изменились: новое имя "{name}"'))
@when(parsers.parse('сведения об организации меняются: новое имя "{name}"'))
def renamed(desk: Desk, name: str) -> None:
    desk.command(ORGANIZATIONS, "change", changes=OrganizationDetailsChange(name=name))


@given(parsers.parse('записан контакт с организацией, {channel}: "{summary}"'))
@when(parsers.parse('записан контакт с организацией, {channel}: "{summary}"'))
def contact_logged(desk: Desk, channel: str, summary: str) -> None:
    desk.command(
        ORGANIZATIONS,
        "log-contact",
        channel=coded(Channel, channel),
        summary=summary,
        told_about_office=True,
    )


@when("контакт записан будущим днём")
def contact_in_future(desk: Desk) -> None:
    desk.command(
        ORGANIZATIONS,
        "log-contact",
        channel=Channel.PHONE,
        summary="Позвонили",
        told_about_office=True,
        occurred_on=day("03.03.2026"),
    )


@given("организация закрыта")
@when("организация закрыта")
def closed(desk: Desk) -> None:
    desk.command(ORGANIZATIONS, "close", reason="Больше не собираются")


@when("организация снова действует")
def reopened(desk: Desk) -> None:
    desk.command(ORGANIZATIONS, "reopen", reason="Собрались снова")
