"""A version of a rule as somebody has drafted it: a small TOML file with its parameters."""

import tomllib

import msgspec

from domain.rules.versions import RuleVersion

MOST_BYTES = 64 * 1024


class DraftUnusable(Exception):  # noqa: N818  It says what is the matter, by its code.
    """The file is no version of the rule; ``code`` says in which way, ``told`` where."""

    def __init__(self, code: str, told: str = "") -> None:
        super().__init__(code, told)
        self.code = code
        self.told = told


def draft(standard: RuleVersion, content: bytes) -> RuleVersion:
    """Return the version that the file describes; what it does not say is as in the standard.

    It has a name of its own, for a list of differences says which version it is of.
    """
    if len(content) > MOST_BYTES:
        raise DraftUnusable("draft-too-large")
    try:
        said = tomllib.loads(content.decode())
        version = msgspec.convert(said, type(standard))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DraftUnusable("draft-no-toml", str(error)) from error
    except msgspec.ValidationError as error:
        raise DraftUnusable("draft-wrong", str(error)) from error
    if version.version == standard.version:
        raise DraftUnusable("draft-nameless")
    return version
