"""The page that shows the interface: Swagger UI from our own files, with no inline script."""

from flask import Blueprint, Response, current_app, render_template_string

from web.callers import open_to_all
from web.security_headers import PAGE as PAGE_POLICY

docs_page = Blueprint("docs_page", __name__)

PAGE = """<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/swagger-ui/swagger-ui.css">
<script src="/static/swagger-ui/swagger-ui-bundle.js" defer></script>
<script src="/static/docs.js" defer></script>
</head>
<body>
<main id="interface" data-description="/{{ description }}"></main>
</body>
</html>
"""


@docs_page.get("/docs")
@open_to_all
def docs() -> Response:
    """Show the interface."""
    page = render_template_string(
        PAGE,
        title=current_app.config["API_TITLE"],
        description=current_app.config["OPENAPI_JSON_PATH"],
    )
    # The arrows of Swagger UI's style sheet are images within it.
    policy = PAGE_POLICY.replace("img-src 'self'", "img-src 'self' data:")
    return Response(page, mimetype="text/html", headers={"Content-Security-Policy": policy})
