"""What is answered when the log cannot show what was asked for."""

from domain.refusals import InvalidValue, Refusal


class LogNotSealed(Refusal):
    """What was asked for is recorded, and not sealed yet: that takes a minute."""

    code = "log-not-sealed"


class LogDamaged(Refusal):
    """A part of the log is missing in the database, without which there is no proof."""

    code = "log-damaged"


class SizeOutOfRange(InvalidValue):
    """The log has had no such size; ``most`` is how many entries it has."""

    code = "size-out-of-range"


class BundleTooLarge(Refusal):
    """It is more than is made while a client waits; ``most`` is how many entries may be in it."""

    code = "bundle-too-large"
