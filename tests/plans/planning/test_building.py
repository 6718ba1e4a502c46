"""A problem from stored data: gaps, the offer, limits, the voucher (DP-3, DP-4)."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import RuleBroken
from dorobek.offers.enums import Field, ServiceKind
from dorobek.offers.models import Edition
from dorobek.plans.models import PowiatLink
from dorobek.plans.planning.answers import own_answer, shown
from dorobek.plans.planning.closing import Described, closes
from dorobek.plans.planning.money import real_payments, voucher_for
from dorobek.plans.planning.shapes import Goal, Money, Wanted
from dorobek.plans.planning.words import left_out_text
from dorobek.plans.routes import Kind, Option, Route, Step, Weight, check, faults, plan_all, quick
from dorobek.vouchers import actions
from dorobek.vouchers.models import Voucher
from tests.plans.planning.builders import basis, edition_of, limits_for, offer, till_offer
from tests.vouchers.builders import adviser_of, make_right, make_voucher

DB = pytest.mark.django_db


def titles(found):
    return sorted(option.title for option in found.problem.options)


@DB
def test_a_gap_that_lacks_only_its_proof_is_for_validation_and_a_missing_one_for_a_course(target):
    till_offer()
    found = basis(target, limits_for(target))
    by_title = {option.title: option for option in found.problem.options}
    unproven = {one.code for one in found.goal.wanted if one.unproven}
    missing = {gap.code for gap in found.problem.gaps} - unproven
    assert unproven
    assert missing
    assert set(by_title["Walidacja kasjera"].closes) == unproven
    assert set(by_title["Kasa w miesiąc"].closes) == missing
    assert by_title["Zwroty"].closes
    assert set(by_title["Zwroty"].closes) < missing
    assert faults(found.problem) == []


@DB
def test_three_routes_keep_every_rule_and_the_proven_ones_are_no_worse_than_the_sketches(target):
    till_offer()
    found = basis(target, limits_for(target))
    sketches, proven = quick(found.problem), plan_all(found.problem)
    assert all(answer.proven for answer in proven.values())
    for route in Route:
        assert not check(found.problem, proven[route].codes)
    assert proven[Route.CHEAPEST].sum.own <= sketches[Route.CHEAPEST].sum.own
    assert proven[Route.WIDEST].sum.points >= sketches[Route.WIDEST].sum.points
    assert proven[Route.SOONEST].sum.ends <= proven[Route.CHEAPEST].sum.ends
    cheapest = shown(found, proven[Route.CHEAPEST])
    assert {one.title for one in cheapest.taken} == {"Walidacja kasjera", "Zwroty", "Nauka innych"}
    assert cheapest.sums["price"] == 29_000 + 60_001 + 45_000
    assert (cheapest.left, cheapest.sums["reaches_goal"]) == ([], True)


@DB
def test_what_cannot_be_joined_is_no_option(target):
    offers = till_offer()
    edition_of(offers["returns"].service, price=1, begins=-3)
    Edition.objects.filter(pk=offers["both"].pk).update(withdrawn_at=timezone.now())
    Edition.objects.filter(pk=offers["teaching"].pk).update(enrol_until=timezone.localdate() - dt.timedelta(days=1))
    offer("Strzyżenie psów", outcomes=["Strzyże pudle"])
    assert titles(basis(target, limits_for(target))) == ["Walidacja kasjera", "Zwroty"]


@DB
def test_one_broken_row_of_the_offer_costs_nobody_a_route(target):
    till_offer()
    offer("Bez miejsca", outcomes=["Wdraża nową osobę do pracy na kasie"], place="Atlantyda", teryt="")
    offer("Za milion", outcomes=["Wdraża nową osobę do pracy na kasie"], price=99_000_000)
    offer("Pierwszy", outcomes=["Wdraża nową osobę do pracy na kasie"], number="A1", requires="B1")
    offer("Drugi", outcomes=["Przyjmuje zwroty i reklamacje"], number="B1", requires="A1")
    found = basis(target, limits_for(target))
    assert faults(found.problem) == []
    told = " ".join(left_out_text(one) for one in found.left_out)
    for title in ("Bez miejsca", "Za milion", "Pierwszy", "Drugi"):
        assert title in told
    assert "zapętlają" in told
    assert "nie wiadomo, gdzie" in told
    assert {"Walidacja kasjera", "Zwroty"} <= set(titles(found))


@DB
def test_a_course_that_another_needs_comes_with_it(target):
    offer("Podstawy handlu", price=10_000, number="P1", outcomes=["Zna nazwy jabłek"], begins=10, lasts=5)
    offer("Nauka innych", outcomes=["Wdraża nową osobę do pracy na kasie"], requires="Podstawy handlu", begins=40)
    found = basis(target, limits_for(target))
    assert titles(found) == ["Nauka innych", "Podstawy handlu"]
    widest = plan_all(found.problem)[Route.WIDEST]
    assert [option.title for option in widest.options] == ["Podstawy handlu", "Nauka innych"]


@DB
def test_places_taken_by_vouchers_count_and_a_full_edition_is_told(target):
    right = make_right()
    full = offer("Zwroty", outcomes=["Przyjmuje zwroty i reklamacje"], places=1)
    Voucher.objects.create(
        person=right.person, case_uid=right.case_uid, right=right, number="B/1", value_grosze=1, covered_grosze=1,
        support_grosze=1, own_grosze=0, state="bound", edition=full,
    )  # fmt: skip
    few = edition_of(full.service, price=70_000, begins=60, places=2)
    found = basis(target, limits_for(target))
    assert [option.code for option in found.problem.options] == [str(few.uid)]
    assert found.problem.options[0].places_left == 2
    assert "nie ma już miejsc" in left_out_text(found.left_out[0])


@DB
def test_distance_follows_the_tables_that_were_imported(target):
    offer("Zwroty", outcomes=["Przyjmuje zwroty i reklamacje"], place="Tarnów", teryt="1263")
    limits = limits_for(target, home="1217", farthest=1)
    problem = basis(target, limits).problem
    assert problem.travel.step("1217", "1263") is Step.NEIGHBOUR  # without a table: the same voivodeship
    PowiatLink.objects.create(start="1211", end="1217", neighbours=True)
    problem = basis(target, limits).problem
    assert problem.travel.step("1217", "1263") is Step.FARTHER
    assert problem.too_far(problem.options[0])
    PowiatLink.objects.create(start="1217", end="1263", minutes=150)
    limits.most_minutes = 160
    problem = basis(target, limits).problem
    assert not problem.too_far(problem.options[0])


@DB
def test_the_voucher_pays_what_its_terms_allow(target):
    audit_right = make_right(_audit(target))
    offer("Zwroty", price=100_001, outcomes=["Przyjmuje zwroty i reklamacje"])
    offer("Angielski przy kasie", price=50_000, outcomes=["Wdraża nową osobę do pracy na kasie"], field=Field.LANGUAGES)
    found = basis(target, limits_for(target), right=audit_right, terms=audit_right.terms)
    payable = {option.title: option.by_voucher for option in found.problem.options}
    assert payable == {"Zwroty": False, "Angielski przy kasie": True}
    sums = shown(found, own_answer(found, [option.code for option in found.problem.options])).sums
    assert sums["voucher"] == 50_000 - 6_500
    assert sums["own"] + sums["voucher"] == sums["price"] == 150_001


def _audit(target):
    from dorobek.audits.models import SkillsAudit

    return SkillsAudit.objects.get(uid=target.case_uid)


@DB
def test_the_offer_is_read_in_as_many_statements_whatever_its_length(target, django_assert_max_num_queries):
    from dorobek.plans.gaps.queries import picture_of
    from dorobek.plans.planning.building import Given, basis_for, goal_of

    till_offer()
    limits, goal = limits_for(target), goal_of(picture_of(target))
    with django_assert_max_num_queries(12):
        basis_for(Given(goal, limits))
    for number in range(12):
        offer(f"Zwroty {number}", outcomes=["Przyjmuje zwroty i reklamacje"])
    with django_assert_max_num_queries(12):
        assert len(basis_for(Given(goal, limits)).problem.options) == 16


WANTED = st.builds(
    Wanted,
    code=st.sampled_from("abcd"),
    title=st.sampled_from(
        ("Obsługuje kasę fiskalną", "Przyjmuje zwroty i reklamacje", "Wdraża nową osobę do pracy na kasie")
    ),
    weight=st.sampled_from(list(Weight)),
    held=st.integers(0, 100),
    unproven=st.booleans(),
)
SERVICES = st.builds(
    Described,
    kind=st.sampled_from(list(Kind)),
    title=st.sampled_from(("Kurs kasjera", "Wdraża nową osobę do pracy na kasie", "")),
    outcomes=st.lists(
        st.sampled_from(("Przyjmuje zwroty", "Wdraża nową osobę do pracy na kasie", "Piecze chleb", "")), max_size=2
    ).map(tuple),
    register_code=st.sampled_from(("", "90001", "90002")),
)


@given(st.lists(WANTED, max_size=4, unique_by=lambda one: one.code), SERVICES)
def test_nothing_closes_more_than_is_missing_nor_what_is_not_its_to_close(wanted, service):
    goal = Goal("Kasjer", "90001", tuple(wanted))
    known = {one.code: one for one in wanted}
    proves = service.kind in (Kind.EXAM, Kind.VALIDATION)
    for code, share in closes(goal, service).items():
        assert 0 < share <= 100 - known[code].held
        assert known[code].unproven == proves


ENTRY = Goal(
    "Kasjer",
    "90001",
    (
        Wanted("zrk:90001-1-1", "Obsługuje kasę fiskalną"),
        Wanted("zrk:90001-2-1", "Przyjmuje zwroty i reklamacje"),
        Wanted("own:1", "Mówi po niemiecku", Weight.OWN),
        Wanted("zrk:90001-2-2", "Wdraża nową osobę do pracy na kasie", unproven=True),
        Wanted("own:2", "Tworzy zestawienie z filtrowaniem", Weight.OWN, unproven=True),
    ),
)


def test_what_leads_to_the_entry_closes_the_entry_and_not_what_was_added_to_it():
    leads = Described(Kind.COURSE, "Kurs zawodowy", register_code="90001")
    assert closes(ENTRY, leads) == {"zrk:90001-1-1": 100, "zrk:90001-2-1": 100}
    proves = replace(leads, kind=Kind.VALIDATION)
    assert closes(ENTRY, proves) == {"zrk:90001-2-2": 100}


def test_what_names_its_outcomes_closes_these_alone_even_when_it_leads_to_the_entry():
    course = Described(Kind.COURSE, "Kurs zwrotów", ("Przyjmuje zwroty i reklamacje",), "90001")
    assert closes(ENTRY, course) == {"zrk:90001-2-1": 100}


@DB
@pytest.mark.parametrize(("left", "paid"), [(15, True), (0, True), (-1, False)])
def test_planner_and_purchase_agree_on_the_last_day_of_a_right(target, left, paid):
    """The last day is of buying: a course that begins a month later is paid, by the plan and by the voucher alike."""
    right = make_right(_audit(target), expires_on=timezone.localdate() + dt.timedelta(days=left))
    edition = offer(
        "Angielski przy kasie", price=50_000, outcomes=["Wdraża nową osobę do pracy na kasie"], field=Field.LANGUAGES
    )
    found = basis(target, limits_for(target), right=right, terms=right.terms)
    answer = own_answer(found, [str(edition.uid)])
    assert (shown(found, answer).sums["voucher"] > 0) == (answer.sum.voucher > 0) == paid
    if not paid:
        with pytest.raises(RuleBroken):
            make_voucher(right, 50_000)
        return
    bought = actions.bind(voucher=make_voucher(right, 50_000), edition=edition, acting_user=adviser_of(right))
    assert bought.support_grosze == shown(found, answer).sums["voucher"]


PRICES = st.lists(st.integers(0, 500_000), max_size=8)


@given(PRICES, st.integers(0, 400_000), st.integers(0, 100))
def test_whoever_pays_the_shares_are_the_price_and_the_voucher_pays_no_more_than_it_holds(prices, left, percent):
    day = dt.date(2026, 11, 23)
    options = [
        Option(str(n), str(n), "", Kind.COURSE, {}, price, day, day, 1, 1, by_voucher=True)
        for n, price in enumerate(prices)
    ]
    money = Money(left, percent)
    found = real_payments(money, options)
    assert all(one.own + one.voucher == one.price and one.own >= 0 and one.voucher >= 0 for one in found)
    assert sum(one.voucher for one in found) <= left
    voucher = voucher_for(money)
    counted = voucher.support if voucher else 0
    assert sum(one.voucher for one in found) <= counted + len(prices)  # rounding: at most a grosz for each


@DB
def test_an_exam_is_no_course(target):
    offer("Egzamin kasjera", kind=ServiceKind.EXAM, register_code="90001", lasts=0)
    found = basis(target, limits_for(target))
    unproven = {one.code for one in found.goal.wanted if one.unproven}
    assert set(found.problem.options[0].closes) == unproven


@DB
def test_a_course_that_ends_with_a_micro_credential_is_one_and_closes_what_that_names(target, body):
    version = body.version(
        title_pl="Wdrażanie nowych osób",
        outcomes=[{"pl": "pokazuje nowej osobie pracę przy kasie", "code": "90001-2-2", "criteria": ["widać to"]}],
    )
    assert {option.course for option in basis(target, limits_for(target)).problem.options} == {
        f"m{version.template.pk}"
    }
    offer("Kurs dla trenerów", certificate="wdrażanie nowych osób", outcomes=["Mówi głośno i wyraźnie"])
    found = basis(target, limits_for(target))
    [option] = found.problem.options
    assert option.kind is Kind.MICRO
    assert option.closes == {"zrk:90001-2-2": 100}
    assert found.offered[option.code].template == version.template.uid
    assert found.unpriced == ()
