"""Polish given names as one calls somebody: „Pani Małgorzato", „Panie Władysławie". Others stay as they are.

Rules of endings, longest first; a name they do not know (another alphabet, an ending no Polish name has) is unchanged.
"""

import re

_FEMALE = ((r"([snzc])ia$", r"\1iu"), (r"la$", "lo"), (r"a$", "o"))
_MALE = (
    (r"ciec$", "ćcu"), (r"eł$", "le"), (r"ek$", "ku"), (r"(rz|sz|cz|dż|[żjlńśćź])$", None), 
    (r"st$", "ście"), (r"rd$", "rdzie"), (r"(?<!t)r$", "rze"), (r"tr$", "trze"), (r"ł$", "le"), (r"d$", "dzie"),
    (r"t$", "cie"), (r"([bfmnpsvwz])$", r"\1ie"), (r"([kgh])$", r"\1u"), (r"x$", "ksie"), (r"a$", "o"),
)  # fmt: skip


def vocative(name: str, *, female: bool) -> str:
    """The vocative of the first of the given names."""
    first = name.split()[0] if name.split() else ""
    for ending, made in _FEMALE if female else _MALE:
        if re.search(ending, first):
            if made is None:
                return _soft(first)
            return re.sub(ending, made, first)
    return first


def _soft(name: str) -> str:
    """A soft or hardened ending takes -u: Tadeusz, Andrzej, Karol; -ń, -ć, -ś are written out."""
    written = {"ń": "ni", "ć": "ci", "ś": "si", "ź": "zi"}
    return name[:-1] + written[name[-1]] + "u" if name[-1] in written else f"{name}u"
