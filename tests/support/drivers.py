"""Two ways to do what a scenario says: through the application, and through HTTP.

Both take the same words and give the same answers, so each scenario is proved twice and
the web is proved to add nothing of its own.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Protocol, cast
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import msgspec
from flask.testing import FlaskClient
from msgspec import Struct
from papers import filing
from people import People, actor

from application.attempts import Attempt
from application.audit.bundling import Wanted, make_bundle
from application.case_files.history import history
from application.case_types import (
    ANNOTATION,
    DOCUMENT,
    ORGANIZATION,
    REQUEST,
    STAFF,
    VERIFICATION,
    CaseType,
)
from application.front_office import FrontOffice
from application.read_models import account_lists, annotation_lists, lists
from application.reading_log import Look
from application.services import Services
from application.streams import CaseRef, Stream
from domain.actors import Occasion
from domain.assistance_request.steps import Step
from domain.organization import OrganizationDetails
from domain.organization_verification.checks import CheckDetails
from domain.refusals import Refusal
from domain.rules.authority import check_role
from web import bundles
from web.cloud_events import BATCH, cloud_event, topics_of
from web.erasure_words import told_report
from web.histories import history_of
from web.presentation import plain
from web.printed_histories import printed
from web.printings import printing_of
from web.schemas.proofs import WantedSchema
from web.session import NOBODY

JSON = Mapping[str, Any]
READER = "auditor@KZ"
ORGANIZATIONS, VERIFICATIONS, REQUESTS = "organizations", "verifications", "assistance-requests"
QUESTIONS, ACCOUNTS, LOOKS, DOCUMENTS = "escalations", "staff", "audit/reads", "documents"
ANNOTATIONS = "audit/annotations"
SUBJECTS = "subjects"
HERE = "127.0.0.1"


class Refused(Struct, frozen=True):
    """What was asked was refused: the code of the refusal, and its facts."""

    code: str
    facts: JSON


class Driver(Protocol):
    """What a scenario can do. With a ``key`` that was used before something is sent again."""

    def begin(self, who: str, collection: str, key: str, **body: Any) -> JSON | Refused:
        """Begin a case."""

    def command(
        self, who: str, collection: str, case: JSON, name: str, key: str, **body: Any
    ) -> JSON | Refused:
        """Give a command on the version of the case that was read."""

    def read(
        self, collection: str, case_id: str, *, who: str = READER, **past: Any
    ) -> JSON | Refused:
        """Read a case, as it is or as it was."""

    def history(self, collection: str, case_id: str, *, who: str = READER) -> list[JSON]:
        """Read the history of a case."""

    def changes(self, collection: str, case_id: str, *, who: str, **ends: Any) -> JSON | Refused:
        """Compare two versions of a case: the fields that differ, and the events between."""

    def printed(self, collection: str, case_id: str, *, who: str, purpose: str) -> str:
        """Print the history of a case; return the page as text."""

    def open(self, document_id: str, *, who: str) -> bytes | Refused:
        """Open a document."""

    def page(
        self, who: str, collection: str, order: str | None = None, **filters: Any
    ) -> JSON | Refused:
        """Read the first page of a list; that of the looks says who has looked at what."""

    def export(self, who: str, collection: str, **filters: Any) -> list[str] | Refused:
        """Take a list away as a table; return the ids in it."""

    def bundle(self, who: str, **asked: Any) -> bytes | Refused:
        """Take a bundle of the log away."""

    def consistency(self, who: str, old: int) -> JSON | Refused:
        """Ask that the log be shown to continue one of this size."""

    def cosign(self, who: str, **body: Any) -> JSON | Refused:
        """Hand in what a witness has cosigned."""

    def follow(
        self, who: str, after: int, limit: int, beginning: str | None = None
    ) -> JSON | Refused:
        """Read the feed after a position; return its events, and how far it has come."""

    def export_history(self, who: str, collection: str, case_id: str) -> None:
        """Take the history of a case away as a table."""

    def sign_in(self, **said: str) -> JSON | Refused:
        """Begin a session for a login and a password, and maybe a new one in its place."""

    def sign_out(self, session: JSON) -> JSON | Refused:
        """End a session."""

    def who_am_i(self, session: JSON) -> JSON | Refused:
        """Ask in a session in which role one works now."""


TYPES: Mapping[str, CaseType[Any]] = {
    ORGANIZATIONS: ORGANIZATION,
    VERIFICATIONS: VERIFICATION,
    REQUESTS: REQUEST,
    DOCUMENTS: DOCUMENT,
    ACCOUNTS: STAFF,
    ANNOTATIONS: ANNOTATION,
}
PAGES: Mapping[str, lists.CaseList] = {
    ORGANIZATIONS: lists.ORGANIZATIONS,
    VERIFICATIONS: lists.VERIFICATIONS,
    REQUESTS: lists.REQUESTS,
    QUESTIONS: lists.ESCALATIONS,
    ACCOUNTS: account_lists.STAFF,
    LOOKS: account_lists.READS,
    ANNOTATIONS: annotation_lists.ANNOTATIONS,
}
# By which rule each is read; a list of accounts is shown to more people than an account.
READING = {
    ACCOUNTS: "read_accounts",
    LOOKS: "read_reads",
    ANNOTATIONS: "read_annotations",
}
LISTING = {**READING, ACCOUNTS: "read_staff"}
USE_CASES: Mapping[tuple[str, str], str] = {
    (ORGANIZATIONS, "begin"): "register_organization",
    (VERIFICATIONS, "begin"): "request_verification",
    (REQUESTS, "begin"): "request_help",
    (DOCUMENTS, "begin"): "upload_document",
    (ORGANIZATIONS, "change"): "change_organization_details",
    (ORGANIZATIONS, "close"): "close_organization",
    (ORGANIZATIONS, "reopen"): "reopen_organization",
    (VERIFICATIONS, "withdraw"): "withdraw_verification",
    (REQUESTS, "withdraw"): "withdraw_request",
    (REQUESTS, "reopen"): "reopen_request",
    (ANNOTATIONS, "begin"): "add_annotation",
    (ANNOTATIONS, "withdraw"): "withdraw_annotation",
    (ACCOUNTS, "begin"): "create_account",
    (ACCOUNTS, "close"): "close_account",
    (ACCOUNTS, "reopen"): "reopen_account",
    (SUBJECTS, "hold"): "hold_subject",
    (SUBJECTS, "release"): "release_subject",
    (SUBJECTS, "erase"): "erase_subject",
}
TELLING = {(ACCOUNTS, "begin"), (ACCOUNTS, "reset-password")}


class ApplicationDriver:
    """Calls the use cases themselves. Like every way in, it records a look before it shows."""

    def __init__(self, services: Services, people: People) -> None:
        self._services = services
        self._people = people

    def begin(self, who: str, collection: str, key: str, **body: Any) -> JSON | Refused:
        return self._call(collection, "begin", (), who, key, body)

    def command(
        self, who: str, collection: str, case: JSON, name: str, key: str, **body: Any
    ) -> JSON | Refused:
        ref = CaseRef(UUID(str(case["id"])), case["version"])
        if collection == SUBJECTS:
            return self._decided(ref, name, who, key, body)
        first = (TYPES[collection],) if "escalat" in name else ()
        return self._call(collection, name, (*first, ref), who, key, body)

    def _decided(
        self, ref: CaseRef, name: str, who: str, key: str, body: dict[str, Any]
    ) -> JSON | Refused:
        try:
            check_role(actor(who).role, "decide_on_subject")
        except Refusal as refusal:
            return _refused(refusal)
        return self._call(SUBJECTS, name, (ref,), who, key, body)

    def read(
        self, collection: str, case_id: str, *, who: str = READER, **past: Any
    ) -> JSON | Refused:
        if collection == SUBJECTS:
            return self._person(case_id, who)
        try:
            check_role(actor(who).role, READING.get(collection, "read_cases"))
            stream = self._reader(who).case(TYPES[collection], UUID(case_id), **past)
        except Refusal as refusal:
            return _refused(refusal)
        moment = past.get("as_of") or (stream.changed_at if past else None)
        return self._shown(who, stream, moment)

    def _person(self, subject_id: str, who: str) -> JSON | Refused:
        try:
            check_role(actor(who).role, "read_subject")
            stream = self._office(who).subject(UUID(subject_id))
        except Refusal as refusal:
            return _refused(refusal)
        return _as_json(plain(self._office(who).subject_file(stream, None)))

    def history(self, collection: str, case_id: str, *, who: str = READER) -> list[JSON]:
        if collection == SUBJECTS:
            stream = self._office(who).subject(UUID(case_id))
        else:
            stream = self._office(who).case(TYPES[collection], UUID(case_id))
        return [_as_json({**plain(entry), "event": entry.topic}) for entry in history(stream)]

    def changes(self, collection: str, case_id: str, *, who: str, **ends: Any) -> JSON | Refused:
        office = self._office(who)
        try:
            stream = office.case(TYPES[collection], UUID(case_id))
            compared = office.compared(stream, self._services.today(stream.state.office), ends)
        except Refusal as refusal:
            return _refused(refusal)
        between = history(compared.after, from_version=compared.before.version + 1)
        return {
            "fields": [str(each.path[0]) for each in compared.changes],
            "events": [entry.topic for entry in between],
        }

    def printed(self, collection: str, case_id: str, *, who: str, purpose: str) -> str:
        self._people.account(who)
        office, look = self._office(who), Look(actor(who), "scenario")
        stream = office.case(TYPES[collection], UUID(case_id))
        told = history_of(office, self._services.places, stream)
        printing = printing_of(self._services, told, look, purpose)
        self._services.reading_log.case(look, "export", stream, printing.people)
        return printed(told, printing)

    def open(self, document_id: str, *, who: str) -> bytes | Refused:
        try:
            check_role(actor(who).role, "read_cases")
            stream = self._office(who).case(DOCUMENT, UUID(document_id))
            content = self._office(who).content(stream)
        except Refusal as refusal:
            return _refused(refusal)
        self._services.reading_log.case(Look(actor(who), "scenario"), "document", stream)
        return content

    def page(
        self, who: str, collection: str, order: str | None = None, **filters: Any
    ) -> JSON | Refused:
        query = self._query(who, filters, order)
        try:
            check_role(actor(who).role, LISTING.get(collection, "read_cases"))
        except Refusal as refusal:
            return _refused(refusal)
        rows = self._reader(who).queries.page(PAGES[collection], query).rows
        return {"items": _as_json(rows)}

    def export(self, who: str, collection: str, **filters: Any) -> list[str] | Refused:
        case_list, query = PAGES[collection], self._query(who, filters)
        try:
            check_role(actor(who).role, LISTING.get(collection, "read_cases"))
        except Refusal as refusal:
            return _refused(refusal)
        batches = self._office(who).queries.batches(case_list, query)
        rows = [row for batch in batches for row in batch]
        look = Look(actor(who), "scenario")
        self._services.reading_log.list(look, case_list.name, filters, len(rows), kind="export")
        return [str(row["id"]) for row in rows]

    def bundle(self, who: str, **asked: Any) -> bytes | Refused:
        services, file = self._services, io.BytesIO()
        proofs = services.proofs_of(actor(who))
        try:
            check_role(actor(who).role, "read_proofs")
            read = WantedSchema().load(asked)
            read.pop("whole", None)
            most = bundles.MOST_ENTRIES
            made = make_bundle(proofs.opened, Wanted(**read), file, services.clock(), most)
        except Refusal as refusal:
            return _refused(refusal)
        look = Look(actor(who), "scenario")
        services.reading_log.bundle(look, made.about, made.entries, made.people)
        return file.getvalue()

    def consistency(self, who: str, old: int) -> JSON | Refused:
        try:
            check_role(actor(who).role, "read_log")
            return {"hashes": self._services.proofs_of(actor(who)).consistency(old)}
        except Refusal as refusal:
            return _refused(refusal)

    def cosign(self, who: str, **body: Any) -> JSON | Refused:
        return _tried(lambda: self._cosigned(who, body))

    def _cosigned(self, who: str, body: Mapping[str, Any]) -> None:
        check_role(actor(who).role, "cosign")
        self._services.cosigning.take_in(**body)

    def follow(
        self, who: str, after: int, limit: int, beginning: str | None = None
    ) -> JSON | Refused:
        topics = None if beginning is None else topics_of(beginning)
        try:
            check_role(actor(who).role, "read_feed")
            batch = self._office(who).events_after(actor(who), after, limit, topics)
        except Refusal as refusal:
            return _refused(refusal)
        events = [cloud_event(each) for each in batch.events]
        return {"events": _as_json(events), "reached": batch.reached}

    def export_history(self, who: str, collection: str, case_id: str) -> None:
        stream = self._office(who).case(TYPES[collection], UUID(case_id))
        self._services.reading_log.case(Look(actor(who), "scenario"), "export", stream)

    def sign_in(self, **said: str) -> JSON | Refused:
        services = self._services
        today = services.today(NOBODY.office)
        on = Occasion(by=NOBODY, recorded_at=services.clock(), today=today, cause=HERE)
        return _tried(lambda: services.desk.sign_in(on, **said))

    def sign_out(self, session: JSON) -> JSON | Refused:
        def leave() -> None:
            caller = self._services.desk.caller(session["access_token"], HERE)
            assert caller.session_id is not None
            self._services.desk.sessions.end(caller.session_id)

        return _tried(leave)

    def who_am_i(self, session: JSON) -> JSON | Refused:
        return _tried(lambda: self._services.desk.caller(session["access_token"], HERE).actor)

    def _query(
        self, who: str, filters: Mapping[str, Any], order: str | None = None
    ) -> lists.ListQuery:
        today = self._services.today(actor(who).office)
        return lists.ListQuery(today=today, filters=filters, order=order)

    def _office(self, who: str) -> FrontOffice:
        return self._services.front_office_of(actor(who))

    def _reader(self, who: str) -> FrontOffice:
        return self._services.notes_for(actor(who))

    def _call(
        self,
        collection: str,
        name: str,
        args: tuple[Any, ...],
        who: str,
        key: str,
        body: dict[str, Any],
    ) -> JSON | Refused:
        asked = repr((collection, name, args, body))
        by = actor(who)
        self._people.account(who)
        office = self._office(who)
        method = USE_CASES.get((collection, name), name.replace("-", "_"))
        told: list[str] = []
        telling = {"tell": told.append} if (collection, name) in TELLING else {}
        try:
            on = self._services.occasion(
                by,
                cause="scenario",
                occurred_on=body.pop("occurred_on", None),
                attempt=Attempt(key, asked),
            )
            stream = office.once(on, lambda: getattr(office, method)(*args, on, **body, **telling))
        except Refusal as refusal:
            return _refused(refusal)
        if collection == SUBJECTS:
            return self._told_of(who, stream, name)
        first_password = {"first_password": told[-1]} if told else {}
        return {**self._shown(who, stream, None), **first_password}

    def _told_of(self, who: str, stream: Stream[Any], name: str) -> JSON:
        office = self._office(who)
        if name != "erase":
            return _as_json(plain(office.subject_file(stream, None)))
        return _as_json(told_report(office.erasure_report(stream), {}))

    def _shown(self, who: str, stream: Stream[Any], moment: datetime | None) -> JSON:
        self._record_look(who, stream)
        today = self._services.today(stream.state.office)
        return _as_json(plain(self._office(who).file(stream, today, moment)))

    def _record_look(self, who: str, stream: Stream[Any]) -> None:
        self._services.reading_log.case(Look(actor(who), "scenario"), "case", stream)


class HttpDriver:
    """Calls the same over HTTP."""

    def __init__(self, client: FlaskClient, people: People) -> None:
        self._client = client
        self._people = people

    def begin(self, who: str, collection: str, key: str, **body: Any) -> JSON | Refused:
        if collection == DOCUMENTS:
            return self._filed(who, key, **body)
        return self._sent("POST", f"/{collection}", who, key, _body(body))

    def _filed(
        self, who: str, key: str, content: bytes, declared: str = "", **said: Any
    ) -> JSON | Refused:
        fields = {name: str(value) for name, value in said.items()}
        body, media_type = filing(content, declared, border=f"--{uuid4().hex}", **fields)
        headers = {**self._people.headers(who), "Idempotency-Key": key}
        return _answered(
            self._client.post(
                "/api/v1/documents", data=body, content_type=media_type, headers=headers
            )
        )

    def open(self, document_id: str, *, who: str) -> bytes | Refused:
        answer = self._client.get(
            f"/api/v1/documents/{document_id}", headers=self._people.headers(who)
        )
        if answer.status_code < 400:
            return answer.get_data()
        return Refused(_code(answer.get_json()), answer.get_json())

    def command(
        self, who: str, collection: str, case: JSON, name: str, key: str, **body: Any
    ) -> JSON | Refused:
        path, method = f"/{collection}/{case['id']}/{name}", "POST"
        if name == "change":
            path, method = f"/{collection}/{case['id']}", "PATCH"
        return self._sent(
            method, path, who, key, _body(body, name), {"If-Match": f'"{case["version"]}"'}
        )

    def read(
        self, collection: str, case_id: str, *, who: str = READER, **past: Any
    ) -> JSON | Refused:
        return self._got(f"/{collection}/{case_id}", who, past)

    def history(self, collection: str, case_id: str, *, who: str = READER) -> list[JSON]:
        answer = self._got(f"/{collection}/{case_id}/history", who, {})
        assert not isinstance(answer, Refused), answer
        items: list[JSON] = answer["items"]
        return items

    def changes(self, collection: str, case_id: str, *, who: str, **ends: Any) -> JSON | Refused:
        asked = {name.removesuffix("_moment"): value for name, value in ends.items()}
        answer = self._got(f"/{collection}/{case_id}/changes", who, asked)
        if isinstance(answer, Refused):
            return answer
        return {
            "fields": [re.split(r"[.\[]", each["field"])[0] for each in answer["fields"]],
            "events": [each["event"] for each in answer["events"]],
        }

    def printed(self, collection: str, case_id: str, *, who: str, purpose: str) -> str:
        headers = {**self._people.headers(who), "Accept": "text/html"}
        path = f"/api/v1/{collection}/{case_id}/history"
        answer = self._client.get(path, query_string={"purpose": purpose}, headers=headers)
        assert answer.status_code == 200, answer.get_data()
        return str(answer.get_data(as_text=True))

    def page(
        self, who: str, collection: str, order: str | None = None, **filters: Any
    ) -> JSON | Refused:
        asked = filters if order is None else {**filters, "order": order}
        return self._got(f"/{collection}", who, asked)

    def export(self, who: str, collection: str, **filters: Any) -> list[str] | Refused:
        headers = {**self._people.headers(who), "Accept": "text/csv"}
        answer = self._client.get(f"/api/v1/{collection}", query_string=filters, headers=headers)
        if answer.status_code != 200:
            refused = _answered(answer)
            assert isinstance(refused, Refused)
            return refused
        _, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
        return [row[0] for row in rows]

    def bundle(self, who: str, **asked: Any) -> bytes | Refused:
        answer = self._log(who, "bundle", **asked)
        return answer.data if answer.status_code == 200 else cast("Refused", _answered(answer))

    def consistency(self, who: str, old: int) -> JSON | Refused:
        answer = self._log(who, "consistency", **{"from": old})
        return {} if answer.status_code == 200 else _answered(answer)

    def _log(self, who: str, path: str, **asked: Any) -> Any:
        path, headers = f"/api/v1/audit/{path}", self._people.headers(who)
        return self._client.get(path, query_string=asked, headers=headers)

    def cosign(self, who: str, **body: Any) -> JSON | Refused:
        return self._sent("POST", "/audit/cosignatures", who, str(uuid4()), body)

    def follow(
        self, who: str, after: int, limit: int, beginning: str | None = None
    ) -> JSON | Refused:
        asked = {"after": after, "limit": limit} | ({"type": beginning} if beginning else {})
        headers = self._people.headers(who)
        answer = self._client.get("/api/v1/events", query_string=asked, headers=headers)
        if answer.status_code != 200:
            return _answered(answer)
        assert answer.mimetype == BATCH
        return {"events": answer.json, "reached": reached_in(answer.headers["Link"])}

    def export_history(self, who: str, collection: str, case_id: str) -> None:
        headers = {**self._people.headers(who), "Accept": "text/csv"}
        path = f"/api/v1/{collection}/{case_id}/history"
        assert self._client.get(path, headers=headers).status_code == 200

    def sign_in(self, **said: str) -> JSON | Refused:
        return _answered(self._client.post("/api/v1/session", json=said))

    def sign_out(self, session: JSON) -> JSON | Refused:
        return _answered(self._client.delete("/api/v1/session", headers=_bearer(session)))

    def who_am_i(self, session: JSON) -> JSON | Refused:
        return _answered(self._client.get("/api/v1/me", headers=_bearer(session)))

    def _got(self, path: str, who: str, asked: Mapping[str, Any]) -> JSON | Refused:
        query = {name: _as_json(value) for name, value in asked.items()}
        headers = self._people.headers(who)
        return _answered(self._client.get(f"/api/v1{path}", query_string=query, headers=headers))

    def _sent(
        self,
        method: str,
        path: str,
        who: str,
        key: str,
        body: JSON,
        headers: Mapping[str, str] = {},
    ) -> JSON | Refused:
        answer = self._client.open(
            f"/api/v1{path}",
            method=method,
            json=body,
            headers={**self._people.headers(who), "Idempotency-Key": key, **headers},
        )
        return _answered(answer)


def reached_in(link: str) -> int:
    """Return after which position the next link of the feed reads on."""
    url, _, relation = link.partition("; ")
    assert relation == 'rel="next"'
    return int(parse_qs(urlsplit(url.strip("<>")).query)["after"][0])


RENAMED = {"refuse": {"reason": "comment"}, "record-feedback": {"feedback": "comment"}}


def _body(values: Mapping[str, Any], command: str = "") -> JSON:
    """Return the values of a use case as they stand in a body."""
    body: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, CheckDetails):
            body["method"] = value.method
        if isinstance(value, Step):
            body["kind"] = value.kind
        if name in {"details", "changes"}:
            body.update(_details(name, value))
        elif name == "checks":
            body["checks"] = [
                _body({"outcome": each.outcome, "details": each.details}) for each in value
            ]
        elif name == "decision":
            said = {"findings": value.findings, "valid_until": value.valid_until}
            body["decision"] = _without_nothing(plain(said))
        elif name == "not_duplicate":
            if value is not None:
                decided = "not_duplicate_of" if command else "registered_as_not_duplicate_of"
                body[decided] = {"ids": plain(value.ids), "reason": value.reason}
        elif value is not None:
            body[RENAMED.get(command, {}).get(name, name)] = plain(value)
    return _as_json(body)


def _details(name: str, value: Any) -> dict[str, Any]:
    if name == "changes":
        return {field: plain(each) for field, each in value.named.items()}
    if isinstance(value, OrganizationDetails):
        return dict(_without_nothing(_people(plain(value))))
    return {name: _without_nothing(_people(plain(value)))}


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nothing(each) for name, each in value.items() if each is not None}
    return [_without_nothing(each) for each in value] if isinstance(value, list) else value


def _people(value: dict[str, Any]) -> dict[str, Any]:
    for field in ("contact_persons", "beneficiaries"):
        if field in value:
            value[field] = [{**each.pop("person"), **each} for each in value[field]]
    for each in value.get("beneficiaries", []):
        each.pop("phone", None)
        each.pop("email", None)
    return value


def _as_json(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def _bearer(session: JSON) -> dict[str, str]:
    return {"Authorization": f"Bearer {session['access_token']}"}


def _answered(answer: Any) -> JSON | Refused:
    body: JSON = answer.get_json() if answer.data else {}
    if answer.status_code < 400:
        return body
    return Refused(_code(body), body)


def _code(body: JSON) -> str:
    """Return the code of the refusal; for a wrong value, what is wrong with it."""
    found = [code for error in body.get("errors", ()) for code in error.get("codes", ())]
    return found[0] if found else str(body["code"])


def _tried(call: Callable[[], Any]) -> JSON | Refused:
    try:
        return dict(_as_json(plain(call())) or {})
    except Refusal as refusal:
        return _refused(refusal)


def _refused(refusal: Refusal) -> Refused:
    return Refused(refusal.code, _as_json(plain(dict(refusal.facts))))


def day(text: str) -> date:
    """Return the day that a scenario writes as 02.03.2026."""
    return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007  A day has no zone.
