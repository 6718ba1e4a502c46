"""Letters, versions and a look a year later (DP-6)."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel import jobs
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.models import Person
from dorobek.plans import actions
from dorobek.plans.actions.feeds import switch_reminders
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.actions.reminding import run_day
from dorobek.plans.actions.revising import revise_plan, snapshot
from dorobek.plans.models import DevelopmentPlan, PlanNotice, ScenarioAction
from dorobek.plans.queries_routes import outcome_of
from dorobek.plans.reminding import Step, due
from dorobek.plans.revision import changes
from tests.factories import acting, make_account, make_case
from tests.vouchers.builders import make_right, used_voucher

TODAY = dt.date(2026, 11, 21)
DAYS = st.none() | st.integers(-200, 200).map(lambda days: TODAY + dt.timedelta(days=days))
DB = pytest.mark.django_db


@given(DAYS, DAYS, DAYS, st.booleans(), st.booleans())
def test_reminders_are_of_open_steps_and_of_days_near(starts, ends, enrol, is_open, begun):
    step = Step("s", starts, ends, is_open, begun, enrol)
    found = list(due([step], TODAY))
    assert is_open or not found
    assert len({one.key for one in found}) == len(found)
    for one in found:
        left = (one.day - TODAY).days
        assert 0 <= left <= 14 if one.kind != "late" else left <= -7
        assert not (begun and one.kind != "late")


def planned(audit, **days) -> ScenarioAction:
    Person.objects.filter(pk=audit.person_id).update(email="m@example.org")
    me = acting(audit.person.account)
    plan = plan_of(audit.person, getattr(audit, "case_uid", None) or audit.uid, me)
    scenario = actions.write_scenario(plan=plan, name="Kurs", acting_user=me)
    return actions.write_step(scenario=scenario, wording="Zapis na kurs", acting_user=me, **days)


def run(callbacks, day) -> dict[str, int]:
    with callbacks(execute=True):
        return run_day(day)


def test_the_letters_are_a_daily_job():
    jobs.load_kinds()
    assert "plans-day" in jobs.daily_kinds()


@DB
def test_a_letter_goes_out_once_for_each_day_and_anew_when_the_day_moves(django_capture_on_commit_callbacks):
    today = timezone.localdate()
    step = planned(make_case(), starts_on=today + dt.timedelta(days=10))
    assert run(django_capture_on_commit_callbacks, today)["reminded"] == 1
    assert run(django_capture_on_commit_callbacks, today)["reminded"] == 0
    assert run(django_capture_on_commit_callbacks, today + dt.timedelta(days=8))["reminded"] == 1
    assert len(mail.outbox) == 2
    assert "Zapis na kurs" in mail.outbox[0].body
    ScenarioAction.objects.filter(pk=step.pk).update(starts_on=today + dt.timedelta(days=12))
    assert run(django_capture_on_commit_callbacks, today)["reminded"] == 1
    ScenarioAction.objects.filter(pk=step.pk).update(state="done")
    assert run(django_capture_on_commit_callbacks, today + dt.timedelta(days=11))["reminded"] == 0


@DB
def test_whoever_switched_them_off_gets_none(django_capture_on_commit_callbacks):
    today, audit = timezone.localdate(), make_case()
    plan = planned(audit, starts_on=today + dt.timedelta(days=3)).scenario.plan
    with pytest.raises(NotAllowed):
        switch_reminders(plan=plan, off=True, acting_user=acting(audit.adviser))
    switch_reminders(plan=plan, off=True, acting_user=acting(audit.person.account))
    assert run(django_capture_on_commit_callbacks, today)["reminded"] == 0
    assert mail.outbox == []


@DB
def test_after_a_year_the_adviser_is_written_to_once(django_capture_on_commit_callbacks):
    audit = make_case()
    planned(audit)
    today = timezone.localdate()
    assert run(django_capture_on_commit_callbacks, today + dt.timedelta(days=300))["looked_back"] == 0
    for _time in range(2):
        run(django_capture_on_commit_callbacks, today + dt.timedelta(days=370))
    assert [one.to for one in mail.outbox] == [[audit.adviser.email]]
    assert PlanNotice.objects.filter(key="year").count() == 1


@DB
def test_a_version_stays_as_it_was_and_says_what_changed():
    audit = make_case()
    step = planned(audit, due_on=dt.date(2027, 5, 1))
    plan, me = step.scenario.plan, acting(audit.person.account)
    first = revise_plan(plan=plan, reason="Zaczynamy", acting_user=me)
    assert (first.number, first.changes) == (1, [])
    with pytest.raises(RuleBroken):
        revise_plan(plan=plan, reason="Znowu", acting_user=me)
    actions.write_step(scenario=step.scenario, wording="Egzamin", acting_user=me)
    actions.write_step(
        scenario=step.scenario, step=step, wording="Zapis na kurs", due_on=dt.date(2027, 6, 1), acting_user=me
    )
    second = revise_plan(plan=plan, reason="Kurs przełożony", acting_user=acting(audit.adviser))
    assert second.number == 2
    told = " ".join(second.changes)
    assert "Dodano: krok „Egzamin”." in told
    assert "01.05.2027" in told
    assert "01.06.2027" in told
    first.refresh_from_db()
    assert [one["wording"] for one in first.content["scenarios"][0]["steps"]] == ["Zapis na kurs"]
    with pytest.raises(NotAllowed):
        revise_plan(plan=plan, reason="x", acting_user=acting(make_account()))
    with pytest.raises(RuleBroken):
        revise_plan(plan=plan, reason="  ", acting_user=me)


@DB
def test_a_plan_beside_itself_has_no_changes():
    plan = planned(make_case()).scenario.plan
    content = snapshot(DevelopmentPlan.objects.get(pk=plan.pk))
    assert changes(content, content) == []


@DB
def test_a_year_later_shows_planned_beside_what_came_true():
    voucher = used_voucher(make_right())
    step = planned(voucher.right, due_on=timezone.localdate() - dt.timedelta(days=3))
    ScenarioAction.objects.filter(pk=step.pk).update(own_grosze=20_000, voucher_grosze=100_000)
    plan = DevelopmentPlan.objects.get(pk=step.scenario.plan_id)
    found = outcome_of(voucher.person.account, plan)
    assert (found.counted, found.done, [one.pk for one in found.late]) == (1, 0, [step.pk])
    assert (found.planned_own, found.planned_voucher) == (20_000, 100_000)
    assert (found.spent_own, found.spent_voucher) == (voucher.own_grosze, voucher.support_grosze)
