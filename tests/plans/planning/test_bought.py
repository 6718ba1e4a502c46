"""A place bought already: it is counted as done and paid, takes its time, and is not sold again (DP-4, VO-1)."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.offers.enums import Field
from dorobek.offers.models import Edition, TrainingService
from dorobek.plans import actions
from dorobek.plans.actions.choosing import choose_route
from dorobek.plans.planning.answers import broken_of, own_answer, shown
from dorobek.plans.planning.bought import still_open
from dorobek.plans.planning.options import course_of
from dorobek.plans.planning.shapes import Bought, Goal, Wanted
from dorobek.plans.planning.words import broken_told
from dorobek.plans.queries_routes import entries_of, moved_since
from dorobek.plans.routes import Engagement, plan_all, quick
from dorobek.vouchers import actions as vouchers
from dorobek.vouchers.models import VoucherRight
from tests.factories import acting
from tests.plans.planning.builders import basis, limits_for, offer, till_offer
from tests.vouchers.builders import adviser_of, make_right, make_voucher, used_voucher

DB = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)


@pytest.fixture
def right(target) -> VoucherRight:
    from dorobek.audits.models import SkillsAudit

    return make_right(SkillsAudit.objects.get(uid=target.case_uid))


def buy(right, edition):
    """Of a field that vouchers pay for."""
    TrainingService.objects.filter(pk=edition.service_id).update(field=Field.COMPUTING)
    edition = Edition.objects.select_related("service__provider").get(pk=edition.pk)
    voucher = make_voucher(right, edition.price_grosze)
    return vouchers.bind(voucher=voucher, edition=edition, acting_user=adviser_of(right))


def asked(target, right, **limits):
    fresh = VoucherRight.objects.prefetch_related("vouchers").get(pk=right.pk)
    return basis(target, limits_for(target, **limits), terms=fresh.terms, right=fresh)


def titles(found):
    return sorted(option.title for option in found.problem.options)


@DB
def test_what_is_bought_closes_its_gap_and_neither_it_nor_another_date_of_it_is_planned(target, right):
    offered = till_offer()
    offer("Zwroty", price=40_000, outcomes=["Przyjmuje zwroty i reklamacje"], begins=60)
    before = asked(target, right)
    voucher = buy(right, offered["returns"])
    after = asked(target, right)
    assert "Zwroty" in titles(before)
    assert "Zwroty" not in titles(after)
    [bought] = after.bought
    assert (bought.title, bought.number) == ("Zwroty", voucher.number)
    gone = {gap.code for gap in before.problem.gaps} - {gap.code for gap in after.problem.gaps}
    assert gone == {code for code, share in bought.closes.items() if share == 100}
    assert gone
    said = broken_told(after, broken_of(after, [str(offered["returns"].uid)])[0]).text
    assert voucher.number in said


@DB
def test_it_takes_its_time_and_its_hours(target, right):
    first = offer("Zwroty", price=60_000, outcomes=["Przyjmuje zwroty i reklamacje"], begins=30, lasts=20)
    offer("Nauka innych", price=45_000, outcomes=["Wdraża nową osobę do pracy na kasie"], begins=35, lasts=10)
    found = asked(target, right, at_once=1)
    assert any(
        "Nauka innych" in (option.title for option in answer.options) for answer in quick(found.problem).values()
    )
    buy(right, first)
    found = asked(target, right, at_once=1)
    assert found.problem.person.engaged[0].starts == first.starts_on
    assert all(not answer.options for answer in plan_all(found.problem).values())
    assert [one.rule for one in broken_of(found, [found.problem.options[0].code])] == ["at-once"]


@DB
def test_a_course_finished_with_a_voucher_is_known_to_what_needs_it(target, right):
    used = used_voucher(right)
    assert course_of(used.edition.service_id) in asked(target, right).problem.person.done


@DB
def test_a_voucher_granted_and_not_used_yet_still_pays_for_the_route(target, right):
    till_offer()
    whole = asked(target, right).money.left
    make_voucher(right, 60_000)
    assert asked(target, right).money.left == whole


@DB
def test_nobody_is_told_to_enrol_for_what_is_bought(target, right):
    edition = till_offer()["returns"]
    found = asked(target, right)
    me = acting(target.person.account)
    scenario = choose_route(goal=target.goal, basis=found, codes=[str(edition.uid)], acting_user=me)

    def last_days():
        return [one for one in entries_of(scenario.plan, "https://x.example") if one.uid.startswith("enrol-")]

    assert last_days()
    buy(right, edition)
    assert not last_days()


@DB
def test_a_way_to_a_qualification_that_ends_without_it_says_what_still_comes_and_keeps_it_as_a_step(target):
    offered = till_offer()
    late = offer("Egzamin kasjera", price=20_000, kind="exam", register_code="90001", begins=200, lasts=0)
    found = basis(target, limits_for(target))
    code = str(offered["returns"].uid)
    route = shown(found, own_answer(found, [code]))
    assert route.ending is not None
    assert "200,00 zł" in route.ending.repair.replace("\xa0", " ")
    scenario = choose_route(goal=target.goal, basis=found, codes=[code], acting_user=acting(target.person.account))
    last = scenario.actions.order_by("-order")[0]
    assert late.place in last.support
    assert last.edition is None
    ends = [option.code for option in found.problem.options if option.code == str(offered["validation"].uid)]
    assert shown(found, own_answer(found, ends)).ending is None


@DB
def test_a_route_chosen_again_keeps_what_is_done_and_what_is_bought(target, right):
    offered = till_offer()
    me = acting(target.person.account)
    first = choose_route(
        goal=target.goal, basis=asked(target, right), codes=[str(offered["teaching"].uid)], acting_user=me
    )
    done = first.actions.get(edition=offered["teaching"])
    actions.set_action_state(step=done, state="done", acting_user=me)
    voucher = buy(right, offered["returns"])
    target.goal.plan.refresh_from_db()
    found = asked(target, right)
    codes = [str(offered["validation"].uid)]
    again = choose_route(goal=target.goal, basis=found, codes=codes, acting_user=me)
    steps = {step.edition_id: step for step in again.actions.exclude(edition=None)}
    assert steps[offered["teaching"].pk].state == "done"
    assert voucher.number in steps[offered["returns"].pk].support
    assert set(steps) == {offered[name].pk for name in ("teaching", "returns", "validation")}


@DB
def test_what_ended_counts_until_it_is_settled_and_a_withdrawn_date_does_not(target, right):
    edition = till_offer()["returns"]
    buy(right, edition)
    ended = timezone.localdate() - dt.timedelta(days=1)
    Edition.objects.filter(pk=edition.pk).update(starts_on=ended, ends_on=ended)
    assert [one.title for one in asked(target, right).bought] == ["Zwroty"]
    Edition.objects.filter(pk=edition.pk).update(withdrawn_at=timezone.now())
    assert asked(target, right).bought == ()


@DB
def test_another_date_bought_stands_in_the_calendar_in_the_place_of_the_planned_one(target, right):
    planned = till_offer()["returns"]
    other = offer("Zwroty", price=60_001, outcomes=["Przyjmuje zwroty i reklamacje"], begins=90)
    Edition.objects.filter(pk=other.pk).update(service=planned.service_id)
    other = Edition.objects.get(pk=other.pk)
    found = asked(target, right)
    me = acting(target.person.account)
    scenario = choose_route(goal=target.goal, basis=found, codes=[str(planned.uid)], acting_user=me)
    buy(right, other)
    step = scenario.actions.get(edition=planned)
    [entry] = [one for one in entries_of(scenario.plan, "https://x.example") if one.uid == f"step-{step.uid}@dorobek"]
    assert entry.starts == other.starts_on
    Edition.objects.filter(pk=planned.pk).update(withdrawn_at=timezone.now())
    assert moved_since(scenario.plan) == []


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(1, 100)), max_size=4), st.integers(0, 99))
def test_what_is_bought_never_makes_more_than_whole_and_never_less_than_was_held(closing, held):
    goal = Goal("Kasjer", "", tuple(Wanted(code, code, held=held) for code in "abc"))
    engagement = Engagement("s1", DAY, DAY)
    bought = [Bought("Kurs", "Szkoła", "", "BON/1", closes, engagement, uuid.UUID(int=1)) for closes in closing]
    for one in still_open(goal, bought).wanted:
        assert held <= one.held <= 100
        assert one.held == min(100, held + sum(closes.get(one.code, 0) for closes in closing))
