"""The second verifier of bundles: written from docs/log-format.md alone, before the product's.

It is slow, reads at most a known number of bytes, and shares no line with the product. Where the
page was silent a choice is marked by a comment.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import second_bundle as bundle
import second_notes as notes
from second_bundle import Manifest, Moment
from second_notes import Checkpoint, Holding, Policy
from second_tree import (
    Event,
    Heads,
    Refused,
    check_consistency,
    entry_hash,
    heads_root,
    refuse,
    root_by_entries,
    root_by_head,
    root_of,
    split,
)


class Asked(NamedTuple):
    """What the auditor wanted to see, each as it is written."""

    case: str | None = None
    begin: str | None = None
    end: str | None = None


def faults(
    content: bytes, policy: str, earlier: bytes | None = None, asked: Asked | None = None
) -> list[str]:
    """Everything that is wrong with a bundle, in words; nothing for a good one."""
    try:
        _verify(content, notes.policy(policy), earlier, asked or Asked())
    except Refused as refused:
        return [str(refused)]
    return []


def _verify(content: bytes, policy: Policy, earlier: bytes | None, asked: Asked) -> None:
    files = bundle.files(content)
    manifest = bundle.manifest(files["manifest.json"])
    entries = bundle.entries(files["events.ndjson"])
    proof = bundle.hashes(files["proof"], "proof")
    if ("heads" in files) != (manifest.kind == "case"):
        refuse("a proof of the last version belongs to a bundle of a case, and only there")
    consistency = {
        name.partition("/")[2]: bundle.hashes(content, name)
        for name, content in files.items()
        if name.startswith("consistency/")
    }
    checkpoint = notes.checkpoint(files["checkpoint"])
    holdings = _holdings(files, policy, checkpoint)
    _check_signed(checkpoint, policy, holdings)
    if (manifest.origin, manifest.size) != (checkpoint.origin, checkpoint.size):
        refuse("the manifest is of another log or size than the checkpoint")
    last = _check_tree(entries, proof, checkpoint)
    _check_order(entries)
    if manifest.case is not None:
        _check_case(manifest.case, entries, last, bundle.branches(files["heads"]))
    elif manifest.period is not None:
        _check_period(manifest.period, entries, checkpoint.size)
    else:
        _check_log(entries, checkpoint.size)
    if earlier is not None:
        seen = notes.checkpoint(earlier)
        if manifest.kind == "log":  # The page does not say whether the entries themselves will do.
            consistency.setdefault(str(seen.size), _from_entries(entries, seen.size))
        _check_earlier(seen, checkpoint, policy, holdings, consistency)
    _check_asked(manifest, asked)


def _holdings(
    files: Mapping[str, bytes], policy: Policy, checkpoint: Checkpoint
) -> Sequence[Holding]:
    count = sum(name.startswith("hand-overs/") for name in files)
    hand_overs = []
    for n in range(1, count + 1):
        if f"hand-overs/{n}" not in files:
            refuse(f"hand-over {n} is not there")
        try:
            found = notes.hand_over(files[f"hand-overs/{n}"], policy.log.name)
        except Refused as refused:
            refuse(f"hand-over {n}: {refused}")
        if found.size > checkpoint.size:  # Of this the page says nothing either.
            refuse(f"hand-over {n} is of a longer log than the bundle: the bundle is older")
        if found.size == checkpoint.size and found.root != checkpoint.root:
            refuse(f"hand-over {n} has another root for the size of the checkpoint")
        hand_overs.append(found)
    return notes.holdings(policy.log, hand_overs)


def _check_signed(checkpoint: Checkpoint, policy: Policy, holdings: Sequence[Holding]) -> None:
    what = f"the checkpoint of size {checkpoint.size}"
    if checkpoint.origin != policy.log.name:
        refuse(f"{what} is of another log, {checkpoint.origin[:80]!r}")
    keys = {each.key for each in holdings}
    signers = checkpoint.note.signers(keys | set(policy.witnesses.values()))
    if not any(each.key in signers and each.may_sign(checkpoint.size) for each in holdings):
        refuse(f"{what} is not signed by the key that held the log then")
    if not policy.is_met(signers):
        refuse(f"{what} is not cosigned by as many witnesses as the policy asks for")


def _check_tree(
    entries: Sequence[Event | Heads], proof: Sequence[bytes], checkpoint: Checkpoint
) -> Heads:
    if not entries or not isinstance(entries[-1], Heads):
        refuse("the last entry of the bundle is no entry of heads")
    if entries[-1].index != checkpoint.size - 1:
        refuse("the last entry of the log is not in the bundle")
    for before, after in pairwise(entries):
        if before.index >= after.index:
            refuse(f"entry {after.index} stands behind entry {before.index}")
    hashed = [(each.index, entry_hash(each.entry)) for each in entries]
    if root_by_entries(hashed, checkpoint.size, proof) != checkpoint.root:
        refuse("the entries and their proof do not give the root of the checkpoint")
    return entries[-1]


def _events(entries: Iterable[Event | Heads]) -> list[Event]:
    return [each for each in entries if isinstance(each, Event)]


def _check_order(entries: Sequence[Event | Heads]) -> None:
    # Section 1 says that positions grow, section 7 does not say that it is checked.
    for before, after in pairwise(_events(entries)):
        if before.position >= after.position:
            refuse(f"the position of entry {after.index} is not behind the one before it")


def _check_case(
    case: bytes,
    entries: Sequence[Event | Heads],
    last: Heads,
    branches: Sequence[tuple[int, bytes]],
) -> None:
    events = _events(entries)
    if len(events) != len(entries) - 1:
        refuse("the bundle of a case has more entries of heads than the last")
    for version, event in enumerate(events, 1):
        if event.case != case:
            refuse(f"entry {event.index} is of another case")
        if event.version != version:
            refuse(f"entry {event.index} is version {event.version}, not {version}")
    if not events:
        refuse("the bundle of a case has no event")
    if root_by_head(case, len(events), branches) != last.root:
        refuse(f"version {len(events)} is not proved to be the last one of the case")


def _check_versions(events: Iterable[Event], *, from_one: bool) -> dict[bytes, int]:
    versions: dict[bytes, int] = {}
    for event in events:
        before = versions.get(event.case, 0 if from_one else event.version - 1)
        if event.version != before + 1:
            refuse(f"entry {event.index} is version {event.version}, behind {before}")
        versions[event.case] = event.version
    return versions


def _check_period(
    period: tuple[Moment, Moment], entries: Sequence[Event | Heads], size: int
) -> None:
    begin, end = period
    # The last entry of the log is in every bundle; it is the span's as well if the span comes
    # up to it.
    span = entries[:-1]
    _check_gapless(span)
    events = _events(span)
    moments = [bundle.recorded_at(event) for event in events]
    at_the_beginning = not span or span[0].index == 0
    at_the_end = not span or span[-1].index == size - 2
    # "All before the first event within" must not be none: an event has to stand there.
    if not at_the_beginning and not (moments and moments[0] < begin):
        refuse("events may be missing at the beginning of the period")
    if not at_the_end and not (moments and moments[-1] >= end):
        refuse("events may be missing at the end of the period")
    if not span and size > 1:
        refuse("the bundle of a period has no entries")
    _check_versions(events, from_one=at_the_beginning)


def _check_gapless(span: Sequence[Event | Heads]) -> None:
    for before, after in pairwise(span):
        if before.index + 1 != after.index:
            refuse(f"entries are missing between {before.index} and {after.index}")


def _check_log(entries: Sequence[Event | Heads], size: int) -> None:
    if len(entries) != size:
        refuse(f"{size - len(entries)} entries of the log are missing")
    _check_versions(_events(entries), from_one=True)
    heads: dict[bytes, int] = {}
    for entry in entries:
        if isinstance(entry, Event):
            heads[entry.case] = entry.version
        elif (entry.cases, entry.root) != (len(heads), heads_root(heads)):
            refuse(f"entry {entry.index} has other heads than the events before it give")


def _from_entries(entries: Sequence[Event | Heads], old: int) -> list[bytes]:
    """Make the proof of consistency from all entries, as section 2.1.2 of RFC 6962 defines it."""
    hashes = [entry_hash(each.entry) for each in entries]

    def proof(first: int, m: int, n: int, *, known: bool) -> list[bytes]:
        if m == n:
            return [] if known else [root_of(hashes[first : first + n])]
        k = split(n)
        if m <= k:
            other = root_of(hashes[first + k : first + n])
            return [*proof(first, m, k, known=known), other]
        other = root_of(hashes[first : first + k])
        return [*proof(first + k, m - k, n - k, known=False), other]

    return proof(0, old, len(hashes), known=True) if 0 < old <= len(hashes) else []


def _check_earlier(
    earlier: Checkpoint,
    checkpoint: Checkpoint,
    policy: Policy,
    holdings: Sequence[Holding],
    consistency: Mapping[str, Sequence[bytes]],
) -> None:
    try:
        _check_signed(earlier, policy, holdings)
    except Refused as refused:
        refuse(f"the earlier checkpoint: {refused}")
    if checkpoint.size < earlier.size:
        refuse(
            f"the bundle is older than what was seen: {checkpoint.size} entries, not {earlier.size}"
        )
    if checkpoint.size == earlier.size:
        if checkpoint.root != earlier.root:
            refuse("the log has another root than the earlier checkpoint of its size")
        return
    proof = consistency.get(str(earlier.size))
    if proof is None:
        refuse(f"the bundle has no proof from the earlier size {earlier.size}")
    check_consistency((earlier.size, earlier.root), (checkpoint.size, checkpoint.root), proof)


def _check_asked(manifest: Manifest, asked: Asked) -> None:
    if asked.case is not None and manifest.case != bundle.case_id(asked.case):
        refuse("the bundle is not of the case that was asked for")
    wanted = asked.begin, asked.end
    if wanted == (None, None):
        return
    if manifest.period is None:
        refuse("the bundle is of no period")
    for stated, text in zip(manifest.period, wanted, strict=True):
        if text is not None and stated != bundle.moment(text):
            refuse("the bundle is of another period than was asked for")
