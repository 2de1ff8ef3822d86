"""The probes that transparency-dev/merkle publishes for verifiers of RFC 6962 proofs.

The file names where they are from, at which commit, and their licence. All that begin at size 0
are to be refused there as they are here, so that none is an exception.
"""

import json
from base64 import b64decode
from pathlib import Path

import pytest
from second_notes import decoded
from second_tree import Refused, check_consistency, root_by_inclusion

from application.audit.proofs import shows_consistency, shows_inclusion

FILE = Path(__file__).with_name("rfc6962_probes.jsonl")
SOURCE, *PROBES = map(json.loads, FILE.read_text("utf-8").splitlines())
FROM_NOTHING = [probe for probe in PROBES if probe.get("size1") == 0]


def product(probe) -> bool:
    proof = [b64decode(each) for each in probe["proof"] or ()]
    if "leafIdx" in probe:
        leaf, root = b64decode(probe["leafHash"]), b64decode(probe["root"])
        return shows_inclusion(proof, leaf, probe["leafIdx"], probe["treeSize"], root)
    roots = b64decode(probe["root1"]), b64decode(probe["root2"])
    return shows_consistency(proof, probe["size1"], roots[0], probe["size2"], roots[1])


def second(probe) -> bool:
    try:
        proof = [decoded(each, 32) for each in probe["proof"] or ()]
        if "leafIdx" in probe:
            leaf, root = decoded(probe["leafHash"], 32), decoded(probe["root"], 32)
            found = root_by_inclusion(probe["leafIdx"], probe["treeSize"], leaf, proof)
            return found == root
        roots = b64decode(probe["root1"]), b64decode(probe["root2"])
        check_consistency((probe["size1"], roots[0]), (probe["size2"], roots[1]), proof)
    except Refused:
        return False
    return True


def test_all_probes_are_here_under_their_licence():
    assert sum("leafIdx" in probe for probe in PROBES) == 98
    assert sum("size1" in probe for probe in PROBES) == 98
    assert sum(not probe["wantErr"] for probe in PROBES) == 12
    assert "Apache-2.0" in SOURCE["licence"]
    assert len(SOURCE["commit"]) == 40


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe["probe"])
def test_a_published_probe_is_judged_as_published(probe):
    assert product(probe) == (not probe["wantErr"])
    assert second(probe) == (not probe["wantErr"])


def test_nothing_is_shown_to_begin_with_the_empty_log():
    assert len(FROM_NOTHING) == 9
    assert not any(product(probe) or second(probe) for probe in FROM_NOTHING)
