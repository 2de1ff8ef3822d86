"""Measure everything and write docs/benchmarks.md. Run: make bench"""

import os
import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import folding
import listing
import rebuilding
import saving
import size
from rounds import ratios, told

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = """# Measured

Written by `make bench` on {day}: {cpu} cores, {system}, Python {python}, the embedded PostgreSQL 18. All sides of a row are
measured in one run, interleaved; a figure is the median, with the lowest and the highest round. Ratios hold on other
machines, the figures themselves do not.

- **raw**: psycopg with one prepared statement and one round trip, in one transaction exactly the rows that ours writes:
  event, read-model row and idempotency record, from values made beforehand.
- **library**: eventsourcing 9.5.6 as it comes; it saves its event alone.
- **ours**: the product's own path.
"""
SAVING = (
    ("P2: one writer", False, 1, 1),
    ("P1: 2 processes x 8 writers", False, 2, 8),
    ("P2: one writer, fsync + 1 ms", True, 1, 1),
    ("P1: 2 x 8, fsync + 1 ms", True, 2, 8),
)


def main() -> None:
    """Measure and write."""
    parts = [_head(), *_saving(), *_folding(), *_rebuilding(), *_size(), *_listing()]
    PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _head() -> str:
    return HEAD.format(
        day=datetime.now(UTC).date(),
        cpu=len(os.sched_getaffinity(0)),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
    )


def _saving() -> Iterator[str]:
    yield "## Saving one event, events/s\n"
    yield "| | raw | library | ours | ours to raw | library to raw |"
    yield "|---|---|---|---|---|---|"
    bars: dict[str, list[float]] = {"ours": [], "library": []}
    for title, slow_disk, processes, writers in SAVING:
        found = saving.measure(slow_disk=slow_disk, processes=processes, writers=writers)
        shares = {side: ratios(found[side], found["raw"]) for side in bars}
        for side, share in shares.items():
            bars[side].append(statistics.median(share))
        yield _row(
            title,
            *(told(found[side], 0) for side in ("raw", "library", "ours")),
            *(told(share) for share in shares.values()),
        )
    yield _chart(bars)


def _chart(bars: Mapping[str, Sequence[float]]) -> str:
    lines = "\n".join(
        f'    bar "{side}" [{", ".join(f"{share:.2f}" for share in shares)}]'
        for side, shares in bars.items()
    )
    return (
        "\n```mermaid\nxychart-beta\n"
        '    title "Saving one event: share of raw psycopg (ours, then the library)"\n'
        '    x-axis ["1 writer", "2 x 8", "1 writer, +1 ms", "2 x 8, +1 ms"]\n'
        '    y-axis "share of raw" 0 --> 1\n'
        f"{lines}\n```\n"
    )


def _folding() -> Iterator[str]:
    found = folding.measure()
    yield "## Reading and folding a stream of 1,000 events (P3), milliseconds\n"
    yield "| library `repository.get` | ours | times as quick |\n|---|---|---|"
    yield (
        _row(
            *(told(found[side]) for side in ("library", "ours")),
            told(ratios(found["library"], found["ours"]), 1),
        )
        + "\n"
    )


def _rebuilding() -> Iterator[str]:
    found = rebuilding.measure()
    yield "## Rebuilding the read models (P4), events/s\n"
    yield "Ours reads, folds, copies, compares with the live read models and swaps.\n"
    yield "| library `ProjectionRunner` | ours | times as quick |\n|---|---|---|"
    yield (
        _row(
            *(told(found[side], 0) for side in ("library", "ours")),
            told(ratios(found["ours"], found["library"]), 0),
        )
        + "\n"
    )


def _size() -> Iterator[str]:
    found = size.measure()
    yield "## On disk (P8), bytes per event with indexes\n"
    yield "| library | ours |\n|---|---|"
    yield _row(*(f"{found[side]:.0f}" for side in ("library", "ours")))


def _listing() -> Iterator[str]:
    yield "\n## The first page of 50 requests (P7), milliseconds\n"
    yield "At 10,000 requests and at 1,000,000, of 20 offices.\n"
    yield "| | few | many | many to few |\n|---|---|---|---|"
    for title, found in listing.measure():
        share = ratios(found["many"], found["few"])
        yield _row(title, *(told(found[side]) for side in ("few", "many")), told(share))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
