"""What two records of one organization have in common, however they were written down."""

import re

# Kazakh letters and their Russian look-alikes, for matching and never for showing.
_FOLD = str.maketrans("әғқңөұүһіё", "агкноуухие")
_LEGAL_FORMS = re.compile(
    r"\b(объединение юридических лиц|общественн(ый|ое) (фонд|объединение)|оюл|оф|оо|нпо|нко"
    r"|инициативная группа|қоғамдық (қор|бірлестік)|қоғамдық қоры|қоғамдық бірлестігі)\b"
)


def fold(text: str) -> str:
    """Return the text as it is matched: small letters, Kazakh ones as their look-alikes."""
    return text.casefold().translate(_FOLD)


def name_key(name: str) -> str:
    """Return a name without its legal form, quotes, punctuation and case."""
    bare = _LEGAL_FORMS.sub(" ", name.casefold())
    return " ".join(re.findall(r"\w+", fold(bare))) or fold(name)
