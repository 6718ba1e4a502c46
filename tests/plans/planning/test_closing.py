"""Steps close by themselves, once, with the reason; by hand that can be undone for good (DP-6)."""

import uuid

import pytest

from dorobek.credentials.events import CredentialsIssued
from dorobek.credentials.models import Credential
from dorobek.kernel.events import publish
from dorobek.kernel.models import HistoryEntry
from dorobek.offers.models import Edition
from dorobek.plans import actions
from dorobek.plans.actions.closing import close_by_credential, close_by_voucher
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.models import GoalProgress, ScenarioAction
from dorobek.vouchers import actions as vouchers
from dorobek.vouchers.events import VoucherMoved
from dorobek.vouchers.models import Voucher
from tests.factories import acting
from tests.vouchers.builders import coordinator_of, make_right, used_voucher

pytestmark = pytest.mark.django_db


def step_of(right, **fields) -> ScenarioAction:
    """Two steps of a chosen scenario with a goal; the first is the one that is told of."""
    me = acting(right.person.account)
    plan = plan_of(right.person, right.case_uid, me)
    goal = actions.write_goal(plan=plan, kind="main", subject="learning", wording="Zdam egzamin", acting_user=me)
    actions.note_progress(goal=goal, value=2, acting_user=me)
    scenario = actions.write_scenario(plan=plan, name="Kurs", acting_user=me)
    made = [actions.write_step(scenario=scenario, wording=f"Krok {n}", goal=goal, acting_user=me) for n in range(2)]
    ScenarioAction.objects.filter(pk=made[0].pk).update(**fields)
    return ScenarioAction.objects.get(pk=made[0].pk)


def told(voucher: Voucher, state: str) -> VoucherMoved:
    return VoucherMoved(str(voucher.case_uid), str(voucher.uid), state, str(voucher.edition.uid), "finished")


@pytest.fixture
def settled(db):
    """A voucher that was used, and the step that it paid for, still open."""
    voucher = used_voucher(make_right())
    return voucher, step_of(voucher.right, edition=voucher.edition)


def test_a_settled_voucher_closes_its_step_and_moves_the_goal(settled, django_capture_on_commit_callbacks):
    voucher, step = settled
    with django_capture_on_commit_callbacks(execute=True):
        vouchers.settle(voucher=voucher, document="FV 1", acting_user=coordinator_of(voucher.right))
    step.refresh_from_db()
    assert (step.state, step.closed_by) == ("done", "voucher")
    assert voucher.number in step.closed_note
    assert step.done_on is not None
    assert list(GoalProgress.objects.order_by("pk").values_list("value", "by")) == [
        (2, step.person.account_id),
        (5, None),
    ]
    entry = HistoryEntry.objects.get(kind="step.closed-itself")
    assert entry.actor is None
    assert voucher.number in str(entry.payload.data)


def test_told_twice_it_closes_once(settled):
    voucher, _step = settled
    for state in ("used", "settled", "settled"):
        close_by_voucher(told(voucher, state))
    assert HistoryEntry.objects.filter(kind="step.closed-itself").count() == 1
    assert GoalProgress.objects.count() == 2


def test_other_states_and_other_editions_close_nothing(settled):
    voucher, step = settled
    for state in ("granted", "own-paid", "bound", "returned", "annulled"):
        close_by_voucher(told(voucher, state))
    ScenarioAction.objects.update(edition=None)
    close_by_voucher(told(voucher, "settled"))
    step.refresh_from_db()
    assert step.state == "planned"


def test_another_date_of_the_planned_course_closes_its_step_too(settled):
    voucher, step = settled
    planned = Edition.objects.get(pk=voucher.edition_id)
    planned.pk, planned.uid, planned.number = None, uuid.uuid4(), "another date"
    planned.save()
    ScenarioAction.objects.filter(pk=step.pk).update(edition=planned)
    close_by_voucher(told(voucher, "settled"))
    step.refresh_from_db()
    assert (step.state, step.closed_by) == ("done", "voucher")


def test_what_is_undone_by_hand_stays_undone(settled):
    voucher, step = settled
    close_by_voucher(told(voucher, "used"))
    step.refresh_from_db()
    actions.set_action_state(step=step, state="started", acting_user=acting(step.person.account))
    close_by_voucher(told(voucher, "settled"))
    step.refresh_from_db()
    assert (step.state, step.closed_by, step.closed_note, step.done_on) == ("started", "undone", "", None)
    assert HistoryEntry.objects.filter(kind="step.reopened").count() == 1


def test_somebody_elses_step_on_the_same_edition_stays_open(settled):
    voucher, _step = settled
    other = step_of(make_right(), edition=voucher.edition)
    close_by_voucher(told(voucher, "settled"))
    other.refresh_from_db()
    assert other.state == "planned"


def test_a_credential_closes_the_step_that_ends_with_it(body, django_capture_on_commit_callbacks):
    credential = body.issue()
    right = make_right()
    template = credential.template_version.template
    step = step_of(right, template=template, person=credential.person)
    with django_capture_on_commit_callbacks(execute=True):
        publish(CredentialsIssued(str(template.uid), [str(credential.uid)]))
    step.refresh_from_db()
    assert (step.state, step.closed_by) == ("done", "credential")
    assert template.title_pl in step.closed_note


def test_a_revoked_credential_closes_nothing(body):
    credential = body.issue()
    Credential.objects.update(state="revoked")
    template = credential.template_version.template
    step = step_of(make_right(), template=template, person=credential.person)
    close_by_credential(CredentialsIssued(str(template.uid), [str(credential.uid)]))
    step.refresh_from_db()
    assert step.state == "planned"
