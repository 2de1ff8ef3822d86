"""The key with which a command may be sent again, after an answer that was not heard."""

import hashlib
import re

from flask import request

from application.attempts import Attempt
from domain.refusals import Refusal
from web.forms import FORM, said_by_form

KEY_HEADER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": (
        "Ключ этой команды, который выбираете вы, например UUID. Не дождались ответа — повторите"
        " с тем же ключом и тем же телом: команда выполнится один раз, ответ будет первым."
    ),
    "schema": {"type": "string", "pattern": "^[!#-\\[\\]-~]{1,100}$"},
    "example": "8e03978e-40d5-43e8-bc93-6894a57f9324",
}
OPTIONAL_KEY_HEADER = {
    **KEY_HEADER,
    "required": False,
    "description": (
        f"{KEY_HEADER['description']} Без ключа повтор после потерянного ответа получит 412:"
        " тогда прочитайте дело и посмотрите, сделано ли изменение."
    ),
}
_KEY = re.compile(r"[!#-\[\]-~]{1,100}")


class IdempotencyKeyRequired(Refusal):
    """A command names the key with which it may be sent again."""

    code = "idempotency-key-required"


class IdempotencyKeyMalformed(Refusal):
    """The key is not one to a hundred visible ASCII characters."""

    code = "idempotency-key-malformed"


def current_attempt() -> Attempt | None:
    """Return the key of the request, with a digest of what it asks for.

    The key may stand in quotes, as a structured field has it, or without. Only a POST
    has to name one.
    """
    given = request.headers.get("Idempotency-Key")
    if given is None:
        if request.method == "POST":
            raise IdempotencyKeyRequired
        return None
    key = given.strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyMalformed(given=given)
    return Attempt(key, _asked())


def _asked() -> str:
    said = said_by_form() if request.mimetype == FORM else request.get_data()
    asked = f"{request.method} {request.path}\n".encode() + said
    return hashlib.sha256(asked).hexdigest()
