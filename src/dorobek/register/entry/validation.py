"""The rules of a qualification's validation as data (VA-2, VA-3), read from the entry's own sentences.

Every rule keeps the sentence it was read from; sentences that hold no rule a machine can keep stand in `other`, so
that nothing of the requirement is lost and a person can set what the reader could not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Method:
    """A method of validation: `code` of `register.enums.ValidationMethod`; which sets it must cover (empty: not said).

    `outcomes`: the only ones it may verify, as 1.2, or 2 for all of a set; empty where the entry does not say.
    """

    code: str
    text: str
    sets: tuple[int, ...] = ()
    all_sets: bool = False
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a person or a body must meet: `years` of documented experience within `within_years`, where it says so."""

    text: str
    years: int | None = None
    within_years: int | None = None


@dataclass(frozen=True, slots=True)
class ValidationRules:
    """The rules of one entry. None and False mean that the entry does not say so."""

    methods: tuple[Method, ...] = ()
    only_these_methods: bool = False
    all_methods_used: bool = False
    every_outcome: bool = False
    members_min: int | None = None
    member_level: int | None = None
    member_criteria: tuple[Requirement, ...] = ()
    each_criterion_met: bool = False
    members_all: tuple[str, ...] = ()
    not_own_trainees: bool = False
    extra_may_be_candidate: bool = False
    adviser_needed: bool = False
    adviser: tuple[Requirement, ...] = ()
    body: tuple[Requirement, ...] = ()
    provided: tuple[str, ...] = ()
    appeal_each_stage: bool = False
    other: tuple[str, ...] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The rules of `dataclasses.asdict`, back from JSON."""
        values = dict(data)
        values["methods"] = tuple(
            Method(**{**one, "sets": tuple(one.get("sets", ())), "outcomes": tuple(one.get("outcomes", ()))})
            for one in data.get("methods", ())
        )
        for name in ("member_criteria", "adviser", "body"):
            values[name] = tuple(Requirement(**one) for one in data.get(name, ()))
        for name in ("members_all", "provided", "other"):
            values[name] = tuple(data.get(name, ()))
        return cls(**values)
