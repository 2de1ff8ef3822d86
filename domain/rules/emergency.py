"""``emergency/2016``: people under 18 are never sent to emergency work (ÚMIT).

Source: the law on volunteering of 30 December 2016, No. 42-VI, article 12.
"""

from collections.abc import Collection

from domain.catalogue.codes import Direction, VolunteerGroup
from domain.refusals import Refusal

VERSION = "emergency/2016"


class MinorsInEmergencyWork(Refusal):
    """The work is emergency work and the group is, or may be, under 18."""

    code = "minors-in-emergency-work"


def check_group_without_adults(
    directions: Collection[Direction], groups: Collection[VolunteerGroup]
) -> None:
    """Refuse emergency work to an organization whose volunteers are all under 18."""
    if Direction.UMIT in directions and set(groups) == {VolunteerGroup.MINORS}:
        raise MinorsInEmergencyWork(rule=VERSION)


def check_participants(
    direction: Direction | None, participants: Collection[VolunteerGroup]
) -> None:
    """Refuse a request for emergency work in which anyone under 18 takes part.

    ``participants`` are the groups named in the request, or all groups of the
    organization when the request names none: then the adults have to be named.
    """
    if direction is Direction.UMIT and VolunteerGroup.MINORS in participants:
        raise MinorsInEmergencyWork(rule=VERSION)
