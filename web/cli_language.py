"""The language in which commands answer."""

import os
from collections.abc import Callable
from typing import Any

import click

from web.languages import DEFAULT_LANGUAGE, LANGUAGES, SPOKEN, texts

Command = Callable[..., Any]


def speaking(command: Command) -> Command:
    """Let a command be told its language; else it is that of the terminal, or Russian."""
    return click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default=_language_of_the_terminal,
        expose_value=False,
        is_eager=True,
        callback=lambda _, __, value: SPOKEN.set(value),
        help="Язык ответа; иначе язык терминала.",
    )(command)


def words(code: str, **facts: object) -> str:
    """Return what the command line says, in the language of the caller."""
    return str(texts("command_line")[code][SPOKEN.get()]).format(**facts)


def _language_of_the_terminal() -> str:
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    found = next((value for value in named if value), "")[:2].lower()
    return found if found in LANGUAGES else DEFAULT_LANGUAGE
