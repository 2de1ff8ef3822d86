"""A rule as a value: what a version of it is called, and the numbers and lists it works with."""

from typing import Annotated

from msgspec import Meta, Struct

VersionName = Annotated[str, Meta(pattern=r"^[\w./-]{1,60}$")]


class RuleVersion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version of a rule: its name, and its parameters as the fields beside it.

    Commands decide by the standard version of the day. Another one is given to the same code to
    see what it would have decided.
    """

    version: VersionName
