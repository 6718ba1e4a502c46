"""Class times beside work: what is refused, what stays unsure, what is said of it; and what moves later (DP-4, VO-2)."""

import pytest
from django.core import mail

from dorobek.offers.actions import write_edition
from dorobek.offers.models import Edition
from dorobek.people.enums import Role
from dorobek.plans.actions.choosing import choose_route
from dorobek.plans.enums import WorkKind
from dorobek.plans.models import DevelopmentPlan
from dorobek.plans.planning.answers import broken_of, own_answer, shown
from dorobek.plans.planning.attending import at_work_told
from dorobek.plans.planning.words import broken_told
from dorobek.plans.queries_routes import moved_since
from dorobek.plans.routes import Route, plan_all, quick
from tests.factories import acting, make_institution, make_staff, make_unit
from tests.plans.planning.builders import basis, edition_of, limits_for, till_offer

pytestmark = pytest.mark.django_db
OFFICE_HOURS = [[day, 480, 960] for day in range(5)]
MORNINGS, EVENINGS = [[1, 540, 660], [3, 540, 660]], [[1, 1020, 1215], [3, 1020, 1215]]


@pytest.fixture
def offer():
    return till_offer()


def meets(edition: Edition, times) -> str:
    """The edition has these class times; its code."""
    edition.class_times = times
    edition.prepare()
    edition.save()
    return str(edition.uid)


def works(target, **more):
    return basis(target, limits_for(target, work_kind="fixed", work=OFFICE_HOURS, **more))


def test_an_edition_during_work_is_in_no_route_and_the_page_can_say_which(target, offer):
    code = meets(offer["returns"], MORNINGS)
    later = edition_of(offer["returns"].service, price=70_000, begins=60)
    evening = meets(later, EVENINGS)
    found = works(target)
    for answers in (quick(found.problem), plan_all(found.problem)):
        assert not any(code in answer.codes for answer in answers.values())
        assert evening in answers[Route.CHEAPEST].codes
    assert [text for text in at_work_told(found) if "wt, cz 9:00-11:00" in text and "„Zwroty”" in text]
    assert len(at_work_told(found)) == 1
    told = [broken_told(found, one) for one in broken_of(found, [code])]
    assert [one.code for one in told] == [code]
    assert "w godzinach pracy (wt, cz 9:00-11:00)" in told[0].text
    assert told[0].repair


def test_who_does_not_work_or_works_in_shifts_is_refused_nothing(target, offer):
    code = meets(offer["returns"], MORNINGS)
    for kind in (WorkKind.NONE, WorkKind.SHIFTS):
        found = basis(target, limits_for(target, work_kind=kind))
        assert broken_of(found, [code]) == []
        assert at_work_told(found) == []
        risks = shown(found, own_answer(found, [code])).risks
        unsure = [one for one in risks if "w czasie zmiany" in one.text]
        assert bool(unsure) == (kind is WorkKind.SHIFTS)
        assert all("wt, cz 9:00-11:00" in one.text and one.repair for one in unsure)


def test_without_class_times_the_risk_stays_and_names_what_it_is_about(target, offer):
    code, silent = meets(offer["returns"], EVENINGS), str(offer["teaching"].uid)
    found = works(target)

    def unsaid(*codes):
        risks = shown(found, own_answer(found, codes)).risks
        return [one.text for one in risks if "nie podaje godzin zajęć" in one.text]

    assert unsaid(code) == []
    assert len(unsaid(code, silent)) == 1
    assert "„Nauka innych”" in unsaid(code, silent)[0]
    assert "„Zwroty”" not in unsaid(code, silent)[0]


def test_two_things_in_the_same_evenings_cannot_both_be_chosen(target, offer):
    teaching = edition_of(offer["teaching"].service, price=45_000, begins=32)
    codes = [meets(offer["returns"], EVENINGS), meets(teaching, [[3, 1140, 1260]])]
    found = works(target, hours_week=20)
    told = [broken_told(found, one) for one in broken_of(found, codes)]
    assert len(told) == 1
    assert "w tym samym czasie" in told[0].text
    assert "„Zwroty”" in told[0].text
    for answer in plan_all(found.problem).values():
        assert not set(codes) <= set(answer.codes)


def test_a_route_says_its_hours_and_other_hours_afterwards_are_told(target, offer):
    code = meets(offer["returns"], EVENINGS)
    found = works(target)
    taken = shown(found, own_answer(found, [code])).taken[0]
    assert taken.times == "wt, cz 17:00-20:15"
    assert taken.as_data()["class_times"] == EVENINGS
    me = acting(target.person.account)
    scenario = choose_route(goal=target.goal, basis=found, codes=[code], acting_user=me)
    assert choose_route(goal=target.goal, basis=found, codes=[code], acting_user=me) == scenario
    assert "Zajęcia: wt, cz 17:00-20:15." in scenario.actions.get(edition=offer["returns"]).support
    plan = DevelopmentPlan.objects.get()
    assert moved_since(plan) == []
    meets(offer["returns"], MORNINGS)
    assert [(one.gone, "wt, cz 9:00-11:00" in one.text) for one in moved_since(plan)] == [(False, True)]
    meets(offer["returns"], [])
    assert "nie podaje już" in moved_since(plan)[0].text


def test_whoever_planned_it_is_written_the_new_hours(target, offer, django_capture_on_commit_callbacks):
    edition = offer["returns"]
    found = works(target)
    choose_route(goal=target.goal, basis=found, codes=[str(edition.uid)], acting_user=acting(target.person.account))
    office = acting(make_staff(Role.COORDINATOR, make_unit(make_institution())))
    given = {name: getattr(edition, name) for name in ("starts_on", "ends_on", "place", "teryt", "price_grosze")}
    with django_capture_on_commit_callbacks(execute=True):
        write_edition(
            service=edition.service, edition=edition, values={**given, "class_times": EVENINGS}, acting_user=office
        )
    assert mail.outbox
    assert all("godziny" in letter.body and "wt, cz 17:00-20:15" in letter.body for letter in mail.outbox)


def test_the_problem_is_built_with_as_many_statements_when_every_date_has_its_times(
    target, offer, django_assert_max_num_queries
):
    limits = limits_for(target, work_kind="fixed", work=OFFICE_HOURS)
    basis(target, limits)
    with django_assert_max_num_queries(60) as before:
        basis(target, limits)
    for edition in offer.values():
        if edition.ends_on > edition.starts_on:
            meets(edition, EVENINGS)
    with django_assert_max_num_queries(len(before)):
        assert sum(bool(option.meetings) for option in basis(target, limits).problem.options) >= 2
