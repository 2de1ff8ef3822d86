"""What a day of the calendar is called, in the languages of the service."""

import re

from web.languages import texts

_OF_TABLE = re.compile(
    r"(?P<name>.+?)(?: \((?P<how>observed|estimated|substituted) ?(?:from (?P<day>[\d/]+))?\))?"
)


def kind_of_day(is_working: object, language: str) -> str:
    """Return whether it is a working day, in words."""
    return str(texts("calendar")["working" if is_working else "free"][language])


def day_title(reason: str, language: str) -> str:
    """Return why the table has the day as it is: the table's own words are English."""
    match = _OF_TABLE.fullmatch(reason)
    if match is None or match["name"] not in texts("calendar"):
        return reason
    name = str(texts("calendar")[match["name"]][language])
    if match["how"] is None:
        return name
    how = str(texts("calendar")[match["how"]][language])
    month, day, year = (match["day"] or "//").split("/")
    return f"{name} ({how.format(day=f'{day}.{month}.{year}')})"
