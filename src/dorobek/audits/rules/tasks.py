"""The participant's task list: what is done, what is now, what waits, what is still closed (SA-13). Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.audits.enums import Stage, Variant
from dorobek.audits.rules.next_move import CaseFacts

DONE, NOW, TODO, WAITING, LOCKED = "done", "now", "todo", "waiting", "locked"


@dataclass(frozen=True)
class Task:
    """One step. `page` is the name of its address; `state` one of the five; `note` says why or how much."""

    page: str
    title: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A stretch of the thread."""

    title: str
    tasks: tuple[Task, ...]

    @property
    def done(self) -> int:
        return sum(task.state == DONE for task in self.tasks)

    @property
    def whole(self) -> bool:
        return self.done == len(self.tasks)


def task_list(facts: CaseFacts, *, life_events: int, evidence: int, confirmed: int) -> list[Section]:
    """Sections in the order of the method. The basic variant has its own, shorter list."""
    sections = [Section(_("Początek"), _beginning(facts))]
    if facts.variant == Variant.IN_DEPTH:
        sections.append(Section(_("Rozmowy i odkrywanie"), _discovering(facts, life_events, evidence, confirmed)))
    if facts.variant != Variant.UNDECIDED:
        sections.append(Section(_("Podsumowanie"), _ending(facts)))
    return sections


def _beginning(facts: CaseFacts) -> tuple[Task, ...]:
    missing = facts.card_sections_missing
    card = Task(
        "own-card",
        _("Karta uczestnika"),
        TODO if missing else DONE,
        _("części do uzupełnienia: %d") % missing if missing else _("szkoły, praca, zainteresowania"),
    )
    chosen = facts.variant != Variant.UNDECIDED
    state = DONE if chosen else TODO if facts.talk_held else LOCKED
    note = "" if chosen or facts.talk_held else _("po pierwszej rozmowie z doradcą")
    choice = Task("own-variant", _("Wybór rodzaju bilansu"), state, note)
    if facts.variant != Variant.IN_DEPTH:
        return card, choice
    if facts.agreement_participant:
        agreement = Task("own-agreement", _("Umowa o tym, jak pracujemy"), DONE, _("przyjęta"))
    elif facts.agreement_adviser:
        agreement = Task("own-agreement", _("Umowa o tym, jak pracujemy"), TODO, _("do przeczytania i przyjęcia"))
    else:
        agreement = Task("own-agreement", _("Umowa o tym, jak pracujemy"), WAITING, _("doradca ją przygotowuje"))
    return card, choice, agreement


def _discovering(facts: CaseFacts, life_events: int, evidence: int, confirmed: int) -> tuple[Task, ...]:
    waiting = facts.competences_waiting
    if waiting:
        competences = TODO, _("czekają na odpowiedź: %d") % waiting
    elif facts.competences:
        competences = DONE, _("potwierdzone: %d") % confirmed
    else:
        competences = LOCKED, _("opisy powstają po rozmowach")
    return (
        Task(
            "own-life",
            _("Droga życia"),
            DONE if facts.answers else TODO,
            _("nauka, praca i to, co poza nimi; wydarzenia: %d") % life_events,
        ),
        Task(
            "own-episodes",
            _("Historie, które coś pokazują"),
            DONE if facts.episodes else TODO,
            _("zapisane: %d") % facts.episodes if facts.episodes else _("z pracy i spoza pracy"),
        ),
        Task("own-competences", _("Co umiem: kompetencje"), *competences),
        Task(
            "own-evidence",
            _("Zdjęcia i dokumenty, które to pokazują"),
            DONE if evidence else TODO,
            _("dodane: %d") % evidence if evidence else _("wystarczy zdjęcie telefonem"),
        ),
    )


def _ending(facts: CaseFacts) -> tuple[Task, ...]:
    if facts.documents_to_accept:
        documents = Task(
            "own-documents", _("Dokumenty do odbioru"), TODO, _("do przeczytania: %d") % facts.documents_to_accept
        )
    elif facts.stage == Stage.FINISHED or (not facts.documents_missing and facts.variant != Variant.UNDECIDED):
        documents = Task("own-documents", _("Dokumenty do odbioru"), DONE)
    else:
        documents = Task("own-documents", _("Dokumenty do odbioru"), LOCKED, _("otworzą się, gdy będą gotowe"))
    if facts.variant != Variant.IN_DEPTH:
        return (documents,)
    goals = Task(
        "own-goals",
        _("Cele i plan rozwoju"),
        DONE if facts.goals and facts.scenario_actions else TODO,
        _("cele: %d") % facts.goals if facts.goals else _("jedno zdanie o tym, co ma się zmienić"),
    )
    return goals, documents
