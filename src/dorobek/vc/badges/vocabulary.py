"""The lists of codes behind our own terms, each with what a person reads and the European list it maps to.

Codes are signed into credentials: one is never renamed or reused. European lists are those of the Publications Office
named by the shapes of European Digital Credentials.
"""

from dataclasses import dataclass

SNB = "http://data.europa.eu/snb"


@dataclass(frozen=True)
class Word:
    """A code in Polish and English, and its concept in the European list ("" where the list has none)."""

    pl: str
    en: str
    concept: str = ""


PARTICIPATION = {
    "onsite": Word("na miejscu", "on site"),
    "online": Word("przez internet", "online", f"{SNB}/learning-assessment/920fbb3cbe"),
    "blended": Word("częściowo przez internet", "blended", f"{SNB}/learning-assessment/e92d221e4d"),
    "workplace": Word("w miejscu pracy", "in the workplace"),
    "none": Word("bez udziału w zajęciach (sama walidacja)", "no classes (validation only)"),
}
ASSESSMENTS = {
    "theory-test": Word("test wiedzy", "knowledge test"),
    "practical-task": Word("zadanie praktyczne", "practical task"),
    "observation": Word("obserwacja w miejscu pracy lub w symulacji", "observation at work or in a simulation"),
    "evidence-analysis": Word("analiza dowodów i deklaracji", "analysis of evidence and declarations"),
    "interview": Word("rozmowa", "interview"),
    "project": Word("projekt", "project"),
    "presentation": Word("prezentacja", "presentation"),
    "written-work": Word("praca pisemna", "written work"),
    "portfolio": Word("portfolio", "portfolio"),
}
SUPERVISION = {
    "unsupervised": Word(
        "bez nadzoru i bez sprawdzenia tożsamości",
        "unsupervised, identity not verified",
        f"{SNB}/supervision-verification/c598449d64",
    ),
    "supervised": Word("pod nadzorem, bez sprawdzenia tożsamości", "supervised, identity not verified"),
    "supervised-online-identified": Word(
        "pod nadzorem przez internet, ze sprawdzeniem tożsamości", "supervised online, identity verified"
    ),
    "supervised-onsite-identified": Word(
        "pod nadzorem na miejscu, ze sprawdzeniem tożsamości", "supervised on site, identity verified"
    ),
}
STACKABILITY = {
    "stand-alone": Word("samodzielne", "stand-alone"),
    "stackable": Word("można łączyć z innymi", "stackable towards others"),
    "part": Word("część większej całości", "part of a larger whole"),
}
LISTS = {
    "participationForm": PARTICIPATION,
    "assessmentType": ASSESSMENTS,
    "assessmentSupervision": SUPERVISION,
    "stackability": STACKABILITY,
}


def said(term: str, code: str, language: str) -> str:
    """What a person reads for a code of one of `LISTS`; a code that is not ours is shown as it is."""
    word = LISTS.get(term, {}).get(code)
    if word is None:
        return code
    return word.pl if language == "pl" else word.en
