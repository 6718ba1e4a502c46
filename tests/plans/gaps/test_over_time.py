"""The picture moves by itself, and its counts are kept on the days on which they changed (DP-6, MC-8)."""

import pytest

from dorobek.audits.models import SkillsAudit
from dorobek.credentials.actions.changes import revoke
from dorobek.credentials.models import Credential
from dorobek.kernel import events, history
from dorobek.kernel.models import Event
from dorobek.people.models import Person
from dorobek.plans import actions
from dorobek.plans.gaps.enums import Cause
from dorobek.plans.gaps.queries import picture_of
from dorobek.plans.gaps.shapes import GapState
from dorobek.plans.gaps.snapshots import take_snapshot
from dorobek.plans.models import GapSnapshot
from dorobek.portfolio.actions.answers import confirm_competence, dispute_competence
from dorobek.portfolio.actions.evidence import add_evidence, rate_evidence
from dorobek.portfolio.events import HoldingsChanged
from dorobek.portfolio.models import Competence
from dorobek.vouchers.events import VoucherMoved
from tests.factories import acting, make_competence
from tests.plans.gaps.conftest import fresh
from tests.readiness.conftest import TILL

pytestmark = pytest.mark.django_db


def target_case(target):
    return SkillsAudit.objects.get(uid=target.case_uid)


def kept(target):
    return list(GapSnapshot.objects.filter(target=target).order_by("id"))


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_choosing_a_target_keeps_its_first_counts(target):
    [first] = kept(target)
    assert (first.cause, first.held, first.unproven, first.partly, first.missing) == (Cause.TARGET, 1, 1, 1, 1)
    assert 0 < first.closed < first.points


def test_a_confirmed_competence_moves_the_picture_and_is_kept_once(target, commits):
    asked = make_competence(target_case(target), "Wdraża nową osobę do pracy na kasie", state="claimed")
    with commits():
        confirm_competence(competence=asked, acting_user=acting(target.person.account))
    assert [one.cause for one in kept(target)] == [Cause.TARGET, Cause.COMPETENCE]
    assert kept(target)[-1].unproven == 2
    event = Event.objects.get(kind="HoldingsChanged")
    assert event.delivered_at is not None
    assert not events.deliver(event.pk)
    assert take_snapshot(target, Cause.EVIDENCE) is None
    with commits():
        dispute_competence(competence=asked, comment="Jednak nie.", acting_user=acting(target.person.account))
    assert (kept(target)[-1].contradicted, kept(target)[-1].unproven) == (1, 1)
    assert list(history.verify()) == []


def test_rated_evidence_closes_what_only_lacked_a_proof(target, commits):
    audit = target_case(target)
    held = Competence.objects.get(wording__startswith="Obsługuje kasę")
    with commits():
        proof = add_evidence(
            person=target.person, case_uid=audit.uid, kind="statement", title="Pismo", description="Od kierowniczki.",
            competences=[held], acting_user=acting(target.person.account),
        )  # fmt: skip
    assert len(kept(target)) == 1
    marks = dict.fromkeys(("validity", "currency", "sufficiency", "authenticity"), "yes")
    with commits():
        rate_evidence(evidence=proof, reason="Widziane.", acting_user=acting(audit.adviser), **marks)
    assert (kept(target)[-1].cause, kept(target)[-1].held) == (Cause.EVIDENCE, 2)


def test_a_credential_arrives_and_is_revoked(target, body, commits):
    Person.objects.filter(pk=target.person_id).update(email="m@example.org")
    line = {"pl": "wdraża nową osobę", "code": f"{TILL}-2-2", "criteria": ["pokazuje"]}
    version = body.version(counts_towards=[], outcomes=[line])
    name = {"given_names": target.person.given_names, "family_name": target.person.family_name}
    with commits():
        made = body.issue(version, **name)
    assert Credential.objects.get(pk=made.pk).person_id == target.person_id
    assert (kept(target)[-1].cause, kept(target)[-1].held, kept(target)[-1].missing) == (Cause.CREDENTIAL, 2, 0)
    with commits():
        revoke(credential=made, reason="pomyłka", acting_user=acting(body.clerk))
    assert (kept(target)[-1].held, kept(target)[-1].missing) == (1, 1)


def test_a_settled_voucher_looks_again_and_keeps_nothing_that_did_not_change(target, commits):
    with commits():
        events.publish(VoucherMoved(str(target.case_uid), "x", "settled", "", ""))
    assert len(kept(target)) == 1
    make_competence(target_case(target), "Wdraża nową osobę do pracy na kasie", state="confirmed")
    with commits():
        events.publish(VoucherMoved(str(target.case_uid), "x", "granted", "", ""))
    assert len(kept(target)) == 1
    with commits():
        events.publish(VoucherMoved(str(target.case_uid), "x", "settled", "", ""))
    assert kept(target)[-1].cause == Cause.VOUCHER


def test_a_goal_that_is_reached_is_left_as_it_was(target, commits):
    actions.settle_goal(goal=target.goal, reached=True, acting_user=acting(target.person.account))
    make_competence(target_case(target), "Wdraża nową osobę do pracy na kasie", state="confirmed")
    with commits():
        events.publish(HoldingsChanged(str(target.person.uid), "", "validation"))
    assert len(kept(target)) == 1


def test_the_picture_is_computed_from_what_is_held_at_this_moment(target):
    make_competence(target_case(target), "Wdraża nową osobę do pracy na kasie", state="confirmed")
    assert picture_of(fresh(target)).lines[-1].state is GapState.UNPROVEN
    assert len(kept(target)) == 1
