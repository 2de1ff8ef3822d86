"""The words by which a row is found: folded, and without what stands between them."""

import re
import unicodedata

from domain.names import fold

# A word of PostgreSQL's search has at most 2046 bytes; nobody looks for one of this length.
_MAX_WORD = 100
_WORD = re.compile(r"[^\W_]+")


def search_words(*texts: str | None) -> str:
    """Return the words of the texts, as they are held against what is looked for."""
    return " ".join(word for text in texts if text for word in words_of(text))


def words_of(text: str) -> list[str]:
    """Return the words of a text: small letters, Kazakh ones as their look-alikes."""
    folded = fold(unicodedata.normalize("NFKC", text))
    return [word[:_MAX_WORD] for word in _WORD.findall(folded)]
