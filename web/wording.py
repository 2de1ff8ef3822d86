"""Templates of sentences: names in braces, and parts in brackets that need their values."""

import re
from collections.abc import Callable, Iterator, Mapping
from string import Formatter

_INNER = str.maketrans("«»", "„“")
_PART = re.compile(r"\[([^\[\]]*)\]")


def small(text: str) -> str:
    """Return the words as they stand inside a sentence; what begins a name keeps its capital."""
    begins_a_name = not text[1:2].islower()
    return text if begins_a_name else text[0].lower() + text[1:]


def large(text: str) -> str:
    """Return the words as they begin a sentence."""
    return text[:1].upper() + text[1:]


_FORMS: Mapping[str, Callable[[str], str]] = {"": str, "small": small, "large": large}


def worded(template: str, values: Mapping[str, str]) -> str:
    """Return the template with the values; a part in brackets is left out where one is empty."""

    def kept(part: re.Match[str]) -> str:
        return part[1] if all(values[name] for name in names_in(part[1])) else ""

    return "".join(_pieces(_PART.sub(kept, template), values))


def _pieces(template: str, values: Mapping[str, str]) -> Iterator[str]:
    """Return the text and the values of a template; quotes within quotes are the inner ones."""
    for text, name, form, _ in Formatter().parse(template):
        yield text
        if name:
            value = _FORMS[form or ""](values[name])
            yield value.translate(_INNER) if text.endswith("«") else value


def names_in(template: str) -> list[str]:
    """Return the names in a template."""
    return [name for _, name, _, _ in Formatter().parse(template) if name]
