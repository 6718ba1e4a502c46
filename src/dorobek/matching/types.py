"""What goes into the matcher and what comes out of it: plain, frozen data."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["pl", "en"]
Field = Literal["title", "words", "hint"]
Strength = Literal["strong", "medium", "weak"]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that can be found: a competence, a skill, an occupation, in one language.

    `words` are further names and everyday phrases; `hint` is a sentence of description.
    """

    code: str
    title: str
    words: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One place where the person's words met the concept's words.

    `text_start` and `text_end` are offsets in the text as given; between them lie `words_in_text`.
    """

    text_start: int
    text_end: int
    words_in_text: str
    words_in_concept: str
    through: Field


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concept that fits. `score` is between 0 and 1, comparable across texts; matches in text order."""

    code: str
    score: float
    strength: Strength
    matches: tuple[Match, ...]
