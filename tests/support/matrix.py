"""Who may do what over HTTP, as the tests have it: a second opinion beside the product's rules.

Nothing here is taken from ``domain.rules.authority``. A new operation of the interface needs
a row here: which roles may, what kind of thing it is, in which state of the case it can be
done, and a body that is valid.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum, auto
from itertools import product
from typing import Any, NamedTuple
from uuid import uuid4

from world import DISTRICTS, FOREIGN, OTHER, OWN, REPUBLIC, State, World

Body = Callable[[World, str], dict[str, Any]]

REGIONAL = {"specialist", "head"}
REPUBLICAN = {"republican_specialist", "republican_head"}
STAFF = REGIONAL | REPUBLICAN
SERVICE, AUDITOR, ADMINISTRATOR = {"service"}, {"auditor"}, {"administrator"}
HEADS = {"head", "republican_head"}
READERS = STAFF | SERVICE | AUDITOR
EVERYBODY = READERS | ADMINISTRATOR

CALLERS = (
    *(f"{role}@{office}" for role in ("specialist", "head") for office in (OWN, OTHER)),
    *(f"{role}@{REPUBLIC}" for role in ("republican_specialist", "republican_head")),
    f"auditor@{REPUBLIC}",
    f"administrator@{REPUBLIC}",
    *(f"service@{office}" for office in (OWN, OTHER, REPUBLIC)),
)


class Kind(Enum):
    """What kind of thing an operation is, and so whose office may do it."""

    HOLDER = auto()  # A command of the office that holds the case.
    ADDRESSED = auto()  # An answer of the office that was asked or offered: here the republican.
    ASKING = auto()  # Taking a question back: by the office that asked.
    READING = auto()  # One case, or its history.
    LIST = auto()  # A page of rows.
    FEED = auto()  # The log as a whole: for those who see every office.
    OPENING = auto()  # Beginning a case.
    PERSON = auto()  # A decision about a person, or what was decided: of who sees them.
    FILING = auto()  # Sending a document, which is the caller's office's.
    ACCOUNT = auto()  # A command on an account.
    ACCOUNT_READING = auto()  # One account, or its history.
    NOTE = auto()  # What auditors note, whatever office the case is of.
    NOTE_READING = auto()  # One such note.
    PROVING = auto()  # What shows that the log is whole.
    WITNESSING = auto()  # Handing in what a witness has cosigned.
    SIGNED_IN = auto()  # Everybody who has an account.
    OPEN = auto()  # Everybody, signed in or not.


class Operation(NamedTuple):
    """A row of the table."""

    kind: Kind
    roles: frozenset[str]
    state: State | None = None
    ended: State | None = None
    body: Body | None = None

    def admits(self, who: str) -> bool:
        """Whether the role of the caller may."""
        return who.partition("@")[0] in self.roles


def _said(**values: Any) -> Body:
    return lambda _world, _office: values


def _command(
    kind: Kind, state: State, ended: State, body: Body, roles: set[str] = STAFF
) -> Operation:
    return Operation(kind, frozenset(roles), state, ended, body)


def _organization(state: State, body: Body) -> Operation:
    return _command(Kind.HOLDER, state, World.closed, body)


def _verification(state: State, body: Body, kind: Kind = Kind.HOLDER) -> Operation:
    return _command(kind, state, World.withdrawn, body)


def _request(
    state: State, body: Body, kind: Kind = Kind.HOLDER, roles: set[str] = STAFF
) -> Operation:
    return _command(kind, state, World.ended, body, roles)


def _account(state: State, body: Body) -> Operation:
    return _command(Kind.ACCOUNT, state, World.closed_account, body, ADMINISTRATOR)


def _note(kind: Kind, roles: set[str], body: Body | None = None) -> Operation:
    return Operation(kind, frozenset(roles), World.annotated, World.no_more_annotated, body)


def _person(state: State, body: Body | None = None, roles: set[str] = HEADS) -> Operation:
    return Operation(Kind.PERSON, frozenset(roles), state, World.erased, body)


def _reading(state: State, ended: State, roles: set[str] = READERS) -> Operation:
    kind = Kind.READING if roles is READERS else Kind.ACCOUNT_READING
    return Operation(kind, frozenset(roles), state, ended)


def _list(roles: set[str] = READERS) -> Operation:
    return Operation(Kind.LIST, frozenset(roles))


def _proof(roles: set[str]) -> Operation:
    return Operation(Kind.PROVING, frozenset(roles))


def _everybody() -> Operation:
    return Operation(Kind.SIGNED_IN, frozenset(EVERYBODY))


_FINDINGS = ("voluntary", "unpaid", "public_benefit", "concrete_deeds", "aware", "harmless")
_BECAUSE = _said(reason="Так надо")
_HELD = {"topic": "Первая помощь", "held_on": "2026-03-01", "participants": 9}
_OPENED = {"subject": "Обучение", "description": "Просят научить", "channel": "visit"}
_STEP = {"kind": "other_step", "summary": "Звонили", "details": {}}
_CHECK = {
    "method": "platform_registration",
    "outcome": "confirmed",
    "details": {"qazvolunteer_id": "QV-1"},
}


def _contact(_world: World, _office: str) -> dict[str, Any]:
    return {"channel": "visit", "summary": "Были", "told_about_office": True}


def _same_as(world: World, office: str) -> dict[str, Any]:
    at = OWN if office == REPUBLIC else office
    return {"duplicate_of": str(world.active(at).id), "reason": "Одна и та же"}


def _assigned(world: World, office: str) -> dict[str, Any]:
    return {"staff_id": world.person(office)}


def _extended(world: World, _office: str) -> dict[str, Any]:
    return {"until": world.later(45), "reason": "Ждём ответа"}


def _linked(world: World, office: str) -> dict[str, Any]:
    at = OWN if office == REPUBLIC else office
    return {"case_id": str(world.taken(at).id), "relation": "continues"}


def registration(world: World, office: str) -> dict[str, Any]:
    """Return the body that registers a group in a region."""
    return {
        "team_type": "initiative_group",
        "name": world.name(),
        "region": office,
        "district": DISTRICTS[office],
        "directions": ["taza_alem"],
        "volunteer_groups": ["general"],
        "participation_modes": ["offline"],
    }


def verification_of(organization_id: Any) -> dict[str, Any]:
    """Return the body that begins a verification."""
    return {"organization_id": str(organization_id)}


def help_for(organization_id: Any) -> dict[str, Any]:
    """Return the body that takes a request in."""
    details = {"topic": "Первая помощь", "audience": "ngo_staff"}
    asked = {"help_type": "training", **_OPENED, "details": details}
    return {"organization_id": str(organization_id), **asked}


def annotation_of(case_id: Any) -> dict[str, Any]:
    """Return the body that notes something about a case."""
    return {"case_id": str(case_id), "version": 1, "text": "Спросить о письме"}


def new_account(_world: World, office: str) -> dict[str, Any]:
    """Return the body that makes an account."""
    about = {"name": "Пример Примеров", "post": "Специалист", "reason": "Принят"}
    return {"login": uuid4().hex, "office": office, "roles": ["specialist"], **about}


_QUESTION = _said(question="Как быть?")
_ANSWER = _said(answer="Вот так")


def _questions(noun: str, state: State, asked: State, row: Any) -> dict[str, Operation]:
    return {
        f"escalate{noun}": row(state, _QUESTION),
        f"acknowledgeEscalation{noun}": row(asked, _said(), Kind.ADDRESSED),
        f"answerEscalation{noun}": row(asked, _ANSWER, Kind.ADDRESSED),
        f"returnEscalation{noun}": row(asked, _BECAUSE, Kind.ADDRESSED),
        f"recallEscalation{noun}": row(asked, _said(), Kind.ASKING),
    }


TABLE: Mapping[str, Operation] = {
    # Organizations.
    "registerOrganization": Operation(Kind.OPENING, frozenset(STAFF | SERVICE)),
    "getOrganization": _reading(World.active, World.closed),
    "getOrganizationHistory": _reading(World.active, World.closed),
    "getOrganizationChanges": _reading(World.active, World.closed),
    "listOrganizations": _list(),
    "changeOrganization": _organization(World.active, lambda world, _: {"name": world.name()}),
    "logContactOrganization": _organization(World.active, _contact),
    "markDuplicateOrganization": _organization(World.active, _same_as),
    "unmarkDuplicateOrganization": _organization(World.duplicate, _BECAUSE),
    "closeOrganization": _organization(World.active, _BECAUSE),
    "reopenOrganization": _organization(World.closed, _BECAUSE),
    # Verifications.
    "requestVerification": Operation(Kind.OPENING, frozenset(STAFF)),
    "getVerification": _reading(World.checked, World.withdrawn),
    "getVerificationHistory": _reading(World.checked, World.withdrawn),
    "getVerificationChanges": _reading(World.checked, World.withdrawn),
    "listVerifications": _list(),
    "recordCheckVerification": _verification(World.checked, _said(**_CHECK)),
    "verifyVerification": _verification(
        World.checked, _said(findings=dict.fromkeys(_FINDINGS, True))
    ),
    "refuseVerification": _verification(World.checked, _said(ground="paid", comment="Платят")),
    "withdrawVerification": _verification(World.checked, _BECAUSE),
    "revokeVerification": _verification(World.verified, _BECAUSE),
    "renewVerification": _verification(World.verified, _BECAUSE),
    **_questions("Verification", World.checked, World.verification_asked, _verification),
    # Requests for help.
    "requestHelp": Operation(Kind.OPENING, frozenset(STAFF | SERVICE)),
    "getAssistanceRequest": _reading(World.taken, World.ended),
    "getAssistanceRequestHistory": _reading(World.taken, World.ended),
    "getAssistanceRequestChanges": _reading(World.taken, World.ended),
    "listAssistanceRequests": _list(),
    "assignAssistanceRequest": _request(World.taken, _assigned),
    "askOrganizationAssistanceRequest": _request(World.taken, _QUESTION),
    "recordAnswerAssistanceRequest": _request(World.waiting, _ANSWER),
    "recordStepAssistanceRequest": _request(World.taken, _said(**_STEP)),
    "extendTermAssistanceRequest": _request(World.taken, _extended),
    "noteAssistanceRequest": _request(World.taken, _said(text="Звонили"), roles=STAFF | SERVICE),
    "linkAssistanceRequest": _request(World.taken, _linked),
    "helpAssistanceRequest": _request(World.taken, _said(outcome="Научили", details=_HELD)),
    "declineAssistanceRequest": _request(
        World.taken, _said(reason_code="outside_powers", explanation="Не к нам")
    ),
    "withdrawAssistanceRequest": _request(World.taken, _BECAUSE),
    "reopenAssistanceRequest": _request(World.ended, _BECAUSE),
    "recordFeedbackAssistanceRequest": _request(
        World.ended, _said(resolved=True, comment="Спасибо")
    ),
    "waiveVerificationAssistanceRequest": _request(World.taken, _BECAUSE, roles=HEADS),
    "offerTransferAssistanceRequest": _request(
        World.taken, _said(to_office=REPUBLIC, reason="Там ближе")
    ),
    "acceptTransferAssistanceRequest": _request(World.offered, _said(), Kind.ADDRESSED),
    "declineTransferAssistanceRequest": _request(World.offered, _BECAUSE, Kind.ADDRESSED),
    "cancelTransferAssistanceRequest": _request(World.offered, _said()),
    **_questions("AssistanceRequest", World.taken, World.asked, _request),
    "listEscalations": _list(),
    # Documents.
    "uploadDocument": Operation(Kind.FILING, frozenset(STAFF | SERVICE)),
    "getDocument": _reading(World.filed, World.filed),
    "getDocumentHistory": _reading(World.filed, World.filed),
    "getDocumentChanges": _reading(World.filed, World.filed),
    # Accounts.
    "createAccount": Operation(Kind.OPENING, frozenset(ADMINISTRATOR)),
    "getAccount": _reading(World.account, World.closed_account, AUDITOR | ADMINISTRATOR),
    "getAccountHistory": _reading(World.account, World.closed_account, AUDITOR | ADMINISTRATOR),
    "getAccountChanges": _reading(World.account, World.closed_account, AUDITOR | ADMINISTRATOR),
    "listAccounts": _list(STAFF | AUDITOR | ADMINISTRATOR),
    "grantRoleAccount": _account(World.account, _said(role="head", reason="Назначен")),
    "revokeRoleAccount": _account(World.account, _said(role="specialist", reason="Ушёл")),
    "changePostAccount": _account(World.account, _said(post="Старший специалист")),
    "unlockAccount": _account(World.account, _BECAUSE),
    "endSessionsAccount": _account(World.account, _BECAUSE),
    "closeAccount": _account(World.account, _BECAUSE),
    "reopenAccount": _account(World.closed_account, _BECAUSE),
    "resetPasswordAccount": _account(World.account, _BECAUSE),
    "listReads": _list(AUDITOR),
    # The log.
    "getHandOvers": _list(),
    "getCheckpoint": _proof(READERS),
    "getConsistency": _proof(READERS),
    "getInclusion": _proof(AUDITOR),
    "getCompleteness": _proof(AUDITOR),
    "getBundle": _proof(AUDITOR),
    "cosign": Operation(Kind.WITNESSING, frozenset(REPUBLICAN | AUDITOR | SERVICE)),
    "followEvents": Operation(Kind.FEED, frozenset(REPUBLICAN | SERVICE | AUDITOR)),
    # What auditors note.
    "addAnnotation": Operation(Kind.OPENING, frozenset(AUDITOR)),
    "listAnnotations": _list(AUDITOR | {"republican_head"}),
    "getAnnotation": _note(Kind.NOTE_READING, AUDITOR | {"republican_head"}),
    "withdrawAnnotation": _note(Kind.NOTE, AUDITOR, _BECAUSE),
    # People.
    "getSubject": _person(World.known, roles=STAFF | AUDITOR),
    "getSubjectHistory": _person(World.held, roles=STAFF | AUDITOR),
    "getSubjectReport": _person(World.known, roles=HEADS | AUDITOR),
    "holdSubject": _person(World.known, _BECAUSE),
    "releaseSubject": _person(World.held, _BECAUSE),
    "eraseSubject": _person(World.known, _said(ground="consent_withdrawn", reason="Просит")),
    # What has no case.
    "getReference": _everybody(),
    "getReferenceList": _everybody(),
    "getCalendar": _everybody(),
    "listOffices": _everybody(),
    "getMe": _everybody(),
    "signOut": _everybody(),
    "signIn": Operation(Kind.OPEN, frozenset(EVERYBODY)),
    "renewSession": Operation(Kind.OPEN, frozenset(EVERYBODY)),
}

NOBODY = "nobody"
CASES = ("existing", "foreign", "missing", "ended")
WITHOUT_CASE = ("none",)
WITH_CASE = {
    Kind.HOLDER,
    Kind.ADDRESSED,
    Kind.ASKING,
    Kind.READING,
    Kind.ACCOUNT,
    Kind.ACCOUNT_READING,
    Kind.NOTE,
    Kind.NOTE_READING,
    Kind.PERSON,
    Kind.OPENING,
}
DONE, DONE_OR_STATE = "done", "done, or refused for the state of the case"
NOT_SIGNED_IN, NOT_FOUND = "401 not-signed-in", "404 not-found"
ROLE_FORBIDDEN, OFFICE_FORBIDDEN = "403 role-forbidden", "403 office-forbidden"
NOT_ACTIVE = "409 organization-not-active"
ELSEWHERE = "409 of the office that was asked"
OF_ANOTHER_OFFICE = {"not-offered-office", "not-addressed-office", "not-raising-office"}


def office_of(who: str) -> str:
    """Return the office of a caller; nobody asks as if they were at the first one."""
    return OWN if who == NOBODY else who.partition("@")[2]


def holder_of(case: str) -> str:
    """Return the office that holds a case of the matrix."""
    return FOREIGN if case == "foreign" else OWN


def cells(operation_id: str) -> Iterator[tuple[str, str]]:
    """Return every caller with every case on which the operation is tried."""
    if operation_id in {"registerOrganization", "createAccount"}:
        return product((NOBODY, *CALLERS), ("existing", "foreign"))  # Only the office is theirs.
    cases = CASES if TABLE[operation_id].kind in WITH_CASE else WITHOUT_CASE
    return product((NOBODY, *CALLERS), cases)


def verdict(operation_id: str, who: str, case: str) -> str:
    """Return what has to come of it."""
    row = TABLE[operation_id]
    if row.kind is Kind.OPEN:
        return DONE
    if who == NOBODY:
        return NOT_SIGNED_IN
    if not row.admits(who):
        return ROLE_FORBIDDEN
    if row.kind is Kind.OPENING:
        return _of_opening(operation_id, who, case)
    if row.kind in {Kind.FEED, *WITH_CASE}:
        return _of_case(row.kind, office_of(who), case)
    return DONE


def _of_opening(operation_id: str, who: str, case: str) -> str:
    """Return what comes of beginning something: at an office, or for an organization."""
    office, holder = office_of(who), holder_of(case)
    if operation_id in {"createAccount", "addAnnotation"}:  # Whatever office the case is of.
        return NOT_FOUND if case == "missing" else DONE
    if operation_id == "registerOrganization":
        return DONE if office == holder else OFFICE_FORBIDDEN
    if case == "missing" or office not in {holder, REPUBLIC}:
        return NOT_FOUND
    if operation_id == "requestHelp" and case == "ended":
        return NOT_ACTIVE
    if office == REPUBLIC:
        return OFFICE_FORBIDDEN
    return NOT_ACTIVE if case == "ended" else DONE


def _of_case(kind: Kind, office: str, case: str) -> str:
    if kind is Kind.FEED:
        return DONE if office == REPUBLIC else OFFICE_FORBIDDEN
    holder = holder_of(case)
    accounts = kind in {Kind.ACCOUNT, Kind.ACCOUNT_READING, Kind.NOTE, Kind.NOTE_READING}
    if case == "missing" or not (accounts or office in {holder, REPUBLIC}):
        return NOT_FOUND
    reading = kind in {Kind.READING, Kind.ACCOUNT_READING, Kind.NOTE_READING}
    if reading or (kind is Kind.PERSON and case != "ended"):
        return DONE
    if kind is Kind.HOLDER and office != holder:
        return OFFICE_FORBIDDEN
    if case == "ended":
        return DONE_OR_STATE
    answering = REPUBLIC if kind is Kind.ADDRESSED else holder
    return DONE if accounts or office == answering else ELSEWHERE


def is_as_expected(expected: str, status: int, code: str) -> bool:
    """Whether an answer is what has to come of it."""
    if expected in {DONE, DONE_OR_STATE}:
        state = expected == DONE_OR_STATE and (status, code) == (409, "wrong-state")
        return 200 <= status < 300 or state
    if expected == ELSEWHERE:
        return status == 409 and code in OF_ANOTHER_OFFICE
    return f"{status} {code}" == expected
