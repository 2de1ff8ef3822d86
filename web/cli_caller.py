"""Who gives commands at the machine itself: whoever may use it."""

import getpass

from application.reading_log import Look
from application.services import Services
from domain.actors import Actor, Occasion, Role, StaffId
from domain.places import REPUBLICAN_OFFICE


def machine_user() -> StaffId:
    """Return the user of the machine, as a member of staff is named."""
    return StaffId(f"machine:{getpass.getuser()}")


def at_the_machine() -> Look:
    """Return who looks at a case at the machine itself."""
    return Look(Actor(machine_user(), Role.AUDITOR, REPUBLICAN_OFFICE), "command-line")


def occasion(services: Services) -> Occasion:
    """Return the occasion of a command given at the machine itself, by whoever may use it."""
    by = Actor(machine_user(), Role.ADMINISTRATOR, REPUBLICAN_OFFICE)
    return services.occasion(by, cause="command-line")
