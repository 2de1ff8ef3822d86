"""Documents over HTTP: sent as forms, refused with reasons, given back as files to be saved."""

import hashlib
from urllib.parse import unquote
from uuid import uuid4

import papers
import psycopg
import pytest
from papers import PAPERS, filing, form, pdf, sized

from domain.document.media_types import MediaType
from domain.document.recognition import MAX_SIZE
from web.app import description
from web.forms import MAX_PARTS
from web.security_headers import HEADERS

REPORT = pdf()
SPECIALIST, NEIGHBOUR, AUDITOR = "specialist@KZ-75", "specialist@KZ-19", "auditor@KZ"


@pytest.fixture
def send(caller):
    def sent(sent_form, who=SPECIALIST, key=None):
        body, media_type = sent_form
        headers = {**caller.headers(who), "Idempotency-Key": key or str(uuid4())}
        return caller.client.post(
            "/api/v1/documents", data=body, content_type=media_type, headers=headers
        )

    return sent


@pytest.fixture
def upload(send):
    return lambda content=REPORT, declared="", **said: send(filing(content, declared, **said))


def problem(answer):
    body = answer.get_json()
    paths = [each["path"] for each in body.get("errors", ())]
    return answer.status_code, body["code"], paths


# Sent.


@pytest.mark.parametrize("kind", MediaType, ids=lambda each: each.name)
def test_a_document_is_filed_and_given_back_as_it_was(caller, upload, kind):
    content = PAPERS[kind]
    answer = upload(content, kind.value)
    filed = answer.get_json()

    assert (answer.status_code, filed["media_type"], filed["size"]) == (201, kind, len(content))
    assert filed["sha256"] == hashlib.sha256(content).hexdigest()
    path = f"/documents/{filed['id']}"
    assert answer.headers["Location"] == f"/api/v1{path}"
    back = caller.get(path)
    assert (back.status_code, back.content_type, back.get_data()) == (200, kind, content)


def test_the_name_of_the_file_is_not_kept(send, database_url):
    assert send(filing(pdf(), names="Ivanov-Petrov.pdf")).status_code == 201
    with psycopg.connect(database_url) as connection:
        events = connection.execute("SELECT convert_from(state, 'UTF8') FROM case_events")
        assert "Ivanov" not in str(events.fetchall())


@pytest.mark.parametrize(
    ("content", "declared", "code"),
    [
        (papers.png(), MediaType.PDF, "document-type-disguised"),
        (pdf(), "text/html", "document-type-disguised"),
        (b"<!doctype html>", "text/html", "document-type-unknown"),
        (b"<!doctype html>", MediaType.PDF, "document-type-unknown"),
        (pdf() + papers.package(), MediaType.PDF, "document-type-disguised"),
        (papers.bomb(), MediaType.DOCX, "document-damaged"),
        (papers.with_macros(), MediaType.XLSX, "document-with-macros"),
        (papers.with_password(), MediaType.DOCX, "document-protected"),
        (b"", MediaType.PDF, "document-empty"),
    ],
    ids=lambda value: len(value) if isinstance(value, bytes) else value,
)
def test_a_wrong_or_disguised_file_is_refused_and_nothing_is_kept(
    upload, database_url, content, declared, code
):
    assert problem(upload(content, declared)) == (422, code, ["$.file"])
    with psycopg.connect(database_url) as connection:
        kept = connection.execute("SELECT digest FROM document_contents").fetchall()
    assert kept == []


FILE = ("file", pdf(), MediaType.PDF.value)


