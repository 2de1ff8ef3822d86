"""Proofs and bundles of the log over HTTP."""

from base64 import b64decode

import pytest
from bundling import Auditor
from cosigning import WITNESS
from emptying import empty
from sealing import change, checkpoints, note, rows, sealer_of, work

from application.audit.checkpoints import read_checkpoint
from application.audit.notes import read_note
from application.audit.proofs import shows_consistency, shows_inclusion

AUDITOR = "auditor@KZ"
NEVER = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def get(client, people):
    """Ask as somebody, and give the whole answer."""

    def asked(path: str, who: str = AUDITOR, **query):
        return client.get(f"/api/v1/audit/{path}", query_string=query, headers=people.headers(who))

    return asked


@pytest.fixture
def sealer(services, settings, database_url, tmp_path):
    return sealer_of(services, settings, database_url, tmp_path / "sealer")


@pytest.fixture
def case(services, sealer):
    found = work(services, 2)
    sealer.seal_once()
    found = note(services, found)
    sealer.seal_once()
    return found


def test_the_newest_checkpoint_is_shown_with_its_cosignatures(
    get, case, database_url, client, people
):
    assert case
    shown = read_note(get("checkpoint", "specialist@KZ-75").get_data(as_text=True))
    assert read_checkpoint(shown.text) == checkpoints(database_url)[-1]
    size, line = read_checkpoint(shown.text).size, shown.cosigned(WITNESS, 5).lines[-1]
    handed_in = client.post(
        "/api/v1/audit/cosignatures",
        json={"size": size, "line": line},
        headers={**people.headers(AUDITOR), "Idempotency-Key": "a-cosignature-1"},
    )
    assert handed_in.status_code == 204
    answer = get("checkpoint")
    assert answer.mimetype == "text/plain"
    assert read_note(answer.get_data(as_text=True)).lines == (*shown.lines, line)


def test_proofs_are_checked_by_the_client(get, case, database_url):
    old, new = checkpoints(database_url)
    way = get("consistency", **{"from": old.size, "to": new.size}).get_data(as_text=True)
    hashes = [b64decode(line) for line in way.splitlines()]
    assert shows_consistency(hashes, old.size, old.root, new.size, new.root)
    made = get("inclusion", case=case.id, version=2).get_json()
    path = [b64decode(each) for each in made["proof"]]
    entry, root = b64decode(made["entry"]), b64decode(made["root"])
    assert shows_inclusion(path, entry, made["index"], made["size"], root)
    assert (made["size"], root) == (new.size, new.root)
    made = get("completeness", case=case.id).get_json()
    assert (made["version"], made["size"]) == (case.version, new.size)
    assert read_checkpoint(read_note(made["note"]).text) == new


def test_a_bundle_is_saved_as_a_file_and_is_verified_without_the_service(
    get, case, sealer, tmp_path, services
):
    auditor, (key,) = Auditor(tmp_path), sealer.files.key().verifying
    auditor.keep("policy", f"log {key.vkey}\nquorum none\n".encode())
    now = services.clock()
    for asked in (
        {"case": case.id},
        {"from": "2020-01-01T00:00:00+05:00", "to": now.isoformat()},
        {"whole": "true", "since": 3},
    ):
        answer = get("bundle", **asked)
        assert (answer.status_code, answer.mimetype) == (200, "application/zip")
        assert answer.content_length == len(answer.data)
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="log-')
        assert auditor.check(answer.data).code == 0


def test_a_bundle_is_on_record_with_the_people_in_it(get, case, sealer, people, database_url):
    account = people.account("head@KZ-75")
    sealer.seal_once()
    change(database_url, "DELETE FROM reads")
    for asked in ({"case": account}, {"case": case.id}, {"whole": "true"}):
        assert get("bundle", **asked).status_code == 200
    found = rows(database_url, "SELECT case_id, subjects, kind, asked ->> 'list' FROM reads")
    told = ("export", "bundles")
    assert found == [(account, [account], *told), (case.id, [], *told), (None, [], *told)]


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("bundle", {}, 422, "one-bundle"),
        ("bundle", {"whole": "false"}, 422, "one-bundle"),
        ("bundle", {"case": NEVER, "whole": "true"}, 422, "one-bundle"),
        ("bundle", {"case": NEVER, "from": "2026-03-02T07:00:00Z"}, 422, "one-bundle"),
        ("bundle", {"from": "2026-03-02T07:00:00Z"}, 422, "one-bundle"),
        ("bundle", {"from": "2026-03-02T07:00:00", "to": "2026-03-03T07:00:00Z"}, 422, None),
        (
            "bundle",
            {"from": "2026-03-02T07:00:00Z", "to": "2026-03-02T12:00:00+05:00"},
            422,
            "period-empty",
        ),
        ("bundle", {"whole": "true", "since": 999}, 422, "size-out-of-range"),
        ("bundle", {"whole": "true", "since": 0}, 422, None),
        ("bundle", {"case": NEVER}, 404, "not-found"),
        ("bundle", {"case": "x"}, 422, None),
        ("consistency", {"from": 3, "to": 2}, 422, "size-out-of-range"),
        ("consistency", {"from": 3, "to": 999}, 422, "size-out-of-range"),
        ("consistency", {"from": 0}, 422, None),
        ("consistency", {}, 422, None),
        ("inclusion", {"case": NEVER, "version": 1}, 404, "not-found"),
        ("inclusion", {"case": NEVER, "version": 1, "size": 999}, 422, "size-out-of-range"),
        ("inclusion", {"case": NEVER, "version": 2**63}, 422, None),
        ("completeness", {"case": NEVER}, 404, "not-found"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_the_reason(get, case, path, query, status, code):
    assert case
    answer = get(path, **query)
    body = answer.get_json()
    codes = [
        body["code"],
        *(each for error in body.get("errors", ()) for each in error.get("codes", ())),
    ]
    assert (answer.status_code, code is None or code in codes) == (status, True), body


def test_nothing_is_shown_of_what_is_not_sealed(get, services, database_url):
    empty(database_url)
    case = work(services)
    for path, query in (
        ("checkpoint", {}),
        ("consistency", {"from": 1}),
        ("inclusion", {"case": case.id, "version": 1}),
        ("completeness", {"case": case.id}),
        ("bundle", {"case": case.id}),
        ("bundle", {"whole": "true"}),
    ):
        answer = get(path, **query)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "log-not-sealed"), path
