"""A commission proposed from the body's own people, and how far its assessors agree."""

import datetime as dt

import pytest

from dorobek.validation.actions import commissions, openings
from dorobek.validation.models import StaffRecord
from dorobek.validation.queries import agreement, proposal
from dorobek.validation.rules import Rule, Verdict
from dorobek.validation.rules.proposing import Impossible, Proposal
from tests.factories import acting
from tests.validation import doing
from tests.validation.world import World

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 23, 9, 0)


def asked(world, application, who=None):
    user = acting(who or world.officer).account
    return proposal(application=application, user=user, begins=AT, ends=AT + dt.timedelta(hours=2))


def test_what_is_proposed_may_be_appointed_and_spares_who_sat_before():
    world = World()
    world.judged()
    again = world.documented(world.open())
    answer = asked(world, again)
    assert isinstance(answer, Proposal)
    assert answer.fairest
    keys = {str(one.account.uid): one for one in StaffRecord.objects.select_related("account")}
    records = [keys[one] for one in answer.seats[str(again.uid)]]
    assert {one.account for one in records} == set(world.assessors[2:])
    commission = world.commission(again, *records)
    assert commissions.appoint(application=again, commission=commission, acting_user=acting(world.officer))


def test_when_everybody_led_a_training_of_the_candidate_it_says_so():
    world = World()
    application = world.documented()
    for one in world.assessors[:3]:
        openings.note_training(
            institution=world.institution, trainer=one, person=world.person, title="Kurs",
            ended_on=dt.date(2026, 1, 5), acting_user=acting(world.officer),
        )  # fmt: skip
    answer = asked(world, application)
    assert isinstance(answer, Impossible)
    assert answer.reasons[0].rule == Rule.MEMBERS_MIN
    assert answer.reasons[0].kept_out[Rule.OWN_TRAINEE] == 3
    assert asked(world, application, world.me) is None


def test_agreement_is_told_to_the_body_once_the_case_is_decided():
    world = World()
    application = world.appointed()
    world.verify(application)
    first, second = application.assessments.order_by("pk")
    world.fill(first, c11a="not-met", c12a="not-met")
    world.fill(second, c11a="not-met")
    of = {"institution": world.institution, "qualification": world.qualification}
    officer = acting(world.officer).account
    before = agreement(**of, user=officer)
    assert (before.pairs, before.whole.cases) == ({}, 0)
    doing.agree(application, "1.2.a", Verdict.MET)
    world.decide(world.fresh(application))
    told = agreement(**of, user=officer)
    pair = (first.assessor_id, second.assessor_id)
    assert (told.pairs[pair].cases, told.pairs[pair].alike) == (6, 5)
    assert told.pairs[pair].value == pytest.approx((5 * 6 - 22) / (36 - 22))
    by_chance = (9 * 9 + 3 * 3) / 144
    assert told.whole.value == pytest.approx((5 / 6 - by_chance) / (1 - by_chance))
    assert agreement(**of, user=acting(world.me).account) is None
