"""What the checks of a design found, in words that say what to do (MC-1)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.credentials.rules import (
    FEW_OUTCOMES,
    MOST_HOURS,
    MOST_MONTHS,
    MOST_OUTCOMES,
    SMALL_HOURS,
    Finding,
    Problem,
)
from dorobek.register.analysis.kinds import WHY, FaultKind


@dataclass(frozen=True)
class Told:
    """One finding for the author. `must`: it stops publication. `suggestions` are ready to copy."""

    must: bool
    text: str
    outcome: int = 0
    quoted: str = ""
    suggestions: tuple[str, ...] = ()


def told(one: Finding) -> Told:
    """A finding in words."""
    if one.wording is not None:
        kind = FaultKind(one.wording.kind)
        return Told(one.must, f"{kind.label}. {WHY[kind]}", one.outcome, one.wording.words, one.wording.suggestions)
    return Told(one.must, _words(one.problem), one.outcome)


def _words(problem: Problem) -> str:
    return {
        Problem.NO_TITLE: _("Brakuje nazwy."),
        Problem.NO_NEED: _("Warto napisać, komu i do czego jest potrzebne: bez tego powstają poświadczenia, o które nikt nie prosi."),
        Problem.NO_DESCRIPTION: _("Brakuje opisu, który przeczyta pracodawca."),
        Problem.NO_FIELD: _("Warto wskazać dziedzinę, żeby dało się je znaleźć."),
        Problem.NO_OUTCOMES: _("Brakuje efektów: co umie osoba, która je dostaje."),
        Problem.MANY_OUTCOMES: _("Efektów jest więcej niż %d. Czy to na pewno jedna umiejętność? Mniej znaczy lepiej.") % FEW_OUTCOMES,
        Problem.TOO_MANY_OUTCOMES: _("Najwyżej %d efektów. Większą całość lepiej podzielić na kilka mikropoświadczeń.") % MOST_OUTCOMES,
        Problem.EMPTY_OUTCOME: _("Ten efekt jest pusty."),
        Problem.TWICE: _("Ten efekt stoi na liście dwa razy."),
        Problem.NO_CRITERIA: _("Warto dopisać, po czym poznać, że osoba to umie."),
        Problem.NO_HOURS: _("Brakuje nakładu pracy w godzinach."),
        Problem.BAD_HOURS: _("Nakład pracy to liczba godzin od 1 do %d.") % MOST_HOURS,
        Problem.LARGE: _("Ponad %d godzin to już nie jest mała porcja. Może warto podzielić.") % SMALL_HOURS,
        Problem.BAD_ECTS: _("Punkty ECTS to liczba od 0,5 do 60."),
        Problem.NO_LEVEL: _("Brakuje poziomu Polskiej Ramy Kwalifikacji."),
        Problem.BAD_LEVEL: _("Poziom to liczba od 1 do 8."),
        Problem.NO_LEVEL_REASON: _("Warto napisać, dlaczego ten poziom: o to pytają najczęściej."),
        Problem.NO_ASSESSMENT: _("Brakuje sposobu sprawdzenia."),
        Problem.NO_ASSESSMENT_WORDS: _("Brakuje opisu, jak to się sprawdza."),
        Problem.NO_PARTICIPATION: _("Brakuje formy udziału."),
        Problem.NO_QUALITY: _("Brakuje opisu, jak dba się o jakość."),
        Problem.NO_SUPERVISION: _("Warto napisać, czy ktoś pilnuje i czy sprawdza tożsamość."),
        Problem.BAD_MONTHS: _("Ważność to liczba miesięcy od 1 do %d.") % MOST_MONTHS,
        Problem.NO_ENGLISH: _("Bez angielskiej nazwy poświadczenie mówi za granicą mniej."),
    }[problem]  # fmt: skip
