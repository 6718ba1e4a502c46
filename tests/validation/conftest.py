"""Rules of two qualifications: the imported 13477, and an invented one with two methods, two members and modules."""

import pytest

from dorobek.register.entry import Criterion, Entry, Outcome, OutcomeSet
from dorobek.register.entry.validation import Method, Requirement, ValidationRules
from dorobek.validation.rules import rules_of
from tests.register.conftest import real

__all__ = ["real"]


def second_entry(**changes) -> Entry:
    """Accounting in a small firm: two sets that are modules, two methods of which the second may judge set 2 alone."""
    stated = ValidationRules(
        methods=(Method("knowledge_test", "test", (1,)), Method("work_sample", "próba pracy", (2,))),
        only_these_methods=True,
        all_methods_used=True,
        every_outcome=True,
        members_min=2,
        member_level=6,
        member_criteria=(
            Requirement("wykształcenie ekonomiczne"),
            Requirement("dwa lata prowadzenia ksiąg", 2),
        ),
        each_criterion_met=True,
    )
    sets = tuple(
        OutcomeSet(
            number,
            f"Moduł {number}",
            outcomes=(
                Outcome(1, "Pierwszy", criteria=(Criterion("a", "jedno"), Criterion("b", "drugie"))),
                Outcome(2, "Drugi", criteria=(Criterion("a", "jedno"),)),
            ),
        )
        for number in (1, 2)
    )
    values = {"code": "90002", "title_pl": "Uproszczona księgowość", "rules": stated, "sets": sets}
    return Entry(**{**values, **changes})


@pytest.fixture
def second():
    return rules_of(second_entry())


@pytest.fixture
def first(real):
    return rules_of(real.entry)
