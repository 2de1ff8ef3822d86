"""The same words, however they were typed."""

import re
import unicodedata
from functools import lru_cache

from domain.names import fold


@lru_cache(maxsize=10_000)
def bare(text: str) -> str:
    """Return the words of a text in small letters, Kazakh and Latin ones without their marks.

    ``Район/Город`` and ``район_город`` are the same then, and ``TAZA ÁLEM`` and ``taza_alem``.
    """
    apart = unicodedata.normalize("NFKD", text)
    letters = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(re.findall(r"[^\W_]+", fold(letters)))
