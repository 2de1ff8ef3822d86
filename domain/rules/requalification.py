"""``requalification/2026``: after which changes a verified organization is verified anew.

A verification says that this organization, by this name and number, at this place, is a
volunteer one. When one of these is different the office is asked to look again; until it has
decided, the verification holds. Bodies that verify organizations do the same (TechSoup
requalifies after a change of name, address or type, and what was granted stays granted): a new
letterhead is no reason to leave an organization without help overnight. The spelling of a name
(case, quotes, legal form, alphabet) is not the name.
"""

from enum import StrEnum

from msgspec import Struct

from domain.names import name_key

VERSION = "requalification/2026"


class Material(StrEnum):
    """The details a verification rests on."""

    NAME = "name"
    BIN = "bin"
    REGION = "region"
    DISTRICT = "district"
    TEAM_TYPE = "team_type"


def material_changes(before: Struct, after: Struct) -> tuple[Material, ...]:
    """Return which details of an organization are materially different after a change."""
    return tuple(each for each in Material if _of(before, each) != _of(after, each))


def _of(details: Struct, each: Material) -> object:
    value = getattr(details, each.value)
    return name_key(value) if each is Material.NAME else value
