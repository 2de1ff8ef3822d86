"""Phone numbers, as people say them and as they are stored (E.164)."""

import phonenumbers

from domain.refusals import InvalidValue


class InvalidPhone(InvalidValue):
    """The text is no phone number that exists."""

    code = "invalid-phone"


def normalise_phone(text: str, field: str = "phone") -> str:
    """Return the number as E.164; without a country code it is taken as one of Kazakhstan."""
    try:
        number = phonenumbers.parse(text, "KZ")
    except phonenumbers.NumberParseException as error:
        raise InvalidPhone(field) from error
    if not phonenumbers.is_valid_number(number):
        raise InvalidPhone(field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
