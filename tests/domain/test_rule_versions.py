"""Rules are values: the same code decides by the standard and by any other version."""

from datetime import date

import pytest
from builders import CALENDAR, TODAY

from domain.catalogue.codes import CheckOutcome, HelpType, VerificationMethod
from domain.rules import eligibility, sufficiency, terms, validity
from domain.standing import NOT_VERIFIED

OTHER = "other/2027"
CHECK = sufficiency.Check(1, VerificationMethod.SITE_VISIT, CheckOutcome.CONFIRMED)


@pytest.mark.parametrize("module", [eligibility, sufficiency, terms, validity])
def test_the_standard_is_the_version_that_decisions_name(module):
    assert module.STANDARD.version == module.VERSION


def test_a_refusal_names_the_version_by_which_it_was_made():
    two = sufficiency.SufficiencyRule(version=OTHER, confirmations=2)
    with pytest.raises(sufficiency.EvidenceInsufficient) as evidence:
        sufficiency.confirming([CHECK], two)
    required = eligibility.EligibilityRule(
        version=OTHER, requires_verification=frozenset({HelpType.TRAINING})
    )
    with pytest.raises(eligibility.OrganizationNotVerified) as standing:
        eligibility.check_eligible(HelpType.TRAINING, NOT_VERIFIED, waived=False, rule=required)
    year = validity.ValidityRule(version=OTHER, months=12)
    with pytest.raises(validity.ValidityOutOfRange) as until:
        validity.valid_until(TODAY, date(2027, 3, 3), year)
    none = terms.TermsRule(version=OTHER, extension_months=0)
    with pytest.raises(terms.ExtensionOutOfRange) as extension:
        terms.check_extension(terms.Clock(TODAY), date(2026, 4, 1), TODAY, CALENDAR, none)

    for each in (evidence, standing, until, extension):
        assert each.value.facts["rule"] == OTHER
    assert sufficiency.confirming([CHECK]) == (1,)
    assert validity.valid_until(TODAY, date(2027, 3, 3)) == date(2027, 3, 3)
