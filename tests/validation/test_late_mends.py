"""Facts that come late, places that come free, letters that fail in the middle (VA-1, VA-3, VA-4, VA-6)."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import Role
from dorobek.portfolio.actions import remove_evidence
from dorobek.validation.actions import appeals, applying, changing, commissions, letters
from dorobek.validation.actions.conditions import show_condition
from dorobek.validation.actions.refusing import refuse_application
from dorobek.validation.actions.replacing import replace_member
from dorobek.validation.actions.trainings import import_trainings
from dorobek.validation.enums import ApplicationState, ConditionHow, RefusalGround
from dorobek.validation.models import AwaitedTraining, CaseNotice, Refusal, StaffRecord
from dorobek.validation.queries.openings import opening_of
from dorobek.validation.queries.seats import refused_for_good
from tests.factories import acting, make_institution, make_person, make_staff, make_unit
from tests.validation.test_awaited_trainings import HEAD, row
from tests.validation.world import World
from tests.web.validation.test_conditions import asking_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def asking():
    return asking_world()


# ---- a training that another body brings in late ----


def elsewhere(world, trainer):
    """Another body, for which the trainer works too, imports what they taught the candidate."""
    other = make_unit(make_institution("Inna Izba"))
    StaffRecord.objects.create(
        institution=other.institution, qualification=world.qualification, account=trainer, level=6
    )
    officer = make_staff(Role.AWARDING_OFFICER, other, "Inny Urzędnik")
    import_trainings(
        institution=other.institution, text=HEAD + row(trainer, world.me.email), acting_user=acting(officer),
        dry_run=False,
    )  # fmt: skip
    assert AwaitedTraining.objects.exists()


def test_a_training_imported_after_the_documentation_bars_the_appointment(world):
    case = world.documented()
    elsewhere(world, world.assessors[0])
    commission = world.commission(case)
    with pytest.raises(RuleBroken, match="Asesor A"):
        commissions.appoint(application=case, commission=commission, acting_user=acting(world.officer))


def test_a_training_imported_while_it_is_judged_bars_the_decision(world):
    case = world.judged()
    elsewhere(world, world.assessors[0])
    with pytest.raises(RuleBroken, match="Asesor A"):
        world.decide(case)
    assert world.fresh(case).state == ApplicationState.APPOINTED


def test_a_training_imported_after_the_decision_bars_the_certificate(world):
    case = world.judged()
    world.decide(case)
    elsewhere(world, world.assessors[0])
    with pytest.raises(RuleBroken, match="Asesor A"):
        world.certify(world.fresh(case))


def test_whoever_taught_the_candidate_does_not_come_in_for_another(world):
    case = world.judged()
    elsewhere(world, world.assessors[2])
    with pytest.raises(RuleBroken, match="Asesor C"):
        replace_member(
            application=case, leaves=case.commission.members.get(record=world.records[0]), comes=world.records[2],
            reason="choroba", acting_user=acting(world.officer),
        )  # fmt: skip


# ---- what a condition rests on ----


def test_what_shows_a_condition_stays_while_the_case_goes_on(asking):
    made, piece = asking.submitted(), asking.evidence()
    show_condition(application=made, place=0, how=ConditionHow.DOCUMENT, evidence=piece, acting_user=acting(asking.me))
    made = applying.close_documentation(
        application=asking.fresh(made), conditions_met=True, acting_user=acting(asking.adviser),
        basis={1: "Świadectwo widziane w urzędzie."},
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="Tego dowodu potrzebuje komisja"):
        remove_evidence(evidence=piece, reason="x", acting_user=acting(asking.me))
    applying.withdraw_application(application=made, acting_user=acting(asking.me))
    remove_evidence(evidence=piece, reason="x", acting_user=acting(asking.me))
    piece.refresh_from_db()
    assert piece.removed_at is not None


# ---- the place of somebody refused ----


def refused(world, opening, days_ago=0):
    case = world.submitted(opening)
    refuse_application(
        application=case, ground=RefusalGround.values[0], reason="brak wymaganego wykształcenia kandydata",
        acting_user=acting(world.adviser),
    )  # fmt: skip
    age(days_ago)
    return world.fresh(case)


def age(days):
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Refusal.objects.update(refused_at=today - dt.timedelta(days))


def applies(opening):
    person = make_person()
    made = applying.begin_application(person=person, opening=opening, acting_user=acting(person.account))
    return applying.submit_application(application=made, acting_user=acting(person.account))


def left(opening):
    return opening_of(opening.uid).left


@pytest.mark.parametrize(("days", "free"), [(0, 0), (14, 0), (15, 1), (60, 1)])
def test_the_place_of_somebody_refused_is_free_when_the_days_for_an_appeal_are_over(world, days, free):
    opening = world.open(places=1)
    case = refused(world, opening, days)
    assert left(opening) == free
    assert refused_for_good().filter(pk=case.pk).exists() is bool(free)
    if free:
        assert applies(opening).state == ApplicationState.SUBMITTED
    else:
        with pytest.raises(RuleBroken, match="Nie ma już miejsc"):
            applies(opening)


@pytest.mark.parametrize("days", [14, 30, 90])
def test_the_days_are_those_of_the_opening(world, days):
    opening = world.open(places=1, appeal_days=days)
    refused(world, opening, days)
    assert left(opening) == 0
    age(days + 1)
    assert left(opening) == 1


def test_an_appeal_keeps_the_place_until_it_is_rejected(world):
    opening = world.open(places=1)
    case = refused(world, opening)
    appeal = appeals.file_appeal(application=case, reason="mam świadectwo", acting_user=acting(world.me))
    age(60)
    assert left(opening) == 0
    Refusal.objects.update(refused_at=appeal.filed_at)
    appeals.answer_appeal(appeal=appeal, uphold=False, answer="brak", acting_user=acting(world.appeals))
    assert left(opening) == 1
    applies(opening)
    assert left(opening) == 0


def test_an_appeal_upheld_keeps_it(world):
    opening = world.open(places=1)
    appeal = appeals.file_appeal(
        application=refused(world, opening), reason="mam świadectwo", acting_user=acting(world.me)
    )
    appeals.answer_appeal(appeal=appeal, uphold=True, answer="jest", acting_user=acting(world.appeals))
    age(60)
    assert left(opening) == 0


def test_somebody_refused_may_take_the_application_back_which_frees_the_place(world):
    opening = world.open(places=1)
    case = applying.withdraw_application(application=refused(world, opening), acting_user=acting(world.me))
    assert case.state == ApplicationState.WITHDRAWN
    assert left(opening) == 1
    assert world.submitted(opening).state == ApplicationState.SUBMITTED


def test_places_are_counted_alike_where_they_are_changed(world):
    opening = world.open(places=2)
    refused(world, opening, 60)
    applies(opening)
    values = {name: getattr(opening, name) for name in ("applications_until", "begins_on", "ends_on", "place")}
    made = changing.change_opening(
        opening=opening, **values, places=1, reason="mniejsza sala", acting_user=acting(world.officer)
    )
    assert made.places == 1


# ---- the post fails in the middle ----


def test_what_was_sent_before_the_post_failed_is_not_sent_again(world, monkeypatch):
    case, sent, broken = world.submitted(), [], {"at": 2}
    CaseNotice.objects.all().delete()
    kinds = ("validation.documented", "validation.decided", "validation.certified")
    first, *_rest = [CaseNotice.objects.create(application=case, key=f"candidate:{one}", kind=one) for one in kinds]

    def post(subject, *_all, **_more):
        if len(sent) + 1 == broken["at"]:
            raise ConnectionRefusedError
        sent.append(subject)

    monkeypatch.setattr(letters, "send_mail", post)
    with pytest.raises(ConnectionRefusedError):
        letters.send_waiting(notice=first)
    assert CaseNotice.objects.exclude(sent_at=None).count() == len(sent) == 1
    broken["at"] = 0
    assert letters.send_waiting(notice=first) == 2
    assert letters.send_waiting(notice=first) == 0
    assert len(sent) == len(kinds)
