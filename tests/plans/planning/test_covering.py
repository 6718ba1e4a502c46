"""Steps close when what they were to prove is proven otherwise: a credential of anybody, a commission (DP-6, MC-8)."""

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.credentials.actions.wallet import import_credentials
from dorobek.credentials.addresses import origin
from dorobek.kernel import history
from dorobek.kernel.events import publish
from dorobek.kernel.models import HistoryEntry
from dorobek.plans import actions
from dorobek.plans.actions.choosing import choose_route
from dorobek.plans.actions.covering import close_by_holdings, close_covered
from dorobek.plans.covering import certified, covered, promised
from dorobek.plans.enums import ClosedBy
from dorobek.plans.gaps.shapes import GapLine, GapState, Origin, Side, Support
from dorobek.plans.models import ChosenRoute, GapSnapshot, ScenarioAction
from dorobek.plans.routes import Weight
from dorobek.portfolio.actions.wallet import remove_credential
from dorobek.portfolio.events import HoldingsChanged
from dorobek.portfolio.models import HeldCredential
from dorobek.vouchers.models import Voucher
from tests.credentials.elsewhere import elsewhere
from tests.factories import acting
from tests.plans.planning.builders import basis, limits_for, till_offer
from tests.vouchers.builders import make_right

DB = pytest.mark.django_db


def signed(*codes: str, number: int = 1) -> str:
    """A credential of another issuer that names outcomes of this register by their addresses."""
    subject = json.loads(elsewhere(number=number))["credentialSubject"]
    subject["achievement"]["alignment"] = [
        {"type": ["Alignment"], "targetName": code, "targetUrl": f"{origin()}/rejestr/{code}", "targetCode": code}
        for code in codes
    ]
    return elsewhere(number=number, credentialSubject=subject)


@pytest.fixture
def planned(target):
    """A chosen route of three steps: a validation of operating, a course of returns, one of teaching others."""
    offers = till_offer()
    found = basis(target, limits_for(target))
    codes = [str(offers[name].uid) for name in ("validation", "returns", "teaching")]
    me = acting(target.person.account)
    return choose_route(goal=target.goal, basis=found, codes=codes, acting_user=me)


def put(target, *codes, number=1) -> HeldCredential:
    [held] = import_credentials(
        person=target.person, raw=signed(*codes, number=number), acting_user=acting(target.person.account)
    )
    assert held.decided == "valid"
    return held


def states(scenario) -> list[str]:
    return list(scenario.actions.values_list("state", flat=True))


@DB
def test_a_credential_of_another_issuer_closes_its_step_and_moves_the_picture(
    target, planned, django_capture_on_commit_callbacks
):
    before = GapSnapshot.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        put(target, "90001-2-2")
    assert states(planned) == ["planned", "planned", "done"]
    step = planned.actions.last()
    assert (step.closed_by, step.done_on is not None) == ("credential", True)
    assert "Obsługa wózka" not in step.closed_note  # the wallet is its owner's
    assert [one.cause for one in GapSnapshot.objects.order_by("pk")[before:]] == ["credential"]
    entry = HistoryEntry.objects.get(kind="step.closed-itself")
    assert entry.actor is None
    assert target.goal.progress.filter(by=None).exists()
    assert list(history.verify()) == []


@DB
def test_one_that_proves_half_of_a_step_closes_nothing(target, planned, django_capture_on_commit_callbacks):
    ChosenRoute.objects.update(taken=[{**one, "gaps": ["zrk:90001-2-2", "zrk:90001-2-1"]}
                                      for one in ChosenRoute.objects.get().taken])  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        put(target, "90001-2-2")
    assert set(states(planned)) == {"planned"}
    with django_capture_on_commit_callbacks(execute=True):
        put(target, "90001-2-1", number=2)
    assert set(states(planned)) == {"done"}


@DB
def test_a_commission_closes_what_it_confirmed_and_is_named(target, planned):
    with_credential = put(target, "90001-1-1")
    close_by_holdings(HoldingsChanged(str(target.person.uid), "", "validation"))
    step = planned.actions.first()
    assert (step.state, step.closed_by) == ("done", "validation")
    assert "Komisja" in step.closed_note
    actions.set_action_state(step=step, state="planned", acting_user=acting(target.person.account))
    assert close_covered([target.person_id], ClosedBy.CREDENTIAL) == 0  # opened by hand, it stays open
    remove_credential(held=with_credential, acting_user=acting(target.person.account))


