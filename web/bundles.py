"""Bundles of the log over HTTP: made into a file, on record, and then given to be saved."""

import tempfile
from typing import IO, Any

from flask import Response

from application.audit.bundling import MadeBundle, Wanted, make_bundle
from web.api import API_PREFIX, CaseBlueprint, ProblemSchema
from web.callers import may
from web.forms import with_time_for_a_document
from web.proofs import proofs
from web.schemas.proofs import WantedSchema
from web.sent_files import sent
from web.services import look, services

ZIP = "application/zip"
# As many entries as are made and sent within the time of an answer.
MOST_ENTRIES = 200_000
FILE: dict[str, Any] = {
    "200": {
        "description": "Пакет: ZIP-файл, который проверяют без сервиса (verify.py).",
        "content": {ZIP: {"schema": {}}},
        "headers": {"Content-Disposition": {"schema": {"type": "string"}}},
    }
}


def bundles_blueprint() -> CaseBlueprint:
    """Return the resource of bundles."""
    blueprint = CaseBlueprint(
        "bundles", __name__, url_prefix=f"{API_PREFIX}/audit/bundle", description="Пакеты журнала"
    )

    @blueprint.route("", methods=["GET"])
    @with_time_for_a_document
    @blueprint.doc(operationId="getBundle", responses=FILE)
    @blueprint.arguments(WantedSchema, location="query")
    @blueprint.alt_response(404, schema=ProblemSchema)
    @blueprint.alt_response(409, schema=ProblemSchema)
    @may("read_proofs")
    def bundle(asked: dict[str, Any]) -> Response:
        """Пакет о деле, о периоде или обо всём журнале: события, доказательства и verify.py."""
        asked.pop("whole", None)
        file = tempfile.TemporaryFile(prefix="frontoffice")  # noqa: SIM115  Closed when it has been sent.
        try:
            made = _made(Wanted(**asked), file)
        except BaseException:
            file.close()
            raise
        response = sent(file, ZIP)
        response.headers["Content-Disposition"] = f'attachment; filename="{_name(made)}"'
        return response

    return blueprint


def _made(wanted: Wanted, file: IO[bytes]) -> MadeBundle:
    made = make_bundle(proofs().opened, wanted, file, services().clock(), MOST_ENTRIES)
    services().reading_log.bundle(look(), made.about, made.entries, made.people)
    return made


def _name(made: MadeBundle) -> str:
    """Return under which name the file is saved: a case by the beginning of its id."""
    what = str(made.about["case"])[:8] if "case" in made.about else made.about["kind"]
    return f"log-{what}-{made.size}.zip"