@pytest.mark.parametrize(
    ("parts", "paths"),
    [
        ((), ["$.file"]),
        ((("title", b"a", None),), ["$.file"]),
        ((("file", pdf(), None),), ["$.file"]),
        ((FILE, FILE), ["$.file"]),
        ((FILE, ("other", pdf(), "")), ["$.other"]),
        ((FILE, ("colour", b"red", None)), ["$.colour"]),
        ((FILE, ("title", b"a", None), ("title", b"b", None)), ["$.title"]),
        ((FILE, ("title", b" ", None)), ["$.title"]),
        ((FILE, ("title", b"a" * 201, None)), ["$.title"]),
        ((FILE, ("subject_id", b"Ivanov", None)), ["$.subject_id"]),
        ((FILE, ("occurred_on", b"tomorrow", None)), ["$.occurred_on"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else len(value),
)
def test_a_part_that_is_missing_or_wrong_is_named(send, parts, paths):
    status, code, named = problem(send(form(*parts)))
    assert (status, code, named) == (422, "validation-failed", paths)


def test_what_is_no_form_with_a_file_is_refused(caller, send):
    json = caller.post("/documents", {"file": "x"})
    urlencoded = send((b"file=x", "application/x-www-form-urlencoded"))
    assert {problem(each)[:2] for each in (json, urlencoded)} == {(415, "not-multipart")}
    for torn in (filing(pdf())[0][:-30], b"", b"\xff" * 100):
        body = send((torn, "multipart/form-data; boundary=----border"))
        assert problem(body) == (422, "validation-failed", ["$.file"])
    assert send((filing(pdf())[0], "multipart/form-data")).status_code == 422


def test_a_document_may_be_just_as_large_as_is_written(caller, upload):
    filed = upload(sized(MAX_SIZE))
    assert (filed.status_code, filed.get_json()["size"]) == (201, MAX_SIZE)
    assert caller.get(f"/documents/{filed.get_json()['id']}").content_length == MAX_SIZE
    for size in (MAX_SIZE + 1, MAX_SIZE + 100_000):
        assert problem(upload(sized(size))) == (413, "document-too-large", [])


def test_neither_fields_nor_their_number_are_without_limit(send):
    for parts in (
        (FILE, ("title", b"a" * 70_000, None)),
        (FILE, *((f"a{number}", b"", None) for number in range(MAX_PARTS))),
    ):
        assert send(form(*parts)).status_code == 413


def test_a_command_has_no_more_room_than_before(caller):
    answer = caller.client.post(
        "/api/v1/organizations", data=b"{}".ljust(64 * 1024 + 1), content_type="application/json"
    )
    assert problem(answer)[:2] == (413, "body-too-large")


def test_the_same_form_again_is_the_same_document_whatever_its_border(send):
    forms = [filing(pdf(), border=border) for border in ("--one", "--other")]
    first, again = (send(each, key="k-1") for each in forms)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.get_json() == first.get_json()
    assert again.headers["Location"] == first.headers["Location"]


@pytest.mark.parametrize(
    "other",
    [
        filing(pdf("другой")),
        filing(pdf(), title="Отчёт"),
        filing(pdf(), "application/pdf"),
        filing(pdf(), subject_id=str(uuid4())),
    ],
    ids=["content", "title", "type", "person"],
)
def test_another_form_under_the_same_key_is_refused(send, other):
    send(filing(pdf()), key="k-1")
    assert problem(send(other, key="k-1"))[:2] == (422, "idempotency-key-reused")


def test_that_somebody_has_filed_the_same_is_not_told(send):
    answers = [send(filing(pdf()), who).get_json() for who in (NEIGHBOUR, SPECIALIST)]
    one, other = ({name: each[name] for name in each if name != "id"} for each in answers)
    assert one == other


# Given back.


def test_a_document_is_saved_and_never_shown(caller, upload):
    answer = caller.get(f"/documents/{upload().get_json()['id']}")
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"sandbox", "default-src 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Отчёт за год", "Отчёт за год.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ('a"; filename="b.exe', "a ; filename= b exe.pdf"),
        ("a\tb\r\nc\\d", "a b c d.pdf"),
        ("...", None),
        (None, None),
    ],
)
def test_a_document_is_saved_under_a_name_that_does_no_harm(caller, upload, title, name):
    filed = upload(**({} if title is None else {"title": title})).get_json()
    told = caller.get(f"/documents/{filed['id']}").headers["Content-Disposition"]
    plain, _, encoded = told.partition("; filename*=UTF-8''")
    assert plain == f'attachment; filename="document-{filed["id"][:8]}.pdf"'
    assert unquote(encoded) == (name or "")
    assert told.isascii()


def test_who_has_the_content_already_is_not_sent_it_again(caller, upload):
    path = f"/documents/{upload().get_json()['id']}"
    tag = caller.get(path).headers["ETag"]
    same, changed = (caller.get(path, **{"If-None-Match": each}) for each in (tag, '"x"'))
    assert (same.status_code, same.get_data(), changed.status_code) == (304, b"", 200)
    head = caller.client.head(f"/api/v1{path}", headers=caller.headers())
    assert (head.status_code, head.content_length, head.get_data()) == (200, len(pdf()), b"")


def test_a_foreign_document_is_like_none(caller, upload):
    foreign = upload().get_json()["id"]
    for path in ("/documents/{}", "/documents/{}/history"):
        known, missing = (
            caller.get(path.format(each), who=NEIGHBOUR) for each in (foreign, uuid4())
        )
        assert problem(known)[:2] == problem(missing)[:2] == (404, "not-found")
        assert caller.get(path.format(foreign), who=AUDITOR).status_code == 200


def looks(caller, subject):
    items = caller.get(f"/audit/reads?subject={subject}", who=AUDITOR).get_json()["items"]
    return [(each["kind"], each["office"]) for each in items]


def test_a_look_at_a_document_about_a_person_is_recorded(caller, upload):
    subject = str(uuid4())
    filed = upload(subject_id=subject).get_json()
    assert looks(caller, subject) == []
    caller.get(f"/documents/{filed['id']}", who=NEIGHBOUR)
    caller.get(f"/documents/{filed['id']}", who="head@KZ-75")
    caller.get(f"/documents/{filed['id']}/history")
    assert looks(caller, subject) == [("history", "KZ-75"), ("document", "KZ-75")]


def test_a_look_is_recorded_before_the_document_is_given(caller, upload, services, monkeypatch):
    filed = upload(subject_id=str(uuid4())).get_json()

    def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(services.reading_log._reads, "add", broken)  # The disk is full.
    assert caller.get(f"/documents/{filed['id']}").status_code == 500


def test_a_document_whose_person_was_erased_is_gone(caller, upload, database_url):
    subject = str(uuid4())
    filed = upload(subject_id=subject).get_json()
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "UPDATE subject_keys SET wrapped = NULL WHERE subject_id = %s", [subject]
        )
    assert problem(caller.get(f"/documents/{filed['id']}"))[:2] == (410, "document-erased")
    (told,) = caller.get(f"/documents/{filed['id']}/history").get_json()["items"]
    assert told["data"]["fingerprint"] is None
    assert problem(upload(subject_id=subject))[:2] == (410, "subject-erased")


