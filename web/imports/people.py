"""The people of a row: who leads, who is turned to, how they are reached, whether they agreed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from web.imports import values
from web.imports.headings import title_of
from web.imports.values import wrong

Cells = Mapping[str, str]


def people_of(cells: Cells) -> Iterator[tuple[str, Any]]:
    """Return who is named. Phone and mail are the contact person's, or else the leader's."""
    reached = _reached(cells)
    consent = reached.pop("consent", None)
    if "contact" in cells:
        role = cells.get("role", title_of("contact"))
        contact = {"name": cells["contact"], "role": role, "consent": bool(consent), **reached}
        yield "contact_persons", [contact]
    if "leader" in cells:
        leader = {"name": cells["leader"], **({} if "contact" in cells else reached)}
        yield "leader", leader
        if "contact" not in cells and consent is not None and (consent or reached):
            role = cells.get("role", title_of("leader"))
            yield "contact_persons", [{**leader, "role": role, "consent": consent}]


def _reached(cells: Cells) -> dict[str, Any]:
    """Return how somebody is reached, and whether they agreed to it."""
    readers: Mapping[str, Callable[[str], Any]] = {
        "phone": values.phone,
        "email": str,
        "consent": values.yes,
    }
    found = {name: read(cells[name]) for name, read in readers.items() if name in cells}
    if found and not {"leader", "contact"} & cells.keys():
        field = next(iter(found))
        raise wrong("whose-contact", field, leader=title_of("leader"), contact=title_of("contact"))
    return found
