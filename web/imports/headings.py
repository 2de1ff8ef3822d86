"""The headings of a list: which column tells what, in whatever language and order."""

from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from web.imports.remarks import Remark, remark, unreadable
from web.imports.wording import bare
from web.languages import LANGUAGES, language, texts

REQUIRED = (
    *("name", "team_type", "district"),
    *("directions", "volunteer_groups", "participation_modes"),
)
_NUMBERS = frozenset({"no", "no п п", "п п", "рс", "р с"})
_FIRST_ROWS = 20
# A row of headings has at least so many; with fewer it is a title above the list.
_ENOUGH = 2


class Headings(Struct, frozen=True, kw_only=True):
    """Where the headings stand (from 0), and the place of each field that there is."""

    row: int
    places: Mapping[str, int]
    remarks: tuple[Remark, ...]


def title_of(field: str) -> str:
    """Return what the column of a field is called in the language of the caller."""
    return str(texts("columns")[field][language()])


def find_headings(rows: Sequence[Sequence[str]]) -> Headings:
    """Find the row of headings among the first; say what is doubtful about it."""
    found = max(range(min(len(rows), _FIRST_ROWS)), key=lambda at: _known(rows[at]), default=0)
    if not rows or _known(rows[found]) < _ENOUGH:
        raise unreadable("headings-missing", known=", ".join(map(title_of, texts("columns"))))
    places: dict[str, int] = {}
    remarks: list[Remark] = []
    for place, heading in enumerate(rows[found]):
        field = _fields().get(bare(heading))
        if field in places:
            remarks.append(remark("heading-twice", field, heading=heading))
        elif field is not None:
            places[field] = place
        elif bare(heading) and bare(heading) not in _NUMBERS:
            remarks.append(remark("unknown-heading", heading=heading))
    above = [str(at + 1) for at in range(found) if any(rows[at])]
    remarks += [remark("rows-above", rows=", ".join(above))] if above else []
    return Headings(row=found, places=places, remarks=tuple(remarks))


def known_in(rows: Sequence[Sequence[str]]) -> int:
    """Return how many headings are known in the row that has the most of them."""
    return max(map(_known, rows[:_FIRST_ROWS]), default=0)


def _known(row: Sequence[str]) -> int:
    return sum(bare(cell) in _fields() for cell in row)


@cache
def _fields() -> Mapping[str, str]:
    """Return the field of each heading: its titles, its other names, and its own code."""
    return {
        bare(name): field
        for field, words in texts("columns").items()
        for name in (*(words[each] for each in LANGUAGES), *words["also"], field)
    }
