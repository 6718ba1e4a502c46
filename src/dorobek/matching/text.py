"""Cutting a text into words that remember where they stood."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# A word: letters and digits with the marks that may follow them when the text is not composed.
_WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*")
_FOLDED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"})

MAX_CHARACTERS = 20_000
"""Longer texts are read up to here: an account of an episode is far shorter."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: offsets in the text as given and its folded form."""

    start: int
    end: int
    form: str


def fold(text: str) -> str:
    """Lower case without diacritics, ł included: "Księgową" gives "ksiegowa"."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_FOLDED)


@lru_cache(maxsize=1 << 15)
def _form(word: str) -> str:
    """Words come again and again while an index is built; long ones are hardly words and are cut."""
    return fold(word[:80])


def words_of(text: str) -> list[Word]:
    """The words of a text, in order; at most the first MAX_CHARACTERS characters are read."""
    found = []
    for hit in _WORD.finditer(text[:MAX_CHARACTERS]):
        form = _form(hit.group())
        if form:
            found.append(Word(hit.start(), hit.end(), form))
    return found
