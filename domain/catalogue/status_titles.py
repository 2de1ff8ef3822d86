"""The titles of the statuses of cases."""

from domain.catalogue.codes import (
    EscalationStatus,
    OrganizationStatus,
    RequestStatus,
    StandingStatus,
    VerificationStatus,
)
from domain.catalogue.entry import Entry, entry

# A table is read by its rows: one entry, one line.
# fmt: off
ORGANIZATION_STATUSES = (
    entry(OrganizationStatus.ACTIVE, None, "действует", "жұмыс істейді", "active"),
    entry(OrganizationStatus.CLOSED, None, "закрыта", "жабылған", "closed"),
    entry(OrganizationStatus.DUPLICATE, None, "дубликат", "телнұсқа", "duplicate"),
)
VERIFICATION_STATUSES = (
    entry(VerificationStatus.REQUESTED, None, "идёт проверка", "тексеру жүруде", "being verified"),
    entry(VerificationStatus.VERIFIED, None, "проверена", "тексерілген", "verified"),
    entry(VerificationStatus.REFUSED, None, "отказано", "бас тартылды", "refused"),
    entry(VerificationStatus.WITHDRAWN, None, "прекращена", "тоқтатылды", "withdrawn"),
    entry(VerificationStatus.REVOKED, None, "отозвана", "кері қайтарылды", "revoked"),
    entry(VerificationStatus.EXPIRED, None, "срок истёк", "мерзімі өтті", "expired"),
)
REQUEST_STATUSES = (
    entry(RequestStatus.REQUESTED, "2.1.3", "принят", "қабылданды", "requested"),
    entry(RequestStatus.IN_PROGRESS, "2.1.3", "в работе", "жұмыста", "in progress"),
    entry(RequestStatus.WAITING_FOR_ORGANIZATION, "2.1.3", "ждёт ответа организации", "ұйымның жауабын күтуде", "waiting for the organization"),
    entry(RequestStatus.HELPED, "2.1.3", "помощь оказана", "көмек көрсетілді", "helped"),
    entry(RequestStatus.DECLINED, "2.1.3", "отказано", "бас тартылды", "declined"),
    entry(RequestStatus.WITHDRAWN, None, "отозван", "кері алынды", "withdrawn"),
)
ESCALATION_STATUSES = (
    entry(EscalationStatus.OPEN, "2.7.2", "открыт", "ашық", "open"),
    entry(EscalationStatus.ACKNOWLEDGED, "2.7.2", "получен", "алынды", "acknowledged"),
    entry(EscalationStatus.ANSWERED, "2.7.2", "дан ответ", "жауап берілді", "answered"),
    entry(EscalationStatus.RETURNED, "2.7.2", "возвращён", "қайтарылды", "returned"),
    entry(EscalationStatus.RECALLED, "2.7.2", "отозван", "кері алынды", "recalled"),
)
STANDINGS = (
    entry(StandingStatus.NONE, None, "не проверялась", "тексерілмеген", "never verified"),
    entry(StandingStatus.VERIFIED, None, "проверена", "тексерілген", "verified"),
    entry(StandingStatus.REFUSED, None, "отказано", "бас тартылды", "refused"),
    entry(StandingStatus.EXPIRED, None, "срок проверки истёк", "тексеру мерзімі өтті", "expired"),
    entry(StandingStatus.REVOKED, None, "проверка отозвана", "тексеру кері қайтарылды", "revoked"),
)
ALL: dict[str, tuple[Entry, ...]] = {
    "organization_statuses": ORGANIZATION_STATUSES,
    "verification_statuses": VERIFICATION_STATUSES,
    "request_statuses": REQUEST_STATUSES,
    "escalation_statuses": ESCALATION_STATUSES,
    "standings": STANDINGS,
}
