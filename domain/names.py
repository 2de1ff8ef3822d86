"""Names of organizations, as they are matched and never as they are shown."""

import re

# Kazakh letters and their Russian look-alikes.
_FOLD = str.maketrans("әғқңөұүһіё", "агкноуухие")
# Latin letters as Russian ones that sound like them; letters that are easily taken for each other.
_PAIRS = {"shch": "щ"} | dict(
    zip(("zh", "ch", "sh", "kh", "ts", "ya", "yu", "yo"), "жчшхцяюе", strict=True)
)
_PAIR = re.compile("shch|zh|ch|sh|kh|ts|ya|yu|yo")
_SOUNDS = str.maketrans(
    dict(zip("abcdefghijklmnopqrstuvwyz", "абкдефгхижклмнопкрстуввиз", strict=True))
    | dict(zip("äáāğńñöóşūúüı", "ааагнноошуууи", strict=True))
    | {"x": "кс", "й": "и", "ы": "и", "э": "е", "ь": "", "ъ": ""}
)
_LEGAL_FORMS = re.compile(
    r"\b(объединение юридических лиц"
    r"|(общественн|частн|корпоративн|благотворительн)\w+ (фонд|объединение|учреждение)"
    r"|(қоғамдық|жеке|корпоративтік|қайырымдылық) (қор|бірлест|мекеме)\w*"
    r"|заңды тұлғалар бірлестігі|инициативная группа|бастамашыл топ"
    r"|оюл|оф|оо|чф|кф|бф|чу|нпо|нко|ққ|қб|үеұ)\b"
)


def fold(text: str) -> str:
    """Return the text as it is matched: small letters, Kazakh ones as their look-alikes."""
    return text.casefold().translate(_FOLD)


def name_key(name: str) -> str:
    """Return a name without its legal form, quotes, punctuation, case and alphabet."""
    bare = fold(_LEGAL_FORMS.sub(" ", name.casefold()))
    sounds = _PAIR.sub(lambda pair: _PAIRS[pair[0]], bare).translate(_SOUNDS)
    return " ".join(re.findall(r"\w+", sounds)) or fold(name)
