"""How everything is measured: sides interleaved in one run, medians, and the noise beside them."""

import statistics
from collections.abc import Callable, Mapping, Sequence

ROUNDS = 5
Measure = Callable[[], float]


def interleaved(sides: Mapping[str, Measure], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Measure every side in turn, as many rounds as are asked for."""
    measured: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, measure in sides.items():
            measured[name].append(measure())
    return measured


def ratios(of: Sequence[float], to: Sequence[float]) -> list[float]:
    """Return the ratio within each round, lowest first."""
    return sorted(one / other for one, other in zip(of, to, strict=True))


def told(values: Sequence[float], digits: int = 2) -> str:
    """Return the median with the lowest and the highest."""
    low, high = min(values), max(values)
    return f"{statistics.median(values):.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"
