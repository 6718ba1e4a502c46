"""Micro-credentials without a date in the offer: planned to begin in any week, with what is not known said (MC-8, DP-4)."""

import datetime as dt
import itertools

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.credentials.events import CredentialsIssued
from dorobek.credentials.models import CredentialTemplate, SigningKey
from dorobek.plans.actions.choosing import choose_route
from dorobek.plans.actions.closing import close_by_credential
from dorobek.plans.planning.answers import own_answer, shown
from dorobek.plans.planning.undated import LATER_STEP, WEEKLY, starts_between, weeks_of
from dorobek.plans.planning.words import gone_text, left_out_text
from dorobek.plans.queries_routes import moved_since
from dorobek.plans.routes import Kind, Route, check, plan_all
from tests.factories import acting
from tests.plans.planning.builders import basis, limits_for, offer

DB = pytest.mark.django_db
TEACHING = {
    "title_pl": "Wdrażanie nowych osób", "counts_towards": [], "hours": 20,
    "outcomes": [{"pl": "pokazuje nowej osobie pracę przy kasie", "code": "90001-2-2", "criteria": ["widać to"]}],
}  # fmt: skip
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1))


@given(DAYS, st.integers(0, 900), st.integers(1, 60))
def test_every_start_is_a_monday_to_come_from_which_it_ends_in_time(today, span, weeks):
    until = today + dt.timedelta(days=span)
    found = list(starts_between(today, until, weeks))
    assert all(day > today and day.weekday() == 0 for day in found)
    assert all(day + dt.timedelta(weeks=weeks) - dt.timedelta(days=1) <= until for day in found)
    steps = [(later - day).days // 7 for day, later in itertools.pairwise(found)]
    assert steps == [1] * min(WEEKLY, len(steps)) + [LATER_STEP] * max(0, len(steps) - WEEKLY)
    first = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=1)
    assert bool(found) == (first + dt.timedelta(weeks=weeks) - dt.timedelta(days=1) <= until)


@given(st.integers(1, 5_000), st.integers(1, 80))
def test_the_weeks_hold_the_hours_and_none_is_to_spare(hours, pace):
    weeks = weeks_of(hours, pace)
    assert (weeks - 1) * pace < hours <= weeks * pace


@DB
def test_one_that_is_awarded_without_a_date_can_begin_in_any_week_and_says_what_is_not_known(target, body):
    version = body.version(**TEACHING)
    found = basis(target, limits_for(target))
    assert {option.course for option in found.problem.options} == {f"m{version.template.pk}"}
    first, second = found.problem.options[:2]
    assert (first.kind, first.closes, first.price, first.by_voucher) == (Kind.MICRO, {"zrk:90001-2-2": 100}, 0, False)
    assert (first.hours, first.hours_week, (first.ends - first.starts).days) == (20, 6, 4 * 7 - 1)
    assert (second.starts - first.starts).days == 7
    told = found.offered[first.code]
    assert (told.flexible, told.unpriced, told.template, told.url != "") == (True, True, version.template.uid, True)
    assert "Bez stałego terminu: 20 godz." in told.notes[0]
    assert found.unpriced == ()
    answer = plan_all(found.problem)[Route.CHEAPEST]
    assert [option.code for option in answer.options] == [first.code]
    route = shown(found, answer)
    assert "nikt nie podaje" in route.proof
    assert "dowolny tydzień" in route.taken[0].days
    assert not any("niedługo" in risk.text or "jeden termin" in risk.text for risk in route.risks)


@DB
def test_a_slower_person_takes_longer(target, body):
    body.version(**TEACHING)
    option = basis(target, limits_for(target, hours_week=2)).problem.options[0]
    assert (option.hours_week, (option.ends - option.starts).days) == (2, 10 * 7 - 1)


@DB
def test_one_edition_of_it_is_taken_and_the_offer_comes_first(target, body):
    body.version(**TEACHING)
    problem = basis(target, limits_for(target)).problem
    broken = check(problem, [one.code for one in problem.options[:2]])
    assert "one-edition" in {one.rule for one in broken}
    dated = offer("Kurs dla trenerów", certificate="wdrażanie nowych osób", outcomes=["Mówi głośno i wyraźnie"])
    assert [one.code for one in basis(target, limits_for(target)).problem.options] == [str(dated.uid)]


@DB
def test_what_nobody_can_award_now_is_no_option(target, body):
    version = body.version(**TEACHING)
    SigningKey.objects.update(state="retired")
    assert basis(target, limits_for(target)).problem.options == ()
    SigningKey.objects.update(state="active")
    CredentialTemplate.objects.filter(pk=version.template.pk).update(slug="walidacja--90001")
    assert basis(target, limits_for(target)).problem.options == ()
    CredentialTemplate.objects.filter(pk=version.template.pk).update(slug="inny", state="withdrawn")
    assert basis(target, limits_for(target)).problem.options == ()


