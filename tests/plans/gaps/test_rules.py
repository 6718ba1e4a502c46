"""How a line stands, as pure rules: nothing is averaged, nothing told counts as held (DP-3)."""

import datetime as dt
import uuid

from hypothesis import given
from hypothesis import strategies as st

from dorobek.plans.gaps.rules import Asked, picture_lines
from dorobek.plans.gaps.shapes import GapPicture, GapState, Origin, Side, Support, TargetShape
from dorobek.plans.routes import Weight
from dorobek.portfolio.readiness import (
    Coverage,
    CriterionReadiness,
    Meeting,
    OutcomeReadiness,
    Piece,
    PieceKind,
    Readiness,
    Standing,
    WantedCriterion,
    WantedOutcome,
)

DAY = dt.date(2026, 3, 2)


def piece(standing, number=0):
    return Piece(uuid.UUID(int=number + 1), PieceKind.COMPETENCE, f"umie {number}", ("umie",), standing)


def outcome(whole=Standing.MISSING, criteria=(), number=0):
    """An outcome met as a whole by a piece of its own, and criteria each by theirs."""
    wanted = WantedOutcome(f"1-{number}", str(number), f"Efekt {number}", tuple(
        WantedCriterion("abcdefgh"[at], f"kryterium {at}") for at in range(len(criteria))
    ))  # fmt: skip
    because = (Meeting(piece(whole, number * 100), whole, 1.0),) if whole else ()
    met = tuple(
        CriterionReadiness(
            wanted.criteria[at], each, (Meeting(piece(each, number * 100 + at + 1), each, 1.0),) if each else ()
        )
        for at, each in enumerate(criteria)
    )
    return OutcomeReadiness(wanted, whole, because, met)


def line(found, supports=(), weight=Weight.ESSENTIAL):
    [made] = picture_lines([Asked(found.wanted, weight)], Readiness((found,), Coverage()), dict(supports))
    return made


def support(side, origin=Origin.EVIDENCE, day=DAY):
    return Support(origin, side, "rzecz", day, "Jan Próba")


standings = st.sampled_from(list(Standing))
outcomes = st.builds(outcome, standings, st.lists(standings, max_size=6))
sides = st.lists(st.builds(support, st.sampled_from(list(Side)), st.sampled_from(list(Origin))), max_size=5)


def supported(found, given):
    """The same things said about every piece that meets the outcome."""
    pieces = [one.piece.uid for one in found.because] + [m.piece.uid for c in found.criteria for m in c.because]
    return {uid: tuple(given) for uid in pieces}


@given(outcomes, sides)
def test_what_is_left_to_close_follows_the_state(found, said):
    made = line(found, supported(found, said))
    assert 0 <= made.held <= 100
    assert (made.held == 100) == (made.state is GapState.HELD)
    assert made.missing == 100 - made.held
    if made.state in (GapState.MISSING, GapState.CONTRADICTED):
        assert made.held == 0


@given(outcomes)
def test_only_what_is_proved_whole_or_in_each_criterion_is_held(found):
    made = line(found)
    each = bool(found.criteria) and all(one.standing is Standing.PROVED for one in found.criteria)
    assert (made.state is GapState.HELD) == (
        (bool(found.because) and found.because[0].standing is Standing.PROVED) or each
    )


@given(outcomes, sides)
def test_every_source_stays_beside_the_others_as_it_was_given(found, said):
    made = line(found, supported(found, said))
    assert set(made.evidence) <= set(said)
    assert {one for one in said if one.side is not Side.AGAINST} <= set(made.evidence) or not supported(found, said)


@given(outcomes, sides)
def test_nobody_loses_a_line_by_a_further_voice_for_it(found, said):
    before = line(found, supported(found, said))
    after = line(found, supported(found, [*said, support(Side.FOR, Origin.STORY)]))
    assert after.held >= before.held


@given(st.lists(outcomes, max_size=6), sides)
def test_counts_and_points_of_a_picture_add_up(found, said):
    asked = [Asked(one.wanted, weight) for one, weight in zip(found, [*Weight] * 3, strict=False)]
    supports = {uid: tuple(said) for one in found for uid in supported(one, said)}
    lines = picture_lines(asked, Readiness(tuple(found[: len(asked)]), Coverage()), supports)
    picture = GapPicture(TargetShape(uuid.uuid4(), uuid.uuid4(), "cel", "wish", "cel"), lines)
    assert sum(picture.counts.values()) == len(lines)
    assert 0 <= picture.points_closed <= picture.points
    assert picture.percent == 100 or picture.points_closed < picture.points or not lines
    assert set(picture.gaps) == {one for one in lines if one.state is not GapState.HELD}


def test_a_piece_against_makes_it_contradicted_and_a_commission_outweighs_a_test():
    found = outcome(Standing.PROVED)
    uid = found.because[0].piece.uid
    both = (support(Side.FOR), support(Side.AGAINST, Origin.RESULT))
    assert line(found, {uid: both}).state is GapState.CONTRADICTED
    judged = (support(Side.FOR, Origin.JUDGED), support(Side.AGAINST, Origin.RESULT))
    made = line(found, {uid: judged})
    assert made.state is GapState.HELD
    assert [one.origin for one in made.evidence] == [Origin.JUDGED, Origin.RESULT]


def test_some_criteria_are_a_part_and_all_of_them_the_whole():
    part = line(outcome(criteria=(Standing.HELD, Standing.HELD, Standing.HELD, Standing.MISSING)))
    assert (part.state, part.held) == (GapState.PARTLY, 75)
    able = line(outcome(criteria=(Standing.PROVED, Standing.HELD)))
    assert (able.state, able.held) == (GapState.UNPROVEN, 50)
    told = line(outcome(criteria=(Standing.TOLD, Standing.MISSING)))
    assert (told.state, told.held) == (GapState.PARTLY, 0)
