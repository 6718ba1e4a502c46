"""In which powiat an opening takes place, from the words of its address. Pure; nothing is guessed."""

import re
from collections.abc import Iterable

from dorobek.kernel.partial_dates.words import fold
from dorobek.kernel.teryt import PlaceLevel, places
from dorobek.plans.routes import REMOTE

UNKNOWN = "?"
FIRST_CITY = 61
_REMOTE = {"zdalnie", "online", "internet", "internetowo"}
_WORD = re.compile(r"\w+(?:-\w+)*")


def powiat_of(place: str, units: Iterable[tuple[str, str]] = ()) -> str:
    """The four digits of its powiat: of a unit of the body (`place`, powiat) whose place it names, of a city with the
    rights of a powiat; REMOTE when it is held over the internet; `UNKNOWN` when the words do not tell."""
    words = _words(place)
    known = [(name, code) for name, code in units if code]
    known += [(one.name, one.code) for one in places(level=PlaceLevel.POWIAT) if int(one.code[2:]) >= FIRST_CITY]
    for name, code in known:
        if _says(words, _words(name)):
            return code
    return REMOTE if _REMOTE & set(words) else UNKNOWN


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _says(words: list[str], name: list[str]) -> bool:
    """Do the words of the name stand side by side among the words?"""
    size = len(name)
    return bool(size) and any(words[at : at + size] == name for at in range(len(words) - size + 1))
