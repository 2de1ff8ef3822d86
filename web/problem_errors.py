"""What a problem document says in words, and of single fields."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from domain.actors import Role
from domain.catalogue.catalogue import title_of
from domain.refusals import InvalidValue
from web.languages import language, texts
from web.schemas.fields import OWN_MESSAGE


def detail(template: str, facts: Mapping[str, Any]) -> str:
    """Return the words with the facts in them."""
    shown = {name: _shown(fact) for name, fact in facts.items()}
    try:
        return template.format_map(shown)
    except (KeyError, IndexError):
        return template


def without_facts(template: str) -> str:
    """Return the words without the facts of one case."""
    return re.sub(r"{\w+}", "…", template)


def _shown(fact: object) -> str:
    if isinstance(fact, (list, tuple)):
        return ", ".join(_shown(each) for each in fact) or "—"
    return str(getattr(title_of(fact), language())) if isinstance(fact, Role) else str(fact)


def field_error(refusal: InvalidValue) -> dict[str, Any]:
    """Return a value that the domain refused, as the one error of its document."""
    words = texts("problems").get(refusal.code, {})
    message = detail(words.get(f"detail_{language()}", refusal.code), refusal.facts)
    return {
        "errors": [{"path": f"$.{refusal.field}", "messages": [message], "codes": [refusal.code]}]
    }


def field_errors(messages: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what the validation library found, each with the path of its field."""
    found = (each for part in messages.values() for each in _flat(part, "$"))
    return [_wrong_field(path, several) for path, several in found]


def _wrong_field(path: str, messages: list[str]) -> dict[str, Any]:
    codes = [text[1:].split()[0] for text in messages if text.startswith(OWN_MESSAGE)]
    told = [translated(text) for text in messages]
    return {"path": path, "messages": told, **({"codes": codes} if codes else {})}


def _flat(part: Any, path: str) -> Iterator[tuple[str, list[str]]]:
    if isinstance(part, Mapping):
        for name, inner in part.items():
            step = f"[{name}]" if isinstance(name, int) else "" if name == "_schema" else f".{name}"
            yield from _flat(inner, path + step)
    else:
        yield path, [str(text) for text in (part if isinstance(part, list) else [part])]


def translated(message: str) -> str:
    """Return a message of the validation library in the language of the caller."""
    for words in texts("validation")["messages"]:
        match = re.fullmatch(words["pattern"], message)
        if match:
            return str(words[language()]).format(**match.groupdict())
    return message
