"""Whose move it is, and when it is late; the database's idea of late is the same as the rule's."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.validation.models import Appeal, Application, ValidationOpening
from dorobek.validation.queries import desk
from dorobek.validation.rules import Member, Period, Requirement
from dorobek.validation.rules.moves import CaseNow, Mover, Step, next_move
from dorobek.validation.rules.standing import standings
from tests.factories import acting, make_person
from tests.validation.world import World

DAY = dt.date(2026, 11, 21)


def case(state, **more):
    days = {"applications_until": DAY, "begins_on": DAY + dt.timedelta(5), "ends_on": DAY + dt.timedelta(9)}
    return CaseNow(state, **{**days, **more})


@pytest.mark.parametrize(
    ("now", "mover", "step"),
    [
        (case("draft"), Mover.CANDIDATE, Step.SUBMIT),
        (case("submitted"), Mover.ADVISER, Step.DOCUMENT),
        (case("documented"), Mover.OFFICER, Step.PLAN),
        (case("documented", sitting_on=DAY), Mover.OFFICER, Step.COMPOSE),
        (case("documented", sitting_on=DAY, members=3, declared=2), Mover.COMMISSION, Step.DECLARE),
        (case("documented", sitting_on=DAY, members=3, declared=3), Mover.OFFICER, Step.APPOINT),
        (case("appointed", sheets=3, closed=2), Mover.COMMISSION, Step.JUDGE),
        (case("appointed", sheets=3, closed=3, apart=1), Mover.COMMISSION, Step.AGREE),
        (case("appointed", sheets=3, closed=3), Mover.OFFICER, Step.PUBLISH),
        (case("decided", whole="met"), Mover.OFFICER, Step.CERTIFY),
        (case("decided", whole="not-met", appeal_until=DAY), Mover.CANDIDATE, Step.MAY_APPEAL),
        (case("decided", whole="not-met", appeal_until=DAY - dt.timedelta(1)), Mover.NOBODY, Step.NOTHING),
        (case("appointed", sheets=3, closed=3, appeal_due=DAY), Mover.APPEALS, Step.ANSWER),
        (case("certified"), Mover.NOBODY, Step.NOTHING),
        (case("withdrawn"), Mover.NOBODY, Step.NOTHING),
    ],
)
def test_who_has_the_next_move(now, mover, step):
    move = next_move(now, DAY)
    assert (move.mover, move.step) == (mover, step)


def test_the_last_day_is_not_late_and_the_next_one_is():
    move = next_move(case("submitted", begins_on=DAY), DAY)
    assert not move.late(DAY)
    assert move.late(DAY + dt.timedelta(1))
    assert not next_move(case("decided", whole="met"), DAY).late(DAY + dt.timedelta(999))


def test_what_somebody_lacks_is_told_in_days():
    wanted = (Requirement("k1", "dyplom"), Requirement("k2", "pięć lat", 5, 10))
    worked = Period(DAY - dt.timedelta(100), None, "umowa", frozenset({"k2"}))
    told = standings(wanted, Member("a", 7, (worked,), frozenset({"k1"})), DAY)
    assert [(one.met, one.days, one.missing) for one in told] == [(True, None, 0), (False, 100, 5 * 365 - 100)]


@pytest.mark.django_db
def test_late_in_the_database_is_late_by_the_rule():
    world = World()
    past, today = timezone.localdate() - dt.timedelta(3), timezone.localdate()
    made = []
    for number, kind in enumerate(("submitted", "documented", "appointed", "appealed", "decided")):
        world.person = make_person(f"Osoba {'ABCDE'[number]}")
        world.me = world.person.account
        opening = world.open(places=9)
        if kind == "submitted":
            one = world.submitted(opening)
        elif kind == "documented":
            one = world.documented(opening)
        else:
            one = world.appointed(world.documented(opening))
            if kind == "appealed":
                world.appeal(one)
            elif kind == "decided":
                world.decide(world.judged(one))
        made.append(one)
    user = acting(world.officer).account
    assert desk.late_count(user) == 0
    ValidationOpening.objects.update(applications_until=past, begins_on=past, ends_on=past)
    Appeal.objects.update(due_on=past)
    rows = desk.with_moves(list(desk.cases(user)))
    late = {row.application.pk for row in rows if row.late}
    assert late == {one.pk for one in made[:4]}
    assert {one.pk for one in desk.cases(user, late=True)} == late
    Appeal.objects.update(due_on=today)
    assert {one.pk for one in desk.cases(user, late=True)} == {one.pk for one in made[:3]}


@pytest.mark.django_db
def test_the_desk_makes_as_many_statements_for_one_case_as_for_many(django_assert_max_num_queries):
    world = World()
    opening = world.open(places=60)
    user = acting(world.officer).account
    assert user.active_memberships

    def page():
        return desk.with_moves(list(desk.cases(user)[:25]))

    world.submitted(opening)
    with django_assert_max_num_queries(10):
        assert len(page()) == 1
    people = [make_person(f"Osoba {n}", with_account=False) for n in range(30)]
    Application.objects.bulk_create([Application(person=one, opening=opening, state="documented") for one in people])
    with django_assert_max_num_queries(10):
        assert len(page()) == 25
