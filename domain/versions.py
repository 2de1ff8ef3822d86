"""The versions of a case, as somebody names them: which of them there are, and in which order."""

from domain.refusals import InvalidValue


class VersionBeyondLast(InvalidValue):
    """The case has not come to that version yet; ``last`` is the one that it has come to."""

    code = "version-beyond-last"


class VersionsReversed(InvalidValue):
    """What is compared ends before it begins; ``start`` and ``end`` are the two versions."""

    code = "versions-reversed"


def check_version(field: str, version: int, last: int) -> None:
    """Refuse a version to which a case has not come yet."""
    if version > last:
        raise VersionBeyondLast(field, version, last=last)
