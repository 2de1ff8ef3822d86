"""The report of an erasure in words: what each place is, and what became of what was there."""

from collections.abc import Mapping
from typing import Any

from application.case_files.erasure_report import ErasureReport, PlaceReport
from web.languages import language, texts
from web.presentation import plain


def told_report(report: ErasureReport, names: Mapping[str, str | None]) -> dict[str, Any]:
    """Return the report with its words; ``names`` are those of the staff, by their ids."""
    exports = [{**plain(each), "name": names.get(each.staff_id)} for each in report.exports]
    return {
        **plain(report),
        "places": [told_place(each) for each in report.places],
        "exports": exports,
    }


def told_place(place: PlaceReport) -> dict[str, Any]:
    """Return what is said of one place."""
    return {
        **plain(place),
        "title": _word("places", place.place),
        "outcome_title": _word("outcomes", place.outcome),
    }


def _word(kind: str, code: str) -> str:
    return str(texts("erasure")[kind][code][language()])
