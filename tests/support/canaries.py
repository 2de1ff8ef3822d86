"""Requests that carry somebody's data everywhere an operation can be told something."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

from papers import filing, pdf

from web.app import description
from web.forms import FORM

NAME = "Кенар Канарейкин"
PHONE = "+77019876543"
EMAIL = "kenar@canary.example"
WORDS = "Поссорился с соседом-какаду"
PASSWORD = "K3nar!pa55word"
TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJrZW5hciJ9.Y2FuYXJ5"
CANARIES = (NAME, PHONE, EMAIL, WORDS, PASSWORD, TOKEN)
ALL = " ".join(CANARIES)
# Parts by which a canary is known however the rest of it was cut or written.
PARTS = ("Канарейкин", "9876543", "canary.example", "какаду", "pa55word", "Y2FuYXJ5")
ASCII = f"{PHONE} {EMAIL} {PASSWORD} {TOKEN}"
KNOWN = {
    "phone": PHONE,
    "email": EMAIL,
    "website": "https://canary.example/kenar",
    "region": "KZ-75",
    "district": "751710000",
}
DESCRIPTION = description()
METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
CIRCUMSTANCES = {
    "User-Agent": ASCII,
    "Referer": f"https://office.example/?{urlencode({'q': ALL})}",
    "Cookie": f"session={TOKEN}",
    "X-Forwarded-For": PHONE,
    "Accept-Language": EMAIL,
    "X-Request-ID": f"{TOKEN}{EMAIL}",
}


class Attempt(NamedTuple):
    """One request with canaries in it."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None = None


def leaks(text: str) -> list[str]:
    """Return the canaries that the text shows, in any writing."""
    return [part for part in PARTS if any(form in text for form in _forms(part))]


def _forms(part: str) -> set[str]:
    escaped, raw = json.dumps(part)[1:-1], part.encode()
    return {part, escaped, quote(part), raw.decode("latin-1"), repr(raw)[2:-1], raw.hex()}


