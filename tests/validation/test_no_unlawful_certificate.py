"""No sequence of actions, by whomever, in whatever order, reaches a certificate while any rule is broken.

The state machine of `machine.py` tries every action with right and wrong people; `oracle.py` judges each certificate
slowly and apart. Every refused step says why, and leaves nothing behind.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from dorobek.validation.models import Declaration
from tests.validation.machine import Validation
from tests.validation.oracle import Oracle
from tests.validation.world import METHODS, SIX, World

pytestmark = pytest.mark.django_db


def test_no_sequence_of_actions_reaches_an_unlawful_certificate():
    reached = {"certificates": 0, "refusals": 0}

    class Counted(Validation):
        def teardown(self):
            reached["certificates"] += self.certified
            reached["refusals"] += self.refused
            super().teardown()

    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=30, stateful_step_count=30, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert reached["certificates"] >= 3, "a test that never sees a certificate proves nothing"
    assert reached["refusals"] >= 30, reached


def test_the_walk_over_an_upheld_appeal_reaches_a_certificate_and_the_oracle_agrees():
    walk = Validation()
    walk.a_world(unfit=(), own_trainee=None, waits="commission")
    for _step in range(4):  # to a commission
        walk.go_on_lawfully(1)
    for method in METHODS:
        walk.use_method(method, True, "judge", True)
    for number in range(2):
        walk.mark(number, "met", SIX, "0")
        walk.mark(number, "not-met", ["1.1.a"], "0")
    walk.close("own")
    walk.decide("officer")
    walk.go_on_lawfully(6)
    application = walk._case()
    assert (application.state, application.round, application.carried) == ("certified", 2, ["1.2", "2.1", "2.2"])
    assert Oracle(walk.world, application).objections() == []
    walk.teardown()


@pytest.mark.parametrize(
    ("breaking", "objection"),
    [
        (lambda world, case: world.staff(world.assessors[0], "k1", level=5), "members"),
        (lambda world, case: world.staff(world.assessors[1], periods=()), "criteria"),
        (lambda world, case: world.staff(world.adviser, periods=()), "adviser"),
        (lambda world, case: Declaration.objects.filter(application=case).first().delete(), "impartial"),
        (lambda world, case: case.methods.filter(method="work_sample").delete(), "methods"),
        (lambda world, case: case.knowledge_tests.get().answers.update(points=None), "methods"),
        (lambda world, case: case.knowledge_tests.get().answers.update(points=0), "tests"),
        (lambda world, case: case.assessments.filter(pk=case.assessments.first().pk).update(closed_at=None), "sheets"),
        (
            lambda world, case: case.assessments.first().marks.filter(criterion="1.1.a").update(verdict="not-met"),
            "marks",
        ),
        (lambda world, case: world.appeal(case), "appeal"),
        (lambda world, case: case.decisions.update(whole="not-met"), "decision"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_the_oracle_sees_each_thing_that_is_wrong(breaking, objection):
    world = World()
    application = world.judged()
    world.decide(application)
    application = world.fresh(application)
    assert Oracle(world, application).objections() == []
    breaking(world, application)
    assert objection in Oracle(world, application).objections()


def test_the_oracle_sees_that_something_carried_rests_on_nobody_who_might_judge():
    world = World()
    application = world.judged(c11a="not-met")
    world.decide(application)
    world.answer(world.appeal(world.fresh(application)))
    again = world.judged(world.appointed(world.fresh(application), *world.records[2:]))
    world.decide(again)
    again = world.fresh(again)
    assert Oracle(world, again).objections() == []
    world.staff(world.assessors[0], "k1", level=5)
    assert Oracle(world, again).objections() == ["carried"]
    world.staff(world.assessors[0], "k1")
    again.decisions.filter(round=1).update(outcomes={})
    assert "carried" in Oracle(world, again).objections()
