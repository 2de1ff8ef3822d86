"""The two verifiers beside one another: what each says of a bundle that an auditor is shown."""

import contextlib
import gc
import io
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from second_verifier import faults
from tampering import Attempt, Auditor

from application.audit import verify

# What a verifier says when it does not know what it has met: a reason has to be in words.
AT_A_LOSS = "cannot be read"


class Verdict(NamedTuple):
    """The faults that each verifier names; none of a bundle that it accepts."""

    product: list[str]
    second: list[str]

    @property
    def noticed(self) -> bool:
        return bool(self.product) and bool(self.second)

    @property
    def agreed(self) -> bool:
        return bool(self.product) == bool(self.second)


def judged(bundle: bytes, auditor: Auditor, folder: Path) -> Verdict:
    """Show a bundle to both."""
    second = faults(bundle, auditor.policy, auditor.earlier, auditor.asked)
    return Verdict(by_the_product(bundle, auditor, folder), second)


def by_the_product(bundle: bytes, auditor: Auditor, folder: Path) -> list[str]:
    """What the command prints, when it refuses."""
    asked = auditor.asked
    named = {"--case": asked.case, "--from": asked.begin, "--to": asked.end}
    arguments = [str(folder / "bundle.zip"), "--policy", str(folder / "policy.txt")]
    (folder / "bundle.zip").write_bytes(bundle)
    (folder / "policy.txt").write_text(auditor.policy, "utf-8")
    if auditor.earlier is not None:
        (folder / "earlier").write_bytes(auditor.earlier)
        named["--checkpoint"] = str(folder / "earlier")
    for name, value in named.items():
        arguments += [name, value] if value else []
    code, said = run([*arguments, "--language", "en"])
    assert code in {0, 1}, said
    assert AT_A_LOSS not in said, said
    return said.splitlines()[1:] if code else []


def run(arguments: list[str]) -> tuple[int, str]:
    """The command within this process; it leaves the collector of garbage as it was."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        try:
            code = verify.main(arguments)
        finally:
            gc.enable()
    return code, printed.getvalue()


class Tally:
    """How many tamperings were tried and noticed, by kind, without the signing key and with it."""

    def __init__(self) -> None:
        self.tried: dict[tuple[str, bool], int] = defaultdict(int)
        self.noticed: dict[tuple[str, bool], int] = defaultdict(int)
        self.apart: list[tuple[Attempt, Verdict]] = []
        self.missed: list[Attempt] = []

    def add(self, attempt: Attempt, verdict: Verdict) -> None:
        row = attempt.kind, attempt.stolen
        self.tried[row] += 1
        self.noticed[row] += verdict.noticed
        if not verdict.agreed:
            self.apart.append((attempt, verdict))
        elif not verdict.noticed:
            self.missed.append(attempt)

    def add_all(self, attempts: Iterable[Attempt], folder: Path) -> "Tally":
        for attempt in attempts:
            self.add(attempt, judged(attempt.bundle, attempt.auditor, folder))
        return self

    @property
    def totals(self) -> tuple[int, int]:
        return sum(self.noticed.values()), sum(self.tried.values())

    @property
    def table(self) -> str:
        """A line for each kind: noticed of tried, without the key and with it."""
        rows = [f"{'':44}{'without the key':>18}{'with the key':>18}"]
        for kind in dict.fromkeys(kind for kind, _ in self.tried):
            told = (self._cell(kind, stolen=stolen) for stolen in (False, True))
            rows.append(f"{kind.replace('_', ' '):44}{''.join(told)}")
        noticed, tried = self.totals
        return "\n".join([*rows, f"{'all':44}{noticed} of {tried} noticed by both"])

    def _cell(self, kind: str, *, stolen: bool) -> str:
        tried = self.tried.get((kind, stolen), 0)
        return f"{f'{self.noticed[kind, stolen]} of {tried}' if tried else '-':>18}"
