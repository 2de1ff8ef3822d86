"""Replays in tests: the errand of the second process done in this one, and a history to fold."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import msgspec
import psycopg
from builders import HEAD, TODAY, a_group
from msgspec.structs import replace
from office import Office, ref
from papers import pdf
from people import ADMINISTRATOR
from world import AUDITOR

from application.case_types import REQUEST
from application.replay.divergences import Divergence
from application.replay.environment import Environment
from application.replay.errands import Errand, run_errand
from application.replay.replayed import Message, written
from application.replay.replaying import Replay, replay
from application.settings import Settings
from application.streams import CaseRef
from application.use_cases.decisions import CheckInput, Decision
from domain.assistance_request import details, steps
from domain.catalogue.codes import CheckOutcome, Finding, LoanKind
from domain.organization_verification.checks import PartnerRecommendation
from domain.personal import ContactPerson, person

ROOM = details.PremisesAndEquipment(
    kind=LoanKind.PREMISES, needed="Зал", needed_from=TODAY, needed_until=TODAY
)
LENT = steps.Lent(
    loan_kind=LoanKind.PREMISES, item="Зал", lent_from=TODAY, lent_until=date(2026, 3, 9)
)


@contextmanager
def here_as_elsewhere(errand: Errand) -> Iterator[Iterator[bytes]]:
    """Do the errand in this process, as if it were one of another environment."""

    def elsewhere(message: Message) -> Message:
        known = isinstance(message, Environment)
        return replace(message, utc_offset=-1, hashed=-1) if known else message

    with closing(run_errand(errand)) as messages:
        yield written(map(elsewhere, messages))


@contextmanager
def unwatched(_: int) -> Iterator[Callable[[int], object]]:
    """Tell nobody how far it is."""
    yield lambda _: None


def replayed(url: str, key_file: Path) -> Replay:
    """Replay without starting a process."""
    return replay(url, key_file, here_as_elsewhere, unwatched)


def divergences(url: str, settings: Settings) -> Sequence[Divergence]:
    """Return what a replay finds."""
    return replayed(url, settings.key_file).divergences


def fill(office: Office) -> None:
    """Make cases that have rows in every read model, in one way or another."""
    services, cases = office.services, office.cases
    cases.correct_day(
        services.occasion(ADMINISTRATOR, cause="test"),
        day=date(2026, 3, 10),
        is_working=False,
        reason="Указ",
    )
    contact = ContactPerson(
        person(services.new_id(), "Пример Примеров", "+77000000077"), "координатор", consent=True
    )
    issuer = office.organization()
    office.verified(issuer.id)
    group = office.cases.register_organization(
        office.on(), details=a_group(contact_persons=(contact,))
    )
    letter = PartnerRecommendation(
        issuer_name="Чистый берег", issuer_id=issuer.id, letter_date=TODAY
    )
    document = cases.upload_document(office.on(), content=pdf()).id
    cases.request_verification(
        office.on(),
        organization_id=group.id,
        checks=(CheckInput(outcome=CheckOutcome.CONFIRMED, details=letter, documents=(document,)),),
        decision=Decision(findings=dict.fromkeys(Finding, True)),
    )
    duplicate = office.group("Родник")
    cases.mark_duplicate(ref(duplicate), office.on(), duplicate_of=group.id, reason="Она же")
    lent = office.request(group.id, ROOM)
    lent = cases.record_step(ref(lent), office.on(), summary="Зал", details=LENT)
    lent = cases.assign(ref(lent), office.on(), staff_id=office.specialist)
    cases.escalate(REQUEST, ref(lent), office.on(), question="Как быть?")
    services.front_office_of(AUDITOR).add_annotation(
        services.occasion(AUDITOR, cause="test"), case_id=lent.id, text="Спросить о зале"
    )
    services.front_office_of(HEAD).hold_subject(
        CaseRef(contact.person.subject_id), services.occasion(HEAD, cause="test"), reason="Суд"
    )


def everything(url: str) -> list[str]:
    """Return all that the database holds, and what there is to hold it."""
    with psycopg.connect(url) as connection:
        kinds = "SELECT relname, relnamespace::regnamespace::text, relkind::text FROM pg_class"
        held = [str(row) for row in connection.execute(f"{kinds} ORDER BY 1, 2")]
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (name,) in tables.fetchall():
            rows = connection.execute(f'SELECT t::text FROM "{name}" AS t ORDER BY 1')
            held += [f"{name} {row}" for row in rows]
        return held


def state_of(url: str, topic: str) -> tuple[str, int, dict[str, object]]:
    """Return the case, the version and the fields of the first event with a topic."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT originator_id, originator_version, state FROM case_events WHERE topic = %s"
            " ORDER BY notification_id LIMIT 1",
            [topic],
        ).fetchall()[0]
    return str(row[0]), row[1], msgspec.json.decode(row[2])
