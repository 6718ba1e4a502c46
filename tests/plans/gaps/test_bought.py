"""A course paid with a voucher moves the gap picture by itself once it is settled, and not before (DP-3, VO-3)."""

import pytest

from dorobek.offers.models import TrainingService
from dorobek.plans.gaps.queries import picture_of
from dorobek.plans.gaps.shapes import GapState, Origin
from dorobek.plans.models import GapSnapshot
from dorobek.vouchers import actions
from tests.plans.gaps.conftest import fresh
from tests.vouchers.builders import coordinator_of, make_right, used_voucher

pytestmark = pytest.mark.django_db
TEACHING = 3  # the line that the cashier misses
TAUGHT = ["wdraża nową osobę do pracy na kasie"]


def bought(cashier, **fields):
    voucher = used_voucher(make_right(cashier))
    TrainingService.objects.filter(pk=voucher.edition.service_id).update(outcomes=TAUGHT, **fields)
    return voucher


def paid(voucher, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.settle(voucher=voucher, document="FV 1", acting_user=coordinator_of(voucher.right))


def test_a_certificate_closes_what_the_course_taught(cashier, target, django_capture_on_commit_callbacks):
    voucher = bought(cashier, certificate="Instruktor na kasie")
    assert picture_of(target).lines[TEACHING].state is GapState.MISSING
    paid(voucher, django_capture_on_commit_callbacks)
    line = picture_of(fresh(target), target.person.account).lines[TEACHING]
    assert (line.state, line.held) == (GapState.HELD, 100)
    proof = line.evidence[0]
    assert (proof.origin, proof.title, proof.by) == (
        Origin.CREDENTIAL, "Instruktor na kasie", voucher.edition.service.provider.name,
    )  # fmt: skip
    kept = list(GapSnapshot.objects.filter(target=target).order_by("pk").values_list("cause", "missing"))
    assert kept[-1] == ("voucher", kept[0][1] - 1)


def test_a_statement_says_that_they_learned_it_and_leaves_the_proof_to_validation(
    cashier, target, django_capture_on_commit_callbacks
):
    voucher = bought(cashier)
    TrainingService.objects.filter(pk=voucher.edition.service_id).update(ending="statement")
    paid(voucher, django_capture_on_commit_callbacks)
    line = picture_of(fresh(target)).lines[TEACHING]
    assert (line.state, line.unproven) == (GapState.UNPROVEN, True)


def test_somebody_elses_course_moves_nothing(target, django_capture_on_commit_callbacks):
    voucher = used_voucher()
    TrainingService.objects.filter(pk=voucher.edition.service_id).update(outcomes=TAUGHT)
    paid(voucher, django_capture_on_commit_callbacks)
    assert picture_of(fresh(target)).lines[TEACHING].state is GapState.MISSING
