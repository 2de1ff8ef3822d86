"""The lines of a policy, taken one after another (docs/log-format.md, section 5)."""

from application.audit.keys import COSIGNATURE, SIGNATURE, NotAKey, VerifyingKey, read_vkey
from application.audit.policies import Group

FORMS = {
    "log": "log <vkey>",
    "witness": "witness <name> <vkey>",
    "group": "group <name> <all | any | number> <name> ...",
    "quorum": "quorum <name | none>",
}


class PolicyLines:
    """What the lines so far have said."""

    def __init__(self) -> None:
        self.log: VerifyingKey | None = None
        self.quorum = ""
        self.witnesses: dict[str, VerifyingKey] = {}
        self.groups: dict[str, Group] = {}

    def take(self, kind: str, *words: str) -> None:
        """Take a line by its words; fail when it cannot stand there."""
        match kind, words:
            case "log", (vkey,) if self.log is None:
                self.log = _key(vkey, SIGNATURE)
            case "witness", (name, vkey):
                self._check_new(name)
                self._take_witness(name, _key(vkey, COSIGNATURE))
            case "group", (name, needed, *members):
                self._check_new(name)
                self.groups[name] = self._group(needed, tuple(members))
            case "quorum", (name,) if not self.quorum:
                self._check_known(name, "none")
                self.quorum = name
            case _:
                message = f"`{FORMS.get(kind, ' | '.join(FORMS))}` is expected, once at its place."
                raise ValueError(message)

    def _take_witness(self, name: str, key: VerifyingKey) -> None:
        if key in self.witnesses.values():
            message = f"{name} has the key of another witness, who would count twice."
            raise ValueError(message)
        self.witnesses[name] = key

    def _group(self, needed: str, members: tuple[str, ...]) -> Group:
        for each in members:
            self._check_known(each)
        if not members or len(set(members)) < len(members):
            raise ValueError("A group has members, each of them once.")
        count = {"all": len(members), "any": 1}.get(needed) or _number(needed)
        if not 1 <= count <= len(members):
            message = f"{needed} of {len(members)} can never be: all, any or a number is expected."
            raise ValueError(message)
        return Group(count, members)

    def _check_new(self, name: str) -> None:
        if name == "none" or name in self.witnesses or name in self.groups:
            message = f"The name {name} is taken."
            raise ValueError(message)

    def _check_known(self, name: str, *more: str) -> None:
        if name not in {*self.witnesses, *self.groups, *more}:
            message = f"{name} is no witness and no group of the lines above."
            raise ValueError(message)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0  # noqa: PLR2004  No group has thousands.


def _key(vkey: str, kind: int) -> VerifyingKey:
    key = read_vkey(vkey)
    if key.kind != kind:
        wrong = "a witness" if key.kind == COSIGNATURE else "a log"
        message = f"{vkey} is the key of {wrong}."
        raise NotAKey(message)
    return key