@DB
def test_other_news_closes_nothing_and_twice_is_once(target, planned):
    put(target, "90001-2-2")
    for cause in ("competence", "evidence", "revoked"):
        close_by_holdings(HoldingsChanged(str(target.person.uid), "", cause))
    close_by_holdings(HoldingsChanged(str(uuid.uuid4()), "", "credential"))
    assert set(states(planned)) == {"planned"}
    for _time in range(2):
        close_by_holdings(HoldingsChanged(str(target.person.uid), "", "credential"))
    assert states(planned).count("done") == 1
    assert HistoryEntry.objects.filter(kind="step.closed-itself").count() == 1


@DB
def test_a_place_that_is_bought_stays_open(target, planned):
    from dorobek.audits.models import SkillsAudit

    step = planned.actions.last()
    right = make_right(SkillsAudit.objects.get(uid=target.case_uid))
    Voucher.objects.create(
        person=target.person, case_uid=target.case_uid, right=right, number="B/1", value_grosze=1, covered_grosze=1,
        support_grosze=1, own_grosze=0, state="bound", edition=step.edition,
    )  # fmt: skip
    put(target, "90001-2-2")
    assert close_covered([target.person_id], ClosedBy.CREDENTIAL) == 0


@DB
def test_a_credential_issued_here_closes_other_steps_too(target, planned, body, django_capture_on_commit_callbacks):
    target.person.email = "m@example.org"
    target.person.save()
    line = [{"pl": "wdraża nową osobę", "code": "90001-2-2", "criteria": ["pokazuje"]}]
    version = body.version(counts_towards=[], outcomes=line)
    with django_capture_on_commit_callbacks(execute=True):
        body.issue(version, given_names=target.person.given_names, family_name=target.person.family_name)
    assert states(planned) == ["planned", "planned", "done"]


@DB
def test_somebody_elses_wallet_and_a_dropped_goal_move_nothing(target, planned, django_capture_on_commit_callbacks):
    actions.settle_goal(goal=target.goal, reached=False, acting_user=acting(target.person.account))
    with django_capture_on_commit_callbacks(execute=True):
        put(target, "90001-2-2")
    assert set(states(planned)) == {"planned"}
    assert close_covered([], ClosedBy.CREDENTIAL) == 0


@DB
def test_a_later_check_and_taking_it_out_are_told_to_who_follows(target, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        held = put(target, "90001-2-2")
    assert GapSnapshot.objects.last().held == 2
    with django_capture_on_commit_callbacks(execute=True):
        remove_credential(held=held, acting_user=acting(target.person.account))
    assert GapSnapshot.objects.last().held == 1


@DB
def test_an_older_route_names_its_gaps_by_their_titles(target, planned):
    route = ChosenRoute.objects.get()
    known = [promised(one, route.gaps) for one in route.taken]
    without = [{name: value for name, value in one.items() if name != "gaps"} for one in route.taken]
    assert [promised(one, route.gaps) for one in without] == known
    assert all(known)
    ChosenRoute.objects.update(taken=without)
    put(target, "90001-2-2")
    publish(HoldingsChanged(str(target.person.uid), "", "credential"))
    assert close_covered([target.person_id], ClosedBy.CREDENTIAL) == 1
    assert ScenarioAction.objects.filter(state="done").count() == 1


SUPPORTS = st.lists(st.builds(Support, st.sampled_from(Origin), st.sampled_from(Side), st.just("")), max_size=3)
LINES = st.lists(
    st.builds(
        GapLine, st.sampled_from("abcdef"), st.just(""), st.just(Weight.USEFUL), st.sampled_from(GapState), st.just(0),
        SUPPORTS.map(tuple),
    ),
    max_size=6, unique_by=lambda one: one.code,
)  # fmt: skip
CODES = st.frozensets(st.sampled_from("abcdef"))


@pytest.mark.pure
@given(LINES)
def test_only_what_is_held_by_the_word_of_somebody_entitled_is_certified(lines):
    found = certified(lines)
    for line in lines:
        spoken = {one.origin for one in line.evidence if one.side is Side.FOR}
        entitled = bool(spoken & {Origin.CREDENTIAL, Origin.JUDGED})
        assert (line.code in found) == (line.state is GapState.HELD and entitled)


@pytest.mark.pure
@given(CODES, CODES, CODES)
def test_more_proof_never_opens_what_was_covered_and_nothing_covers_an_empty_promise(wanted, proven, more):
    assert not covered(frozenset(), proven)
    if covered(wanted, proven):
        assert covered(wanted, proven | more)
        assert not wanted - proven
