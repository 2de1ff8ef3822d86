"""Answers that are made as files first: memory stays small, and what failed is not sent by half."""

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import IO

from flask import Response

_PIECE = 64 * 1024


def sent(file: IO[bytes], media_type: str) -> Response:
    """Answer a file that was written just now; it is closed when it has been sent."""
    size = file.tell()
    file.seek(0)
    response = Response(_pieces(file), HTTPStatus.OK, mimetype=media_type)
    response.content_length = size
    response.call_on_close(file.close)  # Also when nobody has read a piece.
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        yield from iter(partial(file.read, _PIECE), b"")
