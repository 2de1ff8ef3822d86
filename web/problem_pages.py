"""The page of each problem type: what it means, and what to do."""

from flask import Blueprint, Response, render_template_string

from domain.refusals import Refusal
from web.callers import open_to_all
from web.languages import language, texts
from web.problem_errors import without_facts

problem_pages = Blueprint("problem_pages", __name__)

PAGE = """<!doctype html>
<html lang="{{ language }}"><meta charset="utf-8"><title>{{ title }}</title>
<h1>{{ title }}</h1><p>{{ help }}</p><p><code>/problems/{{ code }}</code></p></html>
"""


class ProblemNotFound(Refusal):
    """There is no problem type of that name."""

    code = "not-found"


@problem_pages.get("/problems/<code>")
@open_to_all
def problem_page(code: str) -> Response:
    """Explain a problem type."""
    words = texts("problems").get(code)
    if words is None:
        raise ProblemNotFound(id=code)
    told = language()
    page = render_template_string(
        PAGE,
        language=told,
        code=code,
        title=words[f"title_{told}"],
        help=without_facts(words[f"detail_{told}"]),
    )
    return Response(page, mimetype="text/html")
