"""Bodies without a length: no larger than others, and in no coding but chunks."""

from flask import request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from web.forms import FORM
from web.parsing import MAX_BODY


def check_chunked_body() -> None:
    """Refuse what goes on after the limit; werkzeug would take its beginning for the whole."""
    coding = request.headers.get("Transfer-Encoding")
    if coding is None:
        return
    if coding.strip().lower() != "chunked":
        raise BadRequest
    if request.mimetype == FORM:  # Its parser reads it piece by piece, and counts.
        return
    if len(request.get_data()) >= MAX_BODY and request.environ["wsgi.input"].read(1):
        raise RequestEntityTooLarge
