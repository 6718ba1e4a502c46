"""What a document still lacks, said before it is handed over; nothing here forbids anything (SA-12)."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorobek.audits.documents.sections import SECTIONS
from dorobek.audits.queries.documents import CaseFile
from dorobek.audits.rules.sections import card_sections_missing, required_sections
from dorobek.plans.enums import GoalKind
from dorobek.portfolio.enums import CompetenceState
from dorobek.programmes.enums import DocumentKind


def missing_content(kind: DocumentKind, file: CaseFile) -> list[str]:
    """What is missing, each as words that follow "brakuje:"; empty when the document is complete."""
    return _CHECKS[kind](file)


def _card(file: CaseFile) -> list[str]:
    noted = {code for code, note in file.notes.items() if note.text or note.nothing_to_add}
    count = len(card_sections_missing(file.rules, {one.kind for one in file.events if one.from_card}, noted))
    return [ngettext("%d wymaganej części karty", "wymaganych części karty: %d", count) % count] if count else []


def _agreement(file: CaseFile) -> list[str]:
    held = file.agreement
    found = []
    if held is None or not held.main_goal:
        found.append(_("celu głównego"))
    if held is None or not held.adviser_accepted_at:
        found.append(_("przyjęcia przez doradcę"))
    if held is None or not held.participant_accepted_at:
        found.append(_("przyjęcia przez uczestnika"))
    return found


def _biographical(file: CaseFile) -> list[str]:
    return [] if any(one.answer for one in file.answers) else [_("odpowiedzi z wywiadu")]


def _behavioural(file: CaseFile) -> list[str]:
    if not file.episodes:
        return [_("opisanych sytuacji")]
    unfinished = sum(not (one.situation and one.task and one.action and one.result) for one in file.episodes)
    if not unfinished:
        return []
    return [ngettext("dokończenia %d sytuacji", "dokończenia sytuacji: %d", unfinished) % unfinished]


def _audit_card(file: CaseFile) -> list[str]:
    found = []
    states = [weave.competence.state for weave in file.weaves]
    if not any(weave.competence.is_confirmed for weave in file.weaves):
        found.append(_("potwierdzonych kompetencji"))
    waiting, disputed = states.count(CompetenceState.CLAIMED), states.count(CompetenceState.DISPUTED)
    if waiting:
        found.append(ngettext("odpowiedzi na %d opis", "odpowiedzi na opisy: %d", waiting) % waiting)
    if disputed:
        found.append(
            ngettext("wspólnej wersji %d spornego opisu", "wspólnej wersji spornych opisów: %d", disputed) % disputed
        )
    return found


def _plan(file: CaseFile) -> list[str]:
    found = []
    if not any(goal.kind == GoalKind.MAIN for goal in file.goals):
        found.append(_("celu głównego"))
    if not any(list(scenario.actions.all()) for scenario in file.scenarios):
        found.append(_("działań z terminami"))
    asked = len(file.rules.plan.questions) if file.rules.plan else 0
    answered = max((sum(bool(one.answer) for one in s.answers.all()) for s in file.scenarios), default=0)
    if asked > answered:
        left = asked - answered
        found.append(ngettext("odpowiedzi na %d pytanie planu", "odpowiedzi na pytania planu: %d", left) % left)
    return found


def _written(kind: DocumentKind) -> Callable[[CaseFile], list[str]]:
    def check(file: CaseFile) -> list[str]:
        codes = required_sections() if kind == DocumentKind.FEEDBACK_REPORT else tuple(SECTIONS[kind])
        count = sum(not file.section(kind, code) for code in codes)
        spec = file.rules.document(kind)
        if not count:
            return []
        words = {
            DocumentKind.FEEDBACK_REPORT: ngettext(
                "%d części informacji zwrotnej", "części informacji zwrotnej: %d", count
            ),
            DocumentKind.PRELIMINARY_REPORT: ngettext(
                "%d części raportu wstępnego", "części raportu wstępnego: %d", count
            ),
            DocumentKind.FINAL_REPORT: ngettext("%d części raportu końcowego", "części raportu końcowego: %d", count),
        }
        return [words[kind] % count] if spec else []

    return check


def _direction(file: CaseFile) -> list[str]:
    held = file.direction
    names = (
        ("wished_training", _("wybranego szkolenia")),
        ("usefulness", _("tego, do czego się przyda")),
        ("direction", _("kierunku")),
    )
    return [words for field, words in names if held is None or not getattr(held, field)]


_CHECKS: Mapping[DocumentKind, Callable[[CaseFile], list[str]]] = {
    DocumentKind.PARTICIPANT_CARD: _card,
    DocumentKind.AGREEMENT: _agreement,
    DocumentKind.INTERVIEW_BIOGRAPHICAL: _biographical,
    DocumentKind.INTERVIEW_BEHAVIOURAL: _behavioural,
    DocumentKind.PRELIMINARY_REPORT: _written(DocumentKind.PRELIMINARY_REPORT),
    DocumentKind.AUDIT_CARD: _audit_card,
    DocumentKind.DEVELOPMENT_PLAN: _plan,
    DocumentKind.FEEDBACK_REPORT: _written(DocumentKind.FEEDBACK_REPORT),
    DocumentKind.FINAL_REPORT: _written(DocumentKind.FINAL_REPORT),
    DocumentKind.DIRECTION: _direction,
}
