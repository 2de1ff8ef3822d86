"""Who may do what: by their role, and by the part their office has in the case.

The case as it is at the moment of the command decides, not as it was when somebody signed
in or opened it. What an office may *see* is in `application.sight`; here is what it may do.
"""

from collections.abc import Mapping

from msgspec import Struct

from domain.actors import HEADS, Actor, Role
from domain.refusals import Refusal

REGIONAL = frozenset({Role.SPECIALIST, Role.HEAD})
REPUBLICAN = frozenset({Role.REPUBLICAN_SPECIALIST, Role.REPUBLICAN_HEAD})
STAFF = REGIONAL | REPUBLICAN
READERS = STAFF | {Role.AUDITOR, Role.SERVICE}
EVERYBODY = frozenset(Role)


class RoleForbidden(Refusal):
    """The caller's role does not do this; ``roles`` are those that do."""

    code = "role-forbidden"


class OfficeForbidden(Refusal):
    """The caller's office does not do this in this case; ``office`` is the one that does."""

    code = "office-forbidden"


class Rule(Struct, frozen=True):
    """The roles that may, and whether only those of the office that holds the case."""

    roles: frozenset[Role]
    holder_only: bool = True


_AT_WORK = Rule(STAFF)
_BETWEEN_OFFICES = Rule(STAFF, holder_only=False)
_TAKING_IN = Rule(STAFF | {Role.SERVICE})
_ACCOUNTS = Rule(frozenset({Role.ADMINISTRATOR}), holder_only=False)
# Over HTTP it is the heads who decide on people; at the machine itself, whoever may use it.
_PEOPLE = Rule(HEADS | {Role.ADMINISTRATOR}, holder_only=False)

# Every action of the service, commands by the name under which the case offers them. What is
# not here nobody may do.
RULES: Mapping[str, Rule] = {
    **dict.fromkeys(("register_organization", "request_help"), _TAKING_IN),
    "upload_document": _TAKING_IN,
    **dict.fromkeys(
        ("change_details", "log_contact", "mark_duplicate", "unmark_duplicate", "close"), _AT_WORK
    ),
    **dict.fromkeys(("request_verification", "record_check", "verify", "refuse"), _AT_WORK),
    **dict.fromkeys(("withdraw", "revoke", "renew", "reopen"), _AT_WORK),
    "expire": Rule(frozenset({Role.SERVICE}), holder_only=False),
    **dict.fromkeys(("assign", "ask_organization", "record_answer", "record_step"), _AT_WORK),
    **dict.fromkeys(("extend_term", "help", "decline", "record_feedback", "link"), _AT_WORK),
    "note": Rule(STAFF | {Role.SERVICE}),
    "waive_verification": Rule(HEADS),
    **dict.fromkeys(("escalate", "offer_transfer", "cancel_transfer"), _AT_WORK),
    **dict.fromkeys(
        ("acknowledge_escalation", "answer_escalation", "return_escalation"), _BETWEEN_OFFICES
    ),
    **dict.fromkeys(("recall_escalation", "accept_transfer", "decline_transfer"), _BETWEEN_OFFICES),
    **dict.fromkeys(("create_account", "grant_role", "revoke_role", "change_post"), _ACCOUNTS),
    **dict.fromkeys(("close_account", "reopen_account", "reset_password", "unlock"), _ACCOUNTS),
    "end_sessions": _ACCOUNTS,
    "correct_calendar": Rule(
        frozenset({Role.REPUBLICAN_HEAD, Role.ADMINISTRATOR}), holder_only=False
    ),
    **dict.fromkeys(("hold_subject", "release_subject", "erase_subject"), _PEOPLE),
    "decide_on_subject": Rule(HEADS, holder_only=False),
    "erase_again": Rule(frozenset({Role.SERVICE}), holder_only=False),
    "read_subject": Rule(STAFF | {Role.AUDITOR}, holder_only=False),
    "read_erasure": Rule(HEADS | {Role.AUDITOR}, holder_only=False),
    "read_cases": Rule(READERS, holder_only=False),
    "read_staff": Rule(STAFF | {Role.AUDITOR, Role.ADMINISTRATOR}, holder_only=False),
    "read_accounts": Rule(frozenset({Role.AUDITOR, Role.ADMINISTRATOR}), holder_only=False),
    "read_reads": Rule(frozenset({Role.AUDITOR}), holder_only=False),
    **dict.fromkeys(
        ("annotate", "withdraw_annotation"), Rule(frozenset({Role.AUDITOR}), holder_only=False)
    ),
    "read_annotations": Rule(frozenset({Role.AUDITOR, Role.REPUBLICAN_HEAD}), holder_only=False),
    "read_log": Rule(READERS, holder_only=False),
    "read_proofs": Rule(frozenset({Role.AUDITOR}), holder_only=False),
    "cosign": Rule(REPUBLICAN | {Role.AUDITOR, Role.SERVICE}, holder_only=False),
    "read_feed": Rule(REPUBLICAN | {Role.AUDITOR, Role.SERVICE}, holder_only=False),
    "read_reference": Rule(EVERYBODY, holder_only=False),
    "read_own_account": Rule(EVERYBODY, holder_only=False),
}
_NOBODY = Rule(frozenset())


def check_role(role: Role, action: str) -> None:
    """Refuse an action that the role never does, whatever it is done to."""
    rule = RULES.get(action, _NOBODY)
    if role not in rule.roles:
        raise RoleForbidden(role=role, roles=sorted(rule.roles))


def check_office(by: Actor, action: str, office: str) -> None:
    """Refuse to begin something at another office than the caller's own."""
    check_role(by.role, action)
    if by.office != office:
        raise OfficeForbidden(office=office, own=by.office)


def refusal(by: Actor, action: str, holder: str) -> Refusal | None:
    """Return why the caller may not do this to a case, if they may not.

    ``holder`` is the office that holds the case. What passes between offices is theirs by
    the case's own facts, which it looks at itself.
    """
    try:
        check_role(by.role, action)
    except RoleForbidden as forbidden:
        return forbidden
    if by.office == holder or not RULES[action].holder_only:
        return None
    return OfficeForbidden(office=holder, own=by.office)
