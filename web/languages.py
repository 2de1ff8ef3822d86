"""The languages of the service, and the texts that people read in them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from flask import has_request_context, request

LANGUAGES = ("ru", "kk", "en")
DEFAULT_LANGUAGE = "ru"


def language() -> str:
    """Return the language that the caller reads best, Russian unless they say."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    return request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE)


@cache
def texts(name: str) -> Mapping[str, Any]:
    """Return the texts of a file under ``web/texts``: by key, then by language."""
    return tomllib.loads(files("web.texts").joinpath(f"{name}.toml").read_text("utf-8"))
