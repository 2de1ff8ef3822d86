"""The web application: built from the services it is given, and nothing else."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, Response

from application.services import Services
from web.access_log import register_access_log
from web.annotations import annotations_blueprint
from web.api import ProblemApi, make_api
from web.assistance_requests import requests_blueprint
from web.audit import audit_blueprint
from web.bundles import bundles_blueprint
from web.calendar import calendar_blueprint
from web.callers import EXTENSION, admit_callers
from web.chunked_bodies import check_chunked_body
from web.cosignatures import cosignatures_blueprint
from web.docs_page import docs_page
from web.documents import documents_blueprint
from web.escalations import escalations_blueprint
from web.feed import feed_blueprint
from web.forms import MAX_FIELDS, MAX_PARTS, FormRequest
from web.health import health
from web.hosts import LOCAL, host_check
from web.metrics import metrics
from web.offices import offices_blueprint
from web.organizations import organizations_blueprint
from web.parsing import MAX_BODY
from web.problem_pages import problem_pages
from web.problems import register_problems
from web.proofs import proofs_blueprint
from web.reference import reference_blueprint
from web.refused_requests import register_refused_requests
from web.security_headers import with_security_headers
from web.services import request_id
from web.session import session_blueprint
from web.staff import staff_blueprint
from web.subjects import subjects_blueprint
from web.verifications import verifications_blueprint


def create_app(services: Services, hosts: Iterable[str] = LOCAL) -> Flask:
    """Return the application that serves the cases of the services, called by these hosts."""
    app = Flask(__name__)
    app.request_class = FormRequest
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_FIELDS, MAX_FORM_PARTS=MAX_PARTS
    )
    app.extensions[EXTENSION] = services
    register_access_log(app)
    app.before_request(host_check(hosts))
    app.before_request(check_chunked_body)
    app.after_request(with_security_headers)
    app.after_request(_with_request_id)
    _register_resources(app)
    app.register_blueprint(health)
    app.register_blueprint(metrics)
    app.register_blueprint(problem_pages)
    app.register_blueprint(docs_page)
    register_problems(app)
    admit_callers(app)
    register_refused_requests(app)
    return app


def description() -> dict[str, Any]:
    """Return the description of the interface (OpenAPI 3.1); no database is needed for it."""
    return _register_resources(Flask(__name__)).description()


def _register_resources(app: Flask) -> ProblemApi:
    api = make_api(app)
    for make in (
        organizations_blueprint,
        verifications_blueprint,
        requests_blueprint,
        escalations_blueprint,
        documents_blueprint,
        reference_blueprint,
        calendar_blueprint,
        offices_blueprint,
        staff_blueprint,
        subjects_blueprint,
        audit_blueprint,
        annotations_blueprint,
        cosignatures_blueprint,
        proofs_blueprint,
        bundles_blueprint,
        feed_blueprint,
        session_blueprint,
    ):
        api.register_blueprint(make())
    return api


def _with_request_id(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    return response
