"""Whose move it is, what has to be done, by when. Computed from facts after every change; never guessed on a screen."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dorobek.audits.enums import Mover, Stage, Variant

PARTICIPANT_DAYS = 7
ADVISER_DAYS = 7
SPECIALIST_DAYS = 14


@dataclass(frozen=True)
class CaseFacts:
    """What is known of a case, as counts and flags; no text that anybody wrote."""

    stage: str
    variant: str
    eligible: bool = True
    card_sections_missing: int = 0
    talk_held: bool = False
    agreement_written: bool = False
    agreement_adviser: bool = False
    agreement_participant: bool = False
    direction_written: bool = False
    next_meeting: dt.date | None = None
    meetings_to_note: int = 0
    answers: int = 0
    episodes: int = 0
    competences: int = 0
    competences_unsent: int = 0
    competences_waiting: int = 0
    competences_disputed: int = 0
    evidence_to_rate: int = 0
    consultations_proposed: int = 0
    consultations_open: int = 0
    synthesis_written: bool = False
    goals: int = 0
    scenario_actions: int = 0
    feedback_sections_missing: int = 0
    documents_missing: int = 0
    documents_to_accept: int = 0


@dataclass(frozen=True)
class Move:
    """Who, what (a code of MOVES), how many, and within how many days."""

    mover: Mover
    code: str
    count: int = 0
    days: int | None = ADVISER_DAYS


def next_move(facts: CaseFacts) -> Move:
    """The first thing that holds this case up, in the order of the method."""
    if facts.stage in (Stage.FINISHED, Stage.INTERRUPTED):
        return Move(Mover.NOBODY, "", days=None)
    for step in (_entry, _basic, _research, _summary):
        if (move := step(facts)) is not None:
            return move
    return Move(Mover.ADVISER, "close")


def _entry(facts: CaseFacts) -> Move | None:
    if not facts.eligible:
        return Move(Mover.ADVISER, "check-eligibility", days=3)
    if facts.meetings_to_note:
        return Move(Mover.ADVISER, "note-meeting", facts.meetings_to_note, 2)
    if not facts.talk_held:
        if facts.next_meeting is None:
            return Move(Mover.ADVISER, "arrange-talk")
        return Move(Mover.ADVISER, "hold-talk", days=None)
    if facts.card_sections_missing:
        return Move(Mover.PARTICIPANT, "fill-card", facts.card_sections_missing)
    if facts.variant == Variant.UNDECIDED:
        return Move(Mover.PARTICIPANT, "choose-variant")
    return None


def _basic(facts: CaseFacts) -> Move | None:
    if facts.variant != Variant.BASIC:
        return None
    if not facts.direction_written:
        return Move(Mover.ADVISER, "write-direction")
    return _handing_over(facts)


def _handing_over(facts: CaseFacts) -> Move:
    if facts.documents_missing:
        return Move(Mover.ADVISER, "hand-documents", facts.documents_missing)
    if facts.documents_to_accept:
        return Move(Mover.PARTICIPANT, "accept-documents", facts.documents_to_accept)
    return Move(Mover.ADVISER, "close")


def _research(facts: CaseFacts) -> Move | None:
    if not facts.agreement_written or not facts.agreement_adviser:
        return Move(Mover.ADVISER, "write-agreement")
    if not facts.agreement_participant:
        return Move(Mover.PARTICIPANT, "accept-agreement")
    if facts.competences_disputed:
        return Move(Mover.ADVISER, "settle-dispute", facts.competences_disputed, 5)
    if facts.competences_waiting:
        return Move(Mover.PARTICIPANT, "confirm-competences", facts.competences_waiting)
    if facts.consultations_proposed:
        return Move(Mover.PARTICIPANT, "answer-consultation", facts.consultations_proposed)
    if facts.consultations_open:
        return Move(Mover.SPECIALIST, "give-opinion", facts.consultations_open, SPECIALIST_DAYS)
    if facts.evidence_to_rate:
        return Move(Mover.ADVISER, "rate-evidence", facts.evidence_to_rate, 5)
    if not facts.answers:
        return _at_next_meeting(facts, "biographical")
    if not facts.episodes:
        return _at_next_meeting(facts, "behavioural")
    if not facts.competences:
        return Move(Mover.ADVISER, "draw-competences")
    if facts.competences_unsent:
        return Move(Mover.ADVISER, "send-competences", facts.competences_unsent, 5)
    if not facts.synthesis_written:
        return Move(Mover.ADVISER, "write-synthesis")
    return None


def _at_next_meeting(facts: CaseFacts, code: str) -> Move:
    if facts.next_meeting is None:
        return Move(Mover.ADVISER, "arrange-meeting")
    return Move(Mover.ADVISER, code, days=None)


def _summary(facts: CaseFacts) -> Move | None:
    if not facts.goals:
        return Move(Mover.PARTICIPANT, "set-goals")
    if not facts.scenario_actions:
        return _at_next_meeting(facts, "write-plan")
    if facts.feedback_sections_missing:
        return Move(Mover.ADVISER, "write-feedback", facts.feedback_sections_missing)
    return _handing_over(facts)


def due_day(move: Move, since: dt.date, next_meeting: dt.date | None, deadline: dt.date | None) -> dt.date | None:
    """When the move is due: its days after it began, or the meeting it waits for; never after the audit's deadline."""
    if move.mover == Mover.NOBODY:
        return None
    due = next_meeting if move.days is None else since + dt.timedelta(days=move.days)
    days = [day for day in (due, deadline) if day is not None]
    return min(days) if days else None


