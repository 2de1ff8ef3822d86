"""Pages that need nothing but themselves: made of a template, with a style and no script."""

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

from flask import Flask

from web.security_headers import NOTHING

HTML = "text/html"


def page(name: str, language: str, **values: Any) -> str:
    """Return the page of the name, with the values in their places as text and never as markup."""
    template = _pages().jinja_env.get_template(f"{name}.html")
    policy = f"default-src 'none'; {_own_style()}"
    return template.render(language=language, style=_style(), policy=policy, **values)


def policy() -> str:
    """Return what a browser is to forbid itself on a page: everything but its own style."""
    return f"{NOTHING}; {_own_style()}"


@cache
def _pages() -> Flask:
    """Return what has the templates, and makes markup in values harmless; also for commands."""
    return Flask(__package__, template_folder="templates")


@cache
def _style() -> str:
    return files(__package__).joinpath("templates", "print.css").read_text("utf-8")


def _own_style() -> str:
    digest = b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"style-src 'sha256-{digest}'"
