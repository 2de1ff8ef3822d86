"""The kinds of value that requests are made of, each refused with a reason when wrong."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validate

from domain.bin import check_bin
from domain.phones import normalise_phone
from domain.refusals import InvalidValue

MAX_TEXT = 10_000
OWN_MESSAGE = "@"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# How a text is described: one sign at least that is no space, and no control characters.
_NO_CONTROL = "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*"
WORDS = f"^{_NO_CONTROL}[^\\x00-\\x1f\\x7f\\s]{_NO_CONTROL}$"
# What a value is, for those who write one: forms that a client may check before it sends.
FORMS: Mapping[str, Mapping[str, str]] = {
    "region": {"pattern": "^KZ-[0-9]{2}$", "example": "KZ-75"},
    "district": {"pattern": "^[0-9]{9}$", "example": "751710000"},
    "office": {"pattern": "^KZ(-[0-9]{2})?$", "example": "KZ-75"},
    "bin": {"pattern": "^[0-9]{12}$", "example": "971240001315"},
    "login": {"pattern": "^[^\\s<>\"'\\\\]{3,100}$", "example": "a.primerova"},
    "phone": {"pattern": "^[ +0-9()-]+$", "example": "+77000000001"},
}


class Text(fields.String):
    """Words: not blank, of a sensible length, without control characters."""

    def __init__(self, *, max_length: int = MAX_TEXT, form: str = "", **kwargs: Any) -> None:
        described = {"format": form, **FORMS[form]} if form else {"pattern": WORDS}
        kwargs["metadata"] = {**described, **kwargs.get("metadata", {})}
        super().__init__(validate=validate.Length(min=1, max=max_length), **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs)).strip()
        if not text:
            raise ValidationError(message_key("text-missing"))
        if _CONTROL.search(text):
            raise ValidationError(message_key("control-characters"))
        return text


class Checked(Text):
    """A text that a function of the domain checks and puts in its proper form."""

    def __init__(self, check: Any, **kwargs: Any) -> None:
        self._check = check
        super().__init__(max_length=100, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return str(self._check(text))
        except InvalidValue as refusal:
            raise ValidationError(message_key(refusal.code)) from refusal


class Whole(fields.Integer):
    """A whole number; ``9.0`` is one, as JSON Schema has it."""

    def _validated(self, value: Any) -> int:
        is_whole = isinstance(value, float) and value.is_integer()
        return int(super()._validated(int(value) if is_whole else value))


class TupleOf(fields.List[Any]):
    """A list of values that the domain takes as a tuple."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        return tuple(super()._deserialize(value, attr, data, **kwargs))


def code(codes: type[StrEnum], **kwargs: Any) -> fields.Enum[Any]:
    """Return the field of a code of the catalogue."""
    return fields.Enum(codes, by_value=fields.String, **kwargs)


def bin_number(**kwargs: Any) -> Checked:
    """Return the field of a BIN."""
    return Checked(check_bin, form="bin", **kwargs)


def phone(**kwargs: Any) -> Checked:
    """Return the field of a phone number, taken as it is said and kept as E.164."""
    return Checked(normalise_phone, form="phone", **kwargs)


def message_key(key: str) -> str:
    """Mark a message as a key of ``web/texts/validation.toml``, to be read out there."""
    return f"{OWN_MESSAGE}{key}"
