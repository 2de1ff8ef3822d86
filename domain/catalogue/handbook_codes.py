"""The codes of the handbook's own lists (2021); the clause of each is in the catalogue.

A code that has been published is never removed: later catalogues add to it.
"""

from enum import StrEnum


class HelpCategory(StrEnum):
    """The three categories of help (2.3-2.5)."""

    ADMINISTRATIVE = "administrative"
    CONSULTATIVE = "consultative"
    INFORMATIONAL = "informational"


class VerificationMethod(StrEnum):
    """The five ways of checking an organization (2.2.1-2.2.5)."""

    PLATFORM_REGISTRATION = "platform_registration"
    PAST_EXPERIENCE = "past_experience"
    PARTNER_RECOMMENDATION = "partner_recommendation"
    NETWORK_RECOMMENDATION = "network_recommendation"
    SITE_VISIT = "site_visit"


class TeamType(StrEnum):
    """The two types of volunteer team (1.5)."""

    NGO = "ngo"
    INITIATIVE_GROUP = "initiative_group"


class LegalForm(StrEnum):
    """The legal forms that the handbook names (1.5.1)."""

    ASSOCIATION_OF_LEGAL_ENTITIES = "association_of_legal_entities"
    PUBLIC_FOUNDATION = "public_foundation"
    PUBLIC_ASSOCIATION = "public_association"


class Direction(StrEnum):
    """The twelve directions of volunteering (1.6)."""

    AYALA = "ayala"
    ASYL_MURA = "asyl_mura"
    BILIM = "bilim"
    QAMQOR = "qamqor"
    SAULYQ = "saulyq"
    SABAQTASTYQ = "sabaqtastyq"
    TAZA_ALEM = "taza_alem"
    UMIT = "umit"
    MEDIA = "media"
    CULTURE_ARTS = "culture_arts"
    SPORT_HEALTHY_LIVING = "sport_healthy_living"
    OTHER_SOCIAL = "other_social"


class VolunteerGroup(StrEnum):
    """The seven groups of volunteers (1.7)."""

    PRO_BONO = "pro_bono"
    MINORS = "minors"
    INCLUSIVE = "inclusive"
    CORPORATE = "corporate"
    INTERNATIONAL = "international"
    SILVER = "silver"
    GENERAL = "general"


class ParticipationMode(StrEnum):
    """The three modes of taking part (1.8)."""

    AUTO = "auto"
    ONLINE = "online"
    OFFLINE = "offline"


class Finding(StrEnum):
    """The principles of volunteering an activity is held against (1.2, 1.3)."""

    VOLUNTARY = "voluntary"
    UNPAID = "unpaid"
    PUBLIC_BENEFIT = "public_benefit"
    CONCRETE_DEEDS = "concrete_deeds"
    AWARE = "aware"
    HARMLESS = "harmless"


class ObstacleKind(StrEnum):
    """What stands in the way of the movement (2.8.2)."""

    BROKEN_COMMUNICATION_WITH_AUTHORITIES = "broken_communication_with_authorities"
    LACK_OF_PROJECT_SKILLS = "lack_of_project_skills"
    NO_PREMISES = "no_premises"
    HOSTILE_ATTITUDE = "hostile_attitude"
    OTHER = "other"


class QualityIndicator(StrEnum):
    """The four indicators of an office's work (2.8)."""

    CONTACTS = "contacts"
    UNDERSTANDING_OF_NEEDS = "understanding_of_needs"
    PLATFORM_FOR_INTERACTION = "platform_for_interaction"
    FEEDBACK = "feedback"


class HelpType(StrEnum):
    """The nine kinds of help (2.3.1-2.5.4)."""

    STATE_BODY_LIAISON = "state_body_liaison"
    PREMISES_AND_EQUIPMENT = "premises_and_equipment"
    TRAINING = "training"
    REGISTRATION_ADVICE = "registration_advice"
    GRANT_AND_REPORT_ADVICE = "grant_and_report_advice"
    GRANT_INFORMATION = "grant_information"
    PARTNER_INFORMATION = "partner_information"
    MEDIA_COVERAGE = "media_coverage"
    MEDIA_ATTRACTION = "media_attraction"

    @property
    def category(self) -> HelpCategory:
        """The category that the kind of help belongs to."""
        return _CATEGORIES[self]


_CATEGORIES = {
    HelpType.STATE_BODY_LIAISON: HelpCategory.ADMINISTRATIVE,
    HelpType.PREMISES_AND_EQUIPMENT: HelpCategory.ADMINISTRATIVE,
    HelpType.TRAINING: HelpCategory.ADMINISTRATIVE,
    HelpType.REGISTRATION_ADVICE: HelpCategory.CONSULTATIVE,
    HelpType.GRANT_AND_REPORT_ADVICE: HelpCategory.CONSULTATIVE,
    HelpType.GRANT_INFORMATION: HelpCategory.INFORMATIONAL,
    HelpType.PARTNER_INFORMATION: HelpCategory.INFORMATIONAL,
    HelpType.MEDIA_COVERAGE: HelpCategory.INFORMATIONAL,
    HelpType.MEDIA_ATTRACTION: HelpCategory.INFORMATIONAL,
}
