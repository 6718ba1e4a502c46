"""Drawing competences from what was told (SA-9): the adviser decides, each rests on episodes or life events."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorobek.audits.actions.case import leading, refresh
from dorobek.audits.models import CompetenceSource, Episode, LifeEvent, RejectedSuggestion, SkillsAudit
from dorobek.audits.queries.suggestions import text_of, words_that_met
from dorobek.kernel import edits
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.matching.types import Language
from dorobek.people.acting import ActingUser
from dorobek.portfolio import rules
from dorobek.portfolio.actions.choices import note_choice
from dorobek.portfolio.enums import CompetenceState
from dorobek.portfolio.events import HoldingsChanged
from dorobek.portfolio.models import Competence
from dorobek.register.models import LearningOutcome

MOST_COMPETENCES = 200


@transaction.atomic
def draw_competence(
    *,
    audit: SkillsAudit,
    kind: str,
    wording: str,
    acting_user: ActingUser,
    outcome: LearningOutcome | None = None,
    episodes: Sequence[Episode] = (),
    life_events: Sequence[LifeEvent] = (),
) -> Competence:
    """A new claim, from the catalogue or in free words. The same catalogue entry twice adds its sources to the first.

    Raises NotAllowed, RuleBroken (no wording, too many).
    """
    leading(audit, acting_user)
    wording = rules.checked_wording(wording)
    of_case = Competence.objects.filter(case_uid=audit.uid)
    competence = of_case.filter(outcome=outcome).first() if outcome else None
    if competence is None:
        if of_case.count() >= MOST_COMPETENCES:
            raise RuleBroken(_("To już %d kompetencji. Proszę najpierw połączyć podobne.") % MOST_COMPETENCES)
        last = of_case.aggregate(last=Max("order"))["last"] or 0
        competence = Competence.objects.create(
            person=audit.person,
            case_uid=audit.uid,
            outcome=outcome,
            kind=kind,
            wording=wording,
            adviser_wording=wording,
            order=last + 1,
            author=acting_user.account,
        )
        if outcome is not None:
            _note(outcome, [*episodes, *life_events], accepted=True)
        publish(HoldingsChanged(str(audit.person.uid), str(audit.uid), "competence"))
        acting_user.record(
            "competence.drawn", stream=audit.uid, subject=competence.uid, kind=kind, wording=wording, outcome=outcome
        )
    _add_sources(audit, competence, episodes, life_events, acting_user)
    refresh(audit)
    return competence


@transaction.atomic
def link_sources(
    *,
    audit: SkillsAudit,
    competence: Competence,
    acting_user: ActingUser,
    episodes: Sequence[Episode] = (),
    life_events: Sequence[LifeEvent] = (),
) -> None:
    """Make exactly these episodes and life events what the competence rests on."""
    leading(audit, acting_user)
    acting_user.require(competence.case_uid == audit.uid)
    stale = competence.sources.exclude(episode__in=episodes).exclude(life_event__in=life_events)
    removed = [str(source.pk) for source in stale]
    stale.delete()
    if removed:
        acting_user.record("competence.sources-removed", stream=audit.uid, subject=competence.uid, sources=removed)
    _add_sources(audit, competence, episodes, life_events, acting_user)
    refresh(audit)


def _add_sources(
    audit: SkillsAudit,
    competence: Competence,
    episodes: Sequence[Episode],
    life_events: Sequence[LifeEvent],
    acting_user: ActingUser,
) -> None:
    acting_user.require(all(episode.audit_id == audit.pk for episode in episodes))
    acting_user.require(all(event.audit_id == audit.pk for event in life_events))
    added = []
    for episode in episodes:
        if CompetenceSource.objects.get_or_create(competence=competence, episode=episode)[1]:
            added.append(episode.uid)
    for event in life_events:
        if CompetenceSource.objects.get_or_create(competence=competence, life_event=event)[1]:
            added.append(event.uid)
    if added:
        acting_user.record("competence.sources-added", stream=audit.uid, subject=competence.uid, sources=added)


@transaction.atomic
def change_competence(
    *,
    audit: SkillsAudit,
    competence: Competence,
    kind: str,
    wording: str,
    for_analysis: bool,
    worth_developing: bool,
    acting_user: ActingUser,
    base_version: int | None = None,
) -> Competence:
    """The adviser edits a competence. Other words mean that the participant is asked again."""
    leading(audit, acting_user)
    competence = competence.locked()
    acting_user.require(competence.case_uid == audit.uid)
    values = {"kind": kind, "for_analysis": for_analysis, "worth_developing": worth_developing}
    wording = rules.checked_wording(wording)
    if wording != competence.wording and not edits.unchanged(competence, "wording", wording, base_version):
        if not rules.may_be_answered(competence.state) and competence.state != CompetenceState.SUGGESTED:
            raise RuleBroken(_("Tę kompetencję oceniła już komisja. Jej opisu nie można zmienić."), "wording")
        values |= {"wording": wording, "adviser_wording": wording, "state": CompetenceState.CLAIMED, "asked_at": None}
    changes = competence.write(values, base_version=base_version)
    if changes:
        acting_user.record("competence.changed", stream=audit.uid, subject=competence.uid, **changes)
        publish(HoldingsChanged(str(audit.person.uid), str(audit.uid), "competence"))
    refresh(audit)
    return competence


@transaction.atomic
def withdraw_competence(*, audit: SkillsAudit, competence: Competence, acting_user: ActingUser) -> None:
    """Take a claim back; the history keeps what it said. Judged ones stay."""
    leading(audit, acting_user)
    competence = competence.locked()
    acting_user.require(competence.case_uid == audit.uid)
    if competence.state in (CompetenceState.VALIDATED, CompetenceState.CERTIFIED):
        raise RuleBroken(_("Tę kompetencję oceniła już komisja. Nie można jej usunąć."))
    acting_user.record(
        "competence.withdrawn",
        stream=audit.uid,
        subject=competence.uid,
        wording=competence.wording,
        state=competence.state,
    )
    competence.delete()
    publish(HoldingsChanged(str(audit.person.uid), str(audit.uid), "competence"))
    refresh(audit)


@transaction.atomic
def reject_suggestion(
    *,
    audit: SkillsAudit,
    outcome: LearningOutcome,
    acting_user: ActingUser,
    episodes: Sequence[Episode] = (),
    life_events: Sequence[LifeEvent] = (),
) -> None:
    """Put a suggestion aside; it is not made again in this case. The episodes or events are what it was made for."""
    leading(audit, acting_user)
    made = RejectedSuggestion.objects.get_or_create(
        audit=audit, outcome=outcome, defaults={"person": audit.person, "case_uid": audit.uid}
    )[1]
    if made:
        _note(outcome, [*episodes, *life_events], accepted=False)
        acting_user.record("suggestion.rejected", stream=audit.uid, outcome=outcome)


def _note(outcome: LearningOutcome, things: Sequence[Episode | LifeEvent], *, accepted: bool) -> None:
    """Let the matcher of this installation learn (MT-4): stems of the words that met, without who and whose."""
    language: Language = "en" if get_language() == "en" else "pl"
    stems = {stem for thing in things for stem in words_that_met(text_of(thing), language, outcome)}
    note_choice(language=language, outcome=f"{outcome.framework}:{outcome.code}", stems=stems, accepted=accepted)


@transaction.atomic
def move_competence(*, audit: SkillsAudit, competence: Competence, up: bool, acting_user: ActingUser) -> None:
    """One place up or down in the adviser's order, which the documents follow."""
    leading(audit, acting_user)
    acting_user.require(competence.case_uid == audit.uid)
    rows = list(Competence.objects.select_for_update().filter(case_uid=audit.uid).order_by("order", "id"))
    place = next(index for index, row in enumerate(rows) if row.pk == competence.pk)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, start=1):
        row.order = order
    Competence.objects.bulk_update(rows, ["order"])
    acting_user.record("competence.moved", stream=audit.uid, subject=competence.uid, place=[place + 1, other + 1])
