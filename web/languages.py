"""The languages of the service, and the texts that people read in them."""

import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

from flask import has_request_context, request

LANGUAGES = ("ru", "kk", "en")
DEFAULT_LANGUAGE = "ru"
# In which language a command speaks, where there is no request to say it.
SPOKEN: ContextVar[str] = ContextVar("SPOKEN", default=DEFAULT_LANGUAGE)


def language() -> str:
    """Return the language that the caller reads best, Russian unless they say."""
    if not has_request_context():
        return SPOKEN.get()
    return request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE)


@cache
def texts(name: str) -> Mapping[str, Any]:
    """Return the texts of a file under ``web/texts``: by key, then by language."""
    return tomllib.loads(files("web.texts").joinpath(f"{name}.toml").read_text("utf-8"))
