"""The codes of the office's own work: how it checks, helps, declines and keeps in touch.

A code that has been published is never removed: later catalogues add to it.
"""

from enum import StrEnum


class CheckOutcome(StrEnum):
    """What a check came to."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    INCONCLUSIVE = "inconclusive"


class BeneficiaryResult(StrEnum):
    """What a beneficiary said of past work."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    UNREACHABLE = "unreachable"


class RefusalGround(StrEnum):
    """Why an organization is not verified (1.2, 1.3)."""

    NOT_VOLUNTARY = "not_voluntary"
    PAID = "paid"
    PRIVATE_INTEREST = "private_interest"
    NO_REAL_ACTIVITY = "no_real_activity"
    HARMFUL = "harmful"
    NOT_CONFIRMED = "not_confirmed"


class DeclineReason(StrEnum):
    """Why the office cannot help (2.1.3)."""

    NOT_POSSIBLE_NOW = "not_possible_now"
    OUTSIDE_POWERS = "outside_powers"
    NOT_VOLUNTEER_ACTIVITY = "not_volunteer_activity"
    NOT_VERIFIED = "not_verified"


class Channel(StrEnum):
    """How office and organization are in touch."""

    VISIT = "visit"
    PHONE = "phone"
    EMAIL = "email"
    MESSENGER = "messenger"
    LETTER = "letter"
    PLATFORM = "platform"
    EVENT = "event"


class StepKind(StrEnum):
    """What an office does about a request."""

    LETTER_SENT = "letter_sent"
    ANSWER_RECEIVED = "answer_received"
    LENT = "lent"
    RETURNED = "returned"
    TRAINING_HELD = "training_held"
    ADVICE_GIVEN = "advice_given"
    PROGRAMMES_SENT = "programmes_sent"
    INTRODUCTION_MADE = "introduction_made"
    PUBLICATION = "publication"
    MEDIA_CONTACTED = "media_contacted"
    OTHER_STEP = "other_step"


class Relation(StrEnum):
    """What a request has to do with another case."""

    CONTINUES = "continues"
    RELATED = "related"
    SAME_SUBJECT = "same_subject"


class MediaKind(StrEnum):
    """The kinds of media."""

    NEWSPAPER = "newspaper"
    TELEVISION = "television"
    RADIO = "radio"
    WEBSITE = "website"
    SOCIAL_NETWORK = "social_network"


class PermitResult(StrEnum):
    """What a state body answered."""

    GRANTED = "granted"
    REFUSED = "refused"
    CONTACT_ESTABLISHED = "contact_established"


class RegistrationResult(StrEnum):
    """How far the registration of an organization has come."""

    REGISTERED = "registered"
    DOCUMENTS_PREPARED = "documents_prepared"
    ADVISED = "advised"


class GrantDocument(StrEnum):
    """The documents an office helps with (2.4.2)."""

    GRANT_APPLICATION = "grant_application"
    REPORT = "report"


class Audience(StrEnum):
    """Whom training is for (2.3.3)."""

    NGO_STAFF = "ngo_staff"
    INITIATIVE_GROUP = "initiative_group"
    VOLUNTEER_LEADERS = "volunteer_leaders"


class ErasureGround(StrEnum):
    """Why the data of a person is erased."""

    CONSENT_WITHDRAWN = "consent_withdrawn"
    PURPOSE_REACHED = "purpose_reached"
    UNLAWFUL = "unlawful"
    ERASED_BEFORE = "erased_before"


class LoanKind(StrEnum):
    """What an office lends (2.3.2)."""

    PREMISES = "premises"
    EQUIPMENT = "equipment"
