"""The order of names: by the Kazakh alphabet, in which every Russian letter has its place.

PostgreSQL compares a key by its code points and needs no rules of a language for it. In a
key digits come first, then Latin letters, then the alphabet; any other letter keeps the
place of its code point. Quotes and punctuation do not count. Capitals only tell apart names
that are the same otherwise.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
# Three letters fewer than an entry of an index has room for, if all of them are the longest.
MAX_LETTERS = 300
NAMELESS = "\uffff"
_CYRILLIC = 0x0400
_PLACES = {letter: chr(_CYRILLIC + place) for place, letter in enumerate(ALPHABET)}
_BEFORE_CAPITALS = "\x01"


@lru_cache(maxsize=4096)
def sort_key(name: str | None) -> str:
    """Return what the name is sorted by, as text that is compared by code points."""
    if name is None:
        return NAMELESS
    letters = list(_letters(unicodedata.normalize("NFC", name)))[:MAX_LETTERS]
    key = "".join(_PLACES.get(letter.lower(), letter.lower()) for letter in letters)
    return f"{key}{_BEFORE_CAPITALS}{_capitals(letters)}"


def _letters(name: str) -> Iterator[str]:
    for word in name.split():
        spelt = [letter for letter in word if letter.isalnum()]
        if spelt:
            yield from (part for letter in spelt for part in _bare(letter))
            yield " "


def _bare(letter: str) -> str:
    """Return a letter of the alphabet as it is, and any other without its marks."""
    if letter.lower() in _PLACES:
        return letter
    return "".join(each for each in unicodedata.normalize("NFKD", letter) if each.isalnum())


def _capitals(letters: Iterable[str]) -> str:
    return "".join("1" if letter.isupper() else "0" for letter in letters).rstrip("0")
