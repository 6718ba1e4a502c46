"""Who may take part (SA-2): decided rule by rule, each with its reason and what would change it.

Three-valued: a rule passes, fails, or is unknown for want of a fact. "Eligible" needs every rule that counts to
pass, so a missing fact never lets anybody in. Adulthood is asked in every programme, whatever its data say.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from dorobek.programmes.enums import RuleStatus, Verdict
from dorobek.programmes.rules import leaves
from dorobek.programmes.rules.ages import check_birth_date
from dorobek.programmes.rules.facts import ApplicantFacts, Decision, RuleOutcome
from dorobek.programmes.rules.nodes import (
    ADULT_AGE,
    AgeBetween,
    AgeOver,
    AllOf,
    AnyOf,
    EducationAtMost,
    HasDisability,
    Node,
    NotOf,
    ParticipationsAtMost,
    Quota,
    ResidenceIn,
    ServesIn,
    StatusIn,
    TiedToRegion,
)
from dorobek.programmes.rules.words import Bilingual, joined
from dorobek.programmes.schema.shapes import Paper, Rules

ADULT_CODE = "adult"
_ADULT = AgeOver(ADULT_CODE, ADULT_AGE - 1, Bilingual("Pełnoletność", "Adulthood"))
_PASSED, _FAILED, _UNKNOWN = RuleStatus.PASSED, RuleStatus.FAILED, RuleStatus.UNKNOWN
_OUT_OF_REACH = 10_000

_LEAVES: dict[type, Callable[[Any, ApplicantFacts, date], RuleOutcome]] = {
    AgeBetween: leaves.judge_age,
    AgeOver: leaves.judge_age,
    EducationAtMost: leaves.judge_education,
    StatusIn: leaves.judge_status,
    TiedToRegion: leaves.judge_region,
    ServesIn: leaves.judge_service,
    HasDisability: leaves.judge_disability,
    ResidenceIn: leaves.judge_residence,
    Quota: leaves.judge_quota,
    ParticipationsAtMost: leaves.judge_participations,
}


def decide(rules: Rules, facts: ApplicantFacts, on: date) -> Decision:
    """The decision for a person on the day `on` (the day the programme's rules are judged, e.g. of registration).

    A birth date that cannot be true is never judged: the answer is then "needs more", with the reason in words.
    """
    if facts.birth_date is not None and (fault := check_birth_date(facts.birth_date, on)):
        change = Bilingual("Proszę poprawić datę urodzenia.", "Please correct the birth date.")
        outcome = RuleOutcome("birth-date", _UNKNOWN, fault, change, Bilingual("Data urodzenia", "Birth date"))
        return Decision(Verdict.NEEDS_MORE, on, (outcome,), fault)
    rule = rules.eligibility.rule
    top = rule.of if isinstance(rule, AllOf) else (rule,)
    outcomes = tuple(judge(node, facts, on) for node in (_ADULT, *top))
    statuses = [outcome.status for outcome in outcomes]
    verdict = {_PASSED: Verdict.ELIGIBLE, _FAILED: Verdict.NOT_ELIGIBLE}.get(_all(statuses), Verdict.NEEDS_MORE)
    path, quota = _way_in(outcomes) if verdict is Verdict.ELIGIBLE else (None, None)
    return Decision(verdict, on, outcomes, _summary(verdict, outcomes), path, quota)


def papers_needed(rules: Rules, facts: ApplicantFacts, on: date) -> list[Paper]:
    """Papers this person brings; one whose condition is unknown is asked for, to be on the safe side."""
    return [
        paper
        for paper in rules.eligibility.papers
        if paper.when is None or judge(paper.when, facts, on).status is not _FAILED
    ]


def may_be_waived(rules: Rules, decision: Decision) -> bool:
    """May someone named by the programme let this person in against the rules that failed?"""
    exceptions = rules.eligibility.exceptions
    never = {ADULT_CODE, *exceptions.never}
    blocked = any(_blocks(outcome, never) for outcome in decision.outcomes)
    return exceptions.allowed and decision.verdict is Verdict.NOT_ELIGIBLE and not blocked


def _blocks(outcome: RuleOutcome, never: set[str]) -> bool:
    if outcome.passed:
        return False
    return outcome.code in never or any(_blocks(child, never) for child in outcome.children)


def judge(node: Node, facts: ApplicantFacts, on: date) -> RuleOutcome:
    """One rule, with all below it."""
    if isinstance(node, AllOf):
        return _judge_all(node, facts, on)
    if isinstance(node, AnyOf):
        return _judge_any(node, facts, on)
    if isinstance(node, NotOf):
        return _judge_not(node, facts, on)
    return _LEAVES[type(node)](node, facts, on)


def _all(statuses: list[RuleStatus]) -> RuleStatus:
    if _FAILED in statuses:
        return _FAILED
    return _UNKNOWN if _UNKNOWN in statuses else _PASSED


def _judge_all(node: AllOf, facts: ApplicantFacts, on: date) -> RuleOutcome:
    children = tuple(judge(child, facts, on) for child in node.of)
    status = _all([child.status for child in children])
    standing = [child for child in children if child.status is status] or list(children)
    open_ones = [child for child in children if not child.passed]
    changes = [child.would_change for child in open_ones if child.would_change]
    dates = [child.from_date for child in open_ones]
    return RuleOutcome(
        node.code,
        status,
        joined([child.reason for child in standing]),
        joined(changes) if changes else None,
        node.title,
        # it turns by itself only when time alone heals every rule that stands open
        from_date=max(one for one in dates if one) if dates and all(dates) else None,
        fixable=all(child.fixable for child in children),
        quota=next((child.quota for child in children if child.quota), None),
        children=children,
    )


def _judge_any(node: AnyOf, facts: ApplicantFacts, on: date) -> RuleOutcome:
    children = [judge(child, facts, on) for child in node.of]
    met = next((child for child in children if child.passed), None)
    if met is not None:
        return RuleOutcome(
            node.code,
            _PASSED,
            met.reason,
            None,
            node.title,
            quota=met.quota,
            choice=True,
            children=tuple(children),
        )
    unknown = any(child.status is _UNKNOWN for child in children)
    # ties go to the way in that is written first
    index = min(range(len(children)), key=lambda one: (_distance(children[one], on), one))
    near = children[index]
    if near.fixable:
        children[index] = replace(near, nearest=True)
    return RuleOutcome(
        node.code,
        _UNKNOWN if unknown else _FAILED,
        _any_reason(near, len(children)),
        near.would_change if unknown else _any_change(near, children, index),
        node.title,
        from_date=near.from_date,
        fixable=any(child.fixable for child in children),
        quota=near.quota,
        choice=True,
        children=tuple(children),
    )


def _any_change(near: RuleOutcome, children: list[RuleOutcome], index: int) -> Bilingual | None:
    """What would open the nearest way, then the other ways that can still open."""
    if near.would_change is None or not near.fixable:
        return near.would_change
    others = [
        child.would_change
        for place, child in enumerate(children)
        # waiting years longer for another way is no advice
        if place != index and child.fixable and not (near.from_date and child.from_date)
    ]
    ways = [near.would_change, *(Bilingual(f"Albo: {one.pl}", f"Or: {one.en}") for one in others if one)]
    return joined(ways)


def _any_reason(near: RuleOutcome, ways: int) -> Bilingual:
    if ways == 1:
        return near.reason
    if not near.fixable:
        return Bilingual(
            f"Żadna z dróg do programu nie pasuje. {near.reason.pl}",
            f"No way into the programme fits. {near.reason.en}",
        )
    name = f" („{near.title.pl}”)" if near.title else ""
    name_en = f" ({near.title.en})" if near.title else ""
    return Bilingual(
        f"Wystarczy jedna z {ways} dróg. Najbliższa{name}: {near.reason.pl}",
        f"One of {ways} ways is enough. The nearest{name_en}: {near.reason.en}",
    )


def _distance(outcome: RuleOutcome, on: date) -> int:
    """How far a rule is from passing, for choosing which way to show: smaller is nearer."""
    if outcome.passed:
        return 0
    if outcome.children:
        apart = [_distance(child, on) for child in outcome.children]
        return sum(apart) if outcome.fixable else sum(apart) + _OUT_OF_REACH
    if outcome.status is _UNKNOWN:
        return 10
    if not outcome.fixable:
        return _OUT_OF_REACH
    if outcome.from_date is not None:
        return 20 + (outcome.from_date - on).days // 30
    return 60


def _judge_not(node: NotOf, facts: ApplicantFacts, on: date) -> RuleOutcome:
    inner = judge(node.of, facts, on)
    if inner.status is _UNKNOWN:
        return replace(inner, code=node.code, title=node.title, children=())
    if inner.status is _FAILED:
        return RuleOutcome(node.code, _PASSED, node.reason, None, node.title)
    reason = Bilingual(
        f"Warunek: {node.reason.pl} {inner.reason.pl}",
        f"Condition: {node.reason.en} {inner.reason.en}",
    )
    return RuleOutcome(node.code, _FAILED, reason, node.would_change, node.title)


def _way_in(outcomes: tuple[RuleOutcome, ...]) -> tuple[str | None, str | None]:
    """Code of the way that was met, and the limited intake it uses up a place of."""
    quota = next((outcome.quota for outcome in outcomes if outcome.quota), None)
    return next((path for outcome in outcomes if (path := _path(outcome))), None), quota


def _path(outcome: RuleOutcome) -> str | None:
    if outcome.choice:
        return next((child.code for child in outcome.children if child.passed), None)
    return next((path for child in outcome.children if (path := _path(child))), None)


def _summary(verdict: Verdict, outcomes: tuple[RuleOutcome, ...]) -> Bilingual:
    if verdict is Verdict.ELIGIBLE:
        return Bilingual("Pan/Pani może wziąć udział.", "You may take part.")
    if verdict is Verdict.NEEDS_MORE:
        changes = [leaf.would_change for one in outcomes if one.status is _UNKNOWN for leaf in _open_leaves(one)]
        ask = joined([change for change in changes if change])
        return Bilingual(f"Jeszcze nie wiadomo. {ask.pl}".strip(), f"Not known yet. {ask.en}".strip())
    failed = [outcome for outcome in outcomes if outcome.status is _FAILED]
    if failed[0].code == ADULT_CODE:
        # to a minor nothing else matters yet
        failed = failed[:1]
    reasons = joined([outcome.reason for outcome in failed])
    return Bilingual(f"Teraz nie można wziąć udziału. {reasons.pl}", f"Not eligible now. {reasons.en}")


def _open_leaves(outcome: RuleOutcome) -> list[RuleOutcome]:
    """Unknown simple rules worth asking about: of an "any" only those on the nearest way."""
    near = [child for child in outcome.children if child.nearest]
    if near:
        return _open_leaves(near[0])
    if outcome.children:
        return [leaf for child in outcome.children for leaf in _open_leaves(child)]
    return [outcome] if outcome.status is _UNKNOWN else []
