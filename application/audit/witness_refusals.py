"""What a witness answers when it does not cosign; its words are in web/texts/witness.toml."""

from collections.abc import Mapping


class WitnessRefusal(Exception):  # noqa: N818  It reads as an answer.
    """The witness has not cosigned, and keeps what it had; ``code`` says why."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class WitnessUnusable(WitnessRefusal):
    """The witness cannot begin: its folder, its key or the address is not as it has to be."""


class WitnessAlarm(WitnessRefusal):
    """The log has signed what contradicts what it signed before; ``evidence`` shows both."""

    def __init__(self, code: str, evidence: Mapping[str, str], **facts: object) -> None:
        super().__init__(code, **facts)
        self.evidence = evidence
