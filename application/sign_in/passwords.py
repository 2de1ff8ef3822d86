"""Passwords: hashed with Argon2id, and good enough not to be guessed."""

from collections.abc import Iterable
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from domain.refusals import InvalidValue

MIN_LENGTH, MAX_LENGTH = 12, 128
_STRONG = 3
_WORD = 4  # Shorter ones stand in every other word.
# What a password at this service is made of first, besides the login and the password before.
CONTEXT_WORDS = (
    *("frontoffice", "front-office", "qazvolunteer", "volunteer", "kazakhstan"),
    *("фронтофис", "фронт-офис", "волонтер", "волонтёр", "ерікті", "қазақстан", "казахстан"),
)
# The keys of the Russian layout as the Latin letters on them: the lists know йцукен as qwerty.
_KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`")
_FIRST_PASSWORD_BYTES = 16
# OWASP's parameters for Argon2id: 19 MiB for each attempt, so that many at once fit a worker.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Somebody who does not exist is checked against this one, and takes as long as somebody who does.
_NOBODYS = _HASHER.hash(token_urlsafe(_FIRST_PASSWORD_BYTES))


class PasswordTooShort(InvalidValue):
    """A password has from 12 to 128 characters."""

    code = "password-length"


class PasswordTooWeak(InvalidValue):
    """The password could be guessed: it is common, a pattern, or made of what is known."""

    code = "password-weak"


def first_password() -> str:
    """Return a password that nobody has chosen."""
    return token_urlsafe(_FIRST_PASSWORD_BYTES)


def hashed(password: str) -> str:
    """Return the password as it is kept."""
    return _HASHER.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether it is the password; it takes as long where there is none."""
    try:
        return _HASHER.verify(password_hash or _NOBODYS, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def check_password(password: str, known: Iterable[str], field: str = "new_password") -> None:
    """Refuse a password that is short or easy to guess for somebody who ``known`` this of them."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise PasswordTooShort(field, minimum=MIN_LENGTH, maximum=MAX_LENGTH)
    words = {
        form for word in (*known, *CONTEXT_WORDS) for form in (word.casefold(), _by_keys(word))
    }
    typed = {password, _by_keys(password)}
    if any(
        _score(form, words) < _STRONG for form in typed | {_without(words, each) for each in typed}
    ):
        raise PasswordTooWeak(field)


def _score(password: str, words: Iterable[str]) -> int:
    """Return how hard a password is to guess, from 0 to 4; its beginning tells."""
    return int(zxcvbn(password[:72], user_inputs=sorted(words))["score"]) if password else 0


def _without(words: Iterable[str], password: str) -> str:
    """Return what is left of a password when the words that everybody knows are taken out."""
    left = password.casefold()
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= _WORD:
            left = left.replace(word, "")
    return left


def _by_keys(text: str) -> str:
    return text.casefold().translate(_KEYS)