@DB
def test_without_classes_it_only_proves(target, body):
    body.version(**TEACHING | {"participation": "none"})
    assert basis(target, limits_for(target)).problem.options == ()
    operating = [{"pl": "obsługuje kasę", "code": "90001-1-1", "criteria": ["widać to"]}]
    body.version(**TEACHING | {"participation": "none", "title_pl": "Sprawdzian przy kasie", "outcomes": operating})
    found = basis(target, limits_for(target))
    assert {code for option in found.problem.options for code in option.closes} == {"zrk:90001-1-1"}


@DB
def test_a_whole_set_that_it_counts_towards_is_closed(target, body):
    body.version(**TEACHING | {"counts_towards": [{"code": "90001", "set_number": 2}], "outcomes": [
        {"pl": "mówi jasno", "code": "", "criteria": ["słychać"]}]})  # fmt: skip
    option = basis(target, limits_for(target)).problem.options[0]
    assert {"zrk:90001-2-1", "zrk:90001-2-2"} <= set(option.closes)


@DB
def test_what_it_requires_comes_before_it_is_held_already_or_keeps_it_out(target, body):
    first = body.version(**TEACHING | {"title_pl": "Podstawy kasy", "outcomes": [
        {"pl": "liczy jabłka", "code": "", "criteria": ["zgadza się"]}]})  # fmt: skip
    body.version(**TEACHING | {"prerequisites_pl": "Podstawy kasy; chęci"})
    found = basis(target, limits_for(target))
    widest = plan_all(found.problem)[Route.WIDEST].options
    assert [option.title for option in widest] == ["Podstawy kasy", "Wdrażanie nowych osób"]
    assert widest[0].ends < widest[1].starts
    assert found.offered[widest[1].code].requires == "chęci"
    CredentialTemplate.objects.filter(pk=first.template.pk).update(state="withdrawn")
    alone = basis(target, limits_for(target))
    assert alone.offered[alone.problem.options[0].code].requires == "Podstawy kasy; chęci"  # words that nobody offers


@DB
def test_a_required_one_that_is_held_is_not_asked_for_again(target, body):
    line = [{"pl": "liczy jabłka", "code": "", "criteria": ["zgadza się"]}]
    first = body.version(**TEACHING | {"title_pl": "Podstawy kasy", "outcomes": line})
    body.version(**TEACHING | {"prerequisites_pl": "Podstawy kasy"})
    target.person.email = "m@example.org"
    target.person.save()
    body.issue(first, given_names=target.person.given_names, family_name=target.person.family_name)
    widest = plan_all(basis(target, limits_for(target)).problem)[Route.WIDEST].options
    assert [option.title for option in widest] == ["Wdrażanie nowych osób"]


@DB
def test_what_requires_something_that_does_not_fit_is_left_out_with_the_reason(target, body):
    line = [{"pl": "liczy jabłka", "code": "", "criteria": ["zgadza się"]}]
    body.version(**TEACHING | {"title_pl": "Podstawy kasy", "outcomes": line, "hours": 200})
    body.version(**TEACHING | {"prerequisites_pl": "Podstawy kasy"})
    found = basis(target, limits_for(target, months=3))
    assert found.problem.options == ()
    [left] = found.left_out
    assert left_out_text(left).startswith("Wdrażanie nowych osób: wymaga czegoś")
    assert found.unpriced == ()


@DB
def test_what_cannot_end_in_time_is_named(target, body):
    body.version(**TEACHING | {"hours": 200})
    found = basis(target, limits_for(target, months=3))
    assert (found.problem.options, found.unpriced) == ((), ("Wdrażanie nowych osób",))


@DB
def test_a_step_of_it_knows_its_award_closes_with_it_and_says_when_it_is_gone(target, body):
    version = body.version(**TEACHING)
    found = basis(target, limits_for(target))
    codes = [found.problem.options[0].code]
    me = acting(target.person.account)
    scenario = choose_route(goal=target.goal, basis=found, codes=codes, acting_user=me)
    step = scenario.actions.order_by("order")[0]
    assert (step.option, step.template, step.edition) == (codes[0], version.template, None)
    assert "dowolnym tygodniu" in step.support
    plan = scenario.plan
    assert moved_since(plan) == []
    CredentialTemplate.objects.update(state="withdrawn")
    [moved] = moved_since(plan)
    assert moved.gone
    assert "nie nadaje" in moved.text
    assert "nie nadaje" in gone_text(codes[0])
    CredentialTemplate.objects.update(state="published")
    target.person.email = "m@example.org"
    target.person.save()
    made = body.issue(version, given_names=target.person.given_names, family_name=target.person.family_name)
    close_by_credential(CredentialsIssued(str(version.template.uid), [str(made.uid)]))
    step.refresh_from_db()
    assert (step.state, step.closed_by, step.done_on) == ("done", "credential", timezone.localdate())


@DB
def test_by_hand_its_money_is_nothing_and_codes_of_nobody_are_refused_in_words(target, body):
    body.version(**TEACHING)
    found = basis(target, limits_for(target))
    sums = shown(found, own_answer(found, [found.problem.options[0].code])).sums
    assert (sums["price"], sums["own"], sums["hours"]) == (0, 0, 20)
    for code in ("micro:", "micro:x@y", "micro:00000000-0000-7000-8000-000000000000@2026-12-07"):
        assert gone_text(code)