class Sampler:
    """Values of a schema: the ones it asks for, with canaries wherever words may stand."""

    def __init__(self, case: UUID, *, sparse: bool) -> None:
        self._case, self._sparse = str(case), sparse

    def value(self, schema: Mapping[str, Any], name: str = "") -> Any:
        """Return a value of the schema of the field."""
        if "$ref" in schema:
            return self.value(_resolved(schema["$ref"]), name)
        if "oneOf" in schema:
            return self._variant(schema, schema["oneOf"][-1])
        if "anyOf" in schema:
            return self.value(schema["anyOf"][0], name)
        if "enum" in schema:
            return schema["enum"][-1]
        return self._plain(schema, name)

    def _variant(self, schema: Mapping[str, Any], variant: Mapping[str, Any]) -> Any:
        value = self.value(variant)
        told = schema.get("discriminator", {})
        kinds = (kind for kind, ref in told.get("mapping", {}).items() if ref == variant["$ref"])
        return {**value, told["propertyName"]: next(kinds)} if told else value

    def _plain(self, schema: Mapping[str, Any], name: str) -> Any:
        kinds = schema.get("type", "object")
        match kinds[0] if isinstance(kinds, list) else kinds:
            case "object":
                return {part: self.value(of, part) for part, of in self._parts(schema)}
            case "array":
                return [self.value(schema["items"], name)]
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return True
        return self._words(schema, name)

    def _parts(self, schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for part, of in schema.get("properties", {}).items():
            if not self._sparse or part in schema.get("required", ()):
                yield part, of

    def _words(self, schema: Mapping[str, Any], name: str) -> str:
        fixed = {"uuid": self._case, "date": "2026-03-02", "date-time": "2026-03-02T07:00:00Z"}
        words = {**KNOWN, "name": f"{NAME} {uuid4()}"}.get(name, schema.get("example", ALL))
        return str(fixed.get(schema.get("format", ""), words))[: schema.get("maxLength")]


def _resolved(ref: str) -> Mapping[str, Any]:
    found: Any = DESCRIPTION
    for step in ref.removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def operations() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Return every operation of the description: its method, its path, and what it takes."""
    for path, of in DESCRIPTION["paths"].items():
        shared = of.get("parameters", [])
        for method in sorted(METHODS & of.keys()):
            parameters = [*shared, *of[method].get("parameters", [])]
            yield method.upper(), path, {**of[method], "parameters": parameters}


def attempts(cases: Mapping[str, UUID]) -> Iterator[Attempt]:
    """Return requests to every operation, right ones and wrong ones.

    The cases are ids by the name of their collection.
    """
    for method, path, operation in operations():
        case = next((cases[each] for each in cases if f"/{each}/" in path), uuid4())
        yield from _right(method, path, operation, case, cases)
        yield from _wrong(method, path, operation)


def _right(
    method: str, path: str, operation: Mapping[str, Any], case: UUID, cases: Mapping[str, UUID]
) -> Iterator[Attempt]:
    """Return requests to a case that is there, and to one that is not."""
    for on, sparse in ((case, True), (case, False), (uuid4(), True)):
        sampler = Sampler(cases.get("organizations", on), sparse=sparse)
        query = {} if sparse else _arguments(operation, "query", sampler)
        yield Attempt(method, _filled(path, str(on), query), *_sent(operation, sampler))


def _wrong(method: str, path: str, operation: Mapping[str, Any]) -> Iterator[Attempt]:
    """Return requests with canaries where no words belong."""
    names = [each["name"] for each in _parameters(operation) if each["in"] == "query"]
    headers = {each["name"]: ASCII for each in _parameters(operation) if each["in"] == "header"}
    case, everywhere = str(uuid4()), json.dumps(dict.fromkeys(_fields(operation), ALL)).encode()
    yield Attempt(method, _filled(path, ALL, {}), _headers(), everywhere)
    yield Attempt(method, _filled(path, case, dict.fromkeys([*names, ALL], ALL)), _headers())
    yield Attempt(method, _filled(path, case, {}), _headers(**headers), everywhere)
    yield Attempt(method, _filled(path, case, {}), _headers(Authorization=f"Bearer {TOKEN}"))
    yield Attempt(method, _filled(path, case, {}), _headers(Host="canary.example"), everywhere)
    for body in (f'{{"name": "{ALL}', f'["{ALL}"]', f'{{"{ALL}": NaN}}', f'"\udce0{ALL}"'):
        raw = body.encode("utf-8", "surrogateescape")
        yield Attempt(method, _filled(path, case, {}), _headers(), raw)
    form = _headers(**{"Content-Type": "application/x-www-form-urlencoded"})
    yield Attempt(method, _filled(path, case, {}), form, urlencode({"name": ALL}).encode())


def _headers(**more: str) -> dict[str, str]:
    usual = {"Idempotency-Key": str(uuid4()), "If-Match": "*", "Content-Type": "application/json"}
    return {**CIRCUMSTANCES, **usual, **more}


def _filled(path: str, value: str, query: Mapping[str, Any]) -> str:
    steps = (quote(value, safe="") if step.startswith("{") else step for step in path.split("/"))
    return "/".join(steps) + (f"?{urlencode(query)}" if query else "")


def _arguments(operation: Mapping[str, Any], place: str, sampler: Sampler) -> dict[str, Any]:
    parameters = (each for each in _parameters(operation) if each["in"] == place)
    return {each["name"]: sampler.value(each["schema"], each["name"]) for each in parameters}


def _parameters(operation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the arguments, those that many operations share among them."""
    return [
        _resolved(each["$ref"]) if "$ref" in each else each
        for each in operation.get("parameters", ())
    ]


def _schema(operation: Mapping[str, Any]) -> Mapping[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {})
    return next(iter(content.values()))["schema"] if content else None


def _sent(operation: Mapping[str, Any], sampler: Sampler) -> tuple[dict[str, str], bytes | None]:
    schema = _schema(operation)
    if schema is None:
        return _headers(), None
    said = sampler.value(schema)
    if FORM not in operation["requestBody"]["content"]:
        return _headers(), json.dumps(said).encode()
    file = pdf(said.pop("file"))
    body, kind = filing(file, "application/pdf", **said, names=f"{NAME}.pdf")
    return _headers(**{"Content-Type": kind}), body


def _fields(operation: Mapping[str, Any]) -> set[str]:
    schema = _schema(operation)
    sample = {} if schema is None else Sampler(uuid4(), sparse=False).value(schema)
    return {*sample, ALL}
