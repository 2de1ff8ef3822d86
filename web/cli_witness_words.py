"""What the commands of a witness say, and with which code they end."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from application.audit.witness_refusals import WitnessRefusal, WitnessUnusable
from application.audit.witnesses import Witnessed
from web.languages import SPOKEN, texts

REFUSED, UNUSABLE = 1, 2


@contextmanager
def refusals_told() -> Iterator[None]:
    """Tell a refusal in words, and end with its code."""
    try:
        yield
    except WitnessRefusal as refusal:
        click.echo(refusal_words(refusal), err=True)
        sys.exit(UNUSABLE if isinstance(refusal, WitnessUnusable) else REFUSED)


def refusal_words(refusal: WitnessRefusal) -> str:
    """Return a refusal in words."""
    return witness_words(refusal.code, **refusal.facts)


def outcome_words(seen: Witnessed) -> str:
    """Return in words what was cosigned."""
    if seen.is_known:
        return witness_words("unchanged", size=seen.checkpoint.size)
    if seen.before is None:
        return witness_words("first", size=seen.checkpoint.size)
    return witness_words("cosigned", size=seen.checkpoint.size, before=seen.before.size)


def witness_words(code: str, **facts: object) -> str:
    """Return what a witness says, in the language of the command."""
    return str(texts("witness")[code][SPOKEN.get()]).format(**facts)
