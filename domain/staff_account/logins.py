"""What somebody may sign in with."""

import re

from domain.refusals import InvalidValue

_LOGIN = re.compile(r"""[^\s<>"'\\]{3,100}""")


class InvalidLogin(InvalidValue):
    """A login has from 3 to 100 characters, without spaces, quotes and angle brackets."""

    code = "invalid-login"


def check_login(text: str, field: str = "login") -> str:
    """Return the login when somebody can type it and nobody can mistake it for another."""
    if not (_LOGIN.fullmatch(text) and text.isprintable()):
        raise InvalidLogin(field, text)
    return text
