"""The BIN: the twelve digits of a registered organization (notes/codes.md 5.3)."""

from domain.refusals import InvalidValue

LENGTH = 12
FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
NO_DIGIT = 10


class InvalidBin(InvalidValue):
    """The text is not a BIN; ``reason`` is length, digits, check_digit or no_such_number."""

    code = "invalid-bin"


def check_bin(text: str, field: str = "bin") -> str:
    """Return the BIN when its form and its check digit are right."""
    reason = _fault(text)
    if reason is not None:
        raise InvalidBin(field, text, reason=reason)
    return text


def check_digit(first_eleven: str) -> int | None:
    """Return the twelfth digit, or nothing where no such number is issued."""
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        digits = zip(weights, first_eleven, strict=True)
        remainder = sum(weight * int(digit) for weight, digit in digits) % 11
        if remainder != NO_DIGIT:
            return remainder
    return None


def _fault(text: str) -> str | None:
    if len(text) != LENGTH:
        return "length"
    if not (text.isascii() and text.isdigit()):
        return "digits"
    expected = check_digit(text[:-1])
    if expected is None:
        return "no_such_number"
    return None if expected == int(text[-1]) else "check_digit"
