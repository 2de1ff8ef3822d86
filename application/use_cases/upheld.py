"""What the database upholds when two do something at the same moment, and what that is called."""

from collections.abc import Mapping

from application.save_outcomes import BinJustTaken, CalendarChanged, KeyUsed, PeopleChanged
from domain.assistance_request.steps import AlreadyLent
from domain.organization_verification.verification import VerificationAlreadyOpen
from domain.staff_account.refusals import IdentityTaken, LoginTaken

UPHELD: Mapping[str, type[Exception]] = {
    "verifications_one_open": VerificationAlreadyOpen,
    "loans_not_twice": AlreadyLent,
    "organizations_bin_once": BinJustTaken,
    "attempts_once": KeyUsed,
    "staff_login_once": LoginTaken,
    "staff_identity_once": IdentityTaken,
    "calendar_in_force": CalendarChanged,
    "people_in_force": PeopleChanged,
}
