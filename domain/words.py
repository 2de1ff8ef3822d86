"""Reasons, answers and explanations are words: they may not be empty."""

from domain.refusals import InvalidValue


class TextMissing(InvalidValue):
    """A decision was to be recorded without the words that explain it."""

    code = "text-missing"


def check_words(field: str, text: str) -> str:
    """Return the text without the space around it; refuse it when nothing is left."""
    words = text.strip()
    if not words:
        raise TextMissing(field, text)
    return words
