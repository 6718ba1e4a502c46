"""Nothing is decided before the commission sits, and its appointment names the sitting (VA-3, VA-8)."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.kernel.errors import RuleBroken
from dorobek.validation.actions import commissions
from dorobek.validation.enums import PaperKind
from dorobek.validation.models import CaseDocument, Sitting
from tests.factories import acting
from tests.validation.test_documents import words
from tests.validation.test_sittings import choose, placed
from tests.validation.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def appointed(world, **more):
    """A case whose commission sits tomorrow at nine."""
    application = world.documented()
    sitting = choose(world, placed(world, application, **more), world.records[:2])
    for one in sitting.commission.members.all():
        commissions.declare(application=application, member=one, acting_user=acting(one.record.account))
    commissions.appoint(application=application, commission=sitting.commission, acting_user=acting(world.officer))
    return world.fresh(application), sitting


def to_day(sitting, days):
    Sitting.objects.filter(pk=sitting.pk).update(begins=sitting.begins + dt.timedelta(days))


def test_no_result_before_the_day_of_the_sitting(world):
    application, sitting = appointed(world)
    world.judged(application)
    with pytest.raises(RuleBroken) as refusal:
        world.decide(application)
    tomorrow = timezone.localdate() + dt.timedelta(1)
    assert str(tomorrow.day) in refusal.value.message
    to_day(sitting, -1)
    assert world.decide(world.fresh(application)).whole == "met"


def test_no_certificate_before_the_day_of_the_sitting(world):
    application, sitting = appointed(world)
    to_day(sitting, -1)
    world.judged(application)
    world.decide(application)
    to_day(sitting, 3)
    with pytest.raises(RuleBroken):
        world.certify(world.fresh(application))
    to_day(sitting, -2)
    assert world.certify(world.fresh(application)).number


def test_the_appointment_names_day_hours_and_place_of_the_sitting(world):
    application, sitting = appointed(world, place="Sala Zielona, Tymowice")
    said = words(CaseDocument.objects.get(application=application, kind=PaperKind.APPOINTMENT))
    begins = timezone.localtime(sitting.begins)
    assert "od 09:00 do 11:00" in said
    assert f"{begins.day} " in said
    assert "Sala Zielona, Tymowice" in said


def test_without_a_sitting_the_appointment_names_the_days_of_the_opening(world):
    application = world.appointed()
    said = words(CaseDocument.objects.get(application=application, kind=PaperKind.APPOINTMENT))
    assert application.opening.place in said
    assert "Posiedzenie" not in said