MOVES = {
    "check-eligibility": _("sprawdzić warunki udziału"),
    "arrange-talk": _("umówić pierwszą rozmowę"),
    "hold-talk": _("przeprowadzić pierwszą rozmowę"),
    "choose-variant": _("wybrać rodzaj bilansu"),
    "write-direction": _("napisać kierunek rozwoju"),
    "write-agreement": _("przygotować kontrakt"),
    "accept-agreement": _("przeczytać i przyjąć kontrakt"),
    "arrange-meeting": _("umówić następne spotkanie"),
    "biographical": _("przeprowadzić wywiad biograficzny"),
    "behavioural": _("przeprowadzić wywiad behawioralny"),
    "draw-competences": _("opisać kompetencje z wywiadów"),
    "write-synthesis": _("napisać syntezę"),
    "set-goals": _("ustalić cele"),
    "write-plan": _("ułożyć plan działań"),
    "close": _("zakończyć bilans"),
}


def move_text(code: str, count: int) -> str:
    """What has to be done, in words, with its number where there is one."""
    counted = {
        "fill-card": ngettext("uzupełnić %d część karty", "uzupełnić części karty: %d", count),
        "note-meeting": ngettext("opisać %d spotkanie", "opisać spotkania: %d", count),
        "confirm-competences": ngettext("potwierdzić %d kompetencję", "potwierdzić kompetencje: %d", count),
        "send-competences": ngettext(
            "wysłać %d kompetencję do potwierdzenia", "wysłać kompetencje do potwierdzenia: %d", count
        ),
        "settle-dispute": ngettext("wyjaśnić %d sporny opis", "wyjaśnić sporne opisy: %d", count),
        "rate-evidence": ngettext("ocenić %d dowód", "ocenić dowody: %d", count),
        "give-opinion": ngettext("dać %d opinię", "dać opinie: %d", count),
        "answer-consultation": ngettext(
            "odpowiedzieć, czy zapytać specjalistę", "odpowiedzieć, czy zapytać specjalistów: %d", count
        ),
        "write-feedback": ngettext(
            "napisać %d część informacji zwrotnej", "napisać części informacji zwrotnej: %d", count
        ),
        "hand-documents": ngettext("przekazać %d dokument", "przekazać dokumenty: %d", count),
        "accept-documents": ngettext("przeczytać %d dokument", "przeczytać dokumenty: %d", count),
    }
    if code in counted:
        return counted[code] % count if "%d" in counted[code] else counted[code]
    return str(MOVES.get(code, ""))
