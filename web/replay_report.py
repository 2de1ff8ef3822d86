"""A replay as people read it: every divergence by case and field, and the whole in a sentence."""

from collections.abc import Mapping
from typing import Any

from application.replay.divergences import Divergence
from application.replay.environment import Environment
from application.replay.replaying import Replay
from web.languages import language, texts

COLUMNS = ("case", "table", "row", "field", "live", "replayed", "told")


def row(found: Divergence) -> Mapping[str, Any]:
    """Return a divergence as the row of a table."""
    version = {} if found.version is None else {"version": found.version}
    return {
        "case": found.number or found.case_id,
        "table": found.table,
        "row": {**found.row, **version},
        "field": found.field,
        "live": found.live,
        "replayed": found.replayed,
        "told": _told(found),
    }


def document(found: Replay) -> Mapping[str, Any]:
    """Return a replay as a document, with everything that was found."""
    return {
        "cases": found.cases,
        "events": found.events,
        "environments": [_environment(each) for each in (found.here, found.elsewhere)],
        "items": [{**_known(each), "words": _told(each)} for each in found.divergences],
    }


def whole(found: Replay) -> str:
    """Return what the replay came to, in one sentence for each thing that is to be known."""
    environments = {
        f"{name}_{place}": value
        for place, each in (("here", found.here), ("there", found.elsewhere))
        for name, value in _environment(each).items()
    }
    facts = {
        "cases": found.cases,
        "events": found.events,
        "count": len(found.divergences),
        "underived": found.underived,
        **environments,
    }
    codes = ["divergent" if found.divergences else "same", "environments"]
    if found.underived and any(each.field == "due_on" for each in found.divergences):
        codes.append("underived")
    told = (str(texts("replay")["whole"][code][language()]).format(**facts) for code in codes)
    return "\n".join(told)


def _told(found: Divergence) -> str:
    words = str(texts("replay")["kinds"][found.kind][language()])
    if found.is_hidden:
        words = f"{words} {texts('replay')['whole']['hidden'][language()]}"
    return words if found.fault is None else f"{words} ({found.fault})"


def _environment(each: Environment) -> Mapping[str, str]:
    return {"zone": each.zone, "hash_seed": each.hash_seed}


def _known(found: Divergence) -> Mapping[str, Any]:
    """Return a divergence with every member, also those that say nothing."""
    return {name: getattr(found, name) for name in found.__struct_fields__}
