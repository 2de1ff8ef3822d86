"""The running service is what its description says, whatever is sent to it.

Schemathesis sends the examples, the edges of every value, random values good and bad, and follows
the links from answer to answer; every check it has is on (tests/contract/schemathesis.toml).
`make fuzz` does the same for longer.
"""

from fuzzing import fuzz
from running import running

from web.app import description
from web.openapi.operations import operations

ENOUGH = 3_000
PHASES = "examples", "coverage", "fuzzing", "stateful"
# A body of many kinds or many members has thousands of edges: they are tried by `make fuzz`.
WIDE = {"requestVerification", "registerOrganization", "changeOrganization", "createAccount"}
WIDE |= {"helpAssistanceRequest"}
MANY = [each.id for each in operations(description()) if len(each.kinds) > 1 or each.id in WIDE]
SHORT = f"""
[phases.stateful]
max-steps = 12
[phases.stateful.generation]
max-examples = 30
[[operations]]
include-operation-id = {MANY}
phases.coverage.enabled = false
"""


def test_the_service_is_as_described(data_dir, tmp_path, capsys):
    with running(data_dir, DEMO="1", SEAL_SECONDS="1") as service:
        options = ("--max-examples", "5", "--generation-deterministic")
        outcome = fuzz(service, tmp_path, *options, config=SHORT)
        unforeseen = [line for line in service.said if '"unexpected error"' in line]
    with capsys.disabled():
        print(f"\n{outcome.closing}")  # noqa: T201  For who runs the tests to read.
    assert outcome.code == 0, outcome.said
    assert unforeseen == []
    assert outcome.cases >= ENOUGH
    assert outcome.phases.keys() == set(PHASES)
    assert all(status < "500" for status in outcome.statuses)
    assert outcome.statuses["200"] >= ENOUGH / 20
