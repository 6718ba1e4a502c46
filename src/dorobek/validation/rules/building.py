"""The rules of a qualification from its register entry: data in, data out, no code for any one qualification (VA-2)."""

from collections.abc import Iterable

from dorobek.register.entry import Entry
from dorobek.register.entry.validation import Method
from dorobek.register.entry.validation import Requirement as Stated
from dorobek.validation.rules.shapes import (
    MethodRule,
    OutcomeShape,
    OwnRule,
    QualificationRules,
    Requirement,
    SetShape,
)


class NoRules(ValueError):
    """The entry holds no rules of validation, or no outcomes, so that nothing can be validated by it."""


def rules_of(entry: Entry, own: Iterable[OwnRule] = ()) -> QualificationRules:
    """The rules of the entry with those that the body added. Raises NoRules."""
    stated = entry.rules
    sets = sets_of(entry)
    if stated is None or not stated.methods:
        raise NoRules(f"entry {entry.code} names no method of validation")
    if not any(group.criteria for group in sets):
        raise NoRules(f"entry {entry.code} has no verification criteria")
    return QualificationRules(
        qualification=entry.code,
        sets=sets,
        methods=tuple(_method(one, sets) for one in stated.methods),
        only_these_methods=stated.only_these_methods,
        all_methods_used=stated.all_methods_used,
        every_outcome=stated.every_outcome,
        members_min=stated.members_min or 1,
        member_level=stated.member_level,
        criteria=_requirements("k", stated.member_criteria),
        each_criterion_met=stated.each_criterion_met,
        principles=stated.members_all,
        not_own_trainees=stated.not_own_trainees,
        extra_may_be_candidate=stated.extra_may_be_candidate,
        adviser=_requirements("d", stated.adviser) if stated.adviser_needed or stated.adviser else (),
        body=_requirements("p", stated.body),
        provided=stated.provided,
        appeal=stated.appeal_each_stage,
        own=frozenset(own),
    )


def sets_of(entry: Entry) -> tuple[SetShape, ...]:
    """Sets, outcomes and criteria by their numbers in the entry. An outcome without criteria is judged as a whole."""
    return tuple(
        SetShape(
            group.number,
            tuple(
                OutcomeShape(code, tuple(f"{code}.{one.letter}" for one in outcome.criteria) or (code,))
                for outcome in group.outcomes
                for code in [f"{group.number}.{outcome.number}"]
            ),
        )
        for group in entry.sets
    )


def _method(stated: Method, sets: tuple[SetShape, ...]) -> MethodRule:
    numbers = (group.number for group in sets) if stated.all_sets else stated.sets
    wanted = set(stated.outcomes)
    outcomes = {
        one.code for group in sets for one in group.outcomes if one.code in wanted or str(group.number) in wanted
    }  # fmt: skip
    return MethodRule(stated.code, stated.text, frozenset(numbers), frozenset(outcomes))


def _requirements(letter: str, stated: Iterable[Stated]) -> tuple[Requirement, ...]:
    return tuple(
        Requirement(f"{letter}{place}", one.text, one.years, one.within_years) for place, one in enumerate(stated, 1)
    )
