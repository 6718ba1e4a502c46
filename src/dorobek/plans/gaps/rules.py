"""How a line stands, from what meets it and what speaks for and against that (DP-3). Pure; nothing is averaged."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dorobek.matching.types import Language
from dorobek.plans.gaps.shapes import FULL, GapCriterion, GapLine, GapState, HeldBy, Origin, Side, Support
from dorobek.plans.routes import Weight
from dorobek.portfolio.readiness import (
    CriterionReadiness,
    Meeting,
    OutcomeReadiness,
    Readiness,
    Standing,
    WantedOutcome,
)
from dorobek.portfolio.readiness.measure import DETAIL

PART = 50  # percent of an outcome without criteria that something confirmed meets in part
NEARLY = FULL - 1
MOST_SHOWN = 6  # competences and stories named under one line
STRONGEST = (
    Origin.JUDGED,
    Origin.CREDENTIAL,
)  # somebody entitled saw it: a lower result stays shown, and decides nothing
ORDER = (Origin.JUDGED, Origin.CREDENTIAL, Origin.EVIDENCE, Origin.RESULT, Origin.CONFIRMATION, Origin.STORY)

Supports = Mapping[uuid.UUID, tuple[Support, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One line as the target asks for it; `default` is the weight of its source where the person chose another.

    `language` of its title: a framework that has no Polish names here is compared in English.
    """

    wanted: WantedOutcome
    weight: Weight
    default: Weight | None = None
    language: Language = "pl"


def picture_lines(asked: Iterable[Asked], readiness: Readiness, supports: Supports) -> tuple[GapLine, ...]:
    """Every asked line with how it stands; `readiness` lists its outcomes in the same order."""
    return tuple(_line(one, found, supports) for one, found in zip(asked, readiness.outcomes, strict=True))


def with_lost(lines: Iterable[GapLine], readiness: Readiness, supports: Supports) -> tuple[GapLine, ...]:
    """The lines, each that is not held with what proved it once and no longer does; nothing of how it stands changes.

    `readiness` is that of the lost pieces, its outcomes in the order of the lines.
    """
    told = []
    for line, found in zip(lines, readiness.outcomes, strict=True):
        lost = _evidence((one for one in _meetings(found) if _is_whole(one)), supports)
        told.append(line if line.state is GapState.HELD else replace(line, evidence=(*lost, *line.evidence)))
    return tuple(told)


def _line(asked: Asked, found: OutcomeReadiness, supports: Supports) -> GapLine:
    meetings = _meetings(found)
    evidence = _evidence(meetings, supports)
    direct = _evidence(found.because, supports) if _met_whole(found) else evidence
    state = state_of(found, direct)
    return GapLine(
        code=asked.wanted.code,
        title=asked.wanted.title,
        weight=asked.weight,
        state=state,
        held=held_percent(found, state),
        evidence=evidence,
        competences=tuple(_held_by(one) for one in meetings[:MOST_SHOWN]),
        criteria=tuple(_criterion(one) for one in found.criteria),
        group=asked.wanted.group,
        default=asked.default,
        language=asked.language,
    )


def state_of(found: OutcomeReadiness, evidence: Iterable[Support]) -> GapState:
    """Held needs the whole outcome, or each of its criteria; more than half of them is only a part here.

    `evidence`: what tells about the line; where it is met as a whole, about that alone. What speaks against it makes a line contradicted, unless a commission or an issuer saw it.
    """
    firm = _firm(found)
    told = firm or any(one.standing for one in found.criteria) or bool(found.because)
    if not told:
        return GapState.MISSING
    sides = {(one.side, one.origin in STRONGEST) for one in evidence}
    if (Side.AGAINST, False) in sides and not (firm == Standing.PROVED and (Side.FOR, True) in sides):
        return GapState.CONTRADICTED
    if firm == Standing.PROVED:
        return GapState.HELD
    return GapState.UNPROVEN if firm == Standing.HELD else GapState.PARTLY


def held_percent(found: OutcomeReadiness, state: GapState) -> int:
    """What of an outcome need not be closed any more, in percent; see shapes.GapLine."""
    if state is GapState.HELD:
        return FULL
    if state in (GapState.MISSING, GapState.CONTRADICTED):
        return 0
    least = Standing.PROVED if state is GapState.UNPROVEN else Standing.HELD
    if found.criteria:
        return min(NEARLY, FULL * sum(one.standing >= least for one in found.criteria) // len(found.criteria))
    some = state is GapState.PARTLY and any(one.piece.standing >= Standing.HELD for one in found.because)
    return PART if some else 0


def _firm(found: OutcomeReadiness) -> Standing:
    """How firmly all of an outcome stands: met as a whole, or criterion by criterion; MISSING when it is not."""
    whole = found.because[0].standing if found.because else Standing.MISSING
    each = min((one.standing for one in found.criteria), default=Standing.MISSING)
    best = max(whole, each)
    return best if best >= Standing.HELD else Standing.MISSING


def _met_whole(found: OutcomeReadiness) -> bool:
    return bool(found.because) and found.because[0].standing >= Standing.HELD


def _meetings(found: OutcomeReadiness) -> list[Meeting]:
    """What meets the outcome, then what meets its criteria; each piece once."""
    seen: dict[uuid.UUID, Meeting] = {}
    for meeting in found.because:
        seen.setdefault(meeting.piece.uid, meeting)
    for criterion in found.criteria:
        for meeting in criterion.because:
            seen.setdefault(meeting.piece.uid, meeting)
    return list(seen.values())


def _evidence(meetings: Iterable[Meeting], supports: Supports) -> tuple[Support, ...]:
    """What speaks for and against the pieces that meet a line, strongest origin first; each thing once.

    A piece that meets the line only by some of its words tells nothing against it.
    """
    found: dict[Support, None] = {}
    for meeting in meetings:
        for one in supports.get(meeting.piece.uid, ()):
            if one.side is not Side.AGAINST or _is_whole(meeting):
                found.setdefault(one)
    return tuple(sorted(found, key=lambda one: ORDER.index(one.origin)))


def _is_whole(meeting: Meeting) -> bool:
    return meeting.standing == meeting.piece.standing and meeting.score >= DETAIL


def _held_by(meeting: Meeting) -> HeldBy:
    piece = meeting.piece
    words = meeting.words if piece.title else ()  # of what the reader may not see, not even words
    return HeldBy(piece.uid, piece.title, meeting.score, words, _is_whole(meeting), piece.kind.value)


def _criterion(one: CriterionReadiness) -> GapCriterion:
    states = {
        Standing.PROVED: GapState.HELD,
        Standing.HELD: GapState.UNPROVEN,
        Standing.TOLD: GapState.PARTLY,
        Standing.MISSING: GapState.MISSING,
    }
    return GapCriterion(one.wanted.letter, one.wanted.text, states[one.standing])
