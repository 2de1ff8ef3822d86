"""The rules that another version of can be tried, and the cases whose decisions they are about."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from application.case_types import REQUEST, VERIFICATION
from application.what_if import eligibility, sufficiency, terms, validity
from application.what_if.decisions import Moment, Reconsidered
from domain.rules import eligibility as eligibility_rule
from domain.rules import sufficiency as sufficiency_rule
from domain.rules import terms as terms_rule
from domain.rules import validity as validity_rule
from domain.rules.versions import RuleVersion


class TriableRule(Struct, frozen=True, kw_only=True):
    """A rule: its standard version, whose cases it is about, and what decides them again.

    ``said_in`` is the field of an event that says under which version it was decided.
    """

    standard: RuleVersion
    case_type: str
    reconsidered: Callable[[Moment, Any], Iterator[Reconsidered]]
    said_in: str = "rule"


RULES: Mapping[str, TriableRule] = {
    "sufficiency": TriableRule(
        standard=sufficiency_rule.STANDARD,
        case_type=VERIFICATION.name,
        reconsidered=sufficiency.reconsidered,
    ),
    "validity": TriableRule(
        standard=validity_rule.STANDARD,
        case_type=VERIFICATION.name,
        reconsidered=validity.reconsidered,
        said_in="validity_rule",
    ),
    "eligibility": TriableRule(
        standard=eligibility_rule.STANDARD,
        case_type=REQUEST.name,
        reconsidered=eligibility.reconsidered,
    ),
    "terms": TriableRule(
        standard=terms_rule.STANDARD, case_type=REQUEST.name, reconsidered=terms.reconsidered
    ),
}