# In a case.


@pytest.fixture
def taken(caller):
    organization = caller.organization().get_json()["id"]
    return f"/assistance-requests/{caller.request(organization).get_json()['id']}"


def test_a_case_shows_its_documents_and_its_history_counts_them(caller, upload, taken):
    one, other = upload(title="Отчёт").get_json(), upload(PAPERS[MediaType.PNG]).get_json()
    documents = [one["id"], other["id"]]
    noted = caller.post(f"{taken}/note", {"text": "Пришли", "documents": documents}, 1)
    step = {"kind": "other_step", "summary": "Ответили", "details": {}, "documents": documents[:1]}
    shown = caller.post(f"{taken}/record-step", step, 2).get_json()

    assert noted.get_json()["notes"][0]["documents"] == [one, other]
    assert shown["steps"][0]["documents"] == [one]
    items = caller.get(f"{taken}/history").get_json()["items"]
    assert items[1]["sentence"].endswith(" Приложено документов: 2.")
    assert items[1]["data"]["documents"] == documents
    english = caller.get(f"{taken}/history", **{"Accept-Language": "en"}).get_json()["items"]
    assert english[2]["sentence"].endswith(" Documents attached: 1.")
    assert "окумент" not in items[0]["sentence"]


@pytest.mark.parametrize("command", ["note", "record-step"])
def test_a_document_that_cannot_be_attached_is_named_by_its_path(caller, upload, taken, command):
    own = upload().get_json()["id"]
    said = {"text": "Пришли"} if command == "note" else {"kind": "other_step", "summary": "Шаг"}
    details = {"details": {}} if command == "record-step" else {}
    for documents, code, path in (
        ([own, str(uuid4())], "document-not-found", "$.documents[1]"),
        ([own, own], "document-twice", "$.documents[1]"),
        ([own, "x"], "validation-failed", "$.documents[1]"),
        ([str(uuid4()) for _ in range(21)], "validation-failed", "$.documents"),
    ):
        body = {**said, **details, "documents": documents}
        assert problem(caller.post(f"{taken}/{command}", body, 1)) == (422, code, [path])


def test_checks_in_one_call_name_the_document_too(caller, upload):
    organization = caller.organization().get_json()["id"]
    check = {
        "method": "partner_recommendation",
        "outcome": "confirmed",
        "details": {"issuer_name": "Партнёр", "letter_date": "2026-03-01"},
    }
    own = upload().get_json()["id"]
    body = {"organization_id": organization, "checks": [{**check, "documents": [str(uuid4())]}]}
    refused = caller.post("/verifications", body)
    assert problem(refused) == (422, "document-not-found", ["$.checks[0].documents[0]"])
    body["checks"] = [{**check, "documents": [own]}]
    made = caller.post("/verifications", body).get_json()
    assert [each["id"] for each in made["checks"][0]["documents"]] == [own]
    again = caller.post(
        f"/verifications/{made['id']}/record-check", {**check, "documents": [own]}, 2
    )
    assert again.get_json()["checks"][1]["documents"][0]["id"] == own


def test_the_description_says_what_goes_in_and_what_comes_out():
    described = description()
    upload = described["paths"]["/api/v1/documents"]["post"]
    ((media_type, taken),) = upload["requestBody"]["content"].items()
    name = taken["schema"]["$ref"].rpartition("/")[2]
    file = described["components"]["schemas"][name]["properties"]["file"]
    content = described["paths"]["/api/v1/documents/{case_id}"]["get"]["responses"]["200"]

    assert (media_type, file["format"]) == ("multipart/form-data", "binary")
    assert taken["encoding"]["file"]["contentType"].split(", ") == list(MediaType)
    assert described["components"]["schemas"][name]["required"] == ["file"]
    assert content["content"] == {each.value: {"schema": {}} for each in MediaType}
    assert {"201", "413", "415", "422"} <= upload["responses"].keys()
