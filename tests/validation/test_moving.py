"""Whose move it is, read for many applications at once, from the draft to the certificate."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dorobek.validation.actions import commissions
from dorobek.validation.models import Application, Sitting, SittingCandidate
from dorobek.validation.queries.candidate import applications, open_applications
from dorobek.validation.queries.moving import moves_of
from dorobek.validation.rules import Verdict
from dorobek.validation.rules.moves import Mover, Step
from tests.factories import acting, make_person
from tests.validation import doing
from tests.validation.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def move(world, application):
    held = applications(acting(world.me).account).get(pk=application.pk)
    found = moves_of([held])[held.pk]
    return found.mover, found.step, found.due


def sitting(world, application, commission=None):
    begins = timezone.now() + dt.timedelta(2)
    made = Sitting.objects.create(
        opening=application.opening, begins=begins, ends=begins + dt.timedelta(hours=2), place="Sala",
        commission=commission,
    )  # fmt: skip
    SittingCandidate.objects.create(sitting=made, application=application, round=application.round)
    return made


def test_from_documentation_to_a_commission_that_has_declared(world):
    today = timezone.localdate()
    made = world.submitted()
    assert move(world, made) == (Mover.ADVISER, Step.DOCUMENT, today)
    made = world.documented(world.open())
    assert move(world, made)[:2] == (Mover.OFFICER, Step.PLAN)
    held = sitting(world, made)
    day = timezone.localdate(held.begins)
    assert move(world, made) == (Mover.OFFICER, Step.COMPOSE, day)
    held.commission = world.commission(made, declare=False)
    held.save()
    assert move(world, made) == (Mover.COMMISSION, Step.DECLARE, day)
    for one in held.commission.members.all():
        commissions.declare(application=made, member=one, acting_user=acting(one.record.account))
    assert move(world, made) == (Mover.OFFICER, Step.APPOINT, day)


def test_judging_agreeing_publishing_and_after(world):
    last = timezone.localdate() + dt.timedelta(9)
    made = world.appointed()
    world.verify(made)
    first, second = made.assessments.order_by("pk")
    world.fill(first, c11a="not-met")
    assert move(world, made) == (Mover.COMMISSION, Step.JUDGE, last)
    world.fill(second)
    assert move(world, made) == (Mover.COMMISSION, Step.AGREE, last)
    doing.agree(made, "1.1.a", Verdict.NOT_MET, reason="Brak.")
    assert move(world, made) == (Mover.OFFICER, Step.PUBLISH, last)
    world.decide(world.fresh(made))
    until = timezone.localdate() + dt.timedelta(14)
    assert move(world, made) == (Mover.CANDIDATE, Step.MAY_APPEAL, until)
    appeal = world.appeal(world.fresh(made))
    assert move(world, made) == (Mover.APPEALS, Step.ANSWER, appeal.due_on)
    world.answer(appeal)
    again = timezone.localdate() + dt.timedelta(30)
    assert move(world, made) == (Mover.OFFICER, Step.PLAN, again), "the days for judging anew begin with the answer"


def test_what_is_over_is_not_among_what_goes_on(world):
    made = world.judged()
    world.decide(made)
    mine = acting(world.me).account
    assert [one.pk for one, _move in open_applications(mine, world.person)] == [made.pk]
    world.certify(world.fresh(made))
    assert open_applications(mine, world.person) == []
    other = make_person("Jan Obcy")
    assert open_applications(other.account, world.person) == []


def test_thirty_cases_cost_the_statements_of_three(world):
    opening = world.open(places=60)

    def add(count):
        for state in ("documented", "appointed", "decided"):
            Application.objects.bulk_create(
                [
                    Application(person=make_person(f"Jan {state}{n}", with_account=False), opening=opening, state=state)
                    for n in range(count)
                ]
            )

    def statements():
        officer = acting(world.officer).account
        assert officer.active_memberships
        with CaptureQueriesContext(connection) as counted:
            found = list(applications(officer).order_by("pk"))
            moves_of(found)
        return len(found), len(counted)

    add(1)
    few = statements()
    add(9)
    many = statements()
    assert (few[0], many[0]) == (3, 30)
    assert few[1] == many[1]
