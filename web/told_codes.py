"""Codes in words, also those that are in no list of the catalogue."""

from enum import StrEnum

from domain.catalogue.catalogue import title_of
from domain.rules.requalification import Material
from web.languages import texts


def code_told(code: StrEnum, language: str) -> str:
    """Return what a code is called; a code that is a name in itself, such as a media type, is that."""
    if isinstance(code, Material):
        return str(texts("labels")[code.value][language])
    own = texts("codes").get(type(code).__name__, {})
    if code.value in own:
        return str(own[code.value][language])
    try:
        return str(getattr(title_of(code), language))
    except KeyError:
        return code.value
