"""``likeness/2026``: which organizations are likely to be one and the same.

Two records that share a BIN, an ID on the platform or a phone are. So are two of one region
whose names are alike: not by the words that half of all names have (волонтёры, центр, клуб), but
by their own. Numbers and places tell names apart when both have them: «Школа №5» is not «Школа
№6». At ``LIKELY`` one slip of the pen in a name of seven letters is forgiven; below it stand pairs
like «Забота» and «Работа» (83). Asking once too often costs a sentence, a second record of one
organization costs its history.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from msgspec import Struct
from rapidfuzz import fuzz

from domain.names import name_key
from domain.places import Places

VERSION = "likeness/2026"
LIKELY = 84
SLIP = 75
BEGINNING = 5

# Words that mean one thing, by how they begin: in either language and with any ending.
_SAME = {
    **dict.fromkeys(("волонт", "добровол", "ерикти"), "волонтер"),
    **dict.fromkeys(("молодеж", "жастар"), "молодежь"),
    **dict.fromkeys(("центр", "орталик", "орталиг"), "центр"),
    **dict.fromkeys(("отряд", "жасак", "жасаг"), "отряд"),
    **dict.fromkeys(("движени", "козгалис"), "движение"),
    **dict.fromkeys(("организаци", "уиим"), "организация"),
    **dict.fromkeys(("команд", "груп"), "команда"),
    **dict.fromkeys(("союз", "одак", "одаг", "ассоциаци", "кауимдаст"), "союз"),
    **dict.fromkeys(("служб", "кизмет"), "служба"),
    **dict.fromkeys(("инициатив", "бастама"), "инициатива"),
    **dict.fromkeys(("республик", "казахстан", "казакстан"), "казахстан"),
    **dict.fromkeys(("город", "каласи"), "город"),
    **dict.fromkeys(("област", "облис"), "область"),
    **dict.fromkeys(("район", "аудан"), "район"),
    **dict.fromkeys(("школ", "мектеп", "мектеб"), "школа"),
    **dict.fromkeys(("клуб",), "клуб"),
    **dict.fromkeys(("штаб",), "штаб"),
    **dict.fromkeys(("фонд", "кори"), "фонд"),
}
_BY_ITSELF = frozenset(_SAME.values()) - {"школа"}


class Likeness(StrEnum):
    """What two records have in common, the weightiest first."""

    BIN = "bin"
    QAZVOLUNTEER_ID = "qazvolunteer_id"
    PHONE = "phone"
    NAME = "name"


class Candidate(Struct, frozen=True, kw_only=True):
    """An organization that may be the same, and why; ``likeness`` of the names is 0 to 100."""

    id: UUID
    name: str
    district: str
    status: str
    reasons: tuple[Likeness, ...]
    likeness: int | None = None

    @property
    def rank(self) -> tuple[Any, ...]:
        """What the likeliest is found first by."""
        order = list(Likeness)
        return tuple(order.index(each) for each in self.reasons), -(self.likeness or 0)


class Name(Struct, frozen=True):
    """A name as it is compared: its words, those of its own, its places and its numbers."""

    words: tuple[str, ...]
    own: tuple[str, ...]
    places: tuple[str, ...]
    numbers: tuple[str, ...]

    @classmethod
    @lru_cache(maxsize=20_000)  # Every name of a list is compared with many others of it.
    def of(cls, text: str, places: frozenset[str]) -> "Name":
        """Return the name; ``places`` are beginnings of the names of places."""
        words = tuple(_meant(word) for word in name_key(text).split())
        numbers = tuple(word for word in words if word.isdigit())
        there = tuple(word for word in words if word[:BEGINNING] in places)
        other = _BY_ITSELF.union(numbers, there)
        own = tuple(word for word in words if len(word) > 1 and word not in other)
        return cls(words, own, tuple(word[:BEGINNING] for word in there), numbers)


def name_likeness(one: Name, other: Name) -> int:
    """Return how alike two names are, from 0 to 100.

    Names that have words of their own are compared by those. Two such words or more that all
    stand in the other name are the same name, said shorter.
    """
    if _apart(one.numbers, other.numbers) or _apart(one.places, other.places):
        return 0
    first, second = (one.own, other.own) if one.own and other.own else (one.words, other.words)
    if bool(one.own) != bool(other.own) or not (first and second):
        return 0
    joined, joined_other = " ".join(first), " ".join(second)
    alike = [fuzz.token_sort_ratio(joined, joined_other)]
    if min(len(first), len(second)) > 1:
        alike.append(fuzz.token_set_ratio(joined, joined_other))
    score = min(max(alike), _weakest(first, second), _weakest(second, first))
    if len(first) != len(second):
        score = max(score, fuzz.ratio("".join(first), "".join(second)))
    return int(score)


def _weakest(words: tuple[str, ...], others: tuple[str, ...]) -> float:
    """Return how alike the least alike word is, where that is another word; or else 100.

    Another word is no slip of the pen, however long the words beside it are. What only the
    longer name says is no other word.
    """
    if len(words) > len(others):
        return 100
    found = min(max(fuzz.ratio(word, each) for each in others) for word in words)
    return found if found < SLIP else 100


def beginnings(names: Iterable[str]) -> set[str]:
    """Return what likely names share at least one of, to look candidates up by.

    The beginning of each word of its own, and the same with one letter left out: words whose
    beginnings differ by one slip of the pen have one of these in common.
    """
    found = set()
    for name in names:
        words = [_meant(word) for word in name_key(name).split()]
        own = [word for word in words if word not in _BY_ITSELF and not word.isdigit()]
        for word in own or words:
            found |= _slips(word[:BEGINNING])
    return found


def beginnings_of_places(places: Places) -> frozenset[str]:
    """Return how the names of the regions and districts begin."""
    units = [each.title for each in places.regions.values()]
    units += [each.title for each in places.districts.values()]
    words = (word for each in units for word in f"{name_key(each.ru)} {name_key(each.kk)}".split())
    return frozenset(
        word[:BEGINNING]
        for word in words
        if len(word) >= BEGINNING - 1 and _meant(word) not in _BY_ITSELF
    )


def _slips(beginning: str) -> set[str]:
    if len(beginning) < BEGINNING - 1:
        return {beginning}
    shorter = (beginning[:at] + beginning[at + 1 :] for at in range(len(beginning)))
    return {beginning, *shorter}


def _apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether each says what the other does not: what only one of them says tells nothing."""
    return not (_within(one, other) or _within(other, one))


def _within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the other says all that, in the same order."""
    rest = iter(other)
    return all(each in rest for each in one)


def _meant(word: str) -> str:
    return next((meaning for start, meaning in _SAME.items() if word.startswith(start)), word)
