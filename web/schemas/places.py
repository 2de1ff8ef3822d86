"""Filters by place: a code that does not exist is an error and not an empty list."""

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import ValidationError

from domain.places import Places
from domain.refusals import InvalidValue
from web.schemas.fields import Text, message_key
from web.services import services

_FORMS: Mapping[Callable[[Places, str], object], str] = {
    Places.check_region: "region",
    Places.check_district_code: "district",
    Places.check_office: "office",
}


class Place(Text):
    """The code of a region, a district or an office."""

    def __init__(self, check: Callable[[Places, str], object], **kwargs: Any) -> None:
        self._check = check
        super().__init__(max_length=20, form=_FORMS[check], **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        code = super()._deserialize(value, attr, data, **kwargs)
        try:
            self._check(services().places, code)
        except InvalidValue as refusal:
            raise ValidationError(message_key(refusal.code)) from refusal
        return code
