"""One call of every writing operation, as a client would send it, and send it again.

An operation that begins a case needs an entry in ``OPENED``; one on a case has its state and
its body in the table of who may do what.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

from access import operations
from matrix import (
    CALLERS,
    DONE,
    TABLE,
    WITH_CASE,
    Kind,
    annotation_of,
    help_for,
    new_account,
    office_of,
    registration,
    verdict,
    verification_of,
)
from papers import filing, pdf
from world import OWN, World

from application.use_cases.subjects import STREAMS


class Sent(NamedTuple):
    """The body of a call, and of what type it is."""

    data: bytes
    media_type: str = "application/json"


class Call(NamedTuple):
    """A call that can be sent any number of times."""

    method: str
    path: str
    sent: Sent
    headers: Mapping[str, str]

    @property
    def request(self) -> bytes:
        """The call as it goes over the wire."""
        headers = {
            "Host": "127.0.0.1",
            "Connection": "close",
            "Content-Type": self.sent.media_type,
            "Content-Length": str(len(self.sent.data)),
            **self.headers,
        }
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join((*lines, "", "")).encode() + self.sent.data


def as_json(body: Any) -> Sent:
    """Return a JSON body."""
    return Sent(json.dumps(body).encode())


OPENED: Mapping[str, Callable[[World], Sent]] = {
    "registerOrganization": lambda world: as_json(registration(world, OWN)),
    "requestVerification": lambda world: as_json(verification_of(world.active(OWN).id)),
    "requestHelp": lambda world: as_json(help_for(world.active(OWN).id)),
    "createAccount": lambda world: as_json(new_account(world, OWN)),
    "addAnnotation": lambda world: as_json(annotation_of(world.taken(OWN).id)),
    "uploadDocument": lambda _: Sent(*filing(pdf())),
}
ON_CASE = [
    operation_id
    for operation_id, row in TABLE.items()
    if row.kind in WITH_CASE - {Kind.OPENING} and row.body is not None
]
# What a retry does here is said by tests of its own: nothing is written that a key could name.
SESSION = {"signIn", "renewSession", "signOut", "cosign"}


def writing() -> set[str]:
    """Return every operation of the interface that may change something."""
    return {name for name, (method, _) in operations().items() if method != "GET"}


def caller_of(operation_id: str) -> str:
    """Return the first who may do it."""
    return next(who for who in CALLERS if verdict(operation_id, who, "existing") == DONE)


def call_of(operation_id: str, world: World, *, key: bool = True) -> Call:
    """Return a call that succeeds, on a case made for it alone."""
    method, path = operations()[operation_id]
    who = caller_of(operation_id)
    headers = dict(world.people.headers(who))
    if key:
        headers["Idempotency-Key"] = str(uuid4())
    if operation_id in OPENED:
        return Call(method, path, OPENED[operation_id](world), headers)
    row = TABLE[operation_id]
    assert row.state is not None
    assert row.body is not None
    made = row.state(world, OWN)
    headers["If-Match"] = f'"{made.version}"'
    body = as_json(row.body(world, office_of(who)))
    return Call(method, path.replace("{case_id}", str(made.id)), body, headers)


def case_of(body: Mapping[str, Any]) -> UUID:
    """Return the stream of which an answer tells; that of a person is not under their own id."""
    told = str(body["id"])
    of_person = "/subjects/" in str(body.get("links"))
    return uuid5(STREAMS, told) if of_person else UUID(told)
