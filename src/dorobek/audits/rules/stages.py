"""The stages of a case as a checked table (SA-4, SA-12): who may follow whom, and what each end asks for."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.audits.enums import OPEN_STAGES, Stage, Variant
from dorobek.kernel.errors import RuleBroken

# From the talk only the choice of a variant leads on; the basic variant skips research; back is for mending.
TRANSITIONS: dict[Stage, tuple[Stage, ...]] = {
    Stage.TALK: (Stage.INITIAL, Stage.INTERRUPTED),
    Stage.INITIAL: (Stage.RESEARCH, Stage.SUMMARY, Stage.TALK, Stage.INTERRUPTED),
    Stage.RESEARCH: (Stage.SUMMARY, Stage.INITIAL, Stage.INTERRUPTED),
    Stage.SUMMARY: (Stage.FINISHED, Stage.RESEARCH, Stage.INITIAL, Stage.INTERRUPTED),
    Stage.FINISHED: (Stage.SUMMARY,),
    Stage.INTERRUPTED: OPEN_STAGES,
}
REASON_LIMIT = 500


def may_follow(now: str, then: str) -> bool:
    """True when a case may pass from one stage to the other; staying is always allowed."""
    return now == then or then in TRANSITIONS[Stage(now)]


def checked_stage(now: str, then: str) -> Stage:
    """The next stage. Raises RuleBroken when the table does not lead there."""
    if not may_follow(now, then):
        raise RuleBroken(
            _("Z etapu „%(now)s” nie przechodzi się do etapu „%(then)s”.")
            % {"now": Stage(now).label, "then": Stage(then).label}
        )
    return Stage(then)


def stage_after_choice(stage: str, variant: str) -> Stage:
    """Where a case stands once a variant is chosen; moving to the in-depth one goes back to its beginning."""
    if stage == Stage.TALK or (variant == Variant.IN_DEPTH and stage == Stage.SUMMARY):
        return Stage.INITIAL
    return Stage(stage)


def stage_after_reopening(
    *, finished: bool, variant: str, agreement_accepted: bool, direction_written: bool, synthesis_written: bool
) -> Stage:
    """Where a case goes on: a finished one at its summary, an interrupted one as far as its content got."""
    if finished:
        return Stage.SUMMARY
    if variant == Variant.UNDECIDED:
        return Stage.TALK
    if variant == Variant.BASIC:
        return Stage.SUMMARY if direction_written else Stage.INITIAL
    if synthesis_written:
        return Stage.SUMMARY
    return Stage.RESEARCH if agreement_accepted else Stage.INITIAL


def checked_reason(reason: str) -> str:
    """A reason in words. Raises RuleBroken when empty or too long."""
    reason = " ".join(reason.split())
    if not reason:
        raise RuleBroken(_("Proszę napisać w jednym zdaniu, dlaczego."), "reason")
    if len(reason) > REASON_LIMIT:
        raise RuleBroken(
            _("Powód jest za długi: najwyżej %(limit)d znaków, a jest %(length)d. Proszę skrócić.")
            % {"limit": REASON_LIMIT, "length": len(reason)},
            "reason",
        )
    return reason


@dataclass(frozen=True)
class Ending:
    """What is known of a case that is to be finished; documents by kind."""

    stage: str
    variant: str
    required: Collection[str]
    handed: Collection[str]
    accepted: Collection[str]
    refusal_noted: bool = False


def what_holds_the_end(ending: Ending) -> list[str]:
    """Codes of what is still to be done before the case may be finished; empty when nothing is."""
    held = []
    if ending.variant == Variant.UNDECIDED:
        held.append("choose-variant")
    if ending.stage != Stage.SUMMARY:
        held.append("reach-summary")
    if set(ending.required) - set(ending.handed):
        held.append("hand-documents")
    elif set(ending.required) - set(ending.accepted) and not ending.refusal_noted:
        held.append("accept-documents")
    return held


def words_for_end(code: str) -> str:
    """What holds the end, as a request to the adviser."""
    return {
        "choose-variant": _("Najpierw trzeba wybrać rodzaj bilansu."),
        "reach-summary": _("Najpierw trzeba dojść do etapu podsumowującego."),
        "hand-documents": _("Najpierw trzeba przekazać wszystkie dokumenty tego bilansu."),
        "accept-documents": _(
            "Dokumenty czekają na akceptację. Jeśli ta osoba nie chce ich zaakceptować, proszę zapisać powód."
        ),
    }[code]
