"""Tables of a scenario, in the words of the handbook, as the domain's structures."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from drivers import day
from msgspec import Struct

from domain.catalogue.catalogue import CATALOGUE_2021

FIELDS = {
    "адрес": "address",
    "вид": "kind",
    "вид документа": "document",
    "вид займа": "loan_kind",
    "вид СМИ": "media",
    "вопрос": "question",
    "группа": "audience",
    "дата ответа": "answered_on",
    "дата письма": "letter_date",
    "дата подачи": "submitted_on",
    "дата публикации": "published_on",
    "дата посещения": "visited_on",
    "дата проведения": "held_on",
    "дата возврата": "returned_on",
    "дата отправки": "sent_on",
    "дата получения": "received_on",
    "заинтересовалось": "interested",
    "издание": "outlet",
    "интересует": "interests",
    "история": "story",
    "консультация": "advice",
    "мероприятие": "event",
    "место": "place",
    "что нужно": "needed",
    "государственный орган": "state_body",
    "ID на платформе": "qazvolunteer_id",
    "имя на платформе": "shown_name",
    "кто написал": "issuer_name",
    "людей": "people",
    "нужно с": "needed_from",
    "нужно по": "needed_until",
    "ответ": "content",
    "отчёт": "report",
    "планируется": "planned_on",
    "предмет": "item",
    "предоставлено с": "lent_from",
    "предоставлено по": "lent_until",
    "программа": "programme",
    "программы": "programmes",
    "результат": "result",
    "собеседники": "contacted",
    "согласились": "interested",
    "срок подачи": "deadline",
    "суть": "matter",
    "тема": "topic",
    "увидели": "observed",
    "участников": "participants",
    "форма": "planned_legal_form",
    "ищут": "looking_for",
}
YES = {"да": True, "нет": False}
Made = TypeVar("Made", bound=Struct)


def made(struct: type[Made], rows: list[list[str]], **more: Any) -> Made:
    """Return the structure that a table of two columns describes."""
    named = {FIELDS[name]: value for name, value in rows}
    types = {field.name: field.type for field in msgspec.inspect.type_info(struct).fields}  # type: ignore[union-attr]
    values = {name: _value(types[name], text) for name, text in named.items()}
    return struct(**values, **more)


def _value(node: msgspec.inspect.Type, text: str) -> Any:
    if isinstance(node, msgspec.inspect.UnionType):
        some = [each for each in node.types if not isinstance(each, msgspec.inspect.NoneType)]
        return _value(some[0], text)
    if isinstance(node, msgspec.inspect.EnumType):
        return coded(node.cls, text)
    return READERS.get(type(node), str)(text)


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


READERS: Mapping[type, Callable[[str], Any]] = {
    msgspec.inspect.DateType: day,
    msgspec.inspect.IntType: int,
    msgspec.inspect.BoolType: YES.__getitem__,
    msgspec.inspect.VarTupleType: _several,
}


def coded(codes: type[StrEnum], title: str) -> Any:
    """Return the code whose Russian title this is, or begins with this."""
    found = [code for code in codes if _titles()[type(code), code].startswith(title)]
    assert len(found) == 1, (title, found)
    return found[0]


def _titles() -> Mapping[tuple[type, StrEnum], str]:
    entries = (each for several in CATALOGUE_2021.lists.values() for each in several)
    return {(type(each.code), each.code): each.title.ru for each in entries}
