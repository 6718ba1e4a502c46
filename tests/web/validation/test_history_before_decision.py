"""What the candidate reads before the decision: that the commission talks, and not on what; never why a member left."""

import pytest
from django.urls import reverse

from dorobek.kernel.models import HistoryEntry
from dorobek.validation.actions import agreeing
from dorobek.validation.actions.replacing import replace_member
from dorobek.validation.queries.candidate import TALKS, history_of, told_data
from dorobek.validation.rules import Verdict
from tests.factories import acting
from tests.sessions import signed_in_client
from tests.validation import doing
from tests.validation.world import World
from tests.web.validation.test_candidate_history import told

pytestmark = pytest.mark.django_db
REASON = "Przechodzi długie leczenie."


@pytest.fixture
def world():
    return World()


def differing(world):
    made = world.appointed()
    world.verify(made)
    first, second = made.assessments.order_by("pk")
    world.fill(first, c11a="not-met")
    world.fill(second)
    return world.fresh(made)


def proposed(world):
    made = differing(world)
    first = made.assessments.order_by("pk").first()
    agreeing.propose_mark(
        application=made, criterion="1.1.a", verdict=Verdict.MET, reason="Było widać.",
        acting_user=acting(first.assessor),
    )  # fmt: skip
    return world.fresh(made)


def kinds(made, user):
    return {one.kind for one in history_of(made, user, whole=True)}


def test_who_proposed_and_for_which_criterion_waits_for_the_decision(world):
    made = proposed(world)
    assert "zaproponował" not in told(world.me, made, whole=True)
    assert not kinds(made, world.me) & set(TALKS)
    address = f"/api/validation/applications/{made.uid}/history"
    answer = signed_in_client(world.me).get(address)
    assert answer.status_code == 200
    assert not {one["kind"] for one in answer.json()} & set(TALKS)
    page = signed_in_client(world.me).get(reverse("validation-case", args=[made.uid])).content.decode()
    page = page.replace("\xa0", " ")
    assert "Komisja rozmawia o ocenach" in page
    assert "różnią" not in page
    assert "zaproponował" in told(world.officer, made)


def test_from_the_decision_on_it_is_told(world):
    made = differing(world)
    doing.agree(made, "1.1.a", Verdict.MET)
    assert not kinds(made, world.me) & set(TALKS)
    world.decide(world.fresh(made))
    assert {"validation.agreement-proposed", "validation.agreed"} <= kinds(world.fresh(made), world.me)


def test_why_a_member_left_is_for_the_body_alone(world):
    made = world.judged(c11a="not-met")
    replace_member(
        application=made, leaves=made.commission.members.get(record=world.records[0]), comes=world.records[2],
        reason=REASON, acting_user=acting(world.officer),
    )  # fmt: skip
    made = world.fresh(made)
    assert REASON not in told(world.me, made, whole=True)
    assert "zna go instytucja" in told(world.me, made)
    assert REASON in told(world.officer, made)
    answer = signed_in_client(world.me).get(f"/api/validation/applications/{made.uid}/history").json()
    [voided] = [one for one in answer if one["kind"] == "validation.sheet-voided"]
    assert set(voided["data"]) == {"assessor", "commission"}
    entry = HistoryEntry.objects.get(kind="validation.sheet-voided")
    assert told_data(entry, world.officer, made)["reason"] == REASON
