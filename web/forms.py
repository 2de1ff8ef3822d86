"""Forms with a file, which only documents come in: larger than a command, and slower to arrive."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial, wraps
from typing import IO, Any, TypeVar, cast

from flask import Request, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from domain.document.recognition import MAX_SIZE
from domain.document.refusals import DocumentTooLarge
from domain.refusals import Refusal
from web.timed_socket import TimedSocket

FORM = "multipart/form-data"
MAX_FIELDS = 64 * 1024
MAX_PARTS = 20
MAX_TAKEN_IN = 5 * MAX_SIZE
# Twenty megabytes in five minutes is half a megabit a second.
TIMES = 10
_PIECE = 256 * 1024
View = TypeVar("View", bound=Callable[..., Any])


class NotMultipart(Refusal):
    """The body is of another media type than a form with a file."""

    code = "not-multipart"


class FormRequest(Request):
    """A request that leaves no file of a form behind, also of one that was not read to its end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._streams: list[IO[bytes]] = []

    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        self._streams.append(super()._get_file_stream(*args, **kwargs))
        return self._streams[-1]

    def close(self) -> None:
        """Close what was received."""
        for stream in self._streams:
            stream.close()


def with_time_for_a_document(view: View) -> View:
    """Give the requests that reach a view, and their answers, more time than others have."""

    @wraps(view)
    def patient(*args: Any, **kwargs: Any) -> Any:
        connection = request.environ.get("gunicorn.socket")
        if isinstance(connection, TimedSocket):
            connection.allow(TIMES)
        return view(*args, **kwargs)

    return cast("View", patient)


def form_parts() -> list[tuple[str, list[Any]]]:
    """Return the fields and files of the form by their names; a large file lies on the disk."""
    if request.mimetype != FORM:
        raise NotMultipart(media_type=request.mimetype)
    request.max_content_length = MAX_SIZE + MAX_FIELDS
    try:
        return [*request.form.lists(), *request.files.lists()]
    except RequestEntityTooLarge as error:
        _take_in_the_rest()
        raise DocumentTooLarge(limit=MAX_SIZE) from error


def _take_in_the_rest() -> None:
    """Read what is still being sent, within reason: until then nobody would hear the answer."""
    rest = request.environ["wsgi.input"]
    for _ in range(MAX_TAKEN_IN // _PIECE):
        if not rest.read(_PIECE):
            break


def said_by_form() -> bytes:
    """Return what tells the form from every other: not its border, which is new in every attempt."""
    fields = sorted((name, values) for name, values in request.form.lists())
    files = sorted(
        (name, each.mimetype, _digest(each))
        for name, several in request.files.lists()
        for each in several
    )
    return repr((fields, files)).encode()


def _digest(file: FileStorage) -> str:
    found = hashlib.sha256()
    for piece in _pieces(file):
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def _pieces(file: FileStorage) -> Iterator[bytes]:
    file.seek(0)
    return iter(partial(file.read, _PIECE), b"")
