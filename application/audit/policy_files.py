"""Policies as they are written, a statement a line (docs/log-format.md, section 5)."""

from application.audit.policies import Policy
from application.audit.policy_lines import FORMS, PolicyLines


class NotAPolicy(ValueError):  # noqa: N818  It says what is the matter, in a sentence.
    """It is no policy; the message names the line."""


def read_policy(text: str) -> Policy:
    """Read a policy; say in which line it is none."""
    found = PolicyLines()
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].split()
        try:
            if words:
                found.take(*words)
        except ValueError as error:
            message = f"Line {number}: {error}"
            raise NotAPolicy(message) from error
    if found.log is None or not found.quorum:
        message = f"A line `{FORMS['quorum' if found.log else 'log']}` is missing."
        raise NotAPolicy(message)
    quorum = None if found.quorum == "none" else found.quorum
    return Policy(found.log, found.witnesses, found.groups, quorum)
