"""Words of a wording with their places, its main clause, and stems for comparing wordings."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import Stemmer

from dorobek.kernel.text import normalised

LONGEST = 4000  # characters of one wording that are read
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[;]")
_ASIDE = re.compile(r"\([^()]{0,2000}\)|„[^”]{0,500}”|\"[^\"]{0,500}\"")
# A comma (or nothing) and one of these begin a clause that describes, and does not say what the person does.
_SUBORDINATE = re.compile(
    r",?\s*\b(?:któr\w+|jak(?:i|a|ie|ich|im|imi)?|że|żeby|aby|by|gdy|gdyby|kiedy|jeśli|jeżeli|gdzie|dokąd|co|czym|"
    r"czego|czy|ponieważ|mimo|chyba|dlaczego|kto|kogo|komu|\w+ąc|\w+wszy|np|m\.in)\b[^,;]*",
    re.IGNORECASE,
)
# Words that follow a comma or stand after "w sytuacji" as well, but do not open a clause where they begin a wording.
STOP = frozenset(
    [
        "i",
        "oraz",
        "a",
        "w",
        "we",
        "z",
        "ze",
        "na",
        "do",
        "o",
        "od",
        "po",
        "u",
        "przy",
        "dla",
        "za",
        "pod",
        "nad",
        "przed",
        "przez",
        "bez",
        "ze",
        "jest",
        "są",
        "być",
        "to",
        "ten",
        "ta",
        "te",
        "tego",
        "tej",
        "tych",
        "się",
        "jego",
        "jej",
        "ich",
        "je",
        "ją",
        "go",
        "im",
        "nie",
        "lub",
        "albo",
        "czy",
        "np",
        "tzw",
        "itp",
        "itd",
        "m",
        "in",
        "co",
        "jak",
        "który",
        "która",
        "które",
        "których",
        "tym",
        "także",
        "też",
        "jako",
        "oraz",
        "swoje",
        "własne",
        "swój",
        "swoich",
        "związane",
        "związanych",
        "dotyczące",
        "dotyczących",
        "zakresie",
        "celu",
        "podstawie",
    ]
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a text: `text[start:end]`, and `form`, its lower case."""

    start: int
    end: int
    form: str


def tokens(text: str) -> list[Token]:
    """Words and semicolons, in order."""
    return [Token(hit.start(), hit.end(), hit.group().lower()) for hit in _WORD.finditer(text[:LONGEST])]


def main_clause(text: str) -> str:
    """The text with asides and describing clauses blanked out, so that places stay the same."""
    shown = text[:LONGEST]
    for pattern in (_ASIDE, _SUBORDINATE):
        shown = pattern.sub(_blank, shown)
    return shown


def _blank(hit: re.Match[str]) -> str:
    return " " * len(hit.group()) if hit.start() else hit.group()


@cache
def verbs() -> frozenset[str]:
    """Finite verbs (third person singular) that stand in outcomes."""
    file = resources.files("dorobek.register.analysis") / "data" / "verbs_pl.txt"
    return frozenset(file.read_text(encoding="utf-8").split())


def is_verb(form: str) -> bool:
    """Whether a lower-case form is surely a finite verb: known, or ending as only verbs do."""
    return form in verbs() or (form.endswith("uje") and len(form) > 5)


@lru_cache(maxsize=100_000)
def stem(form: str) -> str:
    """The stem of a lower-case word, without diacritics."""
    return normalised(_stemmer().stemWord(form))


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("polish")


def content(text: str) -> dict[str, str]:
    """Stems that carry meaning, each with the form in which it first stands. Ordered as in the text."""
    found: dict[str, str] = {}
    for token in tokens(text):
        if token.form not in STOP and len(token.form) > 1:
            found.setdefault(stem(token.form), token.form)
    return found
